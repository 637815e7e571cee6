/** The similarity of two vectors, typed arrays, tensors or plain numbers, without the cost of a plan. */
import { codeOf, holds } from './dtypes.js'
import { copyPair, elementAt, LONGEST_PAIR, staged } from './input/numbers.js'
import { readFields, Strided } from './tensor/strided.js'
import { Tensor } from './tensor/tensor.js'
import { arrayName, copy, copyAll, lengthOf } from './typed-array-intrinsics.js'
import { memoryAs } from './wasm/copy.js'
import { at, entries, ready, views, wasm } from './wasm/instance.js'
import { addressOf } from './wasm/resident.js'

/** The shape and the strides of a single number. @type {readonly number[]} */
const NO_DIMS = Object.freeze([])
/** Those of a tensor with one element along one dim. @type {readonly number[]} */
const ONE_DIM = Object.freeze([1])
/** What the core returns for a pair that needs a plan. */
const NEEDS_PLAN = 2
const FLOAT32 = codeOf('float32')
const FLOAT64 = codeOf('float64')

/**
 * The similarity, or undefined if the inputs need a plan, which also reports their errors. Each class of array has its
 * own function, so that engines know what they copy. .
 * @param {any} x1
 * @param {any} x2
 * @param {number} dim
 * @param {number} eps
 * @param {any} [out]
 */
export function pair(x1, x2, dim, eps, out) {
  const name = arrayName(x1)
  if (name === undefined || name !== arrayName(x2))
    return x1 instanceof Tensor && x2 instanceof Tensor
      ? pairOfTensors(x1, x2, dim, eps, out)
      : pairOfNumbers(x1, x2, dim, eps, out)
  if (out !== undefined && !(arrayName(out) === name && lengthOf(out) === 1)) return
  if (name === 'Float32Array') return pair32(x1, x2, dim, eps, out)
  if (name === 'Float64Array') return pair64(x1, x2, dim, eps, out)
}

/** @type {(data: any, dtype: import('./dtypes.js').DType) => Strided} */
const single = (data, dtype) => new Strided(data, undefined, dtype, NO_DIMS, NO_DIMS)

/** @type {(x1: any, x2: any, dim: number, eps: number, out: any) => Strided | undefined} */
function pair32(x1, x2, dim, eps, out) {
  ready()
  const n = lengthOf(x1)
  if (n === 0 || lengthOf(x2) !== n || n > (at.pair2 - at.scratch) >> 2) return
  const memory = views.Float32Array
  copyAll(memory, at.scratch >> 2, x1)
  copyAll(memory, at.pair2 >> 2, x2)
  const similarity = wasm.pair(FLOAT32, at.scratch, at.pair2, n, dim, eps)
  if (similarity === NEEDS_PLAN) return
  const data = out ?? new Float32Array(1)
  data[0] = similarity
  return single(data, 'float32')
}

/** @type {typeof pair32} */
function pair64(x1, x2, dim, eps, out) {
  ready()
  const n = lengthOf(x1)
  if (n === 0 || lengthOf(x2) !== n || n > (at.pair2 - at.scratch) >> 3) return
  const memory = views.Float64Array
  copyAll(memory, at.scratch >> 3, x1)
  copyAll(memory, at.pair2 >> 3, x2)
  const similarity = wasm.pair(FLOAT64, at.scratch, at.pair2, n, dim, eps)
  if (similarity === NEEDS_PLAN) return
  const data = out ?? new Float64Array(1)
  data[0] = similarity
  return single(data, 'float64')
}

/**
 * How many elements a tensor has if they are one contiguous vector, of shape (n) or (1, n), that need not be copied or fits
 * the scratch; otherwise 0. Its fields are checked here, each read once, since callers can make a Tensor with any.
 * @param {Strided} x
 */
function vectorLength({ data, memory, dtype, shape, strides, offset }) {
  const last = shape.length - 1
  const n = shape[last]
  const isVector = (last === 0 || (last === 1 && shape[0] === 1)) && strides[last] === 1
  if (!isVector || !holds(dtype, memory ? memory.array : arrayName(data))) return 0
  const length = memory ? memory.length : Math.min(lengthOf(data), offset + (at.pair2 - at.scratch) / 8)
  return Number.isSafeInteger(offset) && offset >= 0 && offset + n <= length ? n : 0
}

/**
 * The address of a tensor's elements: its own where it is resident, else that of a copy at `room`.
 * @param {Strided} x
 * @param {number} n
 * @param {number} room
 */
function addressIn({ data, memory, offset }, n, room) {
  if (memory) return addressOf(memory) + offset * memory.size
  const all = memoryAs(data)
  copy(all, room / all.BYTES_PER_ELEMENT, data, offset, n)
  return room
}

/** Two tensors of one dtype, on either device. @type {typeof pair32} */
function pairOfTensors(x1, x2, dim, eps, out) {
  if (out !== undefined) return
  ready()
  const [first, second] = [readFields(x1), readFields(x2)]
  const { dtype } = first
  if ((dtype !== 'float32' && dtype !== 'float64') || second.dtype !== dtype) return
  const n = vectorLength(first)
  const dims = Math.max(first.shape.length, second.shape.length)
  if (!(n > 0) || vectorLength(second) !== n || (dim !== dims - 1 && dim !== -1)) return
  const address1 = addressIn(first, n, at.scratch)
  const similarity = wasm.pair(codeOf(dtype), address1, addressIn(second, n, at.pair2), n, -1, eps)
  if (similarity === NEEDS_PLAN) return
  const data = dtype === 'float32' ? new Float32Array(1) : new Float64Array(1)
  data[0] = similarity
  return dims === 1 ? single(data, dtype) : new Strided(data, undefined, dtype, ONE_DIM, ONE_DIM)
}

/** Whether a list begins with a number: a list of lists is for the plan. @param {any} x */
const holdsNumbers = (x) => typeof elementAt(x, 0) === 'number'

/** A list with another list, or with a Float32Array. @type {typeof pair32} */
function pairOfNumbers(x1, x2, dim, eps, out) {
  const isList1 = Array.isArray(x1)
  const isList2 = Array.isArray(x2)
  if (!(isList1 || arrayName(x1) === 'Float32Array') || !(isList2 || arrayName(x2) === 'Float32Array')) return
  if (out !== undefined && !(arrayName(out) === 'Float32Array' && lengthOf(out) === 1)) return
  ready()
  const n = isList1 ? x1.length : lengthOf(x1)
  if (n === 0 || (isList2 ? x2.length : lengthOf(x2)) !== n || n > LONGEST_PAIR) return
  if ((isList1 && !holdsNumbers(x1)) || (isList2 && !holdsNumbers(x2))) return
  const before = entries
  const isMixed = isList1 !== isList2
  if (!copyPair(isList1 ? x1 : x2, isList2 ? x2 : x1, n, isMixed ? 0 : n)) return
  if (entries !== before) return // a getter of a list called this package, which copied a pair of its own
  const memory = views.Float32Array
  const second = at.scratch + n * memory.BYTES_PER_ELEMENT
  copyAll(memory, at.scratch >> 2, staged(isMixed ? n : 2 * n))
  if (isMixed) copyAll(memory, second >> 2, isList1 ? x2 : x1)
  const similarity = wasm.pair(FLOAT32, at.scratch, second, n, dim, eps)
  // NaN comes of infinities, and those perhaps of numbers that are too large, which the general path refuses.
  if (similarity === NEEDS_PLAN || Number.isNaN(similarity)) return
  const data = out ?? new Float32Array(1)
  data[0] = similarity
  return single(data, 'float32')
}
