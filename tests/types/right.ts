/** What somebody writes in the first ten minutes. It needs neither DOM nor Node, and nothing newer than ES2017. */
import {
  accumulator,
  attentionDistribution,
  cosineDistance,
  cosineSimilarity,
  cosineSimilarityAsync,
  type DType,
  type DTypeName,
  Explanation,
  explain,
  type FloatDType,
  init,
  memoryUsage,
  type NestedList,
  pairwiseCosineSimilarity,
  pairwiseCosineSimilarityAsync,
  type SimilarityOptions,
  Tensor,
  type TensorLike,
  type TensorOf,
  type TopkResult,
  tensor,
  topkAccumulator,
  topkCosineSimilarity,
  topkCosineSimilarityAsync,
} from 'cosdim'
import { is } from './is.js'

/** An embeddings API's JSON, and a client for it. */
declare const response: { data: { embedding: number[]; index: number; text?: string }[] }
declare function embed(text: string): Promise<number[]>
declare const a: number[]
declare const b: number[]
declare const docs: number[][]
declare const float32: Float32Array
declare const float64: Float64Array
declare const int8: Int8Array
declare const uint16: Uint16Array
// biome-ignore lint/suspicious/noExplicitAny: JSON.parse gives any
declare const json: any
declare const anything: TensorLike

/* Embeddings, as they come. */
is<number>()(cosineSimilarity(a, b, { dim: -1 }).item())
const [first, second] = response.data
if (first && second) is<number>()(cosineSimilarity(first.embedding, second.embedding, { dim: 0 }).item())
export async function compare(x: string, y: string): Promise<number> {
  const [u, v] = await Promise.all([embed(x), embed(y)])
  return cosineSimilarity(u, v, { dim: -1 }).item()
}
export async function rank(query: string, texts: readonly string[]) {
  const embeddings = await Promise.all(texts.map((text) => embed(text)))
  const { values, indices } = topkCosineSimilarity(await embed(query), embeddings, Math.min(10, texts.length))
  return Array.from(indices, (index, i) => ({ text: texts[index], score: values.data[i] }))
}
const embeddings = response.data.map(({ embedding }) => embedding)
is<number[]>()(cosineSimilarity(embeddings, a).tolist())
cosineSimilarity(json.docs, json.query).item().toFixed(2)
export let sum = 0
for (const score of cosineSimilarity(json.docs, json.query)) sum += score
const stored = new Map<string, number[]>()
for (const [id, vector] of stored) sum += id.length * cosineSimilarity(vector, a, { dim: 0 }).item()

/* Lists of every kind. */
cosineSimilarity([1, 2, 3], [4, 5, 6], { dim: 0 })
cosineSimilarity([1, 2, 3] as const, [4, 5, 6] as const, { dim: 0 })
const frozen: readonly (readonly number[])[] = docs
is<TensorOf<'float32', 1>>()(cosineSimilarity(frozen, [[1, 0, 1]] as const))
is<TensorOf<'float32', 2>>()(tensor([float32, float32]))
is<TensorOf<'float32', 2>>()(tensor([a, float32, tensor(b)]))
const mixed: (number[] | Float32Array)[] = [a, float32]
cosineSimilarity(mixed, a)
is<TensorOf<'bool', 1>>()(tensor([true, false]))
is<TensorOf<'float32', 1>>()(tensor([]))
is<TensorOf<'float32', 0>>()(tensor(5))

/* What the result has. */
const scores = cosineSimilarity(docs, a, { dim: 1 })
is<TensorOf<'float32', 1>>()(scores)
for (const score of scores) sum += score
sum += scores.data.reduce((x, y) => x + y)
const best = Math.max(...scores)
const [one, two] = scores
is<number[]>()([...scores].map((x) => x * 2).filter((x) => x > best))
is<number[]>()(Array.from(scores))
const percent = scores.data.map((x) => Math.round(x * 100))
const array: Float32Array = scores.data
new Float64Array(scores).set(array)
const { data, shape, dtype } = scores
is<'float32'>()(dtype)
is<number>()(shape[0])
const sorted = scores.tolist().sort((x, y) => y - x)
const text = `${scores}: ${JSON.stringify({ scores })}, ${scores.toString()}, ${Number(scores.view(-1))}, ${+scores}`
is<number>()(scores.length + scores.size(-1))
export const used = [one, two, percent, data, sorted, text, embeddings]

/* Options from elsewhere. */
const options = { dim: 0, eps: 1e-6 }
cosineSimilarity(docs, docs, options)
const named: SimilarityOptions = { dim: 0, dtype: 'float64' }
is<Tensor<FloatDType, 1>>()(cosineSimilarity(docs, docs, named))
cosineSimilarity(docs, docs, { dim: undefined, eps: undefined, dtype: undefined, out: undefined })
pairwiseCosineSimilarity(docs, undefined, { eps: 0 })
function similarity(x: number[], y: number[], { dim, ...rest }: SimilarityOptions = {}) {
  return cosineSimilarity(x, y, { dim: dim ?? 0, ...rest }).item()
}
const maybe: { dim?: number } = {}
cosineSimilarity(docs, docs, maybe)
cosineSimilarity(docs, docs, { out: new Float32Array(3) })
cosineSimilarity(docs, docs, { out: tensor(new Float32Array(3)) })

/* dtypes. */
is<TensorOf<'float64', 1>>()(tensor(float64))
is<TensorOf<'float32', 1>>()(tensor(a))
is<TensorOf<'int8', 1>>()(tensor(a, { dtype: 'int8' }))
is<TensorOf<'float64', 2>>()(tensor(docs, { dtype: 'double' }))
is<TensorOf<'float16', 1>>()(tensor(uint16, { dtype: 'float16' }))
is<TensorOf<'float64', 0>>()(cosineSimilarity(float64, a, { dim: 0 }))
is<TensorOf<'float32', 0>>()(cosineSimilarity(int8, int8, { dim: 0, dtype: 'float32' }))
is<TensorOf<'float32', 0>>()(cosineSimilarity(int8, float32, { dim: 0 }))
is<Tensor<FloatDType>>()(cosineSimilarity(anything, anything))
is<number>()(cosineSimilarity(anything, anything).item())
is<TensorOf<'int64', 1>>()(tensor(a, { dtype: 'long' }))
is<TensorOf<'int8', 1>>()(tensor(a, { dtype: 'torch.char' }))
is<TensorOf<'uint8', 1>>()(tensor(a, { dtype: 'Byte' }))
is<TensorOf<'int64', 2>>()(tensor({ data: a, shape: [2, 3], dtype: 'bigint64' }))
export const names: DTypeName[] = ['float', 'double', 'half', 'torch.float32', 'torch.half', 'Float32', 'Int8', 'bool']

/* Shapes. */
const matrix = tensor(float32, { shape: [1000, 768] })
is<TensorOf<'float32', 2>>()(matrix)
for (const row of matrix) for (const x of row) sum += x
const [rows, columns] = matrix.shape
is<number>()(rows * columns)
is<TensorOf<'float32', 2>>()(tensor(float32, { shape: [2, -1] }))
is<TensorOf<'float32'>>()(tensor(float32, { shape: a }))
is<TensorOf<'float32', 2>>()(tensor({ data: float32, shape: [2, 3] }))
is<TensorOf<'float32', 2>>()(tensor({ data: a, dims: [2, 3], strides: [3, 1], offset: 1 }))
is<TensorOf<'float16', 1>>()(tensor({ data: uint16, dims: [6], type: 'float16' }))
is<Tensor<DType, 2>>()(tensor({ data: anything as number[], shape: [2, 3], dtype: json.dtype as string }))
is<TensorOf<'float32', 1>>()(matrix.view(-1))
is<TensorOf<'float32', 3>>()(matrix.view([2, 500, 768]).transpose(0, 2))
is<TensorOf<'float32'>>()(matrix.reshape(...a))
is<TensorOf<'float32'>>()(matrix.view(...(frozen[0] ?? []), 2))
is<TensorOf<'float32', 2>>()(matrix.view(matrix.shape))
is<TensorOf<'float32', 3>>()(matrix.unsqueeze(0))
is<TensorOf<'float32', 2>>()(matrix.to('wasm'))
is<number[][]>()(matrix.tolist())
is<number[][]>()(matrix.toJSON())
is<NestedList<number | string>>()(tensor(a, { dtype: 'int64' }).toJSON())
matrix.to('wasm').dispose()
const wasm: 'js' | 'wasm' = matrix.device

/* The other functions. */
is<TensorOf<'float32', 2>>()(pairwiseCosineSimilarity(docs))
is<TensorOf<'float64', 2>>()(pairwiseCosineSimilarity(docs, docs, { dtype: 'float64' }))
is<TopkResult<'float32', 1>>()(topkCosineSimilarity(a, docs, 3))
is<TopkResult<'float32', 2>>()(topkCosineSimilarity(docs, docs, 3))
is<TensorOf<'int32', 1>>()(topkCosineSimilarity(a, docs, 3).indices)
const nearest = [...topkCosineSimilarity(a, docs, 3).indices].map((i) => response.data[i]?.text)
is<Tensor<FloatDType>>()(accumulator({ dim: 0 }).update(docs, docs).merge(accumulator()).reset().result())
is<Tensor<'float64'>>()(accumulator({ dtype: 'double' }).result())
is<Uint8Array>()(topkAccumulator(a, 3).update(docs, { firstRow: 7 }).toBytes())
is<Tensor<'int64'>>()(topkAccumulator.fromBytes(new Uint8Array(9), a).merge(topkAccumulator(a, 3)).result().indices)
is<number>()(cosineDistance(a, float32, { weights: [1, 2, 3] }))
is<TensorOf<'float32', 1>>()(attentionDistribution(a, docs, { normalize: 'softmax' }))
const { terms, angle, similarity: shown } = explain(docs, docs, { dim: 0 }).at(0)
for (const { x1, x2, index1, product } of terms) sum += x1 * x2 - product + index1.length + angle + shown
export const explanation: Explanation = explain(a, b)
if (json instanceof Explanation) sum += json.shape.length
export async function slowly() {
  await init()
  const signal = { aborted: false }
  const onProgress = ({ done, total }: { done: number; total: number }) => done / total
  is<TensorOf<'float32', 2>>()(await pairwiseCosineSimilarityAsync(docs, docs, { signal, onProgress }))
  const { values } = await topkCosineSimilarityAsync(a, docs, 10, { eps: 0, onProgress: (p) => p.done })
  is<TopkResult<'float16' | 'float32' | 'float64', 1>>()(
    await topkCosineSimilarityAsync(a, { getReader: () => ({}) }, 10),
  )
  is<TensorOf<'float32', 1>>()(await cosineSimilarityAsync(docs, a, { dim: 1, signal, onProgress }))
  const slices = { getReader: () => ({}) }
  is<Tensor<'float64'>>()(await cosineSimilarityAsync(slices, slices, { dim: 0, dtype: 'float64' }))
  return values.tolist().length + memoryUsage().used
}

/* Functions of one's own. */
function mean(t: Tensor): number {
  if (t.dtype === 'bool') is<boolean>()(t.item())
  if (t.dtype === 'int64' || t.dtype === 'uint64') {
    is<bigint>()(t.item())
    return Number(t.view(-1).item())
  }
  let total = 0
  for (const x of t.data) total += Number(x)
  return total / t.data.length
}
mean(scores)
mean(matrix)
function describe(t: Tensor<FloatDType>): string {
  switch (t.dtype) {
    case 'float32':
      return `${t.data.reduce((x, y) => x + y)}`
    case 'float64':
      return t.data.join()
    default:
      is<'float16'>()(t.dtype)
      return t.view(2, -1).toString()
  }
}
describe(scores)
const dtypeOf = <D extends DType>(t: Tensor<D>): D => t.dtype
is<'float32'>()(dtypeOf(matrix))
const sizeOf = <D extends DType, R extends number>(t: Tensor<D, R>) => t.shape.reduce((x, y) => x * y, t.shape.length)
sum += sizeOf(matrix) + sizeOf(scores)
const compareAll = <T extends TensorLike>(x: T, y: T) => cosineSimilarity(x, y, { dim: -1 })
is<TensorOf<'float32', 1>>()(compareAll(docs, docs))
is<number>()(compareAll(float64, float64).item())
class Index {
  readonly #rows = tensor(docs)
  search = (query: number[], k = 10) => topkCosineSimilarity(query, this.#rows, k).indices.tolist()
}
is<number[]>()(new Index().search(a))
const flatten = (x: NestedList<number>): number[] =>
  typeof x === 'number' ? [x] : x.reduce<number[]>((flat, row) => flat.concat(flatten(row)), [])
export const flat = flatten(tensor(anything as number[]).tolist())
const size = (x: TensorLike) => (x instanceof Tensor ? x.shape.length : typeof x === 'number' ? 0 : undefined)
function toNumbers(x: number[] | Tensor<'float32', 1>): number[] {
  return x instanceof Tensor ? x.tolist() : x.slice()
}
toNumbers(scores)
const unknownRank: Tensor<'float32'> = matrix
for (const x of unknownRank) sum += typeof x === 'number' ? x : x.length
const cache: Record<string, Tensor> = { scores, matrix }
export const all = [similarity, wasm, nearest, size, cache]
