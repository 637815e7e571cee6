/** Reads nested arrays of numbers, booleans or BigInts, equally long at each depth. The innermost may be typed. */
import { DTYPES, dtypeOf } from '../dtypes.js'
import { proxyHint, shown } from '../error-messages.js'
import { halfBits } from '../tensor/elements.js'
import { elementCount } from '../tensor/strided.js'
import { arrayName, copyAll, lengthOf } from '../typed-array-intrinsics.js'

/** @typedef {import('../dtypes.js').DType} DType */
/** @typedef {import('../dtypes.js').TypedArray} TypedArray */
/** @typedef {number | boolean | bigint | TypedArray | Nested[]} Nested */

const MAX_RANK = 64 // ends the search in an array that contains itself

/** @param {readonly number[]} index */
const named = (index) => (index.length ? `[${index.join('][')}]` : 'The data')

/**
 * The error for something in a nested array that is not a number.
 * @param {unknown} x
 * @param {readonly number[]} index
 * @param {boolean} isHole
 */
export function notANumber(x, index = [], isHole = false) {
  const what = `${named(index)} is ${isHole ? 'a hole' : shown(x)}`
  if (typeof x === 'bigint') return new TypeError(`A BigInt cannot be mixed with numbers: ${what}. Use Number(x).`)
  if (typeof x === 'number' || typeof x === 'boolean')
    return new TypeError(`A ${typeof x} cannot be mixed with BigInts: ${what}. Use BigInt(x).`)
  if (typeof x === 'string') {
    // PyTorch finds the shape along the first elements, and there it treats a string as a sequence.
    const isFirst = index.length > 0 && index.every((i) => i === 0)
    const sentence = isFirst ? "too many dimensions 'str'" : "new(): invalid data type 'str'"
    return new TypeError(`${sentence}. ${what}; convert it with Number(x).`)
  }
  const type = x === null || x === undefined ? 'NoneType' : typeof x === 'object' ? 'dict' : typeof x // in Python
  return new TypeError(`Could not infer dtype of ${type}. ${what}, where a number is expected. ${proxyHint(x)}`.trim())
}

/**
 * @param {unknown} x
 * @param {readonly number[]} index
 */
function unevenDepth(x, index) {
  const [sentence, expected] = Array.isArray(x)
    ? ['must be real number, not list', 'a number']
    : ['not a sequence', 'an array']
  return new TypeError(
    `${sentence}. ${named(index)} is ${shown(x)}, where ${expected} is expected: use the same depth everywhere.`,
  )
}

/**
 * @param {readonly number[]} index
 * @param {number} wanted
 * @param {number} length
 */
const unevenLength = (index, wanted, length) =>
  new RangeError(
    `expected sequence of length ${wanted} at dim ${index.length} (got ${length}). ` +
      `${named(index)} is ${length} long, but the first array at this depth is ${wanted} long. Make all equally long.`,
  )

/**
 * How a number, boolean or BigInt becomes an element: with the same value, except that floats round.
 * @param {DType} dtype
 * @param {TypedArray} data
 * @returns {(x: number | boolean | bigint, index: number[]) => number | bigint}
 */
function encoder(dtype, data) {
  if (dtype === 'float16' && arrayName(data) === 'Uint16Array') return (x) => halfBits(Number(x))
  if (dtype.startsWith('float')) return Number
  const single = new DTYPES[dtype].array(1)
  const isWide = dtype.endsWith('int64')
  return (x, index) => {
    const element = isWide && Number.isInteger(Number(x)) ? BigInt(x) : Number(x)
    single[0] = /** @type {any} */ ((typeof element === 'bigint') === isWide ? element : isWide ? 0n : 0)
    if (single[0] === element && (dtype !== 'bool' || element <= 1)) return element
    throw new RangeError(`value cannot be converted to type ${dtype} without overflow. ${named(index)} is ${shown(x)}.`)
  }
}

/**
 * The shape, read along the first elements, and what is at their end: a number, or a row that is a typed array.
 * @param {unknown} x
 */
function outline(x) {
  /** @type {number[]} */
  const shape = []
  /** @type {any} */
  let first = x
  for (; Array.isArray(first) && shape.length <= MAX_RANK; first = first[0]) shape.push(first.length)
  const rowName = arrayName(first)
  if (rowName) shape.push(lengthOf(first))
  return { shape, first, rowName }
}

/**
 * @param {unknown} x
 * @param {DType} [asked] what the numbers become; by default float32, or bool or int64 if all are booleans or BigInts
 * @returns {{ data: TypedArray, dtype: DType, shape: number[] }}
 */
export function fromNested(x, asked) {
  const { shape, first, rowName } = outline(x)
  const dtype = dtypeOf(rowName) ?? asked ?? (typeof first === 'bigint' ? 'int64' : 'float32')
  if (shape.length > MAX_RANK) return { data: new DTYPES[dtype].array(0), dtype, shape } // the core refuses the shape
  const data = /** @type {any} */ (new DTYPES[dtype].array(elementCount(shape)))
  const encode = encoder(dtype, data)
  const rowDepth = rowName ? shape.length - 1 : -1
  let filled = 0
  let booleans = 0

  /** @type {(x: any, index: number[], isHole: boolean) => void} */
  const fillElement = (x, index, isHole) => {
    const fits =
      typeof first === 'bigint' && !asked ? typeof x === 'bigint' : typeof x === 'number' || typeof x === 'boolean'
    if (!fits && !(typeof x === 'bigint' && dtype.endsWith('int64')))
      throw Array.isArray(x) ? unevenDepth(x, index) : notANumber(x, index, isHole)
    if (typeof x === 'boolean') booleans++
    data[filled++] = encode(x, index)
  }
  /** @type {(row: any, index: number[]) => void} */
  const fillRow = (row, index) => {
    const name = arrayName(row)
    if (name !== rowName)
      throw new TypeError(`All rows must be of one type: ${named(index)} is ${name}, those before it ${rowName}.`)
    copyAll(data, filled, row)
    filled += lengthOf(row)
  }
  /** @type {(x: any, index: number[], isHole: boolean) => void} */
  const fill = (x, index, isHole) => {
    const depth = index.length
    if (depth === shape.length) return fillElement(x, index, isHole)
    const isRow = depth === rowDepth
    if (!(isRow ? arrayName(x) : Array.isArray(x)))
      throw typeof x === 'number' ? unevenDepth(x, index) : notANumber(x, index, isHole)
    const length = isRow ? lengthOf(x) : x.length
    if (length !== shape[depth]) throw unevenLength(index, shape[depth], length)
    if (isRow) return fillRow(x, index)
    for (let i = 0; i < length; i++) fill(x[i], [...index, i], !(i in x))
  }

  fill(x, [], false)
  if (booleans > 0 && booleans === filled && !asked) return { data: new Uint8Array(data), dtype: 'bool', shape }
  return { data, dtype, shape }
}
