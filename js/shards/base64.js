/** Bytes as text, for JSON. */
import { shown } from '../error-messages.js'

/* Engines limit the number of arguments. */
const MOST_ARGUMENTS = 2 ** 13

/** @param {Uint8Array} bytes */
export function toBase64(bytes) {
  let text = ''
  for (let start = 0; start < bytes.length; start += MOST_ARGUMENTS)
    text += String.fromCharCode(...bytes.subarray(start, start + MOST_ARGUMENTS))
  return btoa(text)
}

/**
 * @param {string} where
 * @param {unknown} base64
 */
export function fromBase64(where, base64) {
  if (typeof base64 !== 'string') throw new TypeError(`${where} must be base64, got ${shown(base64)}.`)
  let text
  try {
    text = atob(base64)
  } catch {
    throw new RangeError(`${where} is not base64: ${shown(base64)}.`)
  }
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}
