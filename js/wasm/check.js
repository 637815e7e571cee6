/** The boundary to the core: checks each tensor before it gets there, and throws the errors that the core returns. */
import { codeOf, dtypeOf, holds } from '../dtypes.js'
import { otherDtype, STATUS, shown, statusError } from '../error-messages.js'
import { arrayName, lengthOf } from '../typed-array-intrinsics.js'
import { FAULT, int64s, MAX_RANK, OUT } from './abi.js'
import { at, float64, ready, wasm } from './instance.js'
import { addressOf } from './resident.js'

/** @typedef {import('../tensor/strided.js').Strided} Strided */

/**
 * Throws the error of a status other than OK.
 * @param {number} status
 * @param {readonly Strided[]} operands
 * @param {{ eps?: number, size?: readonly number[] }} [about]
 */
export function check(status, operands, about) {
  if (!status) return
  const fault = int64s(at.plan + FAULT, 3) // before map() asks for a species, which may call the package
  const shapes = operands.map(({ shape }) => [...shape])
  throw statusError(Object.keys(STATUS)[status], fault, { shapes, ...about })
}

/**
 * The rank of a shape. RangeError above MAX_RANK, since the structs hold no more dims.
 * @param {readonly number[]} shape
 */
export function rankOf(shape) {
  const rank = shape.length
  if (rank >= 0 && rank <= MAX_RANK) return rank
  throw statusError('RANK', [], { shapes: [[...shape]] })
}

/**
 * Describes a tensor to the core. What the core reads and writes depends on these numbers alone, so each is read once
 * and checked here, wherever the tensor comes from. TypeError if the array does not hold the dtype; RangeError if the
 * tensor would read beyond it.
 * @param {number} k the operand, or OUT
 * @param {Strided} x
 */
export function setTensor(k, x) {
  const { memory, data, dtype, shape, strides, offset } = x
  const address = memory ? addressOf(memory) + offset * memory.size : 0
  const name = memory ? memory.array : arrayName(data)
  if (!holds(dtype, name)) throw otherDtype(dtype, dtypeOf(name))
  const length = memory ? memory.length : lengthOf(data)
  const rank = rankOf(shape)
  for (let dim = 0; dim < rank; dim++) {
    const size = shape[dim]
    if (!(size >= 0)) throw notWhole('shape', size)
    float64[(at.list >> 3) + dim] = size
    float64[(at.strides >> 3) + dim] = strides[dim]
  }
  if (!Number.isSafeInteger(offset)) throw notWhole('offset', offset)
  if (!wasm.set_tensor(k, codeOf(dtype), rank, address, offset, length)) throw outOfReach(offset, length)
}

/**
 * @param {string} name
 * @param {unknown} value
 */
const notWhole = (name, value) => new RangeError(`${name} must be whole numbers from 0 up, got ${shown(value)}.`)

/**
 * The core leaves the lowest and the highest element in `numbers`.
 * @param {number} offset
 * @param {number} length
 */
function outOfReach(offset, length) {
  const [low, high] = int64s(at.numbers, 2)
  return new RangeError(
    `The tensor reads elements ${offset + low} to ${offset + high}, but its data has ${length}. ` +
      'Its buffer may have been transferred or resized, or its strides or offset are wrong.',
  )
}

/** @param {readonly Strided[]} operands */
export function setTensors(operands) {
  ready()
  for (let k = 0; k < operands.length; k++) setTensor(k, operands[k])
}

/**
 * RangeError if a tensor reads beyond its data, TypeError if its memory was disposed of.
 * @param {Strided} x
 */
export function checkReach(x) {
  ready()
  setTensor(OUT, x)
}
