/** What is known of a tensor inside the package: where its elements are, not what they mean. */

/**
 * @typedef {object} Strided
 * @property {import('./dtypes.js').TypedArray} data not to be touched where there is a `memory`, since that copies
 * @property {import('./residence.js').Residence} [memory] where the elements are, of a tensor in WebAssembly memory
 * @property {import('./dtypes.js').DType} dtype
 * @property {readonly number[]} shape
 * @property {readonly number[]} strides in elements
 * @property {number} offset of the element at index 0, 0, …
 */

/** @typedef {Pick<Strided, 'dtype' | 'shape' | 'strides'>} Layout */

/**
 * Made here alone, so that engines see objects of one kind, whose properties they find at once.
 * @param {{ data: Strided['data'], memory?: undefined } | { memory: Strided['memory'] }} elements where they are
 * @param {Layout} layout
 * @param {number} [offset]
 * @returns {Strided}
 */
export function strided(elements, { dtype, shape, strides }, offset = 0) {
  const { memory } = elements
  const data = /** @type {any} */ (memory ? undefined : /** @type {Strided} */ (elements).data)
  return { data, memory, dtype, shape, strides, offset }
}

/** @param {readonly number[]} shape */
export function elementCount(shape) {
  let count = 1
  for (let dim = 0; dim < shape.length; dim++) count *= shape[dim]
  return count
}
