/**
 * Vectors of Apache Arrow: columns of numbers, and of lists of D numbers, which are matrices of shape (N, D). A vector in one
 * chunk is not copied.
 */
import { brief } from '../error-messages.js'
import { elementCount } from '../tensor/strided.js'
import { arrayName, copyAll, makeArray, part } from '../typed-array-intrinsics.js'
import { unevenLength } from './item-error.js'

/** @typedef {{ values: import('../dtypes.js').TypedArray, shape: number[], isHalf: boolean }} Rows */

/* What type.typeId says. */
const INT = 2
const FLOAT = 3
const LIST = 12
const FIXED_SIZE_LIST = 16
const LARGE_LIST = 21

/** @param {number} typeId */
export const isListType = (typeId) => [LIST, FIXED_SIZE_LIST, LARGE_LIST].includes(typeId)

/** @param {any} x */
export const isVector = (x) => typeof x.type?.typeId === 'number' && Array.isArray(x.data) && 'nullCount' in x

/**
 * The elements of a vector, as data with a shape.
 * @param {any} vector
 */
export function fromVector({ data, type, length }) {
  const filled = data.filter((/** @type {any} */ chunk) => chunk.length > 0)
  let start = 0
  /** @type {Rows[]} */
  const parts = (filled.length ? filled : data.slice(0, 1)).map((/** @type {any} */ chunk) => {
    const first = start
    start += chunk.length
    return rowsOf(chunk, type, (i) => first + i)
  })
  const [{ shape, isHalf }] = parts
  return { data: joined(parts), shape: [length, ...shape.slice(1)], dtype: isHalf ? 'float16' : undefined }
}

/**
 * The rows of a chunk. The items of its lists are rows of another chunk.
 * @param {any} chunk
 * @param {unknown} type of the vector
 * @param {(i: number) => number} rowOf which row of the vector item `i` of the chunk belongs to
 * @returns {Rows}
 */
function rowsOf(chunk, type, rowOf) {
  const { typeId, length, values, children, valueOffsets, stride } = chunk
  if (chunk.nullCount > 0) {
    let i = 0
    while (i < length && chunk.getValid(i)) i++
    throw new TypeError(
      `Could not infer dtype of NoneType. Row ${rowOf(i)} of the Vector is null, or has a null in it: leave it out first.`,
    )
  }
  if (typeId === INT || typeId === FLOAT) {
    const isHalf = typeId === FLOAT && arrayName(values) === 'Uint16Array'
    return { values: part(values, 0, length), shape: [length], isHalf }
  }
  if (!isListType(typeId))
    throw new TypeError(
      `Could not infer dtype of Vector. Its type is ${brief(String(type))}: pass [...x], if its items are numbers or lists of them.`,
    )
  const startOf = (/** @type {number} */ i) => (valueOffsets ? Number(valueOffsets[i]) : i * stride)
  const size = startOf(1) - startOf(0) || 0 // an empty chunk may have no offsets
  for (let i = 1; i < length; i++)
    if (startOf(i + 1) - startOf(i) !== size) throw unevenLength([rowOf(i)], size, startOf(i + 1) - startOf(i))
  const items = children[0].slice(startOf(0), startOf(length) - startOf(0))
  const inner = rowsOf(items, type, (i) => rowOf(Math.floor(i / size)))
  return { ...inner, shape: [length, size, ...inner.shape.slice(1)] }
}

/** @param {Rows[]} parts */
function joined(parts) {
  const [{ values, shape }] = parts
  if (parts.length === 1) return values
  const total = parts.reduce((sum, part) => sum + elementCount(part.shape), 0)
  const all = makeArray(/** @type {string} */ (arrayName(values)), total)
  let [row, to] = [0, 0]
  for (const part of parts) {
    const dim = part.shape.findIndex((size, dim) => dim > 0 && size !== shape[dim])
    if (dim > 0) throw unevenLength([row, ...shape.slice(2, dim + 1).fill(0)], shape[dim], part.shape[dim])
    copyAll(all, to, part.values)
    row += part.shape[0]
    to += elementCount(part.shape)
  }
  return all
}
