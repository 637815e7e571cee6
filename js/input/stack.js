/** Lists of vectors, stacked as torch.stack does: typed arrays, tensors of any library, and number[] among them. */
import { dtypeOf } from '../dtypes.js'
import { BITS_OF_HALVES } from '../error-messages.js'
import { checkCount, element, halfBits } from '../tensor/elements.js'
import { elementCount, MAX_RANK } from '../tensor/strided.js'
import { arrayName, copyAll, lengthOf, makeArray, part } from '../typed-array-intrinsics.js'
import { OUT } from '../wasm/abi.js'
import { checkReach, setTensor } from '../wasm/check.js'
import { arrayOf, pack } from '../wasm/copy.js'
import { ready } from '../wasm/instance.js'
import { ItemError, unevenLength, within } from './item-error.js'
import { fillRow, notANumber, outline, REPEATED, unevenDepth } from './nested.js'
import { takeFloats } from './spare.js'

/** @typedef {import('../tensor/strided.js').Strided} Strided */
/** @typedef {import('./nested.js').Elements} Elements */
/**
 * How rows are recognized and read.
 * @typedef {{ isTensorLike: (x: unknown) => boolean, read: (x: unknown) => Strided }} Reader
 */

/**
 * The index of the first row that is a tensor or an array, `depth` lists deep.
 * @param {unknown} x
 * @param {number} depth
 * @param {(x: unknown) => boolean} isTensorLike
 * @returns {number[] | undefined}
 */
function findRow(x, depth, isTensorLike) {
  if (depth === 0) return isTensorLike(x) ? [] : undefined
  if (!Array.isArray(x)) return
  for (let i = 0; i < x.length; i++) {
    const index = findRow(x[i], depth - 1, isTensorLike)
    if (index) return [i, ...index]
  }
}

/**
 * How many lists deep the rows of `x` lie, if any is a tensor or an array; undefined for numbers.
 * @param {unknown} x
 * @param {(x: unknown) => boolean} isTensorLike
 */
export function depthOfRows(x, isTensorLike) {
  const { shape, first } = outline(x)
  if (shape.length > MAX_RANK) return
  if (isTensorLike(first)) return shape.length
  const depth = shape.length - 1
  return depth > 0 && findRow(x, depth, isTensorLike) ? depth : undefined
}

/** The shape of a row: (1, D) counts as (D,). @param {readonly number[]} shape */
const shapeOfRow = (shape) => (shape.length === 2 && shape[0] === 1 ? [shape[1]] : [...shape])

/** The name of the class that holds the elements of a tensor. @param {Strided} x */
const className = (x) => /** @type {string} */ (arrayName(arrayOf(x)))

/**
 * @param {any} x
 * @param {number} depth of the rows
 * @param {Reader} reader
 * @param {() => boolean} [pause]
 * @returns {import('./nested.js').Sliced<Elements>}
 */
export function* stack(x, depth, { isTensorLike, read }, pause) {
  const { shape: outer, first } = outline(x)
  const lists = outer.slice(0, depth)
  const found = /** @type {number[]} */ (findRow(x, depth, isTensorLike))
  const row = found.reduce((list, i) => list[i], x)
  const sample = within(found, () => read(row))
  checkReach(sample) // or its dtype may be none
  const rowShape = row === first ? shapeOfRow(sample.shape) : outer.slice(depth)
  const [count, shape] = [elementCount(rowShape), [...lists, ...rowShape]]
  checkCount(shape, REPEATED)
  const total = elementCount(shape)
  const data = sample.dtype === 'float32' ? takeFloats(total) : makeArray(className(sample), total)
  const target = { data, dtype: sample.dtype, shape: rowShape }
  // An array of this class has another dtype on its own if these are half floats, as bits, or booleans.
  const ownName = dtypeOf(arrayName(data)) === sample.dtype && arrayName(data)
  let filled = 0

  /** @type {(row: any, index: number[]) => void} */
  const place = (row, index) => {
    if (arrayName(row) === ownName) {
      if (rowShape.length !== 1 || lengthOf(row) !== count) throw unevenRows(index, rowShape, [lengthOf(row)])
      copyAll(data, filled, row)
    } else if (isTensorLike(row))
      placeTensor(
        row,
        within(index, () => read(row)),
        target,
        filled,
        index,
      )
    else if (Array.isArray(row)) fillRow(row, target, filled, index)
    else throw typeof row === 'number' ? unevenDepth(row, index) : notANumber(row, index)
    filled += count
  }
  /** @type {(list: any, index: number[]) => void} */
  const fill = (list, index) => {
    if (index.length === depth) return place(list, index)
    if (!Array.isArray(list)) throw typeof list === 'number' ? unevenDepth(list, index) : notANumber(list, index)
    const wanted = lists[index.length]
    if (list.length !== wanted) throw unevenLength(index, wanted, list.length)
    for (let i = 0; i < wanted; i++) fill(list[i], [...index, i])
  }

  for (let i = 0; i < lists[0]; i++) {
    fill(x[i], [i])
    if (pause?.()) yield i / lists[0]
  }
  return { data, dtype: sample.dtype, shape }
}

/**
 * @param {unknown} row as it was passed
 * @param {Strided} x what it was read as
 * @param {Elements} target
 * @param {number} to
 * @param {number[]} index
 */
function placeTensor(row, x, { data, dtype, shape }, to, index) {
  if (x.dtype !== dtype) throw otherType(row, x, dtype, data, index)
  const own = shapeOfRow(x.shape)
  if (own.join() !== shape.join()) throw unevenRows(index, shape, own)
  const name = className(x)
  const count = elementCount(shape)
  const elements = makeArray(name, name === arrayName(data) ? 0 : count)
  const packed = name === arrayName(data) ? part(data, to, count) : elements
  ready()
  setTensor(OUT, x)
  pack(x, packed, 0)
  if (packed === elements) recode(data, to, elements, dtype)
}

/**
 * Copies elements between two classes that hold one dtype. Half floats are bits in one of them.
 * @param {any} data
 * @param {number} to
 * @param {any} elements
 * @param {import('../dtypes.js').DType} dtype
 */
function recode(data, to, elements, dtype) {
  const isBits = dtype === 'float16' && arrayName(data) === 'Uint16Array'
  for (let i = 0; i < lengthOf(elements); i++) {
    const value = element({ data: elements, memory: undefined, dtype }, i)
    data[to + i] = isBits ? halfBits(Number(value)) : value
  }
}

/**
 * @param {unknown} row
 * @param {Strided} x
 * @param {string} dtype of the rows before it
 * @param {Elements['data']} data
 * @param {number[]} index
 */
function otherType(row, x, dtype, data, index) {
  const name = arrayName(row)
  const isOfClass = name && name !== arrayName(data)
  const mayBeHalves = [x.dtype, dtype].sort().join() === 'float16,uint16'
  return new ItemError(TypeError, index, (item) => {
    const sentence = isOfClass
      ? `All rows must be of one type: ${item} is a ${name}, those before it ${arrayName(data)}.`
      : `All rows must be of one dtype: ${item} is ${x.dtype}, those before it ${dtype}.`
    return mayBeHalves ? `${sentence} ${BITS_OF_HALVES}` : sentence
  })
}

/**
 * @param {number[]} index
 * @param {readonly number[]} wanted
 * @param {readonly number[]} own
 */
const unevenRows = (index, wanted, own) =>
  wanted.length === 1 && own.length === 1
    ? unevenLength(index, wanted[0], own[0])
    : new ItemError(
        RangeError,
        index,
        (item) =>
          `stack expects each tensor to be equal size, but got [${wanted.join(', ')}] at entry 0 and ` +
          `[${own.join(', ')}] at entry ${index.join()}. ${item} must have the shape of the first.`,
      )
