/** Copies between an operand's elements and the scratch, as the core asks for them. */
import { arrayName, copy, lengthOf, viewAs } from '../typed-array-intrinsics.js'
import { INT64, int64, OUT } from './abi.js'
import { at, int32, views, wasm } from './instance.js'
import { addressOf } from './resident.js'

/** @typedef {import('../tensor/strided.js').Strided} Strided */

/** The array that holds an operand's elements: its own, or all of WebAssembly memory. @param {Pick<Strided, 'data' | 'memory'>} x @returns {any} */
export const arrayOf = (x) => (x.memory ? views[x.memory.array] : x.data)

/**
 * The index of an element in that array.
 * @param {Pick<Strided, 'memory'>} x
 * @param {number} element its index in the tensor's data, like the offset
 */
export const indexOf = ({ memory }, element) => (memory ? addressOf(memory) / memory.size + element : element)

/** All of WebAssembly memory, as an array of the same class. @param {import('../dtypes.js').TypedArray} array */
export const memoryAs = (array) => views[/** @type {string} */ (arrayName(array))]

/** Below this length, a loop is faster than making a view to copy from. */
const SHORT = 16

/** Below this many elements, a loop that has met every class of array is faster than making views of one class. */
const FEW = 64

/** @typedef {(to: any, t: number, dt: number, from: any, f: number, df: number, n: number) => void} Move */

/** @type {Move} */
function moveAny(to, t, dt, from, f, df, n) {
  for (; n > 0; n--, t += dt, f += df) to[t] = from[f]
}

/**
 * By the size of an element: how many of them move as words. Engines compile a loop for the classes that it has met. After a
 * few of the twelve it takes 10 to 80 ns an element; a loop that meets a single class, 2 to 5. Words of eight bytes are two of
 * four: as floats, NaNs could lose bits.
 * @type {Record<number, { Words: any, move: Move }>}
 */
const MOVES = {
  1: {
    Words: Uint8Array,
    move(to, t, dt, from, f, df, n) {
      for (; n > 0; n--, t += dt, f += df) to[t] = from[f]
    },
  },
  2: {
    Words: Uint16Array,
    move(to, t, dt, from, f, df, n) {
      for (; n > 0; n--, t += dt, f += df) to[t] = from[f]
    },
  },
  4: {
    Words: Uint32Array,
    move(to, t, dt, from, f, df, n) {
      for (; n > 0; n--, t += dt, f += df) to[t] = from[f]
    },
  },
  8: {
    Words: Uint32Array,
    move(to, t, dt, from, f, df, n) {
      for (; n > 0; n--, t += dt, f += df) {
        to[2 * t] = from[2 * f]
        to[2 * t + 1] = from[2 * f + 1]
      }
    },
  },
}

/**
 * Makes one copy that the core asks for, between strided rows of an operand and their packed form.
 * @param {Strided} x
 * @param {boolean} isOut whether the operand is written
 * @param {any} [packed] the array of the packed form; WebAssembly memory by default
 */
function copyTile(x, isOut, packed) {
  let array = arrayOf(x)
  packed ??= memoryAs(array)
  const size = packed.BYTES_PER_ELEMENT
  const first = indexOf(x, x.offset) + int64(at.copy)
  const rows = int64(at.copy + INT64)
  const rowStride = int64(at.copy + 2 * INT64)
  const columns = int64(at.copy + 3 * INT64)
  const columnStride = int64(at.copy + 4 * INT64)
  const staged = (int32[(at.copy + 5 * INT64) >> 2] >>> 0) / size
  if (columnStride === 1 && columns >= SHORT) {
    for (let row = 0, to = staged, start = first; row < rows; row++, to += columns, start += rowStride)
      if (isOut) copy(array, start, packed, to, columns)
      else copy(packed, to, array, start, columns)
    return
  }
  let move = moveAny
  if (rows * columns >= FEW) {
    const words = MOVES[size]
    array = viewAs(words.Words, array)
    packed = viewAs(words.Words, packed)
    move = words.move
  }
  for (let row = 0, to = staged, start = first; row < rows; row++, to += columns, start += rowStride)
    if (isOut) move(array, start, columnStride, packed, to, 1, columns)
    else move(packed, to, 1, array, start, columnStride, columns)
}

/** Copies the operands' part of the current tile into the scratch. @param {readonly Strided[]} operands */
export function stage(operands) {
  for (let k = 0; k < operands.length; k++) while (wasm.stage(k)) copyTile(operands[k], false)
}

/** Copies finished outputs out of the scratch. @param {Strided} result */
export function unstage(result) {
  while (wasm.stage(OUT)) copyTile(result, true)
}

/**
 * Copies all elements of the tensor that is set as OUT, in order.
 * @param {Strided} x
 * @param {any} packed
 * @param {number} address in `packed`, in bytes
 */
export function pack(x, packed, address) {
  for (let i = 0; wasm.pack(i, address); i++) copyTile(x, false, packed)
}

/**
 * Fills an array from an address.
 * @param {import('../dtypes.js').TypedArray} array
 * @param {number} address
 */
export function copyOut(array, address) {
  const memory = memoryAs(array)
  copy(array, 0, memory, address / memory.BYTES_PER_ELEMENT, lengthOf(array))
}
