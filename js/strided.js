/** What is known of a tensor inside the package: where its elements are, not what they mean. */

/** @typedef {{ dtype: import('./dtypes.js').DType, shape: readonly number[], strides: readonly number[] }} Layout strides in elements */

/**
 * Made by the package alone, from what it has read once: unlike a tensor, one of these does not change, and has no getters.
 */
export class Strided {
  /**
   * @param {import('./dtypes.js').TypedArray | undefined} data
   * @param {import('./residence.js').Residence | undefined} memory where the elements are, of a tensor in WebAssembly memory
   * @param {Layout} layout
   * @param {number} offset of the element at index 0, 0, …
   */
  constructor(data, memory, { dtype, shape, strides }, offset) {
    this.data = /** @type {import('./dtypes.js').TypedArray} */ (data)
    this.memory = memory
    this.dtype = dtype
    this.shape = shape
    this.strides = strides
    this.offset = offset
  }
}

/** @typedef {{ data: Strided['data'], memory?: undefined } | { memory: Strided['memory'] }} Elements of a tensor in WebAssembly memory the data is not to be read, since that copies */

/**
 * @param {Elements} elements where they are
 * @param {Layout} layout
 * @param {number} [offset]
 */
export function strided(elements, layout, offset = 0) {
  const { memory } = elements
  return new Strided(memory ? undefined : /** @type {Strided} */ (elements).data, memory, layout, offset)
}

/** What the fields of a tensor are now, each read once. @param {Elements & Layout & { offset: number }} tensor */
export const fieldsOf = (tensor) => strided(tensor, tensor, tensor.offset)

/** @param {readonly number[]} shape */
export function elementCount(shape) {
  let count = 1
  for (let dim = 0; dim < shape.length; dim++) count *= shape[dim]
  return count
}
