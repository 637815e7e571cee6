/** The `out` option: what it may be, and whether it can take the result. */
import { codeOf, DTYPES, dtypeOf, holds, TORCH_NAMES } from '../dtypes.js'
import { tuple, typeName } from '../error-messages.js'
import { readPlainFields, relaid, Strided } from '../tensor/strided.js'
import { Tensor } from '../tensor/tensor.js'
import { arrayName, lengthOf, overlap } from '../typed-array-intrinsics.js'
import { proxyHint } from './hints.js'

/** @typedef {import('../dtypes.js').TypedArray} TypedArray */

/**
 * A typed array, or a tensor's fields as they are now.
 * @param {string} where
 * @param {unknown} out
 * @returns {TypedArray | Strided | undefined}
 */
export function readOut(where, out) {
  if (out === undefined || ArrayBuffer.isView(out)) return /** @type {any} */ (out)
  if (out instanceof Tensor) return readPlainFields(out)
  throw new TypeError(
    `${where}: argument 'out' must be Tensor, not ${typeName(out)}. ` +
      (proxyHint(out) || 'Pass a typed array or a tensor(…).'),
  )
}

/**
 * The tensor over `out`, checked before anything is computed. TypeError for the wrong dtype; RangeError for the wrong
 * shape, for strides that are not contiguous, and for memory shared with an operand.
 * @param {TypedArray | Strided} out
 * @param {import('../tensor/strided.js').Layout} result
 * @param {number} count of its elements
 * @param {readonly Strided[]} operands
 */
export function resolveOut(out, result, count, operands) {
  const isTensor = out instanceof Strided
  checkDtype(out, result, count)
  if (isTensor) checkShape(out, result, count)
  else if (lengthOf(out) !== count)
    throw new RangeError(`out has ${lengthOf(out)} elements, not ${count}. ${wanted(result, count)}`)
  const resolved = isTensor
    ? relaid(out, result)
    : new Strided(out, undefined, result.dtype, result.shape, result.strides)
  // A single number is written after everything is read; several are written tile by tile.
  if (count > 1 && operands.some((operand) => mayOverlap(operand, resolved)))
    throw new RangeError(
      'unsupported operation: some elements of the input tensor and the written-to tensor refer to a single memory ' +
        'location. Please clone() the tensor before performing the operation. In cosdim, pass an out that shares no ' +
        'memory with the inputs.',
    )
  return resolved
}

/**
 * @param {TypedArray | Strided} out
 * @param {import('../tensor/strided.js').Layout} result
 * @param {number} count
 */
function checkDtype(out, result, count) {
  const isTensor = out instanceof Strided
  const name = isTensor ? undefined : arrayName(out)
  const dtype = isTensor ? out.dtype : dtypeOf(name)
  if (isTensor ? dtype === result.dtype : holds(result.dtype, name)) return
  throw new TypeError(
    `Expected out tensor to have dtype ${TORCH_NAMES[codeOf(result.dtype)]}, ` +
      `but got ${dtype ? TORCH_NAMES[codeOf(dtype)] : 'DataView'} instead. ${wanted(result, count)}`,
  )
}

/**
 * @param {Strided} out
 * @param {import('../tensor/strided.js').Layout} result
 * @param {number} count
 */
function checkShape(out, result, count) {
  const { shape, strides } = result
  if (out.shape.join() !== shape.join())
    throw new RangeError(`out has the shape ${tuple(out.shape)}, not ${tuple(shape)}. ${wanted(result, count)}`)
  if (count > 0 && shape.some((size, dim) => size > 1 && out.strides[dim] !== strides[dim]))
    throw new RangeError(`out must be contiguous, but its strides are ${tuple(out.strides)}. ${wanted(result, count)}`)
}

/**
 * @param {import('../tensor/strided.js').Layout} result
 * @param {number} count
 */
const wanted = ({ dtype, shape }, count) =>
  `The result is ${dtype} of shape ${tuple(shape)}: pass new ${DTYPES[dtype].array.name}(${count}).`

/**
 * Whether two tensors may share elements. Also counts elements of their data that they do not use.
 * @param {Strided} a
 * @param {Strided} b
 */
const mayOverlap = (a, b) => (a.memory || b.memory ? a.memory === b.memory : overlap(a.data, b.data))
