/** Single elements, as JavaScript values. */
import { tuple } from '../error-messages.js'
import { arrayName } from '../typed-array-intrinsics.js'
import { arrayOf, indexOf } from '../wasm/copy.js'
import { ready, wasm } from '../wasm/instance.js'

/**
 * An element: a bigint for 64-bit integers, a boolean for bool, otherwise a number.
 * @param {Pick<import('./strided.js').Strided, 'data' | 'memory' | 'dtype'>} x
 * @param {number} i the index in the data, like the offset
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

/** More numbers would fill the largest heap, so a list with more holds the same rows many times. Indices are int32. */
const MOST_NUMBERS = 2 ** 30

/**
 * RangeError if a list of that shape has too many numbers, or empty lists.
 * @param {readonly number[]} shape
 * @param {string} hint
 */
export function checkCount(shape, hint) {
  let count = 1
  for (let dim = 0; dim < shape.length; dim++) count *= shape[dim] || 1
  if (count <= MOST_NUMBERS) return
  throw new RangeError(`A list of shape ${tuple(shape)} has ${count} numbers, more than can be copied. ${hint}`)
}

/**
 * All elements, as nested arrays; of a 0-d tensor, its one element.
 * @template T
 * @param {import('./strided.js').Strided} x
 * @param {(element: number | bigint | boolean) => T} convert
 */
export function nested(x, convert) {
  const { shape, strides, offset } = x
  checkCount(shape, 'Take it row by row.')
  /** @type {(dim: number, i: number) => any} */
  const list = (dim, i) =>
    dim === shape.length
      ? convert(element(x, i))
      : Array.from({ length: shape[dim] }, (_, at) => list(dim + 1, i + at * strides[dim]))
  return list(0, offset)
}

/**
 * An element as JSON has it. JSON.stringify throws for a BigInt, and a number would round it where it is unsafe.
 * @param {number | bigint | boolean} x
 */
export function jsonElement(x) {
  if (typeof x !== 'bigint') return x
  return Number.isSafeInteger(Number(x)) ? Number(x) : String(x)
}

/**
 * The bits of the half float nearest to a number.
 * @param {number} x
 */
export function halfBits(x) {
  ready()
  return wasm.double_to_half(x)
}
