/**
 * Tensors and containers of other libraries: how each is recognized, and what it is read as. Where the numbers are not
 * certain, js/input/hints.js names the call that gives them.
 */
import { fromVector, isVector } from './arrow.js'

/**
 * `read` gives something that js/input/operand.js reads: a list, or data with a shape.
 * @type {{ is: (x: any) => boolean, read: (x: any) => unknown }[]}
 */
const CONTAINERS = [
  // tfjs
  {
    is: (x) => typeof x.dataSync === 'function',
    read: (x) => ({ data: x.dataSync(), shape: x.shape, dtype: x.dtype }),
  },
  { is: isVector, read: fromVector },
  // ml-matrix, and its views
  { is: (x) => typeof x.to2DArray === 'function', read: (x) => x.to2DArray() },
  // mathjs. Its toArray() copies every list.
  { is: (x) => x.isDenseMatrix === true, read: (x) => x.valueOf() },
  // numjs, around an ndarray
  { is: (x) => typeof x.selection?.stride === 'object', read: (x) => x.selection },
  // DuckDB's lists and arrays
  {
    is: (x) => Array.isArray(x.items) && Object.keys(x).length === 1 && x.constructor !== Object,
    read: (x) => x.items,
  },
]

/** @param {unknown} x */
const containerOf = (x) => CONTAINERS.find(({ is }) => is(x))

/** What a container is read as; undefined for anything else. @param {object} x */
export const contentsOf = (x) => containerOf(x)?.read(x)

/** Whether it is what JSON makes of a Buffer. @param {any} x */
export const isJsonBuffer = (x) => x?.type === 'Buffer' && Array.isArray(x.data)

/**
 * Whether an object describes a tensor: by its data, which may be wrong, but is no list of rows.
 * @param {any} x
 */
export function isDescriptor(x) {
  if (!('data' in x)) return false
  const { data } = x
  if (ArrayBuffer.isView(data)) return true
  if (Array.isArray(data)) return !isObject(data[0]) && !isJsonBuffer(x)
  return typeof data !== 'function' && ('shape' in x || 'dims' in x)
}

/** @param {unknown} x */
const isObject = (x) => typeof x === 'object' && x !== null && !Array.isArray(x)

/** Whether an item of a list is a row in itself: a tensor or a typed array, not a list of numbers. @param {unknown} x */
export const isTensorLike = (x) =>
  isObject(x) && (ArrayBuffer.isView(x) || isDescriptor(x) || containerOf(x) !== undefined)
