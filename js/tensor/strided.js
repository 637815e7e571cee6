/** The internal description of a tensor: its elements, and how they are laid out. */

/** @typedef {import('../dtypes.js').TypedArray} TypedArray */
/** @typedef {import('../wasm/resident.js').WasmBuffer} WasmBuffer */
/** @typedef {{ dtype: import('../dtypes.js').DType, shape: readonly number[], strides: readonly number[] }} Layout strides count elements */

/**
 * Only the package makes these, from fields that it has read once. Unlike a caller's tensor, they have no getters, so
 * they always read the same.
 */
export class Strided {
  /**
   * @param {TypedArray | undefined} data undefined where there is a `memory`
   * @param {WasmBuffer | undefined} memory holds the elements of a tensor in WebAssembly memory
   * @param {import('../dtypes.js').DType} dtype
   * @param {readonly number[]} shape
   * @param {readonly number[]} strides in elements
   * @param {number} [offset] of the element at index 0, 0, …
   */
  constructor(data, memory, dtype, shape, strides, offset = 0) {
    this.data = /** @type {TypedArray} */ (data)
    this.memory = memory
    this.dtype = dtype
    this.shape = shape
    this.strides = strides
    this.offset = offset
  }
}

/** @typedef {Layout & { data: TypedArray, memory?: WasmBuffer, offset: number }} Fields */

/**
 * Reads each field of a tensor once. If there is a `memory`, `data` is not read: its getter would copy the elements.
 * TypeError for what has the prototype of tensors and nothing else of theirs.
 * @param {Fields} tensor
 */
export function readFields(tensor) {
  const { memory, dtype, shape, strides, offset } = tensor
  if (Array.isArray(shape) && Array.isArray(strides))
    return new Strided(memory ? undefined : tensor.data, memory, dtype, shape, strides, offset)
  throw new TypeError('A Tensor without shape and strides was not made by this package. Use tensor(…).')
}

/** COSDIM_MAX_RANK. */
export const MAX_RANK = 64

/** The numbers of a list as they are now. @param {readonly number[]} list */
function plain(list) {
  const length = Math.min(Number(list.length), MAX_RANK + 1)
  const values = []
  for (let i = 0; i < length; i++) values.push(Number(list[i]))
  return values
}

/**
 * The same, with fields that are nothing but values: a Proxy would answer during the computation, too, and could start
 * another one.
 * @param {Fields} tensor
 */
export function readPlainFields(tensor) {
  const { data, memory, dtype, shape, strides, offset } = readFields(tensor)
  return new Strided(data, memory, /** @type {any} */ (String(dtype)), plain(shape), plain(strides), Number(offset))
}

/**
 * The same elements under another layout.
 * @param {Strided} x
 * @param {Layout} layout
 * @param {number} [offset]
 */
export const relaid = (x, { dtype, shape, strides }, offset = x.offset) =>
  new Strided(x.data, x.memory, dtype, shape, strides, offset)

/**
 * The product of the sizes. It is rounded beyond 2^53, where it is more than any array has, and infinite beyond 2^1024: 0
 * times that is NaN, and no elements.
 * @param {readonly number[]} shape
 */
export function elementCount(shape) {
  let count = 1
  for (let dim = 0; dim < shape.length; dim++) count = count * shape[dim] || 0
  return count
}
