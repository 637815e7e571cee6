/** cosdim's public interface: PyTorch's cosine similarity for typed arrays. */

import { isChunked, topkOfChunks } from './accumulators/chunks.js'
import { accumulator } from './accumulators/similarity.js'
import { similarityOfSlices } from './accumulators/slices.js'
import { topkAccumulator } from './accumulators/topk.js'
import { Explanation } from './explain.js'
import { makeTensor, operands, operandsInSlices, rowsOf, vectors } from './input/operand.js'
import { integer, optionsOf, PAIRWISE, SLICED, similarityOptions, TOPK } from './input/options.js'
import { readOut } from './input/out.js'
import { giveBack } from './input/spare.js'
import { distanceOfPair, pair } from './one-pair.js'
import * as operations from './operations.js'
import { runInSlices } from './slices.js'
import { Tensor } from './tensor/tensor.js'
import { compile, memoryUsage } from './wasm/instance.js'
import { runToEnd } from './wasm/tiles.js'

/* types/index.d.ts declares the functions, and says what their users need to know. */
export { accumulator, Explanation, memoryUsage, Tensor, topkAccumulator }

/**
 * The declarations tell dtypes and ranks from those of the arguments.
 * @type {(x: import('./tensor/strided.js').Strided) => import('../types/index.js').TensorOf<any, any>}
 */
const tensorOf = (x) => /** @type {any} */ (new Tensor(x))

/** @type {typeof import('../types/index.js').cosineSimilarity} */
export function cosineSimilarity(x1, x2, options) {
  const where = 'cosineSimilarity()'
  const { dim, eps, dtype, out } = similarityOptions(where, options)
  const ofPair = pair(x1, x2, dim, eps, out, dtype)
  if (ofPair) return tensorOf(ofPair)
  const inputs = operands(where, 'x1', x1, 'x2', x2, dtype)
  const result = operations.similarity(inputs, dim, eps, dtype, readOut(where, out))
  giveBack([x1, x2], inputs)
  return tensorOf(result)
}

/** @type {typeof import('../types/index.js').cosineSimilarityAsync} */
export async function cosineSimilarityAsync(x1, x2, options) {
  const where = 'cosineSimilarityAsync()'
  const checked = optionsOf(where, options, { dim: 1, ...TOPK, ...SLICED })
  if (isChunked(x1) || isChunked(x2)) return /** @type {any} */ (await similarityOfSlices(where, [x1, x2], checked))
  const inputs = await readInSlices(where, { x1, x2 }, checked)
  const rows = Math.max(...inputs.map(({ shape }) => shape[0] ?? 1))
  const result = await runInSlices((pause) => operations.similarityInSlices(inputs, checked, pause), rows, checked)
  giveBack([x1, x2], inputs)
  return tensorOf(result)
}

/** @type {typeof import('../types/index.js').pairwiseCosineSimilarity} */
export function pairwiseCosineSimilarity(x1, x2 = /** @type {any} */ (x1), options) {
  const where = 'pairwiseCosineSimilarity()'
  const checked = optionsOf(where, options, PAIRWISE)
  const out = readOut(where, checked.out)
  const [read1, read2] = operands(where, 'x1', x1, 'x2', x2, checked.dtype)
  const inputs = [rowsOf(x1, read1, read2), rowsOf(x2, read2, read1)]
  const result = runToEnd(operations.pairwise(inputs, checked, out))
  giveBack([x1, x2], inputs)
  return tensorOf(result)
}

/** @type {typeof import('../types/index.js').pairwiseCosineSimilarityAsync} */
export async function pairwiseCosineSimilarityAsync(x1, x2 = /** @type {any} */ (x1), options = undefined) {
  const where = 'pairwiseCosineSimilarityAsync()'
  const checked = optionsOf(where, options, { ...PAIRWISE, ...SLICED })
  const out = readOut(where, checked.out)
  const [read1, read2] = await readInSlices(where, { x1, x2 }, checked)
  const inputs = [rowsOf(x1, read1, read2), rowsOf(x2, read2, read1)]
  return tensorOf(
    await runInSlices((pause) => operations.pairwise(inputs, checked, out, pause), inputs[0].shape[0], checked),
  )
}

/**
 * The operands. A list of 10000 embeddings takes longer to copy than a slice.
 * @param {string} where
 * @param {Record<string, unknown>} named
 * @param {{ dtype?: import('./dtypes.js').DType, signal?: AbortSignal }} options
 */
const readInSlices = (where, named, { dtype, signal }) =>
  runInSlices((pause) => operandsInSlices(where, Object.entries(named), dtype, pause), 0, { signal })

/** @type {typeof import('../types/index.js').topkCosineSimilarity} */
export function topkCosineSimilarity(query, corpus, k, options) {
  const where = 'topkCosineSimilarity()'
  const checked = optionsOf(where, options, TOPK)
  const [queries, rows] = operands(where, 'query', query, 'corpus', corpus, checked.dtype)
  const inputs = [queries, rowsOf(corpus, rows, queries)]
  const [values, indices] = runToEnd(operations.topk(inputs, integer(where, 'k', k), checked))
  giveBack([query, corpus], inputs)
  return { values: tensorOf(values), indices: tensorOf(indices) }
}

/** @type {typeof import('../types/index.js').topkCosineSimilarityAsync} */
export async function topkCosineSimilarityAsync(query, corpus, k, options) {
  const where = 'topkCosineSimilarityAsync()'
  const checked = optionsOf(where, options, { ...TOPK, ...SLICED })
  const count = integer(where, 'k', k)
  if (isChunked(corpus)) return /** @type {any} */ (await topkOfChunks(where, query, corpus, count, checked))
  const [queries, rows] = await readInSlices(where, { query, corpus }, checked)
  const inputs = [queries, rowsOf(corpus, rows, queries)]
  const [values, indices] = await runInSlices(
    (pause) => operations.topk(inputs, count, checked, pause),
    inputs[1].shape[0],
    checked,
  )
  giveBack([query, corpus], inputs)
  return { values: tensorOf(values), indices: tensorOf(indices) }
}

/** @type {typeof import('../types/index.js').cosineDistance} */
export function cosineDistance(u, v, options) {
  const where = 'cosineDistance()'
  const { weights } = optionsOf(where, options, { weights: undefined })
  return distanceOfPair(u, v, weights) ?? operations.distance(vectors(where, u, v, weights))
}

/** @type {typeof import('../types/index.js').attentionDistribution} */
export function attentionDistribution(target, behaviored, options) {
  const where = 'attentionDistribution()'
  const { normalize } = optionsOf(where, options, { normalize: 'sum' })
  return tensorOf(operations.attention(operands(where, 'target', target, 'behaviored', behaviored), normalize))
}

/** @type {typeof import('../types/index.js').explain} */
export function explain(x1, x2, options) {
  const where = 'explain()'
  const { dim, eps } = optionsOf(where, options, { dim: 1, eps: 1e-8 })
  return /** @type {any} */ (new Explanation(operands(where, 'x1', x1, 'x2', x2), dim, eps))
}

/** @type {typeof import('../types/index.js').tensor} */
export function tensor(data, options) {
  const { dtype, shape } = optionsOf('tensor()', options, { dtype: undefined, shape: undefined })
  return /** @type {any} */ (makeTensor(data, dtype, shape))
}

/** @type {typeof import('../types/index.js').init} */
export async function init(options) {
  await compile(optionsOf('init()', options, { module: undefined }).module)
}
