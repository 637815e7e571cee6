/** The similarity of two vectors, typed arrays, tensors or plain numbers, without the cost of a plan. */
import { codeOf, DTYPES, dtypeOf, holds, NAMES } from './dtypes.js'
import { copyPair, elementAt, LONGEST_PAIR, staged } from './input/numbers.js'
import { readFields, Strided } from './tensor/strided.js'
import { Tensor } from './tensor/tensor.js'
import { arrayName, copy, copyAll, lengthOf } from './typed-array-intrinsics.js'
import { castTo, KEEP_DTYPE } from './wasm/abi.js'
import { at, entries, int32, ready, views, wasm } from './wasm/instance.js'
import { addressOf } from './wasm/resident.js'

/** The shape and the strides of a single number. @type {readonly number[]} */
const NO_DIMS = Object.freeze([])
/** Those of a tensor with one element along one dim. @type {readonly number[]} */
const ONE_DIM = Object.freeze([1])
/** No address. */
const NOWHERE = -1
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
  if (!canTake(out, name)) return
  if (name === 'Float32Array')
    return resultOf(similarity32(x1, x2, eps, KEEP_DTYPE), out ?? new Float32Array(1), 'float32')
  if (name === 'Float64Array')
    return resultOf(similarity64(x1, x2, eps, KEEP_DTYPE), out ?? new Float64Array(1), 'float64')
}

/** Whether a number for an array of this class can go to `out`. @type {(out: any, name: string) => boolean} */
const canTake = (out, name) => out === undefined || (arrayName(out) === name && lengthOf(out) === 1)

/**
 * A similarity as a single number in `data`, or undefined for NEEDS_PLAN.
 * @param {number} similarity
 * @param {any} data
 * @param {import('./dtypes.js').DType} dtype
 */
function resultOf(similarity, data, dtype) {
  if (similarity === NEEDS_PLAN) return
  data[0] = similarity
  return new Strided(data, undefined, dtype, NO_DIMS, NO_DIMS)
}

/**
 * The similarity of two Float32Arrays, or NEEDS_PLAN.
 * @type {(x1: any, x2: any, eps: number, cast: number) => number}
 */
function similarity32(x1, x2, eps, cast) {
  ready()
  const n = lengthOf(x1)
  if (n === 0 || lengthOf(x2) !== n || n > (at.pair2 - at.scratch) >> 2) return NEEDS_PLAN
  const memory = views.Float32Array
  copyAll(memory, at.scratch >> 2, x1)
  copyAll(memory, at.pair2 >> 2, x2)
  return wasm.pair(FLOAT32, at.scratch, 1, FLOAT32, at.pair2, 1, n, eps, cast)
}

/** Two Float64Arrays. @type {typeof similarity32} */
function similarity64(x1, x2, eps, cast) {
  ready()
  const n = lengthOf(x1)
  if (n === 0 || lengthOf(x2) !== n || n > (at.pair2 - at.scratch) >> 3) return NEEDS_PLAN
  const memory = views.Float64Array
  copyAll(memory, at.scratch >> 3, x1)
  copyAll(memory, at.pair2 >> 3, x2)
  return wasm.pair(FLOAT64, at.scratch, 1, FLOAT64, at.pair2, 1, n, eps, cast)
}

/* Nearly all vectors are float32. Comparing a string takes 1 ns, finding it in a table 10. */
/** @param {import('./dtypes.js').DType} dtype */
const codeFor = (dtype) => (dtype === 'float32' ? FLOAT32 : codeOf(dtype))
/** @type {typeof holds} */
const isHeld = (dtype, name) => (dtype === 'float32' ? name === 'Float32Array' : holds(dtype, name))

/**
 * What a tensor is as a vector, if it has the shape (n) or (1, n) and fits a room of the scratch. Its fields are checked
 * here, each read once, since callers can make a Tensor with any. Nothing is copied yet: reading the fields of another
 * may call this package.
 * @param {Strided} x
 */
function asVector({ data, memory, dtype, shape, strides, offset }) {
  const last = shape.length - 1
  const n = shape[last]
  const stride = n === 1 ? 1 : strides[last] // of a single element it may be any number
  const name = memory ? memory.array : /** @type {string} */ (arrayName(data))
  if (!(last === 0 || (last === 1 && shape[0] === 1)) || !isHeld(dtype, name)) return
  if (!Number.isInteger(stride) || stride === 0 || !Number.isSafeInteger(offset)) return
  const reach = (n - 1) * stride
  const most = (at.pair2 - at.scratch) / 8
  if (!(Number.isInteger(n) && n > 0 && n <= most && Math.abs(reach) < most)) return
  const low = offset + Math.min(0, reach)
  if (low < 0 || offset + Math.max(0, reach) >= (memory ? memory.length : lengthOf(data))) return
  return { data, memory, name, code: codeFor(dtype), n, stride, offset, low }
}

/**
 * The address of a vector's first element: its own where it is resident, else that of a copy. The core makes vectors
 * contiguous in the first rooms, one for each of `operands`, so copies of others are in as many after them. NOWHERE if
 * reading another operand has made the array shorter.
 * @param {NonNullable<ReturnType<typeof asVector>>} vector
 * @param {number} k which of the operands
 * @param {number} operands
 */
function addressOfFirst({ data, memory, name, n, stride, offset, low }, k, operands) {
  if (memory) return addressOf(memory) + offset * memory.size
  const all = views[name]
  const size = all.BYTES_PER_ELEMENT
  const room = at.scratch + (stride === 1 ? k : k + operands) * (at.pair2 - at.scratch)
  const span = (n - 1) * Math.abs(stride) + 1
  const length = lengthOf(data)
  if (low + span > length) return NOWHERE
  if (length <= 2 * span && length <= (at.pair2 - at.scratch) / 8) {
    // Making a view of a part takes 100 ns, as long as copying a thousand elements more.
    copyAll(all, room / size, data)
    return room + offset * size
  }
  copy(all, room / size, data, low, span)
  return room + (offset - low) * size
}

/**
 * The class of a tensor's array, if the tensor is a vector of all its elements.
 * @param {Strided} x
 */
function nameOfWhole({ data, memory, dtype, shape, strides, offset }) {
  const name = memory ? memory.array : arrayName(data)
  if (name === undefined || !isHeld(dtype, name) || shape.length !== 1 || strides[0] !== 1 || offset !== 0) return
  if ((memory ? memory.length : lengthOf(data)) === shape[0]) return name
}

/** Two resident vectors, each of all elements in its memory. @type {typeof similarity32} */
function similarityInPlace(x1, x2, eps, cast) {
  const n = x1.memory.length
  if (x2.memory.length !== n) return NEEDS_PLAN
  const address1 = addressOf(x1.memory)
  const address2 = addressOf(x2.memory)
  return wasm.pair(codeFor(x1.dtype), address1, 1, codeFor(x2.dtype), address2, 1, n, eps, cast)
}

/**
 * The similarity of two vectors of any dtype, on either device, or NEEDS_PLAN. The dtype of the result is in `numbers`.
 * @param {Strided} x1
 * @param {Strided} x2
 * @param {number} eps
 * @param {number} cast
 */
function similarityOf(x1, x2, eps, cast) {
  const name = nameOfWhole(x1)
  if (name !== undefined && !x1.memory === !x2.memory && name === nameOfWhole(x2)) {
    if (x1.memory) return similarityInPlace(x1, x2, eps, cast)
    if (name === 'Float32Array') return similarity32(x1.data, x2.data, eps, cast)
    if (name === 'Float64Array') return similarity64(x1.data, x2.data, eps, cast)
  }
  const a = asVector(x1)
  const b = asVector(x2)
  if (!a || !b || a.n !== b.n) return NEEDS_PLAN
  const address1 = addressOfFirst(a, 0, 2)
  const address2 = addressOfFirst(b, 1, 2)
  if (address1 === NOWHERE || address2 === NOWHERE) return NEEDS_PLAN
  return wasm.pair(a.code, address1, a.stride, b.code, address2, b.stride, a.n, eps, cast)
}

/**
 * The same with weights, in float64.
 * @param {Strided} x1
 * @param {Strided} x2
 * @param {Strided} weights
 */
function weightedSimilarityOf(x1, x2, weights) {
  const a = asVector(x1)
  const b = asVector(x2)
  const w = asVector(weights)
  if (!a || !b || !w || a.n !== b.n || a.n !== w.n) return NEEDS_PLAN
  const address1 = addressOfFirst(a, 0, 3)
  const address2 = addressOfFirst(b, 1, 3)
  const address3 = addressOfFirst(w, 2, 3)
  if (address1 === NOWHERE || address2 === NOWHERE || address3 === NOWHERE) return NEEDS_PLAN
  return wasm.weighted_pair(a.code, address1, a.stride, b.code, address2, b.stride, w.code, address3, w.stride, a.n)
}

/** Most calls with tensors are for several vectors. @param {Strided} x */
const isMatrix = ({ shape }) => shape.length > 1 && shape[0] !== 1

/** Two tensors. @type {typeof pair} */
function pairOfTensors(x1, x2, dim, eps, out, dtype) {
  if (out !== undefined) return
  ready()
  const first = readFields(x1)
  const second = readFields(x2)
  const dims = Math.max(first.shape.length, second.shape.length)
  if ((dim !== dims - 1 && dim !== -1) || (dims > 1 && isMatrix(first))) return
  const similarity = similarityOf(first, second, eps, castTo(dtype))
  if (similarity === NEEDS_PLAN) return
  const result = NAMES[int32[at.numbers >> 2]]
  const data = result === 'float32' ? new Float32Array(1) : new DTYPES[result].array(1)
  const isBits = result === 'float16' && arrayName(data) === 'Uint16Array'
  const rounded = result === 'float16' ? Math.fround(similarity) : similarity
  data[0] = isBits ? wasm.double_to_half(rounded) : rounded
  const sizes = dims === 1 ? NO_DIMS : ONE_DIM
  return new Strided(data, undefined, result, sizes, sizes)
}

/** A vector of a distance, if it is one without a doubt. @param {any} x */
function vectorOf(x) {
  if (x instanceof Tensor) return readFields(x)
  const name = arrayName(x)
  if (name === 'Float32Array' || name === 'Float64Array')
    return new Strided(x, undefined, /** @type {any} */ (dtypeOf(name)), [lengthOf(x)], ONE_DIM)
}

/** The similarity of two vectors in float64, or NEEDS_PLAN. @type {(u: any, v: any, weights: any) => number} */
function similarityInFloat64(u, v, weights) {
  const name = weights === undefined ? arrayName(u) : undefined
  if (name === 'Float32Array' && arrayName(v) === name) return similarity32(u, v, 0, FLOAT64)
  if (name === 'Float64Array' && arrayName(v) === name) return similarity64(u, v, 0, FLOAT64)
  const x1 = vectorOf(u)
  const x2 = vectorOf(v)
  const w = weights === undefined ? undefined : vectorOf(weights)
  if (x1?.shape.length !== 1 || x2?.shape.length !== 1) return NEEDS_PLAN
  ready()
  if (weights === undefined) return similarityOf(x1, x2, 0, FLOAT64)
  return w?.shape.length === 1 ? weightedSimilarityOf(x1, x2, w) : NEEDS_PLAN
}

/**
 * The distance of two vectors, or undefined if they need a plan.
 * @param {any} u
 * @param {any} v
 * @param {any} weights
 */
export function distanceOfPair(u, v, weights) {
  const similarity = similarityInFloat64(u, v, weights)
  return similarity === NEEDS_PLAN ? undefined : 1 - similarity
}

/** Whether a list begins with a number: a list of lists is for the plan. @param {any} x */
const holdsNumbers = (x) => typeof elementAt(x, 0) === 'number'

/**
 * A list with another list, or with a Float32Array.
 * @type {(x1: any, x2: any, eps: number, out: any) => Strided | undefined}
 */
function pairOfNumbers(x1, x2, eps, out) {
  const isList1 = Array.isArray(x1)
  const isList2 = Array.isArray(x2)
  if (!(isList1 || arrayName(x1) === 'Float32Array') || !(isList2 || arrayName(x2) === 'Float32Array')) return
  if (!canTake(out, 'Float32Array')) return
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
  if (!Number.isNaN(similarity)) return resultOf(similarity, out ?? new Float32Array(1), 'float32')
}
