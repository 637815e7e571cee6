/** What is sent to workers: elements without the rest of the array that they are a part of, which would be copied, too. */
import { tensor } from 'cosdim'

/** @typedef {import('../../types/index.js').Tensor} Tensor */

/**
 * The elements of a tensor, one after another: a view, if they are so already.
 * @param {Tensor} x
 * @returns {any} a typed array
 */
export function elementsOf(x) {
  const flat = x.reshape(-1).to('js')
  const { data, offset, length } = flat.strides[0] === 1 ? flat : flat.to('wasm').to('js')
  return /** @type {any} */ (data).subarray(offset, offset + length)
}

/**
 * A query as workers read it: numbers and lists are left to them, so that they read them as this thread would.
 * @param {any} query
 * @returns {unknown}
 */
export function sendable(query) {
  if (typeof query !== 'object' || query === null) return query
  if (Array.isArray(query)) return query.map(sendable)
  const x = tensor(query)
  return { data: elementsOf(x).slice(), dtype: x.dtype, shape: x.shape }
}

/** @param {any} data a typed array */
export const isShared = ({ buffer }) => buffer[Symbol.toStringTag] === 'SharedArrayBuffer'
