/** Nested arrays: numbers, booleans or BigInts to any depth, all equally long at each; the last may be typed arrays. */
import { halfBits } from './core.js'
import { DTYPES, dtypeOf } from './dtypes.js'
import { proxyHint, shown, typeName } from './errors.js'
import { elementCount } from './strided.js'
import { arrayName, copy, lengthOf } from './typed-arrays.js'

/** @typedef {import('./dtypes.js').DType} DType */
/** @typedef {import('./dtypes.js').TypedArray} TypedArray */
/** @typedef {number | boolean | bigint | TypedArray | Nested[]} Nested */

const MOST_DIMS = 64 // of a tensor; a nested array that contains itself has more

/** @param {readonly number[]} place */
const named = (place) => (place.length ? `[${place.join('][')}]` : 'The data')

/**
 * Why something in a nested array is no number.
 * @param {unknown} x
 * @param {readonly number[]} place
 * @param {boolean} hole
 */
export function notANumber(x, place = [], hole = false) {
  const at = `${named(place)} is ${hole ? 'a hole' : shown(x)}`
  if (typeof x === 'bigint') return new TypeError(`A BigInt cannot be mixed with numbers: ${at}. Use Number(x).`)
  if (typeof x === 'string') {
    // torch takes a string for a sequence while it looks for the shape, which it does at the first element.
    const first = place.length > 0 && place.every((i) => i === 0)
    const sentence = first ? "too many dimensions 'str'" : "new(): invalid data type 'str'"
    return new TypeError(`${sentence}. ${at}; convert it with Number(x).`)
  }
  return new TypeError(
    `Could not infer dtype of ${typeName(x)}. ${at}, where a number is expected. ${proxyHint(x)}`.trim(),
  )
}

/**
 * @param {unknown} x
 * @param {readonly number[]} place
 */
function unevenDepth(x, place) {
  const [sentence, expected] = Array.isArray(x)
    ? ['must be real number, not list', 'a number']
    : ['not a sequence', 'an array']
  return new TypeError(
    `${sentence}. ${named(place)} is ${shown(x)}, where ${expected} is expected: all must be nested equally deep.`,
  )
}

/**
 * @param {readonly number[]} place
 * @param {number} wanted
 * @param {number} length
 */
const unevenLength = (place, wanted, length) =>
  new RangeError(
    `expected sequence of length ${wanted} at dim ${place.length} (got ${length}). ` +
      `${named(place)} is ${length} long, the first of its kind ${wanted}: all must be equally long.`,
  )

/**
 * How a number, boolean or BigInt becomes an element of a dtype: with the very same value, but for rounding to a float.
 * @param {DType} dtype
 * @param {TypedArray} data
 * @returns {(x: number | boolean | bigint, place: number[]) => number | bigint}
 */
function encoder(dtype, data) {
  if (dtype === 'float16' && arrayName(data) === 'Uint16Array') return (x) => halfBits(Number(x))
  if (dtype.startsWith('float')) return Number
  const one = new DTYPES[dtype].array(1)
  const isWide = dtype.endsWith('int64')
  return (x, place) => {
    const element = isWide && Number.isInteger(Number(x)) ? BigInt(x) : Number(x)
    one[0] = /** @type {any} */ ((typeof element === 'bigint') === isWide ? element : isWide ? 0n : 0)
    if (one[0] === element && (dtype !== 'bool' || element <= 1)) return element
    throw new RangeError(`value cannot be converted to type ${dtype} without overflow. ${named(place)} is ${shown(x)}.`)
  }
}

/**
 * @param {unknown} x
 * @param {DType} [asked] what the numbers become; else float32, or bool or int64 where all are booleans or BigInts
 * @returns {{ data: TypedArray, dtype: DType, shape: number[] }}
 */
export function fromNested(x, asked) {
  /** @type {number[]} */
  const shape = []
  /** @type {any} */
  let first = x
  for (; Array.isArray(first) && shape.length <= MOST_DIMS; first = first[0]) shape.push(first.length)
  const rowName = arrayName(first)
  const rowDtype = dtypeOf(rowName)
  if (rowDtype) shape.push(lengthOf(first))
  const dtype = rowDtype ?? asked ?? (typeof first === 'bigint' ? 'int64' : 'float32')
  const data = new DTYPES[dtype].array(shape.length > MOST_DIMS ? 0 : elementCount(shape))
  const target = /** @type {any} */ (data)
  const encode = encoder(dtype, data)
  let filled = 0
  let booleans = 0

  /** @type {(x: any, place: number[], hole: boolean) => void} */
  const fill = (x, place, hole) => {
    const isLeaf = place.length === shape.length
    const isRow = rowName !== undefined && place.length === shape.length - 1
    if (isLeaf) {
      const fits =
        typeof first === 'bigint' && !asked ? typeof x === 'bigint' : typeof x === 'number' || typeof x === 'boolean'
      if (!fits && !(typeof x === 'bigint' && dtype.endsWith('int64')))
        throw Array.isArray(x) ? unevenDepth(x, place) : notANumber(x, place, hole)
      if (typeof x === 'boolean') booleans++
      target[filled++] = encode(x, place)
      return
    }
    if (!(isRow ? arrayName(x) : Array.isArray(x)))
      throw typeof x === 'number' ? unevenDepth(x, place) : notANumber(x, place, hole)
    const length = isRow ? lengthOf(x) : x.length
    if (length !== shape[place.length]) throw unevenLength(place, shape[place.length], length)
    if (!isRow) {
      for (let i = 0; i < length; i++) fill(x[i], [...place, i], !(i in x))
      return
    }
    if (arrayName(x) !== rowName)
      throw new TypeError(
        `All rows must be of one type: ${named(place)} is a ${arrayName(x)}, those before it ${rowName}.`,
      )
    copy(target, filled, x)
    filled += length
  }
  if (shape.length <= MOST_DIMS) fill(x, [], false)
  if (booleans > 0 && booleans === filled && !asked) return { data: Uint8Array.from(target), dtype: 'bool', shape }
  return { data, dtype, shape }
}
