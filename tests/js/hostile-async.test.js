/**
 * Several Async calls at once over the same operands. Between their slices, calls are aborted, operands disposed of,
 * detached or shrunk, and others computed. Each call gives its own result or a clear error, and no memory is lost.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import {
  cosineSimilarity,
  cosineSimilarityAsync,
  memoryUsage,
  pairwiseCosineSimilarityAsync,
  tensor,
  topkAccumulator,
  topkCosineSimilarityAsync,
} from 'cosdim'
import fc from 'fast-check'

/* By this clock every slice is over as soon as it has begun, so that calls pause wherever they can. */
const { now } = performance
let time = 0
performance.now = () => (time += 20)
after(() => {
  performance.now = now
})

const [ROWS, D] = [40, 7000] // each operand takes several tiles
const values = Float32Array.from({ length: ROWS * D }, (_, i) => Math.sin(i * i))
const others = Float32Array.from({ length: ROWS * D }, (_, i) => Math.cos(3 * i))
const small = { data: values.subarray(0, 600), shape: [60, 10] }

/** The operands of a run, on either device. @param {boolean[]} resident */
function operandsOf(resident) {
  return [values, others].map((all, i) => {
    const array = new Float32Array(
      new ArrayBuffer(all.byteLength, /** @type {any} */ ({ maxByteLength: all.byteLength })),
    )
    array.set(all)
    const x = /** @type {any} */ (tensor(array, { shape: [ROWS, D] }))
    return resident[i] ? x.to('wasm') : x
  })
}

const rowsOf = (/** @type {any} */ x) => [0, 10, 25].map((start, i, all) => [...x].slice(start, all[i + 1]))
async function* slices(/** @type {any} */ x) {
  for (const rows of rowsOf(x)) yield rows
}

/** @type {Record<string, (x: any, y: any, options: any) => Promise<any>>} */
const CALLS = {
  rows: (x, y, options) => cosineSimilarityAsync(x, y, options),
  columns: (x, y, options) => cosineSimilarityAsync(x, y, { dim: 0, ...options }),
  pairwise: (x, y, options) => pairwiseCosineSimilarityAsync(x, y, options),
  into: (x, y, options) => pairwiseCosineSimilarityAsync(x, y, { out: new Float32Array(ROWS * ROWS), ...options }),
  topk: async (x, y, options) => (await topkCosineSimilarityAsync(x, y, 3, options)).indices,
  lists: async (x, y, options) => (await topkCosineSimilarityAsync([...x], [...y], 3, options)).values,
  chunks: async (x, y, options) => (await topkCosineSimilarityAsync(x, slices(y), 3, options)).values,
  slices: (x, y, options) => cosineSimilarityAsync(slices(x), slices(y), { dim: 0, ...options }),
}

/** What happens between slices. @type {Record<string, (run: any) => void>} */
const EVENTS = {
  abort: ({ controllers, which }) => controllers[which % controllers.length].abort(new Error('aborted')),
  dispose: ({ operands, which }) => operands[which % 2].dispose(),
  detach({ buffers, which }) {
    const buffer = buffers[which % 2]
    if (buffer?.byteLength) structuredClone(buffer, { transfer: [buffer] })
  },
  shrink({ buffers, which }) {
    const buffer = buffers[which % 2]
    if (buffer?.byteLength) buffer.resize?.(buffer.byteLength / 2) // Node 18 has no resize()
  },
  compute: () => void cosineSimilarity(small, small),
  accumulate: () => void topkAccumulator([1, 2], 2).update([[3, 4]]),
  'grow the memory': () =>
    tensor(new Uint8Array(2 ** 21))
      .to('wasm')
      .dispose(),
}

const CLEAR =
  /^aborted$|was disposed of|The tensor reads elements|is detached|buffer may have been transferred|dtype says float32, but the data/

const PLACES = [
  [false, false],
  [false, true],
  [true, true],
]

const RUN = fc.record({
  resident: fc.constantFrom(...PLACES),
  calls: fc.array(fc.constantFrom(...Object.keys(CALLS)), { minLength: 2, maxLength: 4 }),
  events: fc.array(
    fc.record({ at: fc.nat({ max: 30 }), what: fc.constantFrom(...Object.keys(EVENTS)), which: fc.nat(9) }),
    {
      maxLength: 4,
    },
  ),
})

test('calls share operands, are aborted, and lose them', async () => {
  // Where operands are decides how they are cut into tiles, and with it the last bits.
  /** @type {Record<string, any>} */
  const expected = {}
  for (const resident of PLACES) {
    const [x, y] = operandsOf(resident)
    for (const [name, call] of Object.entries(CALLS)) expected[`${name} ${resident}`] = (await call(x, y, {})).data
    for (const one of [x, y]) one.dispose()
  }
  const guard = tensor(values).to('wasm')
  const { used } = memoryUsage()
  let refusals = 0
  await fc.assert(
    fc.asyncProperty(RUN, async ({ resident, calls, events }) => {
      const operands = operandsOf(resident)
      const buffers = operands.map((x) => (x.memory ? undefined : x.data.buffer))
      const controllers = calls.map(() => new AbortController())
      let ended = 0
      const outcomes = calls.map((name, i) =>
        CALLS[name](operands[0], operands[1], { signal: controllers[i].signal })
          .catch((error) => error)
          .finally(() => ended++),
      )
      for (let turn = 0; ended < calls.length; turn++) {
        for (const { at, what, which } of events)
          if (at === turn) EVENTS[what]({ operands, buffers, controllers, which })
        await new Promise(setImmediate)
      }
      const ends = await Promise.all(outcomes)
      for (const one of operands) one.dispose()
      for (const [i, outcome] of ends.entries()) {
        const name = `${calls[i]} ${resident}`
        if (outcome instanceof Error) {
          refusals++
          assert.match(outcome.message, CLEAR, `${name}: ${outcome.stack}`)
        } else assert.deepEqual(outcome.data, expected[name], name)
      }
      assert.deepEqual(guard.data, values)
      assert.equal(memoryUsage().used, used, 'memory is lost')
    }),
    { includeErrorInReport: true, numRuns: Number(process.env.RUNS ?? 100) },
  )
  assert.ok(refusals > 0, 'nothing was refused')
  guard.dispose()
})
