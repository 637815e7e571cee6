/** From an ES module, beside CommonJS. */
import { cosineSimilarity, Tensor, tensor } from 'cosdim'
import { describe, made } from './commonjs.cjs'

export const same: Tensor<'float32', 1> = made
export const score: number = cosineSimilarity(made, tensor([1, 2]), { dim: 0 }).item()
describe(tensor([[1, 2]]))
export const isTensor = (x: unknown) => x instanceof Tensor
