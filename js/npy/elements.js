/** Elements, from the bytes of a file. */
import { tensor } from 'cosdim'
import { DTYPES } from '../dtypes.js'

/** @typedef {import('./header.js').Header} Header */

/**
 * How far apart neighbors are along each dim, in elements: along the first dim 1 in Fortran order, along the last in C order.
 * @param {readonly number[]} shape
 * @param {boolean} fortranOrder
 */
function stridesOf(shape, fortranOrder) {
  const strides = shape.map(() => 1)
  let step = 1
  for (let i = 0; i < shape.length; i++) {
    const dim = fortranOrder ? i : shape.length - 1 - i
    strides[dim] = step
    step *= shape[dim]
  }
  return strides
}

/**
 * A tensor over the bytes of a part of the array.
 * @param {Header} header
 * @param {number[]} shape of the part
 * @param {Uint8Array<ArrayBuffer>} bytes of a buffer of their own, which is swapped in place
 * @returns {import('../../types/index.js').Tensor}
 */
export function elementsOf({ dtype, size, isBigEndian, fortranOrder }, shape, bytes) {
  if (isBigEndian) swap(bytes, size)
  const Elements = /** @type {any} */ (DTYPES[dtype].array)
  const data = new Elements(bytes.buffer, bytes.byteOffset, bytes.length / size)
  const isEmpty = shape.includes(0)
  return /** @type {any} */ (
    tensor(isEmpty ? { data, dtype, shape } : { data, dtype, shape, strides: stridesOf(shape, fortranOrder) })
  )
}

/**
 * Turns the bytes of every element around.
 * @param {Uint8Array} bytes
 * @param {number} size
 */
function swap(bytes, size) {
  for (let start = 0; start < bytes.length; start += size)
    for (let low = start, high = start + size - 1; low < high; low++, high--) {
      const byte = bytes[low]
      bytes[low] = bytes[high]
      bytes[high] = byte
    }
}
