/**
 * Memory that is refused: by the n-th allocation of a call, for each n until the call succeeds, and by a memory that grows
 * to so many pages and no further. The error says so, nothing is lost, and the next call is right.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

const values = Float32Array.from({ length: 40 * 3000 }, (_, i) => Math.sin(i * i))
const shape = [40, 3000]

/** A copy of the package of its own, with a module that may be changed. @param {string} name */
const copyOf = (name) => import(`../../dist/cosdim.js?${name}`)

async function* pieces(/** @type {any} */ x) {
  for (const start of [0, 7, 30]) yield [...x].slice(start, { 0: 7, 7: 30 }[start])
}

/** Calls that allocate, each with what it gives. Tensors that it makes are in `held`. @type {Record<string, (cosdim: any, held: any[]) => any>} */
const CALLS = {
  'tensors in WebAssembly memory'({ tensor, cosineSimilarity }, held) {
    const x = tensor(values, { shape }).to('wasm')
    held.push(x)
    const y = x.transpose(0, 1).reshape(-1)
    held.push(y)
    return cosineSimilarity(x, y.view(3000, 40).transpose(0, 1).to('js'))
  },
  'top-k': ({ tensor, topkCosineSimilarity }) => {
    const x = tensor(values, { shape: [1200, 100] })
    return topkCosineSimilarity([...x].slice(0, 90), x, 100).indices
  },
  'top-k in slices': async ({ tensor, topkCosineSimilarityAsync }) => {
    const x = tensor(values, { shape: [1200, 100] })
    return (await topkCosineSimilarityAsync([...x].slice(0, 90), x, 100)).indices
  },
  'top-k of chunks': async ({ tensor, topkCosineSimilarityAsync }) => {
    const x = tensor(values, { shape })
    return (await topkCosineSimilarityAsync(x, pieces(x), 9)).values
  },
  'pairs in slices': ({ tensor, pairwiseCosineSimilarityAsync }) =>
    pairwiseCosineSimilarityAsync(tensor(values, { shape }), tensor(values, { shape })),
  'similarities of slices': ({ tensor, cosineSimilarityAsync }) => {
    const x = tensor(values, { shape })
    return cosineSimilarityAsync(pieces(x), pieces(x), { dim: 0 })
  },
  accumulators({ tensor, accumulator }) {
    const x = tensor(values, { shape })
    const [a, b] = [accumulator({ dim: 0 }), accumulator({ dim: 0 })]
    a.update(x, x).update(x, x)
    return accumulator.fromBytes(b.update(x, x).toBytes()).merge(a).result()
  },
  'top-k accumulators'({ tensor, topkAccumulator }) {
    const x = tensor(values, { shape: [1200, 100] })
    const queries = [...x].slice(0, 90)
    const a = topkAccumulator(queries, 100).update(x)
    return topkAccumulator.fromBytes(a.toBytes(), queries).update(x, { firstRow: 5000 }).result().values
  },
}

/** Needs no more than is there before anything grows. */
function right({ cosineSimilarity, pairwiseCosineSimilarity, topkCosineSimilarity, tensor }) {
  const matrix = tensor(values.subarray(0, 60), { shape: [6, 10] })
  return [
    cosineSimilarity(values.subarray(0, 10), values.subarray(5, 15), { dim: 0 }).data,
    cosineSimilarity(matrix, values.subarray(7, 17)).data,
    pairwiseCosineSimilarity(matrix, matrix).data,
    topkCosineSimilarity(values.subarray(7, 17), matrix, 2).indices.data,
  ]
}

const REFUSED = /^DefaultCPUAllocator: can't allocate memory: you tried to allocate \d+ bytes\. Tensors hold \d+ MiB/

/**
 * Makes a call, and disposes of what it made. Returns what it gave, or the error, after a look at what it left.
 * @param {any} cosdim
 * @param {string} name
 * @returns {Promise<any>}
 */
async function make(cosdim, name) {
  const { used } = cosdim.memoryUsage()
  /** @type {any[]} */
  const held = []
  const outcome = await (async () => (await CALLS[name](cosdim, held)).data)().catch((error) => error)
  for (const one of held) one.dispose()
  assert.equal(cosdim.memoryUsage().used, used, `${name}: memory is lost`)
  if (!(outcome instanceof Error)) return outcome
  assert.ok(outcome instanceof RangeError && REFUSED.test(outcome.message), `${name}: ${outcome.stack}`)
  return outcome
}

test('each allocation of a call may be refused', async () => {
  const { Instance } = WebAssembly
  let [refused, count] = [-1, 0]
  WebAssembly.Instance = /** @type {any} */ (
    class extends Instance {
      constructor(/** @type {any} */ module, /** @type {any} */ imports) {
        super(module, imports)
        const { allocate } = /** @type {any} */ (this.exports)
        const replaced = { allocate: (/** @type {number} */ bytes) => (count++ === refused ? 0 : allocate(bytes)) }
        Object.defineProperty(this, 'exports', { value: { ...this.exports, ...replaced } })
      }
    }
  )
  const cosdim = await copyOf('refusing')
  const expected = right(cosdim) // makes the instance
  WebAssembly.Instance = Instance
  for (const name of Object.keys(CALLS)) {
    const whole = await make(cosdim, name)
    for (let at = 0; ; at++) {
      ;[refused, count] = [at, 0]
      const outcome = await make(cosdim, name)
      refused = -1
      assert.deepEqual(right(cosdim), expected, `${name}: the next call`)
      assert.ok(at > 0 || outcome instanceof Error, `${name}: nothing was refused`)
      if (outcome instanceof Error) continue
      assert.deepEqual(outcome, whole, name)
      break
    }
  }
})

/** The module, whose memory grows to so many pages: the LEB128 of 65535 is replaced by one of the same length. */
function limited(/** @type {number} */ pages) {
  const bytes = readFileSync(new URL('../../dist/cosdim.wasm', import.meta.url))
  bytes.set([(pages & 127) | 128, (pages >> 7) | 128, 0], bytes.indexOf(Buffer.from([0xff, 0xff, 0x03])))
  return new WebAssembly.Module(bytes)
}

test('a memory that is full at any size', async () => {
  const whole = await copyOf('unlimited')
  const expected = right(whole)
  const first = whole.memoryUsage().total / 65536
  /** @type {Record<string, any>} */
  const outcomes = {}
  for (const name of Object.keys(CALLS)) outcomes[name] = await make(whole, name)
  for (let pages = first; ; pages++) {
    const cosdim = await copyOf(`${pages}-pages`)
    await cosdim.init({ module: limited(pages) })
    let refused = 0
    for (const name of Object.keys(CALLS))
      for (let times = 0; times < 2; times++) {
        const outcome = await make(cosdim, name)
        assert.deepEqual(right(cosdim), expected, `${name}: the next call`)
        if (outcome instanceof Error) refused++
        else assert.deepEqual(outcome, outcomes[name], name)
      }
    assert.ok(cosdim.memoryUsage().total <= pages * 65536)
    if (pages > first && !refused) break
    assert.ok(refused > 0, `nothing was refused with ${pages} pages`)
  }
})

test('a memory that is full to the last byte', async () => {
  const cosdim = await copyOf('full')
  await cosdim.init({ module: limited((await copyOf('unlimited')).memoryUsage().total / 65536) })
  const expected = right(cosdim)
  const fillers = []
  for (let size = 2 ** 20; size >= 1; )
    try {
      fillers.push(cosdim.tensor(new Uint8Array(size)).to('wasm'))
    } catch {
      size = Math.floor(size / 2)
    }
  for (const name of Object.keys(CALLS)) assert.ok((await make(cosdim, name)) instanceof Error, `${name}: not refused`)
  const matrix = cosdim.tensor(values.subarray(0, 60), { shape: [6, 10] })
  assert.deepEqual(cosdim.pairwiseCosineSimilarity(matrix, matrix).data, expected[2], 'what needs no memory')
  for (const filler of fillers) filler.dispose()
  assert.deepEqual(right(cosdim), expected)
})
