/** A million calls of all kinds and shapes, mistakes included, leak nothing. SOAK sets another number, SEED other calls. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import {
  accumulator,
  attentionDistribution,
  cosineDistance,
  cosineSimilarity,
  explain,
  memoryUsage,
  pairwiseCosineSimilarity,
  pairwiseCosineSimilarityAsync,
  tensor,
  topkAccumulator,
  topkCosineSimilarity,
  topkCosineSimilarityAsync,
} from 'cosdim'
import { stream } from '../bench/data.js'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')

const ROUND = 10_000
const CALLS = Number(process.env.SOAK ?? 100 * ROUND)
const SEED = Number(process.env.SEED ?? 1_000_000)
let random = stream(SEED)
const below = (n) => Math.floor(random() * n)

/** Shared by all calls, so that only cosdim can leak. */
const values = Float32Array.from({ length: 20_000 }, () => random() - 0.4)
const wide = Float64Array.from(values)

const sizes = () => [1 + below(40), 1 + below(40)]
const matrix = (rows, columns, /** @type {Float32Array | Float64Array} */ data = values) =>
  tensor(data.subarray(0, rows * columns), { shape: [rows, columns] }).to(below(3) ? 'js' : 'wasm')

/** @typedef {import('cosdim').Tensor} Tensor */

/**
 * Every kind of call. Most operands are disposed of; some are left to the garbage collector.
 * @type {((sizes: number[]) => [x: Tensor, y: Tensor, call: (x: Tensor, y: Tensor) => unknown])[]}
 */
const CALLS_OF_A_KIND = [
  ([n, d]) => [
    matrix(n, d),
    matrix(below(2) ? n : 1, d, below(2) ? values : wide),
    (x, y) => cosineSimilarity(x, y, { dim: below(2) - 2 }),
  ],
  ([n, d]) => [matrix(n, d), matrix(1 + below(40), d), (x, y) => pairwiseCosineSimilarity(x, y)],
  ([n, d]) => [matrix(1 + below(3), d), matrix(n, d), (x, y) => topkCosineSimilarity(x, y, below(n + 1))],
  ([n, d]) => [matrix(1, d), matrix(n, d), (x, y) => attentionDistribution(x, y, { normalize: 'softmax' })],
  ([n]) => [matrix(1, n).view(n), matrix(1, n, wide).view(n), (x, y) => cosineDistance(x, y)],
  ([n, d]) => [matrix(n, d).transpose(0, 1), matrix(n, d), (x, y) => cosineSimilarity(x.transpose(0, 1), y)],
  ([n, d]) => [matrix(n, d), matrix(n, d), (x, y) => explain(x, y, { dim: 0 }).at(below(d)).terms],
  ([n, d]) => [matrix(n, d), matrix(n, d), (x, y) => accumulator({ dim: 0 }).update(x, y).update(y, x).result()],
  ([n, d]) => [
    matrix(1, d).view(d),
    matrix(n, d),
    (x, y) => topkAccumulator(x, 2).update(y).update(y, { firstRow: n }).result(),
  ],
  ([n, d]) => [
    matrix(n, d),
    matrix(n, d + 1 + below(2)),
    (x, y) => assert.throws(() => pairwiseCosineSimilarity(x, y)),
  ],
  ([n, d]) => [
    matrix(n, d),
    matrix(n, d),
    (x, y) => assert.throws(() => cosineSimilarity(x, y, { dim: 2 + below(9) })),
  ],
]

const ASYNC = [
  (x, y) => pairwiseCosineSimilarityAsync(x, y),
  (x, y) => topkCosineSimilarityAsync(x, y, 1),
  (x, y) => assert.rejects(pairwiseCosineSimilarityAsync(x, y, { signal: AbortSignal.abort() })),
]

/** Makes the calls of one seed, and gives what memory is used after them. @param {number} seed */
async function round(seed) {
  random = stream(seed)
  for (let i = 0; i < ROUND; i++) {
    const [x, y, call] = CALLS_OF_A_KIND[below(CALLS_OF_A_KIND.length)](sizes())
    call(x, y)
    if (i % 100 === 0) await ASYNC[below(ASYNC.length)](x, y).catch(() => undefined)
    if (i % 50) for (const one of [x, y]) one.dispose()
  }
  // Finalizers run between turns of the event loop.
  for (let turn = 0; turn < 100 && memoryUsage().used > 0; turn++) {
    collect()
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  const { rss, heapUsed, external } = process.memoryUsage()
  return { ...memoryUsage(), heap: heapUsed + external, rss }
}

const MiB = 2 ** 20

test(`${CALLS} calls, from seed ${SEED} on, end with the memory they began with`, async () => {
  const rounds = Math.ceil(CALLS / ROUND)
  // In the first tenth, code is compiled and the memory finds its size.
  const first = Math.ceil(rounds / 10)
  let before = await round(SEED)
  let after = before
  for (let i = 0; i < rounds; i++) {
    after = await round(SEED + i)
    assert.equal(after.used, 0)
    if (i === first) before = await round(SEED)
  }
  after = await round(SEED)
  assert.ok(after.total <= before.total + MiB, `WebAssembly's memory grew from ${before.total} to ${after.total} bytes`)
  assert.ok(after.heap < before.heap + MiB, `JavaScript's memory grew from ${before.heap} to ${after.heap} bytes`)
  assert.ok(after.rss < before.rss + 16 * MiB, `the process grew from ${before.rss} to ${after.rss} bytes`)
  console.log(
    `RSS ${Math.round(before.rss / MiB)} MiB after ${first * ROUND} calls, ${Math.round(after.rss / MiB)} MiB at the end`,
  )
})
