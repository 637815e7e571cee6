/** Nested arrays: numbers, booleans or BigInts at any depth, equally long at each. */
import { DTYPES } from '../dtypes.js'
import { shown, typeName } from '../error-messages.js'
import { checkCount, halfBits } from '../tensor/elements.js'
import { elementCount, MAX_RANK } from '../tensor/strided.js'
import { arrayName } from '../typed-array-intrinsics.js'
import { hintFor } from './hints.js'
import { ItemError, unevenLength } from './item-error.js'
import { elementAt, fillNumbers, OVERFLOW } from './numbers.js'
import { takeFloats } from './spare.js'

/** @typedef {import('../dtypes.js').DType} DType */
/** @typedef {import('../dtypes.js').TypedArray} TypedArray */
/** @typedef {{ data: TypedArray, dtype: DType, shape: number[] }} Elements in order */
/**
 * Work that can pause, and yields the finished part.
 * @template T
 * @typedef {import('../wasm/tiles.js').Sliced<T>} Sliced
 */

/**
 * The error for something in a nested array that is not a number.
 * @param {unknown} x
 * @param {readonly number[]} index
 * @param {boolean} isHole
 */
export function notANumber(x, index = [], isHole = false) {
  return new ItemError(TypeError, index, (item) => {
    const what = `${item} is ${isHole ? 'a hole' : shown(x)}`
    if (typeof x === 'bigint') return `A BigInt cannot be mixed with numbers: ${what}. Use Number(x).`
    if (typeof x === 'number' || typeof x === 'boolean')
      return `A ${typeof x} cannot be mixed with BigInts: ${what}. Use BigInt(x).`
    const hint = hintFor(x, index.length === 1 && index[0] === 0)
    return `${inference(x, index)}. ${what}, where a number is expected. ${hint}`.trim()
  })
}

/**
 * PyTorch's sentence, with Python's names of types.
 * @param {unknown} x
 * @param {readonly number[]} index
 */
function inference(x, index) {
  if (x === null || x === undefined) return 'Could not infer dtype of NoneType'
  if (typeof x !== 'string') return `Could not infer dtype of ${typeName(x).replace(/^object$/, 'dict')}`
  // It finds the shape along the first elements, and there it treats a string as a sequence.
  const isFirst = index.length > 0 && index.every((i) => i === 0)
  return isFirst ? "too many dimensions 'str'" : "new(): invalid data type 'str'"
}

/**
 * @param {unknown} x
 * @param {readonly number[]} index
 */
export function unevenDepth(x, index) {
  const [sentence, expected] = Array.isArray(x)
    ? ['must be real number, not list', 'a number']
    : ['not a sequence', 'an array']
  return new ItemError(
    TypeError,
    index,
    (item) => `${sentence}. ${item} is ${shown(x)}, where ${expected} is expected: use the same depth everywhere.`,
  )
}

/**
 * How a number, boolean or BigInt becomes an element: with the same value, except that floats round.
 * @param {DType} dtype
 * @param {TypedArray} data
 * @returns {(x: number | boolean | bigint, index: number[]) => number | bigint}
 */
function encoder(dtype, data) {
  const bound = OVERFLOW[dtype]
  if (bound) {
    const isBits = dtype === 'float16' && arrayName(data) === 'Uint16Array'
    return (x, index) => {
      const element = Number(x)
      if (Math.abs(element) >= bound && Number.isFinite(element)) throw overflow(dtype, x, index)
      return isBits ? halfBits(element) : element
    }
  }
  const single = new DTYPES[dtype].array(1)
  const isWide = dtype.endsWith('int64')
  return (x, index) => {
    const element = isWide && Number.isInteger(Number(x)) ? BigInt(x) : Number(x)
    single[0] = /** @type {any} */ ((typeof element === 'bigint') === isWide ? element : isWide ? 0n : 0)
    if (single[0] === element && (dtype !== 'bool' || element <= 1)) return element
    throw overflow(dtype, x, index)
  }
}

/**
 * @param {DType} dtype
 * @param {unknown} x
 * @param {number[]} index
 */
const overflow = (dtype, x, index) =>
  new ItemError(
    RangeError,
    index,
    (item) =>
      `value cannot be converted to type ${dtype} without overflow. ${item} is ${shown(x)}.` +
      (OVERFLOW[dtype] ? " To keep such numbers, pass { dtype: 'float64' }, here or to tensor(…)." : ''),
  )

/** The hint for a list that holds the same rows many times, at several levels, and so has too many numbers. */
export const REPEATED = 'Pass { data, shape, strides } with a typed array, and strides of 0 where it repeats.'

/**
 * The shape, read along the first elements, and what is at their end.
 * @param {unknown} x
 */
export function outline(x) {
  /** @type {number[]} */
  const shape = []
  /** @type {any} */
  let first = x
  // An array that contains itself has no end.
  for (; Array.isArray(first) && shape.length <= MAX_RANK; first = elementAt(first, 0)) shape.push(first.length)
  if (shape.length <= MAX_RANK) checkCount(shape, REPEATED)
  return { shape, first }
}

/**
 * Copies floats row by row, or returns false at the first mistake.
 * @param {unknown} x
 * @param {Elements} target
 * @param {number} to
 * @param {number} depth
 */
function fillRows(x, target, to, depth) {
  const { data, dtype, shape } = target
  if (!Array.isArray(x) || x.length !== shape[depth]) return false
  if (depth === shape.length - 1) return fillNumbers(data, dtype, to, x, shape[depth])
  const step = elementCount(shape.slice(depth + 1))
  for (let i = 0; i < shape[depth]; i++) if (!fillRows(x[i], target, to + i * step, depth + 1)) return false
  return true
}

/**
 * Copies element by element, and throws the error of the first mistake. Returns how many of the elements are booleans.
 * @param {unknown} x
 * @param {Elements} target
 * @param {number} to
 * @param {readonly number[]} start the index of x in what the caller passed
 * @param {boolean} ofBigInts whether all must be BigInts
 */
function fillCarefully(x, { data, dtype, shape }, to, start, ofBigInts) {
  const encode = encoder(dtype, data)
  const index = [...start]
  let booleans = 0

  /** @type {(x: any, isHole: boolean) => void} */
  const fillElement = (x, isHole) => {
    const fits = ofBigInts ? typeof x === 'bigint' : typeof x === 'number' || typeof x === 'boolean'
    if (!fits && !(typeof x === 'bigint' && dtype.endsWith('int64')))
      throw Array.isArray(x) ? unevenDepth(x, index) : notANumber(x, index, isHole)
    if (typeof x === 'boolean') booleans++
    data[to++] = encode(x, index)
  }
  /** @type {(x: any, isHole: boolean) => void} */
  const fill = (x, isHole) => {
    const depth = index.length - start.length
    if (depth === shape.length) return fillElement(x, isHole)
    if (!Array.isArray(x)) throw typeof x === 'number' ? unevenDepth(x, index) : notANumber(x, index, isHole)
    const { length } = x
    if (length !== shape[depth]) throw unevenLength(index, shape[depth], length)
    for (let i = 0; i < length; i++) {
      index.push(i)
      fill(elementAt(x, i), !(i in x))
      index.pop()
    }
  }

  fill(x, false)
  return booleans
}

/**
 * Copies one row of a list.
 * @param {unknown} x
 * @param {Elements} target
 * @param {number} to
 * @param {readonly number[]} index of the row
 */
export function fillRow(x, target, to, index) {
  const isQuick = OVERFLOW[target.dtype] && target.shape.length > 0
  if (!isQuick || !fillRows(x, target, to, 0)) fillCarefully(x, target, to, index, false)
}

/**
 * @param {unknown} x
 * @param {DType} [asked] what numbers and booleans become; else float32, or bool where all are booleans
 * @param {DType} [named] what the elements are said to be; BigInts are int64 otherwise
 * @param {() => boolean} [pause]
 * @returns {Sliced<Elements>}
 */
export function* fromNested(x, asked, named, pause) {
  const { shape, first } = outline(x)
  const ofBigInts = typeof first === 'bigint' && !named
  const dtype = ofBigInts ? 'int64' : (named ?? asked ?? 'float32')
  if (shape.length > MAX_RANK) return { data: new DTYPES[dtype].array(0), dtype, shape } // the core refuses the shape
  const count = elementCount(shape)
  const data = /** @type {any} */ (dtype === 'float32' ? takeFloats(count) : new DTYPES[dtype].array(count))
  const target = { data, dtype, shape }
  if (typeof first === 'number' && OVERFLOW[dtype] && (yield* fillInSlices(x, target, pause))) return target
  const booleans = fillCarefully(x, target, 0, [], ofBigInts)
  if (booleans > 0 && booleans === count && !asked) return { data: new Uint8Array(data), dtype: 'bool', shape }
  return target
}

/**
 * @param {any} x
 * @param {Elements} target
 * @param {() => boolean} [pause]
 * @returns {Sliced<boolean>}
 */
function* fillInSlices(x, target, pause) {
  const { shape } = target
  if (shape.length < 2) return shape.length === 1 && fillRows(x, target, 0, 0)
  const step = elementCount(shape.slice(1))
  for (let i = 0; i < shape[0]; i++) {
    if (!fillRows(x[i], target, i * step, 1)) return false
    if (pause?.()) yield i / shape[0]
  }
  return true
}
