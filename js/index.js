/** cosdim's public surface: PyTorch's cosine similarity for typed arrays, and what belongs to it. */
import * as core from './core.js'
import { Explanation } from './explain.js'
import { asStrided, makeTensor } from './input.js'
import { compile, memoryUsage } from './instance.js'
import { integer, optionsOf, similarityOptions } from './options.js'
import { outOf } from './out.js'
import { paced } from './pace.js'
import { Tensor } from './tensor.js'

/** @typedef {import('./input.js').TensorLike} TensorLike */
/** @typedef {import('./dtypes.js').DType} DType */
/**
 * Progress counts rows: of x1, or of the corpus.
 * @typedef {{ signal?: AbortSignal, onProgress?: (progress: { done: number, total: number }) => void }} Pace
 */
/** @typedef {import('./dtypes.js').TypedArray | Tensor} Out a typed array, or a contiguous tensor of the result's shape */
/** @typedef {import('./explain.js').Term} Term */

export { Explanation, memoryUsage, Tensor }

/**
 * Cosine similarity along a dim of the common (broadcast) shape, which the result lacks:
 * Σ x1·x2 / (max(‖x1‖, eps) · max(‖x2‖, eps)). Never outside [-1, 1]. As torch.nn.functional.cosine_similarity.
 * @param {TensorLike} x1
 * @param {TensorLike} x2 of a shape that broadcasts with x1's
 * @param {{ dim?: number, eps?: number, dtype?: DType, out?: Out }} [options] `dtype` casts both inputs first; `out` takes
 *   the result, and shares no memory with them
 * @returns {Tensor} of the wider of the two dtypes, over `out` if it was given
 * @throws {RangeError} for shapes that do not broadcast, a dim that there is not, an eps below 0, or an out of another shape
 * @throws {TypeError} for what is no tensor, a dtype or an option that there is not, or an out of another dtype
 */
export function cosineSimilarity(x1, x2, options) {
  const where = 'cosine_similarity()'
  const { dim, eps, dtype, out } = similarityOptions(where, options)
  const ofPair = dtype === undefined ? core.pair(x1, x2, dim, eps, out) : undefined
  if (ofPair) return new Tensor(ofPair)
  return new Tensor(core.similarity(operands(where, x1, x2), dim, eps, dtype, outOf(where, out)))
}

/**
 * The cosine similarity of every row of x1 with every row of x2: cosineSimilarity of x1[:, None] and x2[None] along the
 * last dim, with no memory but for the result.
 * @param {TensorLike} x1 of shape (N, D)
 * @param {TensorLike} [x2] of shape (M, D); x1 itself, if there is none
 * @param {{ eps?: number, dtype?: DType, out?: Out }} [options] as for cosineSimilarity
 * @returns {Tensor} of shape (N, M)
 * @throws {RangeError} for other shapes, an eps below 0, or an out of another shape
 * @throws {TypeError} for what is no tensor, a dtype or an option that there is not, or an out of another dtype
 */
export function pairwiseCosineSimilarity(x1, x2 = x1, options) {
  const where = 'pairwiseCosineSimilarity()'
  const checked = optionsOf(where, options, PAIRWISE)
  const out = outOf(where, checked.out)
  return new Tensor(core.whole(core.pairwise(...operands(where, x1, x2), checked, out)))
}

/**
 * The same, to the bit, in slices of 10 ms, so that a page stays alive. Leave the operands and `out` alone until it ends.
 * @param {TensorLike} x1
 * @param {TensorLike} [x2]
 * @param {{ eps?: number, dtype?: DType, out?: Out } & Pace} [options]
 * @returns {Promise<Tensor>}
 * @throws the same as pairwiseCosineSimilarity, and the reason of `signal`
 */
export async function pairwiseCosineSimilarityAsync(x1, x2 = x1, options = undefined) {
  const where = 'pairwiseCosineSimilarityAsync()'
  const checked = optionsOf(where, options, { ...PAIRWISE, ...PACE })
  const out = outOf(where, checked.out)
  const [a, b] = operands(where, x1, x2)
  return new Tensor(await paced((pause) => core.pairwise(a, b, checked, out, pause), a.shape[0], checked))
}

const PAIRWISE = { eps: 1e-8, dtype: undefined, out: undefined }
const PACE = { signal: undefined, onProgress: undefined }

/**
 * The k rows of a corpus that are most similar to each query, in one pass over it: largest first, NaN first of all, as
 * torch.topk; of equal ones the lower index first, which torch leaves open.
 * @param {TensorLike} query of shape (D,), or (Q, D) for several at once
 * @param {TensorLike} corpus of shape (N, D)
 * @param {number} k from 0 to N
 * @param {{ eps?: number, dtype?: DType }} [options] `dtype` is what both are cast to first: a floating one, for integers
 * @returns {{ values: Tensor, indices: Tensor }} of shape (k,) or (Q, k); the indices, of rows, are int32
 * @throws {RangeError} for other shapes, a k out of range, an eps below 0, or no room for k results of all queries
 * @throws {TypeError} for what is no tensor, a k that is no whole number, or a dtype or option that there is not
 */
export function topkCosineSimilarity(query, corpus, k, options) {
  const where = 'topkCosineSimilarity()'
  const checked = optionsOf(where, options, TOPK)
  const [a, b] = searched(where, query, corpus)
  return ranked(core.whole(core.topk(a, b, integer(where, 'k', k), checked)))
}

/**
 * The same, to the bit, in slices of 10 ms, so that a page stays alive. Leave the operands alone until it ends.
 * @param {TensorLike} query
 * @param {TensorLike} corpus
 * @param {number} k
 * @param {{ eps?: number, dtype?: DType } & Pace} [options]
 * @returns {Promise<{ values: Tensor, indices: Tensor }>}
 * @throws the same as topkCosineSimilarity, and the reason of `signal`
 */
export async function topkCosineSimilarityAsync(query, corpus, k, options) {
  const where = 'topkCosineSimilarityAsync()'
  const checked = optionsOf(where, options, { ...TOPK, ...PACE })
  const [a, b] = searched(where, query, corpus)
  const count = integer(where, 'k', k)
  return ranked(await paced((pause) => core.topk(a, b, count, checked, pause), b.shape[0], checked))
}

const TOPK = { eps: 1e-8, dtype: undefined }

/**
 * Cosine distance of two vectors, 1 − Σw·u·v / √(Σw·u² · Σw·v²), in [0, 2]; NaN beside a zero vector. Computed in
 * float64, whatever comes in. As scipy.spatial.distance.cosine.
 * @param {TensorLike} u of shape (D,)
 * @param {TensorLike} v of shape (D,)
 * @param {{ weights?: TensorLike }} [options] weights of shape (D,), none below 0
 * @returns {number}
 * @throws {RangeError} for other shapes, or a negative weight
 * @throws {TypeError} for what is no tensor, or an option that there is not
 */
export function cosineDistance(u, v, options) {
  const where = 'cosine()'
  const { weights } = optionsOf(where, options, { weights: undefined })
  return core.distance(
    asStrided(u, where, "'u' (position 1)", 'float64'),
    asStrided(v, where, "'v' (position 2)", 'float64'),
    weights === undefined ? undefined : asStrided(weights, where, "'weights'", 'float64'),
  )
}

/**
 * The similarity of one target with each of N, made into a distribution: divided by their sum, or by softmax.
 * @param {TensorLike} target of shape (D,) or (1, D)
 * @param {TensorLike} behaviored of shape (N, D)
 * @param {{ normalize?: 'sum' | 'softmax' }} [options] a sum of 0 gives NaN or infinities, as in PyTorch; softmax does not
 * @returns {Tensor} of shape (N,)
 * @throws {RangeError} for other shapes
 * @throws {TypeError} for what is no tensor, or an option that there is not
 */
export function attentionDistribution(target, behaviored, options) {
  const where = 'attentionDistribution()'
  const { normalize } = optionsOf(where, options, { normalize: 'sum' })
  return new Tensor(
    core.attention(
      asStrided(target, where, "'target' (position 1)"),
      asStrided(behaviored, where, "'behaviored' (position 2)"),
      normalize,
    ),
  )
}

/**
 * The working behind every output of cosineSimilarity(x1, x2, { dim, eps }): its `shape`, its `result`, and
 * `at(...index)`, with the terms of one output, their places in x1 and x2, dot, norms and angle.
 * @param {TensorLike} x1
 * @param {TensorLike} x2
 * @param {{ dim?: number, eps?: number }} [options]
 * @throws the same as cosineSimilarity
 */
export function explain(x1, x2, options) {
  const { dim, eps } = optionsOf('explain()', options, { dim: 1, eps: 1e-8 })
  return new Explanation(...operands('explain()', x1, x2), dim, eps)
}

/**
 * A tensor over `data`; a typed array is wrapped, not copied. As torch.as_tensor.
 * @param {TensorLike} data
 * @param {{ dtype?: DType, shape?: ArrayLike<number> }} [options] `dtype` says what the data is; numbers become float32
 * @returns {Tensor}
 * @throws {RangeError} for a shape that does not fit the data, or ragged arrays
 * @throws {TypeError} for what is no number
 */
export function tensor(data, options) {
  const { dtype, shape } = optionsOf('tensor()', options, { dtype: undefined, shape: undefined })
  return makeTensor(data, dtype, shape)
}

/**
 * Compiles the WebAssembly module ahead of the first use, which would otherwise do it. Some browsers need it: they do not
 * compile on the main thread without.
 * @param {{ module?: WebAssembly.Module }} [options] a module compiled elsewhere, in a worker's parent for one
 * @returns {Promise<void>}
 */
export async function init(options) {
  await compile(optionsOf('init()', options, { module: undefined }).module)
}

/**
 * @param {string} where
 * @param {unknown} x1
 * @param {unknown} x2
 * @returns {[import('./strided.js').Strided, import('./strided.js').Strided]}
 */
function operands(where, x1, x2) {
  return [asStrided(x1, where, "'x1' (position 1)"), asStrided(x2, where, "'x2' (position 2)")]
}

/**
 * @param {string} where
 * @param {unknown} query
 * @param {unknown} corpus
 */
const searched = (where, query, corpus) => [
  asStrided(query, where, "'query' (position 1)"),
  asStrided(corpus, where, "'corpus' (position 2)"),
]

/** @param {import('./strided.js').Strided[]} results */
const ranked = ([values, indices]) => ({ values: new Tensor(values), indices: new Tensor(indices) })
