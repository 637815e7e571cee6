/** Copies between an operand's elements and the scratch, as the core asks for them. */
import { arrayName, copy, lengthOf } from '../typed-array-intrinsics.js'
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

/**
 * Makes one copy that the core asks for, between strided rows of an operand and their packed form.
 * @param {Strided} x
 * @param {boolean} isOut whether the operand is written
 * @param {any} [packed] the array of the packed form; WebAssembly memory by default
 */
function copyTile(x, isOut, packed) {
  const array = arrayOf(x)
  packed ??= memoryAs(array)
  const first = indexOf(x, x.offset) + int64(at.copy)
  const rows = int64(at.copy + INT64)
  const rowStride = int64(at.copy + 2 * INT64)
  const columns = int64(at.copy + 3 * INT64)
  const columnStride = int64(at.copy + 4 * INT64)
  let staged = (int32[(at.copy + 5 * INT64) >> 2] >>> 0) / packed.BYTES_PER_ELEMENT
  for (let row = 0; row < rows; row++) {
    const start = first + row * rowStride
    if (columnStride !== 1 || columns < SHORT) {
      for (let column = 0, index = start; column < columns; column++, index += columnStride, staged++)
        if (isOut) array[index] = packed[staged]
        else packed[staged] = array[index]
      continue
    }
    if (isOut) copy(array, start, packed, staged, columns)
    else copy(packed, staged, array, start, columns)
    staged += columns
  }
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
