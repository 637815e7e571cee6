/** Reads and writes the structs of c/cosdim.h, and checks each tensor before the core hears of it. */
import { codeOf, dtypeOf, holds, NAMES } from '../dtypes.js'
import { otherDtype, STATUS, shown, statusError } from '../errors.js'
import { arrayName, lengthOf, part } from '../typed-arrays.js'
import { addressOf } from './buffer.js'
import { at, float64, int32, ready, wasm } from './instance.js'

/** @typedef {import('../strided.js').Strided} Strided */

/* The layout of the structs, in bytes. The module's C source asserts it. */
export const MAX_RANK = 64
export const INT64 = 8
const SHAPE = 8
const STRIDE = 520
const FAULT = 1032

/** The last operand: a result, or the tensor that a function such as view() works on. */
export const OUT = 3

/** @param {number} address */
export const int64 = (address) => int32[(address >> 2) + 1] * 2 ** 32 + (int32[address >> 2] >>> 0)

/**
 * @param {number} address
 * @param {number} length
 */
export function int64s(address, length) {
  const values = new Array(length)
  for (let i = 0; i < length; i++) values[i] = int64(address + i * INT64)
  return /** @type {number[]} */ (values)
}

/**
 * @param {number} address
 * @param {number} length
 * @returns {Iterable<number>}
 */
export const doubles = (address, length) => part(float64, address >> 3, length)

/**
 * Gives the core a list of integers, as doubles: writing the two words of each int64 takes more than twice as long.
 * @param {readonly number[]} values at most MAX_RANK
 */
export function setList(values) {
  for (let i = 0, index = at.list >> 3; i < values.length; i++, index++) float64[index] = values[i]
}

/**
 * Throws the error of a status other than OK.
 * @param {number} status
 * @param {readonly Strided[]} operands
 * @param {{ eps?: number, size?: readonly number[] }} [about]
 */
export function check(status, operands, about) {
  if (!status) return
  const shapes = operands.map(({ shape }) => [...shape])
  throw statusError(Object.keys(STATUS)[status], int64s(at.plan + FAULT, 3), { shapes, ...about })
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
 * Describes a tensor to the core. This is the boundary: what the core reads and writes follows from these numbers alone, so
 * each is read once and checked here, wherever the tensor comes from. TypeError where the array is not of the dtype;
 * RangeError where the tensor would read beyond it.
 * @param {number} k the operand, or OUT
 * @param {Strided} x
 */
export function setTensor(k, x) {
  const { memory, data, dtype, shape, strides, offset } = x
  const address = memory ? addressOf(memory) + offset * memory.size : 0
  const name = memory ? memory.array : arrayName(data)
  if (!holds(dtype, name)) throw otherDtype(dtype, dtypeOf(name))
  if (!Number.isSafeInteger(offset)) throw new TypeError(`offset must be a whole number, got ${shown(offset)}.`)
  const rank = rankOf(shape)
  for (let dim = 0; dim < rank; dim++) {
    const size = shape[dim]
    if (!(size >= 0)) throw new RangeError(`shape must be whole numbers from 0 on: shape[${dim}] is ${shown(size)}.`)
    float64[(at.list >> 3) + dim] = size
    float64[(at.strides >> 3) + dim] = strides[dim]
  }
  const length = memory ? memory.length : lengthOf(data)
  if (wasm.set_tensor(k, codeOf(dtype), rank, address, offset, length)) return
  const [low, high] = int64s(at.numbers, 2)
  throw new RangeError(
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
 * RangeError where a tensor reads beyond its data, TypeError where its memory was disposed of.
 * @param {Strided} x
 */
export function checkReach(x) {
  ready()
  setTensor(OUT, x)
}

/**
 * The layouts read last. The next one is usually among them; freezing the arrays of a new one costs as much as the
 * similarity of two short vectors.
 * @type {import('../strided.js').Layout[]}
 */
const layouts = []
const LAYOUTS = 4

/** @param {number} address of a cosdim_tensor, or of a cosdim_plan, which begins with its result */
export function readLayout(address) {
  const dtype = NAMES[int32[address >> 2]]
  const rank = int32[(address >> 2) + 1]
  for (const layout of layouts)
    if (
      layout.dtype === dtype &&
      isAt(address + SHAPE, rank, layout.shape) &&
      isAt(address + STRIDE, rank, layout.strides)
    )
      return layout
  const [shape, strides] = [SHAPE, STRIDE].map((field) => Object.freeze(int64s(address + field, rank)))
  if (layouts.length === LAYOUTS) layouts.shift()
  layouts.push({ dtype, shape, strides })
  return layouts[layouts.length - 1]
}

/**
 * Whether the int64s at an address equal `values`.
 * @param {number} address
 * @param {number} length
 * @param {readonly number[]} values
 */
function isAt(address, length, values) {
  if (values.length !== length) return false
  for (let i = 0; i < length; i++) if (values[i] !== int64(address + i * INT64)) return false
  return true
}
