/** Inferred types that a declaration file has to name. */
import { cosineSimilarity, explain, type Tensor, type TensorLike, tensor, topkCosineSimilarity } from 'cosdim'

export const pair = (x: number[], y: number[]) => cosineSimilarity(x, y, { dim: -1 })
export const any = (x: TensorLike, y: TensorLike) => cosineSimilarity(x, y)
export const generic = <T extends TensorLike>(x: T, y: T) => cosineSimilarity(x, y)
export const wrap = <T extends TensorLike>(x: T) => tensor(x)
export const search = (query: number[], corpus: Float32Array[]) => topkCosineSimilarity(query, corpus, 3)
export const list = (t: Tensor) => t.tolist()
export const items = (t: Tensor) => [...t]
export const data = (t: Tensor<'int64'>) => t.data
export const terms = explain([1], [2], { dim: 0 }).at().terms
export class Index {
  rows = tensor([[1, 2]])
  options = (options: Parameters<typeof cosineSimilarity>[2]) => cosineSimilarity(this.rows, this.rows, options)
}
