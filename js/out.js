/** The `out` option: whether it can take a result. */
import { arrayName, codeOf, DTYPES, dtypeOf, TORCH_NAMES } from './dtypes.js'
import { tuple } from './errors.js'
import { strided } from './strided.js'

/** @typedef {import('./strided.js').Strided} Strided */
/** @typedef {import('./dtypes.js').TypedArray} TypedArray */

/**
 * Where a result goes that was given a place, checked before anything is computed.
 * @param {TypedArray | Strided} out
 * @param {import('./strided.js').Layout} result
 * @param {number} count of its elements
 * @param {readonly Strided[]} operands
 * @returns {Strided}
 */
export function placed(out, result, count, operands) {
  const { dtype, shape, strides } = result
  const wanted = () => `The result is ${dtype} of shape ${tuple(shape)}: give a ${DTYPES[dtype].array.name}(${count}).`
  const given = ArrayBuffer.isView(out) ? dtypeOf(out) : out.dtype
  const fits = ArrayBuffer.isView(out) ? DTYPES[dtype].accepts.includes(arrayName(out)) : given === dtype
  if (!fits) {
    const name = given ? TORCH_NAMES[codeOf(given)] : arrayName(/** @type {TypedArray} */ (out))
    throw new TypeError(
      `Expected out tensor to have dtype ${TORCH_NAMES[codeOf(dtype)]}, but got ${name} instead. ${wanted()}`,
    )
  }
  if (ArrayBuffer.isView(out)) {
    if (out.length !== count) throw new RangeError(`out has ${out.length} elements, not ${count}. ${wanted()}`)
  } else {
    if (out.shape.join() !== shape.join())
      throw new RangeError(`out has the shape ${tuple(out.shape)}, not ${tuple(shape)}. ${wanted()}`)
    if (count > 0 && shape.some((size, dim) => size > 1 && out.strides[dim] !== strides[dim]))
      throw new RangeError(`out must be contiguous, but its strides are ${tuple(out.strides)}. ${wanted()}`)
  }
  const place = ArrayBuffer.isView(out) ? strided({ data: out }, result) : strided(out, result, out.offset)
  // A single number is written when all has been read; more, tile by tile.
  if (count > 1 && operands.some((operand) => overlap(operand, place)))
    throw new RangeError(
      'unsupported operation: some elements of the input tensor and the written-to tensor refer to a single memory ' +
        'location. Please clone() the tensor before performing the operation. Here: give an out of its own.',
    )
  return place
}

/**
 * Whether two tensors may have elements in common: that of their data which they do not use counts too.
 * @param {Strided} a
 * @param {Strided} b
 */
function overlap(a, b) {
  if (a.memory || b.memory) return a.memory === b.memory
  const [x, y] = [a.data, b.data]
  return (
    x.buffer === y.buffer && x.byteOffset < y.byteOffset + y.byteLength && y.byteOffset < x.byteOffset + x.byteLength
  )
}
