/** A million calls of all kinds and shapes, mistakes included, leak nothing. SOAK sets another number. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import {
  attentionDistribution,
  cosineDistance,
  cosineSimilarity,
  explain,
  memoryUsage,
  pairwiseCosineSimilarity,
  pairwiseCosineSimilarityAsync,
  tensor,
  topkCosineSimilarity,
  topkCosineSimilarityAsync,
} from 'cosdim'
import { stream } from '../bench/data.js'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')

const ROUND = 10_000
const CALLS = Number(process.env.SOAK ?? 100 * ROUND)
let random = stream(0)
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

/** Makes the same calls every time. */
async function round() {
  random = stream(1_000_000)
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
  return { ...memoryUsage(), heap: process.memoryUsage().heapUsed + process.memoryUsage().external }
}

test(`${CALLS} calls end with the memory they began with`, async () => {
  await round() // warms up
  const before = await round()
  let after = before
  for (let calls = 0; calls < CALLS; calls += ROUND) after = await round()
  assert.equal(after.used, 0)
  assert.equal(after.total, before.total)
  assert.ok(after.heap < before.heap + 2 ** 20, `JavaScript's memory grew from ${before.heap} to ${after.heap} bytes`)
})
