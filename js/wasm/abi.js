/** How the structs of c/cosdim.h are read and written. */
import { codeOf, NAMES } from '../dtypes.js'
import { part } from '../typed-array-intrinsics.js'
import { at, float64, int32 } from './instance.js'

/* The layout of the structs, in bytes. The module's C source asserts it. */
export const MAX_RANK = 64
export const INT64 = 8
const SHAPE = 8
const STRIDE = 520
export const FAULT = 1032

/** The last operand: a result, or the tensor that a function such as view() works on. */
export const OUT = 3

/** COSDIM_KEEP_DTYPE: the operands keep their dtypes. */
export const KEEP_DTYPE = -1

/** @param {import('../dtypes.js').DType} [dtype] that the operands are cast to first */
export const castTo = (dtype) => (dtype ? codeOf(dtype) : KEEP_DTYPE)

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
 * The most recent layouts. The next one is usually among them. Freezing the arrays of a new one takes as long as the
 * similarity of two short vectors.
 * @type {import('../tensor/strided.js').Layout[]}
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
  const shape = Object.freeze(int64s(address + SHAPE, rank))
  const strides = Object.freeze(int64s(address + STRIDE, rank))
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
