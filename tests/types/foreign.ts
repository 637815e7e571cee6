/** Other libraries' tensors: their own types, or those of libraries too large to install. */
import { type FixedSizeList, type Float32, makeVector, type Table } from 'apache-arrow'
import { cosineSimilarity, type TensorLike, type TensorOf, tensor, topkCosineSimilarity } from 'cosdim'
import { matrix } from 'mathjs'
import { Matrix } from 'ml-matrix'
import ndarray, { type NdArray } from 'ndarray'
import * as onnx from 'onnxruntime-common'
import { is } from './is.js'

/** As @huggingface/transformers 4 declares it. */
declare class TransformersTensor {
  set dims(value: number[])
  get dims(): number[]
  get type(): keyof onnx.Tensor.DataTypeMap
  // biome-ignore lint/suspicious/noExplicitAny: theirs
  get data(): Float32Array | BigInt64Array | any[]
  get size(): number
  get location(): string
  ort_tensor: onnx.Tensor
  // biome-ignore lint/suspicious/noExplicitAny: theirs
  tolist(): any[]
}
/** As @tensorflow/tfjs-core 4 declares it. */
interface TensorFlowDataTypeMap {
  float32: Float32Array
  int32: Int32Array
  bool: Uint8Array
  complex64: Float32Array
  string: string[]
}
declare class TensorFlowTensor<Shape extends number[] = number[]> {
  readonly shape: Shape
  readonly size: number
  readonly dtype: keyof TensorFlowDataTypeMap
  readonly strides: number[]
  dataSync<
    D extends keyof TensorFlowDataTypeMap = 'float32' | 'int32' | 'bool' | 'complex64',
  >(): TensorFlowDataTypeMap[D]
}

declare const query: number[]
declare const session: onnx.InferenceSession
declare const extract: (texts: string[]) => Promise<TransformersTensor>
declare const flow: TensorFlowTensor
declare const flowMatrix: TensorFlowTensor<[number, number]>
declare const any: NdArray

const { last_hidden_state: hidden } = await session.run({ input: new onnx.Tensor('float32', [1, 2], [1, 2]) })
if (hidden) is<number>()(cosineSimilarity(hidden, query).item())
is<TensorOf<'float32'>>()(tensor(new onnx.Tensor('float32', new Float32Array(2), [2])))
is<number>()(cosineSimilarity(await extract(['a']), query).item())
is<TensorOf<'float32'>>()(tensor(ndarray(new Float32Array(6), [2, 3])))
is<TensorOf<'float64'>>()(cosineSimilarity(ndarray(new Float64Array(6), [2, 3]).transpose(1, 0), query))
is<number>()(cosineSimilarity(flow, any).item())
is<readonly [number, number]>()(tensor(flowMatrix).shape)
export const lists: TensorLike[] = [
  [flow, flow],
  [await extract(['a']), new Float32Array(2), query],
  [ndarray([1, 2]), tensor(query)],
]

/** As @duckdb/node-api declares them. */
declare class DuckDBArrayValue {
  readonly items: readonly (null | number | string)[]
}
/** As @types/numjs declares it, in part. */
interface NjArray<T> {
  selection: NdArray<T[]>
  tolist(): T[]
}
declare const table: Table<{ embedding: FixedSizeList<Float32> }>
declare const rows: DuckDBArrayValue[]
declare const nj: NjArray<number>

const column = table.getChild('embedding')
if (column) is<number[]>()(topkCosineSimilarity(query, column, 3).indices.tolist())
cosineSimilarity(makeVector(new Float32Array(2)), new Matrix([[1, 2]]), { dim: -1 }).tolist()
cosineSimilarity(matrix([[1, 2]]), nj).tolist()
is<number>()(cosineSimilarity(column ?? query, nj).item())
is<readonly number[]>()(tensor(rows).shape)
