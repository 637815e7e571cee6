/** Single elements, as JavaScript values. */
import { arrayName } from '../typed-array-intrinsics.js'
import { arrayOf, indexOf } from '../wasm/copy.js'
import { ready, wasm } from '../wasm/instance.js'

/**
 * An element: a bigint of 64-bit integers, a boolean of bool, else a number.
 * @param {Pick<import('./strided.js').Strided, 'data' | 'memory' | 'dtype'>} x
 * @param {number} i counted from the same start as the offset
 * @returns {number | bigint | boolean}
 */
export function element(x, i) {
  const array = arrayOf(x)
  const value = array[indexOf(x, i)]
  if (x.dtype === 'bool') return value !== 0
  if (x.dtype !== 'float16' || arrayName(array) !== 'Uint16Array') return value
  ready()
  return wasm.half_to_double(value)
}

/**
 * The bits of the half float nearest to a number.
 * @param {number} x
 */
export function halfBits(x) {
  ready()
  return wasm.double_to_half(x)
}
