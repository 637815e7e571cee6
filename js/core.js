/** The core's operations on operands as they are, and the walk over the tiles of a plan. Bytes are moved here, nothing is computed. */
import { codeOf, DTYPES, dtypeOf, holds, NAMES } from './dtypes.js'
import { otherDtype, STATUS, shown, statusError } from './errors.js'
import {
  allocate,
  at,
  FAULT,
  float64,
  INT64,
  int32,
  int64,
  int64s,
  MAX_RANK,
  ready,
  release,
  SHAPE,
  STRIDE,
  setNumbers,
  views,
  wasm,
} from './instance.js'
import { placed } from './out.js'
import { addressOf, Residence } from './residence.js'
import { elementCount, fieldsOf, strided } from './strided.js'
import { arrayName, copy, lengthOf, makeArray, part } from './typed-arrays.js'

/** @typedef {import('./dtypes.js').DType} DType */
/** @typedef {import('./dtypes.js').TypedArray} TypedArray */

/** @typedef {import('./strided.js').Strided} Strided */
/** @typedef {import('./tensor.js').Tensor} Tensor */

const KEEP_DTYPE = -1
const OUT = 3

/**
 * @param {number} status
 * @param {readonly Strided[]} operands
 * @param {{ eps?: number, size?: readonly number[] }} [about]
 */
function check(status, operands, about) {
  if (!status) return
  const shapes = operands.map(({ shape }) => [...shape])
  throw statusError(Object.keys(STATUS)[status], int64s(at.plan + FAULT, 3), { shapes, ...about })
}

/**
 * The core's structs have room for so many dims.
 * @param {readonly number[]} shape
 */
function checkRank(shape) {
  const rank = shape.length
  if (rank >= 0 && rank <= MAX_RANK) return rank
  throw statusError('RANK', [], { shapes: [[...shape]] })
}

/**
 * Describes a tensor to the core, which reads no element beyond its data. Here nothing is taken for granted of it: what the
 * core writes and where follows from what it is told.
 * @param {number} k which of the operands it is: OUT for a result, or if the next call is about this tensor alone
 * @param {Strided} x
 */
function describe(k, x) {
  const { memory, data, dtype, shape, strides, offset } = x
  const address = memory ? addressOf(memory) + offset * memory.size : 0
  const name = memory ? memory.array : arrayName(data)
  if (!holds(dtype, name)) throw otherDtype(dtype, dtypeOf(name))
  const rank = checkRank(shape)
  for (let dim = 0; dim < rank; dim++) {
    const size = shape[dim]
    if (!(size >= 0)) throw new RangeError(`shape must be whole numbers from 0 on: shape[${dim}] is ${shown(size)}.`)
    float64[(at.list >> 3) + dim] = size
    float64[(at.strides >> 3) + dim] = strides[dim]
  }
  const length = memory ? memory.length : lengthOf(data)
  if (!Number.isSafeInteger(offset)) throw new TypeError(`offset must be a whole number, got ${shown(offset)}.`)
  if (wasm.set_tensor(k, codeOf(dtype), rank, address, offset, length)) return
  const [low, high] = int64s(at.numbers, 2)
  throw new RangeError(
    `The tensor reads elements ${offset + low} to ${offset + high}, but its data has ${length}. ` +
      'Its buffer may have been transferred or resized, or its strides or offset are wrong.',
  )
}

/**
 * RangeError where a tensor's strides leave its data.
 * @param {Strided} x
 */
export function checkReach(x) {
  ready()
  describe(OUT, x)
}

/**
 * The last layouts that were asked of the core. The next is one of them as a rule: the arrays of a new one are frozen, which
 * costs as much as the similarity of two short vectors.
 * @type {import('./strided.js').Layout[]}
 */
const layouts = []
const LAYOUTS = 4

/** @param {number} address of a cosdim_tensor, or of the result that begins a cosdim_plan */
function layoutAt(address) {
  const dtype = NAMES[int32[address >> 2]]
  const rank = int32[(address >> 2) + 1]
  for (const layout of layouts)
    if (
      layout.dtype === dtype &&
      has(address + SHAPE, rank, layout.shape) &&
      has(address + STRIDE, rank, layout.strides)
    )
      return layout
  const [shape, strides] = [SHAPE, STRIDE].map((field) => Object.freeze(int64s(address + field, rank)))
  if (layouts.length === LAYOUTS) layouts.shift()
  layouts.push({ dtype, shape, strides })
  return layouts[layouts.length - 1]
}

/**
 * Whether an array has the values that lie at an address.
 * @param {number} address
 * @param {number} length
 * @param {readonly number[]} values
 */
function has(address, length, values) {
  if (values.length !== length) return false
  for (let i = 0; i < length; i++) if (values[i] !== int64(address + i * INT64)) return false
  return true
}

/** @param {readonly Strided[]} operands */
function describeAll(operands) {
  for (let k = 0; k < operands.length; k++) describe(k, operands[k])
}

/** The array that has an operand's elements, as it is now. @param {Strided | Tensor} x @returns {any} */
const arrayOf = (x) => (x.memory ? views[x.memory.array] : x.data)

/** The index in it of an element: of that at index 0, 0, …, unless told. @param {Strided | Tensor} x */
const placeOf = ({ memory, offset }, place = offset) => (memory ? addressOf(memory) / memory.size + place : place)

/** So many elements take as long to copy one by one as by a subarray. */
const SHORT = 16

/**
 * Does the copy that the core asks for, between an operand and where its elements lie packed: in the scratch, as a rule.
 * @param {Strided} operand
 * @param {boolean} out
 * @param {any} [packed]
 */
function copyTile(operand, out, packed) {
  const array = arrayOf(operand)
  packed ??= views[/** @type {string} */ (arrayName(array))]
  const first = placeOf(operand) + int64(at.copy)
  const rows = int64(at.copy + INT64)
  const rowStep = int64(at.copy + 2 * INT64)
  const columns = int64(at.copy + 3 * INT64)
  const columnStep = int64(at.copy + 4 * INT64)
  let staged = (int32[(at.copy + 5 * INT64) >> 2] >>> 0) / packed.BYTES_PER_ELEMENT
  for (let row = 0; row < rows; row++) {
    const start = first + row * rowStep
    if (columnStep !== 1 || columns < SHORT) {
      for (let column = 0, place = start; column < columns; column++, place += columnStep, staged++)
        if (out) array[place] = packed[staged]
        else packed[staged] = array[place]
      continue
    }
    if (out) copy(array, start, packed, staged, columns)
    else copy(packed, staged, array, start, columns)
    staged += columns
  }
}

/**
 * All elements of a tensor, one after the other.
 * @param {Strided} x
 * @param {any} packed
 * @param {number} address in it, in bytes
 */
function pack(x, packed, address) {
  for (let i = 0; wasm.pack(i, address); i++) copyTile(x, false, packed)
}

/**
 * A copy in WebAssembly memory.
 * @param {Tensor} tensor
 */
export function toWasm(tensor) {
  ready()
  const x = fieldsOf(tensor)
  describe(OUT, x)
  const layout = layoutAt(at.x)
  const memory = new Residence(/** @type {string} */ (arrayName(x.data)), elementCount(layout.shape))
  pack(x, views[memory.array], addressOf(memory))
  return contiguous({ memory }, layout)
}

/**
 * A copy in a typed array.
 * @param {Tensor} tensor
 */
export function toJs(tensor) {
  const x = fieldsOf(tensor)
  describe(OUT, x)
  const layout = layoutAt(at.x)
  const data = makeArray(/** @type {string} */ (arrayName(arrayOf(x))), elementCount(layout.shape))
  pack(x, data, 0)
  return contiguous({ data }, layout)
}

/**
 * @param {import('./strided.js').Elements} elements that lie one after the other
 * @param {import('./strided.js').Layout} layout
 */
const contiguous = (elements, { dtype, shape }) =>
  view(strided(elements, { dtype, shape: [elementCount(shape)], strides: [1] }), shape)

/**
 * Walks the tiles of the plan; `use` does what is done with each.
 * @param {readonly Strided[]} operands
 * @param {() => void} use
 */
function walk(operands, use) {
  while (wasm.next_tile()) {
    stage(operands)
    use()
  }
}

/** @param {readonly Strided[]} operands */
function stage(operands) {
  for (let k = 0; k < operands.length; k++) while (wasm.stage(k)) copyTile(operands[k], false)
}

/**
 * The same in parts, between which others may use the instance: yields how much is done, from 0 to 1, whenever `pause()`
 * says so. Without it all is one part.
 * @template T
 * @typedef {Generator<number, T, void>} Parts
 */

/**
 * @param {readonly Strided[]} operands
 * @param {readonly Strided[]} places whatever is read and written
 * @param {number} outputs
 * @param {() => void} use
 * @param {() => boolean} [pause]
 * @returns {Parts<void>}
 */
function* walkInParts(operands, places, outputs, use, pause) {
  if (!pause) return walk(operands, use)
  let finished = 0
  const state = allocate(wasm.state_bytes())
  try {
    while (wasm.next_tile()) {
      stage(operands)
      use()
      const finishes = wasm.finished_outputs()
      finished += finishes
      if (!finishes || !pause()) continue
      wasm.suspend(state)
      yield finished / outputs
      for (const x of places) describe(OUT, x) // for its checks: meanwhile it may have been disposed of, or transferred
      wasm.resume(state)
    }
  } finally {
    release(state)
  }
}

/** @typedef {TypedArray | Strided} Out the place of a result, from the caller */

/**
 * What is left of a computation that does not pause.
 * @template T
 * @param {Parts<T>} parts
 */
export const whole = (parts) => /** @type {T} */ (parts.next().value)

/**
 * Runs the plan into a fresh array, or `out`.
 * @param {readonly Strided[]} operands
 * @param {Out} [out]
 * @returns {Strided}
 */
function run(operands, out) {
  const result = resultFor(operands, out)
  walk(operands, () => finishInto(result, operands))
  return result
}

/**
 * What is done with a tile whose outputs are the result.
 * @param {Strided} result
 * @param {readonly Strided[]} operands
 */
function finishInto(result, operands) {
  check(wasm.accumulate(), operands)
  while (wasm.stage(OUT)) copyTile(result, true)
}

/**
 * Where the result of the plan goes.
 * @param {readonly Strided[]} operands
 * @param {Out} [out]
 */
function resultFor(operands, out) {
  const layout = layoutAt(at.plan)
  if (out === undefined) return strided({ data: arrayFor(layout.dtype, layout.shape) }, layout)
  const result = placed(out, layout, elementCount(layout.shape), operands)
  describe(OUT, result) // for its checks: the plan is made
  return result
}

/**
 * @param {DType} dtype
 * @param {readonly number[]} shape
 */
function arrayFor(dtype, shape) {
  const count = elementCount(shape)
  try {
    return new DTYPES[dtype].array(count)
  } catch (cause) {
    throw new RangeError(`The result has ${count} elements of ${dtype}, more than can be allocated here.`, { cause })
  }
}

/**
 * @param {readonly Strided[]} operands
 * @param {number} dim
 * @param {number} eps
 * @param {DType} [dtype]
 */
function plan(operands, dim, eps, dtype) {
  ready()
  describeAll(operands)
  const status = wasm.similarity(dim, eps, castTo(dtype))
  if (status) check(status, operands, { eps })
}

/** @param {DType} [dtype] */
const castTo = (dtype) => (dtype ? codeOf(dtype) : KEEP_DTYPE)

/**
 * @param {readonly Strided[]} operands x1 and x2
 * @param {number} dim
 * @param {number} eps
 * @param {DType} [dtype] that both are cast to first
 * @param {Out} [out]
 */
export function similarity(operands, dim, eps, dtype, out) {
  plan(operands, dim, eps, dtype)
  return run(operands, out)
}

/**
 * @param {Strided} x1
 * @param {Strided} x2
 * @param {{ eps: number, dtype?: DType }} options `dtype` is what both are cast to first
 * @param {Out} [out]
 * @param {() => boolean} [pause]
 * @returns {Parts<Strided>}
 */
export function* pairwise(x1, x2, { eps, dtype }, out, pause) {
  const operands = [x1, x2]
  ready()
  describeAll(operands)
  check(wasm.pairwise(eps, castTo(dtype)), operands, { eps })
  const result = resultFor(operands, out)
  yield* walkInParts(operands, [x1, x2, result], elementCount(result.shape), () => finishInto(result, operands), pause)
  return result
}

/**
 * The values and indices of the k rows of the corpus that are most similar to each query.
 * @param {Strided} query
 * @param {Strided} corpus
 * @param {number} k
 * @param {{ eps: number, dtype?: DType }} options
 * @param {() => boolean} [pause]
 * @returns {Parts<Strided[]>}
 */
export function* topk(query, corpus, k, { eps, dtype: cast }, pause) {
  const operands = [query, corpus]
  ready()
  describeAll(operands)
  check(wasm.topk(k, eps, castTo(cast)), operands, { eps })
  const layout = layoutAt(at.plan)
  const count = elementCount(layout.shape)
  const values = arrayFor(layout.dtype, layout.shape)
  const indices = arrayFor('int32', layout.shape)
  if (count > 0) {
    const memory = allocate(wasm.topk_bytes())
    try {
      wasm.topk_begin(memory)
      const feed = () => {
        check(wasm.accumulate(), operands)
        wasm.topk_update()
      }
      yield* walkInParts(operands, operands, (count / k) * corpus.shape[0], feed, pause)
      wasm.topk_end()
      take(values, int64(at.numbers))
      take(indices, int64(at.numbers + INT64))
    } finally {
      release(memory)
    }
  }
  return [strided({ data: values }, layout), strided({ data: indices }, { ...layout, dtype: 'int32' })]
}

/**
 * Fills an array from an address.
 * @param {TypedArray} array
 * @param {number} address
 */
function take(array, address) {
  const source = views[/** @type {string} */ (arrayName(array))]
  copy(array, 0, source, address / source.BYTES_PER_ELEMENT, lengthOf(array))
}

/** @param {DType} dtype @returns {import('./strided.js').Layout} */
const scalar = (dtype) => ({ dtype, shape: Object.freeze([]), strides: Object.freeze([]) })
const SCALAR32 = scalar('float32')
const SCALAR64 = scalar('float64')

/**
 * The similarity of two vectors, without the cost of a plan; undefined where it takes one, for its result or its error.
 * Each class has its own lines, so that engines know what the arrays are: 60 ns of a call that takes 350.
 * @param {unknown} x1
 * @param {unknown} x2
 * @param {number} dim
 * @param {number} eps
 * @param {unknown} [out]
 * @returns {Strided | undefined}
 */
export function pair(x1, x2, dim, eps, out) {
  const name = arrayName(x1)
  if (name !== arrayName(x2)) return
  if (name === 'Float32Array') {
    ready()
    if (out !== undefined && !isOne(out, name)) return
    if (!compare(views.Float32Array, x1, x2, FLOAT32, dim, eps)) return
    const data = /** @type {TypedArray} */ (out ?? new Float32Array(1))
    data[0] = views.Float32Array[at.pairResult / 4]
    return strided({ data }, SCALAR32)
  }
  if (name === 'Float64Array') {
    ready()
    if (out !== undefined && !isOne(out, name)) return
    if (!compare(views.Float64Array, x1, x2, FLOAT64, dim, eps)) return
    const data = /** @type {TypedArray} */ (out ?? new Float64Array(1))
    data[0] = views.Float64Array[at.pairResult / 8]
    return strided({ data }, SCALAR64)
  }
}

/** Whether an array of that class has one element. @param {any} array @param {string} name */
const isOne = (array, name) => arrayName(array) === name && lengthOf(array) === 1

const FLOAT32 = codeOf('float32')
const FLOAT64 = codeOf('float64')

/**
 * Leaves the similarity of a pair at `at.pairResult`; 0 where it takes a plan.
 * @param {any} memory
 * @param {any} x1
 * @param {any} x2
 * @param {number} dtype
 * @param {number} dim
 * @param {number} eps
 */
function compare(memory, x1, x2, dtype, dim, eps) {
  const n = lengthOf(x1)
  const size = memory.BYTES_PER_ELEMENT
  if (lengthOf(x2) !== n || n * size > at.pair2 - at.scratch) return 0
  copy(memory, at.scratch / size, x1)
  copy(memory, at.pair2 / size, x2)
  return wasm.pair(dtype, n, dim, eps)
}

/**
 * @param {Strided} u
 * @param {Strided} v
 * @param {Strided} [weights]
 */
export function distance(u, v, weights) {
  ready()
  const operands = weights ? [u, v, weights] : [u, v]
  describeAll(operands)
  check(wasm.distance(weights ? 1 : 0), operands)
  return /** @type {number} */ (run(operands).data[0])
}

/** cosdim_normalization */
export const NORMALIZATIONS = { sum: 0, softmax: 1 }

/**
 * @param {Strided} target
 * @param {Strided} behaviored
 * @param {keyof typeof NORMALIZATIONS} normalize
 */
export function attention(target, behaviored, normalize) {
  const operands = [target, behaviored]
  ready()
  describeAll(operands)
  check(wasm.attention(), operands)
  const out = run(operands)
  const { dtype, data } = out
  const memory = views[/** @type {string} */ (arrayName(data))]
  const start = at.scratch / memory.BYTES_PER_ELEMENT
  const most = wasm.scratch_size() / memory.BYTES_PER_ELEMENT
  const length = lengthOf(data)
  wasm.distribution_begin(NORMALIZATIONS[normalize])
  for (let i = 0; i < length; i += most) {
    const count = Math.min(most, length - i)
    copy(memory, start, data, i, count)
    wasm.distribution_add(codeOf(dtype), count)
  }
  for (let i = 0; i < length; i += most) {
    const count = Math.min(most, length - i)
    copy(memory, start, data, i, count)
    wasm.distribution_divide(codeOf(dtype), count)
    copy(data, i, memory, start, count)
  }
  return out
}

/**
 * The result's shape, and nothing computed yet.
 * @param {Strided} x1
 * @param {Strided} x2
 * @param {number} dim
 * @param {number} eps
 */
export function similarityShape(x1, x2, dim, eps) {
  plan([x1, x2], dim, eps)
  return [...layoutAt(at.plan).shape]
}

/**
 * Where the terms of an output lie in an operand.
 * @typedef {object} Lane
 * @property {Strided} vector its elements
 * @property {number} output the output's place in the result
 * @property {(t: number) => number[]} index of term t in the operand
 */

/**
 * The lanes of both operands behind the output at `index`; what is walked next is this output, in float64.
 * @param {Strided} x1
 * @param {Strided} x2
 * @param {number} dim
 * @param {number} eps
 * @param {readonly number[]} index
 * @returns {Lane[]}
 */
export function lanes(x1, x2, dim, eps, index) {
  plan([x1, x2], dim, eps)
  setNumbers(at.list, index, Math.min(index.length, MAX_RANK))
  check(wasm.explain(index.length), [x1, x2])
  return [x1, x2].map((x, k) => {
    const lane = k === 0 ? at.lane1 : at.lane2
    const [n, element, step, axis, output] = int64s(lane, 5)
    const first = int64s(lane + 5 * INT64, x.shape.length)
    const vector = strided(x, { dtype: x.dtype, shape: [n], strides: [step] }, x.offset + element)
    return { vector, output, index: (t) => first.map((place, i) => (i === axis ? t : place)) }
  })
}

/**
 * What the sums of one output came to, in float64.
 * @param {Parameters<typeof lanes>} output
 */
export function working(...output) {
  const vectors = lanes(...output).map(({ vector }) => vector)
  walk(vectors, wasm.accumulate)
  wasm.working()
  const [dot, norm1, norm2, clamped1, clamped2, , angle] = part(float64, at.working >> 3, 7)
  return { dot, norm1, norm2, clamped1, clamped2, angle }
}

/**
 * The terms of one output, in float64, with the sums up to each.
 * @param {Parameters<typeof lanes>} output
 */
export function terms(...output) {
  const vectors = lanes(...output).map(({ vector }) => vector)
  /** @type {{ x1: number, x2: number, product: number, square1: number, square2: number, dot: number, norm1Squared: number, norm2Squared: number }[]} */
  const terms = []
  walk(vectors, () => {
    for (let i = 0, n = wasm.terms(); i < n; i++) {
      wasm.accumulate_term(i)
      const [x1, x2, product, square1, square2, dot, norm1Squared, norm2Squared] = part(float64, at.term >> 3, 8)
      terms.push({ x1, x2, product, square1, square2, dot, norm1Squared, norm2Squared })
    }
  })
  return terms
}

/**
 * Changes the layout of one tensor by a function of the core.
 * @param {Strided | Tensor} tensor
 * @param {() => number} change
 * @param {readonly number[]} [size]
 * @returns {Strided}
 */
function relayout(tensor, change, size) {
  ready()
  const x = fieldsOf(tensor)
  describe(OUT, x)
  check(change(), [x], { size })
  return strided(x, layoutAt(at.x), x.offset)
}

/**
 * @param {Strided | Tensor} x
 * @param {readonly number[]} size
 */
export function view(x, size) {
  const rank = checkRank(size)
  const change = () => {
    setNumbers(at.list, size, rank)
    return wasm.view(rank)
  }
  return relayout(x, change, size)
}

/**
 * @param {Strided | Tensor} x
 * @param {number} dim
 */
export const unsqueeze = (x, dim) => relayout(x, () => wasm.unsqueeze(dim))

/**
 * @param {Strided | Tensor} x
 * @param {number} dim0
 * @param {number} dim1
 */
export const transpose = (x, dim0, dim1) => relayout(x, () => wasm.transpose(dim0, dim1))

/**
 * @param {Tensor} tensor
 * @param {number} dim
 */
export function sizeAt(tensor, dim) {
  ready()
  const x = fieldsOf(tensor)
  describe(OUT, x)
  check(wasm.size_at(dim), [x])
  return int64(at.numbers)
}

/**
 * What the element at a place, counted as `offset` is, is: a bigint of 64-bit integers, a boolean of bool, else a number.
 * @param {Strided | Tensor} x
 * @param {number} place
 * @returns {number | bigint | boolean}
 */
export function element(x, place) {
  const array = arrayOf(x)
  const value = array[placeOf(x, place)]
  if (x.dtype === 'bool') return value !== 0
  if (x.dtype !== 'float16' || arrayName(array) !== 'Uint16Array') return value
  ready()
  return wasm.half_to_double(value)
}

/**
 * Writes a number among float16 elements that are kept as bits.
 * @param {number} x
 */
export function halfBits(x) {
  ready()
  return wasm.double_to_half(x)
}
