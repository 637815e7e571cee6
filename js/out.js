/** The `out` option: what is given for it, and whether it can take a result. */
import { codeOf, DTYPES, dtypeOf, holds, TORCH_NAMES } from './dtypes.js'
import { proxyHint, tuple, typeName } from './errors.js'
import { fieldsOf, Strided, strided } from './strided.js'
import { Tensor } from './tensor.js'
import { arrayName, lengthOf, overlap } from './typed-arrays.js'

/** @typedef {import('./dtypes.js').TypedArray} TypedArray */

/**
 * A typed array, or the fields of a tensor, read once.
 * @param {string} where
 * @param {unknown} out
 * @returns {TypedArray | Strided | undefined}
 */
export function outOf(where, out) {
  if (out === undefined || ArrayBuffer.isView(out)) return /** @type {any} */ (out)
  if (out instanceof Tensor) {
    const { data, memory, dtype, shape, strides, offset } = fieldsOf(out)
    return new Strided(data, memory, { dtype, shape: [...shape], strides: [...strides] }, offset)
  }
  throw new TypeError(
    `${where}: argument 'out' must be Tensor, not ${typeName(out)}. ${proxyHint(out) || 'Give a typed array or a tensor(…).'}`,
  )
}

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
  const isTensor = out instanceof Strided
  const name = isTensor ? undefined : arrayName(out)
  const given = isTensor ? out.dtype : dtypeOf(name)
  if (isTensor ? given !== dtype : !holds(dtype, name)) {
    const called = given ? TORCH_NAMES[codeOf(given)] : 'DataView'
    throw new TypeError(
      `Expected out tensor to have dtype ${TORCH_NAMES[codeOf(dtype)]}, but got ${called} instead. ${wanted()}`,
    )
  }
  if (isTensor) {
    if (out.shape.join() !== shape.join())
      throw new RangeError(`out has the shape ${tuple(out.shape)}, not ${tuple(shape)}. ${wanted()}`)
    if (count > 0 && shape.some((size, dim) => size > 1 && out.strides[dim] !== strides[dim]))
      throw new RangeError(`out must be contiguous, but its strides are ${tuple(out.strides)}. ${wanted()}`)
  } else if (lengthOf(out) !== count) {
    throw new RangeError(`out has ${lengthOf(out)} elements, not ${count}. ${wanted()}`)
  }
  const place = isTensor ? strided(out, result, out.offset) : strided({ data: out }, result)
  // A single number is written when all has been read; more, tile by tile.
  if (count > 1 && operands.some((operand) => mayOverlap(operand, place)))
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
const mayOverlap = (a, b) => (a.memory || b.memory ? a.memory === b.memory : overlap(a.data, b.data))
