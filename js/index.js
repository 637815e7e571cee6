/** cosdim's public interface: PyTorch's cosine similarity for typed arrays. */
import { Explanation } from './explain.js'
import { makeTensor, operands, operandsInSlices, rowsOf, vector } from './input/operand.js'
import { integer, optionsOf, PAIRWISE, SLICED, similarityOptions, TOPK } from './input/options.js'
import { readOut } from './input/out.js'
import { giveBack } from './input/spare.js'
import { pair } from './one-pair.js'
import * as operations from './operations.js'
import { runInSlices } from './slices.js'
import { Tensor } from './tensor/tensor.js'
import { compile, memoryUsage } from './wasm/instance.js'
import { runToEnd } from './wasm/tiles.js'

/** @typedef {import('./input/operand.js').TensorLike} TensorLike */
/** @typedef {import('./dtypes.js').DType} DType */
/**
 * Progress counts rows: of x1, or of the corpus.
 * @typedef {{ signal?: AbortSignal, onProgress?: (progress: { done: number, total: number }) => void }} Pace
 */
/** @typedef {import('./dtypes.js').TypedArray | Tensor} Out an array, or a contiguous tensor of the result's shape */
/** @typedef {import('./explain.js').Term} Term */

export { Explanation, memoryUsage, Tensor }

/**
 * Cosine similarity along one dim: Σ x1·x2 / (max(‖x1‖, eps) · max(‖x2‖, eps)), never outside [-1, 1]. Follows the
 * rules of torch.nn.functional.cosine_similarity.
 * @param {TensorLike} x1
 * @param {TensorLike} x2 of a shape that broadcasts with that of x1
 * @param {{ dim?: number, eps?: number, dtype?: DType, out?: Out }} [options] `dim`, 1 by default, is a dim of the
 *   common (broadcast) shape; `eps` is 1e-8 by default; both inputs are first cast to `dtype`, if given; the result is
 *   written to `out`, if given, which must not share memory with the inputs
 * @returns {Tensor} of the common shape without `dim`, in the wider of the two dtypes; its data is `out`, if given
 * @throws {RangeError} for shapes that do not broadcast, an out-of-range dim, a negative eps, or an `out` that has the
 *   wrong shape or shares memory with an input
 * @throws {TypeError} for an argument that is not a tensor, a common dtype that is not floating, an unknown option or
 *   dtype, or an `out` of the wrong dtype
 */
export function cosineSimilarity(x1, x2, options) {
  const where = 'cosineSimilarity()'
  const { dim, eps, dtype, out } = similarityOptions(where, options)
  const ofPair = dtype === undefined ? pair(x1, x2, dim, eps, out) : undefined
  if (ofPair) return new Tensor(ofPair)
  const inputs = operands(where, 'x1', x1, 'x2', x2, dtype)
  const result = operations.similarity(inputs, dim, eps, dtype, readOut(where, out))
  giveBack([x1, x2], inputs)
  return new Tensor(result)
}

/**
 * The cosine similarity of every row of x1 with every row of x2: F.cosine_similarity(x1[:, None], x2[None], dim=-1) in
 * PyTorch, without intermediate arrays.
 * @param {TensorLike} x1 of shape (N, D)
 * @param {TensorLike} [x2] of shape (M, D); x1 by default
 * @param {{ eps?: number, dtype?: DType, out?: Out }} [options] as for cosineSimilarity
 * @returns {Tensor} of shape (N, M), in the wider of the two dtypes; its data is `out`, if given
 * @throws {RangeError} for other shapes, a negative eps, or an `out` that has the wrong shape or shares memory with an
 *   input
 * @throws {TypeError} for an argument that is not a tensor, a common dtype that is not floating, an unknown option or
 *   dtype, or an `out` of the wrong dtype
 */
export function pairwiseCosineSimilarity(x1, x2 = x1, options) {
  const where = 'pairwiseCosineSimilarity()'
  const checked = optionsOf(where, options, PAIRWISE)
  const out = readOut(where, checked.out)
  const [read1, read2] = operands(where, 'x1', x1, 'x2', x2, checked.dtype)
  const inputs = [rowsOf(x1, read1, read2), rowsOf(x2, read2, read1)]
  const result = runToEnd(operations.pairwise(inputs, checked, out))
  giveBack([x1, x2], inputs)
  return new Tensor(result)
}

/**
 * pairwiseCosineSimilarity in slices of 10 ms, so that a page or a server stays responsive. The results are the same,
 * bit for bit. Do not change the operands or `out` until the promise settles.
 * @param {TensorLike} x1 of shape (N, D)
 * @param {TensorLike} [x2] of shape (M, D); x1 by default
 * @param {{ eps?: number, dtype?: DType, out?: Out } & Pace} [options]
 * @returns {Promise<Tensor>} of shape (N, M)
 * @throws what pairwiseCosineSimilarity throws, or the reason of `signal`
 */
export async function pairwiseCosineSimilarityAsync(x1, x2 = x1, options = undefined) {
  const where = 'pairwiseCosineSimilarityAsync()'
  const checked = optionsOf(where, options, { ...PAIRWISE, ...SLICED })
  const out = readOut(where, checked.out)
  const [read1, read2] = await readInSlices(where, { x1, x2 }, checked)
  const inputs = [rowsOf(x1, read1, read2), rowsOf(x2, read2, read1)]
  return new Tensor(
    await runInSlices((pause) => operations.pairwise(inputs, checked, out, pause), inputs[0].shape[0], checked),
  )
}

/**
 * The operands. A list of 10000 embeddings takes longer to copy than a slice.
 * @param {string} where
 * @param {Record<string, TensorLike>} named
 * @param {{ dtype?: DType, signal?: AbortSignal }} options
 */
const readInSlices = (where, named, { dtype, signal }) =>
  runInSlices((pause) => operandsInSlices(where, Object.entries(named), dtype, pause), 0, { signal })

/**
 * The k rows of a corpus that are most similar to each query, in one pass over the corpus. The order is that of
 * torch.topk: largest first, NaN before everything. Of equal values, the one with the lower index comes first; PyTorch
 * does not specify their order.
 * @param {TensorLike} query of shape (D,), or (Q, D) for several at once
 * @param {TensorLike} corpus of shape (N, D)
 * @param {number} k from 0 to N
 * @param {{ eps?: number, dtype?: DType }} [options] as for cosineSimilarity
 * @returns {{ values: Tensor, indices: Tensor }} of shape (k,) or (Q, k); the values in the wider of the two dtypes,
 *   the indices of the rows in int32
 * @throws {RangeError} for other shapes, an out-of-range k, a negative eps, or more results than fit into memory
 * @throws {TypeError} for an argument that is not a tensor, a k that is not a whole number, a common dtype that is not
 *   floating, or an unknown option or dtype
 */
export function topkCosineSimilarity(query, corpus, k, options) {
  const where = 'topkCosineSimilarity()'
  const checked = optionsOf(where, options, TOPK)
  const [queries, rows] = operands(where, 'query', query, 'corpus', corpus, checked.dtype)
  const inputs = [queries, rowsOf(corpus, rows, queries)]
  const [values, indices] = runToEnd(operations.topk(inputs, integer(where, 'k', k), checked))
  giveBack([query, corpus], inputs)
  return { values: new Tensor(values), indices: new Tensor(indices) }
}

/**
 * topkCosineSimilarity in slices of 10 ms, so that a page or a server stays responsive. The results are the same, bit
 * for bit. Do not change the operands until the promise settles.
 * @param {TensorLike} query of shape (D,) or (Q, D)
 * @param {TensorLike} corpus of shape (N, D)
 * @param {number} k from 0 to N
 * @param {{ eps?: number, dtype?: DType } & Pace} [options]
 * @returns {Promise<{ values: Tensor, indices: Tensor }>} of shape (k,) or (Q, k)
 * @throws what topkCosineSimilarity throws, or the reason of `signal`
 */
export async function topkCosineSimilarityAsync(query, corpus, k, options) {
  const where = 'topkCosineSimilarityAsync()'
  const checked = optionsOf(where, options, { ...TOPK, ...SLICED })
  const count = integer(where, 'k', k)
  const [queries, rows] = await readInSlices(where, { query, corpus }, checked)
  const inputs = [queries, rowsOf(corpus, rows, queries)]
  const [values, indices] = await runInSlices(
    (pause) => operations.topk(inputs, count, checked, pause),
    inputs[1].shape[0],
    checked,
  )
  giveBack([query, corpus], inputs)
  return { values: new Tensor(values), indices: new Tensor(indices) }
}

/**
 * Cosine distance of two vectors, 1 − Σw·u·v / √(Σw·u² · Σw·v²). The rules are those of scipy.spatial.distance.cosine,
 * except that finite input never overflows.
 * @param {TensorLike} u of shape (D,), in any dtype
 * @param {TensorLike} v of shape (D,), in any dtype
 * @param {{ weights?: TensorLike }} [options] weights of shape (D,), none below 0
 * @returns {number} computed in float64, in [0, 2]; NaN where a vector is zero
 * @throws {RangeError} for other shapes, or a negative weight
 * @throws {TypeError} for an argument that is not a tensor, or an unknown option
 */
export function cosineDistance(u, v, options) {
  const where = 'cosineDistance()'
  const { weights } = optionsOf(where, options, { weights: undefined })
  const vectors = [vector(where, "'u' (position 1)", u), vector(where, "'v' (position 2)", v)]
  if (weights !== undefined) vectors.push(vector(where, "'weights'", weights))
  return operations.distance(vectors)
}

/**
 * The similarities of one target to N rows, turned into a distribution: divided by their sum, or passed to softmax.
 * @param {TensorLike} target of shape (D,) or (1, D)
 * @param {TensorLike} behaviored the rows, of shape (N, D)
 * @param {{ normalize?: 'sum' | 'softmax' }} [options] 'sum' by default. If the sum is 0, it gives NaN or infinities,
 *   as in PyTorch; softmax does not have this problem
 * @returns {Tensor} of shape (N,), in the wider of the two dtypes
 * @throws {RangeError} for other shapes
 * @throws {TypeError} for an argument that is not a tensor, a common dtype that is not floating, or an unknown option
 */
export function attentionDistribution(target, behaviored, options) {
  const where = 'attentionDistribution()'
  const { normalize } = optionsOf(where, options, { normalize: 'sum' })
  return new Tensor(operations.attention(operands(where, 'target', target, 'behaviored', behaviored), normalize))
}

/**
 * How cosineSimilarity(x1, x2, { dim, eps }) is computed: its `shape`, its `result`, and `at(...index)`. For one
 * output, `at` gives the terms, their indices in x1 and x2, the dot product, the norms and the angle.
 * @param {TensorLike} x1
 * @param {TensorLike} x2
 * @param {{ dim?: number, eps?: number }} [options]
 * @returns {Explanation}
 * @throws what cosineSimilarity throws
 */
export function explain(x1, x2, options) {
  const where = 'explain()'
  const { dim, eps } = optionsOf(where, options, { dim: 1, eps: 1e-8 })
  return new Explanation(operands(where, 'x1', x1, 'x2', x2), dim, eps)
}

/**
 * A tensor over `data`, as torch.as_tensor makes one: a typed array is wrapped, not copied.
 * @param {TensorLike} data
 * @param {{ dtype?: DType, shape?: ArrayLike<number> }} [options] `dtype` says what a typed array holds. Plain numbers
 *   become that dtype; by default float32, booleans bool, BigInts int64
 * @returns {Tensor}
 * @throws {RangeError} for a shape that does not fit the data, ragged arrays, or a number that the dtype cannot hold
 * @throws {TypeError} for data that is not a tensor, or a dtype that differs from that of the data
 */
export function tensor(data, options) {
  const { dtype, shape } = optionsOf('tensor()', options, { dtype: undefined, shape: undefined })
  return makeTensor(data, dtype, shape)
}

/**
 * Compiles the WebAssembly module ahead of the first use. Call this for browsers that refuse to compile a module of
 * this size synchronously on the main thread.
 * @param {{ module?: WebAssembly.Module }} [options] a module compiled elsewhere, such as in the parent of a worker
 * @returns {Promise<void>}
 * @throws {Error} where there is no WebAssembly SIMD
 */
export async function init(options) {
  await compile(optionsOf('init()', options, { module: undefined }).module)
}
