/** What must not compile, each line for one reason. */
import {
  accumulator,
  attentionDistribution,
  cosineDistance,
  cosineSimilarity,
  cosineSimilarityAsync,
  Explanation,
  explain,
  type FloatDType,
  init,
  pairwiseCosineSimilarity,
  pairwiseCosineSimilarityAsync,
  type SimilarityOptions,
  Tensor,
  tensor,
  topkAccumulator,
  topkCosineSimilarity,
} from 'cosdim'

declare const a: number[]
declare const docs: number[][]
declare const maybe: number[] | undefined
declare const later: Promise<number[]>
declare const unknown: unknown
declare const float32: Float32Array
declare const int32: Int32Array
declare const strings: string[]

/* Not tensors. */
// @ts-expect-error: a string
cosineSimilarity('[1, 2, 3]', a)
// @ts-expect-error: strings
cosineSimilarity(['1', '2'], a)
// @ts-expect-error: a promise
cosineSimilarity(later, a)
// @ts-expect-error: promises
cosineSimilarity([later], a)
// @ts-expect-error: undefined
cosineSimilarity(maybe, a)
// @ts-expect-error: null
cosineSimilarity(null, a)
// @ts-expect-error: unknown
cosineSimilarity(unknown, a)
// @ts-expect-error: a boolean
cosineSimilarity(true, a)
// @ts-expect-error: bytes without a view
cosineSimilarity(float32.buffer, a)
// @ts-expect-error: what JSON makes of a typed array
cosineSimilarity({ 0: 0.1, 1: 0.2 }, a)
// @ts-expect-error: no data
cosineSimilarity({ shape: [2, 3] }, a)
// @ts-expect-error: strings as data
tensor({ data: strings, shape: [2] })
// @ts-expect-error: a function
cosineSimilarity(() => a, a)
// @ts-expect-error: one argument
cosineSimilarity(a)

/* Options. */
// @ts-expect-error: dim by position, as in PyTorch
cosineSimilarity(a, a, 0)
// @ts-expect-error: NumPy's name
cosineSimilarity(docs, docs, { axis: 0 })
// @ts-expect-error: dim as text
cosineSimilarity(docs, docs, { dim: '0' })
// @ts-expect-error: null
cosineSimilarity(docs, docs, { dim: null })
// @ts-expect-error: a dtype that is not floating
cosineSimilarity(docs, docs, { dtype: 'int8' })
// @ts-expect-error: no dtype
cosineSimilarity(docs, docs, { dtype: 'flaot32' })
// @ts-expect-error: no dtype of PyTorch
tensor(a, { dtype: 'torch.float99' })
// @ts-expect-error: an out that cannot hold a float
cosineSimilarity(docs, docs, { out: int32 })
// @ts-expect-error: a list as out
cosineSimilarity(docs, docs, { out: [] })
const widened = { dtype: 'float32' }
// @ts-expect-error: a string, not a dtype: annotate it as SimilarityOptions
cosineSimilarity(docs, docs, widened)
// @ts-expect-error: an option of another function
pairwiseCosineSimilarity(docs, docs, { dim: 0 })
// @ts-expect-error: options in the place of x2
pairwiseCosineSimilarity(docs, { eps: 0 })
// @ts-expect-error: k is missing
topkCosineSimilarity(a, docs)
// @ts-expect-error: k among the options
topkCosineSimilarity(a, docs, { k: 3 })
// @ts-expect-error: no normalization
attentionDistribution(a, docs, { normalize: 'max' })
// @ts-expect-error: SciPy's name
cosineDistance(a, a, { w: a })
// @ts-expect-error: an AbortController in the place of its signal
pairwiseCosineSimilarityAsync(docs, docs, { signal: { signal: { aborted: false }, abort() {} } })
// @ts-expect-error: it has no out
cosineSimilarityAsync(docs, docs, { out: new Float32Array(2) })
// @ts-expect-error: one size
tensor(a, { shape: 2 })
// @ts-expect-error: an option that an annotation does not have
export const options: SimilarityOptions = { dimension: 0 }
// @ts-expect-error: bytes
init({ module: new Uint8Array(8) })
// @ts-expect-error: a promise
init({ module: Promise.resolve({}) })

/* Results. */
const scores = cosineSimilarity(docs, a)
// @ts-expect-error: a tensor is no number
export const number: number = scores
// @ts-expect-error: a Promise
pairwiseCosineSimilarityAsync(docs).item()
// @ts-expect-error: arithmetic takes item()
export const distance = 1 - cosineSimilarity(a, a, { dim: 0 })
// @ts-expect-error: comparing takes item()
export const similar = cosineSimilarity(a, a, { dim: 0 }) > 0.5
// @ts-expect-error: no indices: use data
export const first = scores[0]
// @ts-expect-error: read-only
scores.shape = [1]
// @ts-expect-error: read-only
scores.shape[0] = 1
// @ts-expect-error: read-only
scores.data = float32
// @ts-expect-error: read-only
scores.dtype = 'float32'
// @ts-expect-error: no method of arrays
scores.map((x: number) => x)
// @ts-expect-error: another dtype
export const float64: Tensor<'float64'> = scores
// @ts-expect-error: another rank
export const matrix: Tensor<'float32', 2> = scores
// @ts-expect-error: no dtype
export type Nothing = Tensor<'float'>
// @ts-expect-error: no bigint
export const big: bigint = (scores as Tensor<FloatDType>).item()
// @ts-expect-error: PyTorch's other devices
scores.to('cuda')
// @ts-expect-error: dims are whole numbers
scores.transpose('0', '1')
// @ts-expect-error: tensor() makes tensors
new Tensor(a)
// @ts-expect-error: explain() makes explanations
export const explanation = new Explanation()
// @ts-expect-error: a list of indices
explain(docs, docs).at([0])
// @ts-expect-error: internals
scores.memory
export function rows(t: Tensor<'float32'>) {
  // @ts-expect-error: of unknown rank: a number or a tensor
  for (const row of t) row.shape
}
// @ts-expect-error: accumulators have no out
accumulator({ out: float32 })
// @ts-expect-error: another kind of accumulator
accumulator().merge(topkAccumulator(a, 3))
