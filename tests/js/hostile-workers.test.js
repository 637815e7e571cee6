/** cosdim/workers with hostile arguments: a result or a clear error, and the next answer is right. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { cosineSimilarity, memoryUsage, tensor, topkCosineSimilarity } from 'cosdim'
import { openWorkers } from 'cosdim/workers'
import fc from 'fast-check'
import { build, FILE, MATCHING, ODD, VALUE } from './hostile.js'
import { isClear, MISCHIEF, mischiefOf } from './mischief.js'

const [n, d] = [60, 7]
const corpus = Float32Array.from({ length: n * d }, (_, i) => Math.sin(i * i))
const query = corpus.slice(d, 2 * d)
const matrix = tensor(corpus, { shape: [n, d] })
const expected = [topkCosineSimilarity(query, matrix, 5).indices.data, cosineSimilarity(query, matrix).data]

/** @type {any} */
let workers
before(async () => {
  workers = await openWorkers(corpus, [n, d], { count: 2 })
})
after(() => workers.close())

const right = async (/** @type {any} */ opened) => [
  (await opened.topk(query, 5)).indices.data,
  (await opened.similarities(query)).data,
]

/**
 * Makes a call with hostile arguments: it may fail with a clear error, and the next answer is right.
 * @param {any} mischief
 * @param {(made: ReturnType<typeof mischiefOf>) => Promise<unknown>} call
 */
async function survives(mischief, call) {
  const made = mischiefOf(mischief, () => void right(workers))
  const error = await call(made).then(
    () => undefined,
    (error) => error,
  )
  for (const one of made.tensors) one.dispose()
  if (error && !isClear(error)) throw error
  assert.deepEqual(await right(workers), expected)
}

/** A query of the right length, in a disguise, or anything. */
const QUERY = fc.oneof(
  { weight: 3, arbitrary: VALUE.map((value) => ({ ...Object(value), array: 9, length: d, seed: 3 })) },
  {
    weight: 3,
    arbitrary: fc.record({
      list: fc.constant([1, 2, 3, 4, 5, 6, 7]),
      as: fc.constantFrom('proxy', 'getters', 'subclass', 'species'),
    }),
  },
  MATCHING.map(([x]) => x),
  FILE,
  VALUE,
)

test('queries', async () => {
  const { used } = memoryUsage()
  const QUESTION = fc.record({
    name: fc.constantFrom('topk', 'similarities'),
    query: QUERY,
    k: fc.oneof({ weight: 4, arbitrary: fc.constant(3) }, ODD),
    mischief: MISCHIEF,
  })
  await fc.assert(
    fc.asyncProperty(QUESTION, async ({ name, query: hostile, k, mischief }) => {
      await survives(mischief, async (made) => {
        const x = build(hostile, made)
        return name === 'topk' ? workers.topk(x, build(k, made)) : workers.similarities(x)
      })
      assert.equal(memoryUsage().used, used, 'memory is lost')
    }),
    { includeErrorInReport: true, numRuns: Number(process.env.RUNS ?? 300) },
  )
})

test('a query that reads otherwise later', async () => {
  for (let honest = 0; honest < 40; honest++) {
    let reads = 0
    const liar = new Proxy([1, 2, 3, 4, 5, 6, 7], {
      get: (list, key) => (/^\d$/.test(String(key)) && reads++ >= honest ? () => 1 : Reflect.get(list, key)),
    })
    for (const ask of [() => workers.topk(liar, 2), () => workers.similarities(liar)])
      await ask().catch((/** @type {unknown} */ error) => {
        if (!isClear(error)) throw error
      })
  }
})

test('corpora', async () => {
  const CORPUS = fc.record({
    corpus: fc.oneof(
      MATCHING.map(([x]) => x),
      VALUE,
    ),
    count: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(1, 2) },
      ODD.filter((odd) => !(Number(odd) > 9)),
    ),
    mischief: MISCHIEF,
  })
  await fc.assert(
    fc.asyncProperty(CORPUS, ({ corpus: hostile, count, mischief }) =>
      survives(mischief, async (made) => {
        const x = build(hostile, made)
        const others = /** @type {any} */ (await openWorkers(x, undefined, { count: build(count, made) }))
        return others.close()
      }),
    ),
    { includeErrorInReport: true, numRuns: Number(process.env.RUNS ?? 30) },
  )
})
