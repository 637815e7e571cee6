/** The similarity of two vectors, typed arrays, tensors or plain numbers, without the cost of a plan. */
import { codeOf, DTYPES, dtypeOf, holds, NAMES } from './dtypes.js'
import { copyPair, elementAt, LONGEST_PAIR, staged } from './input/numbers.js'
import { readFields, Strided } from './tensor/strided.js'
import { Tensor } from './tensor/tensor.js'
import { arrayName, copy, copyAll, lengthOf } from './typed-array-intrinsics.js'
import { castTo, KEEP_DTYPE } from './wasm/abi.js'
import { memoryAs } from './wasm/copy.js'
import { at, entries, int32, ready, views, wasm } from './wasm/instance.js'
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
 * own function, so that engines know what they copy.
 * @param {any} x1
 * @param {any} x2
 * @param {number} dim
 * @param {number} eps
 * @param {any} out
 * @param {import('./dtypes.js').DType} [dtype] that both are cast to first
 * @returns {Strided | undefined}
 */
export function pair(x1, x2, dim, eps, out, dtype) {
  const name = arrayName(x1)
  if (name === undefined && x1 instanceof Tensor && x2 instanceof Tensor)
    return pairOfTensors(x1, x2, dim, eps, out, dtype)
  if (dtype !== undefined || (dim !== 0 && dim !== -1)) return
  if (name === undefined || name !== arrayName(x2)) return pairOfNumbers(x1, x2, eps, out)
  if (out !== undefined && !(arrayName(out) === name && lengthOf(out) === 1)) return
  if (name === 'Float32Array') return pair32(x1, x2, eps, out)
  if (name === 'Float64Array') return pair64(x1, x2, eps, out)
}

/** @type {(data: any, dtype: import('./dtypes.js').DType) => Strided} */
const single = (data, dtype) => new Strided(data, undefined, dtype, NO_DIMS, NO_DIMS)

/** @type {(x1: any, x2: any, eps: number, out: any) => Strided | undefined} */
function pair32(x1, x2, eps, out) {
  ready()
  const n = lengthOf(x1)
  if (n === 0 || lengthOf(x2) !== n || n > (at.pair2 - at.scratch) >> 2) return
  const memory = views.Float32Array
  copyAll(memory, at.scratch >> 2, x1)
  copyAll(memory, at.pair2 >> 2, x2)
  const similarity = wasm.pair(FLOAT32, at.scratch, 1, FLOAT32, at.pair2, 1, n, eps, KEEP_DTYPE)
  if (similarity === NEEDS_PLAN) return
  const data = out ?? new Float32Array(1)
  data[0] = similarity
  return single(data, 'float32')
}

/** @type {typeof pair32} */
function pair64(x1, x2, eps, out) {
  ready()
  const n = lengthOf(x1)
  if (n === 0 || lengthOf(x2) !== n || n > (at.pair2 - at.scratch) >> 3) return
  const memory = views.Float64Array
  copyAll(memory, at.scratch >> 3, x1)
  copyAll(memory, at.pair2 >> 3, x2)
  const similarity = wasm.pair(FLOAT64, at.scratch, 1, FLOAT64, at.pair2, 1, n, eps, KEEP_DTYPE)
  if (similarity === NEEDS_PLAN) return
  const data = out ?? new Float64Array(1)
  data[0] = similarity
  return single(data, 'float64')
}

/**
 * What a tensor is as a vector, if it has the shape (n) or (1, n) and fits a room of the scratch. Its fields are checked
 * here, each read once, since callers can make a Tensor with any.
 * @param {Strided} x
 */
function asVector({ data, memory, dtype, shape, strides, offset }) {
  const last = shape.length - 1
  const n = shape[last]
  const stride = n === 1 ? 1 : strides[last] // of a single element it may be any number
  if (!(last === 0 || (last === 1 && shape[0] === 1)) || !holds(dtype, memory ? memory.array : arrayName(data))) return
  if (!Number.isInteger(stride) || stride === 0 || !Number.isSafeInteger(offset)) return
  const reach = (n - 1) * stride
  const most = (at.pair2 - at.scratch) / 8
  if (!(Number.isInteger(n) && n > 0 && n <= most && Math.abs(reach) < most)) return
  const low = offset + Math.min(0, reach)
  if (low < 0 || offset + Math.max(0, reach) >= (memory ? memory.length : lengthOf(data))) return
  return { data, memory, code: codeOf(dtype), n, stride, offset, low }
}

/**
 * The address of a vector's first element: its own where it is resident, else that of a copy. The core makes vectors
 * contiguous in the first two rooms, so copies of others are in the next two.
 * @param {NonNullable<ReturnType<typeof asVector>>} vector
 * @param {number} k which of the operands
 */
function addressOfFirst({ data, memory, n, stride, offset, low }, k) {
  if (memory) return addressOf(memory) + offset * memory.size
  const all = memoryAs(data)
  const size = all.BYTES_PER_ELEMENT
  const room = at.scratch + (stride === 1 ? k : k + 2) * (at.pair2 - at.scratch)
  copy(all, room / size, data, low, (n - 1) * Math.abs(stride) + 1)
  return room + (offset - low) * size
}

/**
 * The similarity of two vectors of any dtype, on either device, or NEEDS_PLAN. The dtype of the result is in `numbers`.
 * @param {Strided} x1
 * @param {Strided} x2
 * @param {number} eps
 * @param {number} cast
 */
function similarityOf(x1, x2, eps, cast) {
  const [a, b] = [asVector(x1), asVector(x2)]
  if (!a || !b || a.n !== b.n) return NEEDS_PLAN
  return wasm.pair(a.code, addressOfFirst(a, 0), a.stride, b.code, addressOfFirst(b, 1), b.stride, a.n, eps, cast)
}

/** Two tensors. @type {typeof pair} */
function pairOfTensors(x1, x2, dim, eps, out, dtype) {
  if (out !== undefined) return
  ready()
  const [first, second] = [readFields(x1), readFields(x2)]
  const dims = Math.max(first.shape.length, second.shape.length)
  if (dim !== dims - 1 && dim !== -1) return
  const similarity = similarityOf(first, second, eps, castTo(dtype))
  if (similarity === NEEDS_PLAN) return
  const result = NAMES[int32[at.numbers >> 2]]
  const data = new DTYPES[result].array(1)
  const isBits = arrayName(data) === 'Uint16Array'
  const rounded = result === 'float16' ? Math.fround(similarity) : similarity
  data[0] = isBits ? wasm.double_to_half(rounded) : rounded
  return dims === 1 ? single(data, result) : new Strided(data, undefined, result, ONE_DIM, ONE_DIM)
}

/** A vector of a distance, if it is one without a doubt. @param {any} x */
function vectorOf(x) {
  if (x instanceof Tensor) return readFields(x)
  const name = arrayName(x)
  if (name === 'Float32Array' || name === 'Float64Array')
    return new Strided(x, undefined, /** @type {any} */ (dtypeOf(name)), [lengthOf(x)], ONE_DIM)
}

/**
 * The distance of two vectors, or undefined if they need a plan.
 * @param {any} u
 * @param {any} v
 */
export function distanceOfPair(u, v) {
  const [x1, x2] = [vectorOf(u), vectorOf(v)]
  if (x1?.shape.length !== 1 || x2?.shape.length !== 1) return
  ready()
  const similarity = similarityOf(x1, x2, 0, FLOAT64)
  return similarity === NEEDS_PLAN ? undefined : 1 - similarity
}

/** Whether a list begins with a number: a list of lists is for the plan. @param {any} x */
const holdsNumbers = (x) => typeof elementAt(x, 0) === 'number'

/** A list with another list, or with a Float32Array. @type {typeof pair32} */
function pairOfNumbers(x1, x2, eps, out) {
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
  const similarity = wasm.pair(FLOAT32, at.scratch, 1, FLOAT32, second, 1, n, eps, KEEP_DTYPE)
  // NaN comes of infinities, and those perhaps of numbers that are too large, which the general path refuses.
  if (similarity === NEEDS_PLAN || Number.isNaN(similarity)) return
  const data = out ?? new Float32Array(1)
  data[0] = similarity
  return single(data, 'float32')
}
