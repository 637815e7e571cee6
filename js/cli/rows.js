/** Tensors by their rows. */
import { tensor } from 'cosdim'

/** @typedef {import('cosdim').Tensor} Tensor */

/**
 * Some rows of a tensor, as a view.
 * @param {Tensor} x
 * @param {number} start
 * @param {number} [end]
 */
export function cut({ data, dtype, shape: [rows, ...rest], strides, offset }, start, end = rows) {
  const shape = [end - start, ...rest]
  if (shape.includes(0)) return /** @type {Tensor} */ (tensor({ data: data.subarray(0, 0), dtype, shape }))
  return /** @type {Tensor} */ (tensor({ data, dtype, shape, strides, offset: offset + start * strides[0] }))
}

/**
 * All rows of several tensors.
 * @param {Tensor[]} parts
 */
export function joined(parts) {
  if (parts.length === 1) return parts[0]
  const [
    {
      dtype,
      shape: [, ...rest],
    },
  ] = parts
  const flat = parts.map((part) => /** @type {any} */ (part.reshape(-1)))
  const data = new flat[0].data.constructor(flat.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const { data: from, offset, length } of flat) {
    data.set(from.subarray(offset, offset + length), at)
    at += length
  }
  return /** @type {Tensor} */ (
    tensor({ data, dtype, shape: [parts.reduce((sum, { shape }) => sum + shape[0], 0), ...rest] })
  )
}

/** @param {Tensor} x */
export const byteLength = ({ data, shape }) =>
  shape.reduce((product, size) => product * size, 1) * /** @type {any} */ (data).BYTES_PER_ELEMENT
