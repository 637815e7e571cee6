/**
 * The WebAssembly instance: its memory, the structs of c/cosdim.h in it, and the walk over the tiles of a plan. Bytes are
 * moved here, nothing is computed.
 */
import base64 from '../dist/cosdim.wasm'
import { arrayName, codeOf, DTYPES, NAMES } from './dtypes.js'
import { STATUS, statusError } from './errors.js'

/** @typedef {import('./dtypes.js').DType} DType */
/** @typedef {import('./dtypes.js').TypedArray} TypedArray */

/**
 * What is known of a tensor here: where its elements are, not what they mean.
 * @typedef {object} Strided
 * @property {TypedArray} data
 * @property {DType} dtype
 * @property {readonly number[]} shape
 * @property {readonly number[]} strides in elements
 * @property {number} offset of the element at index 0, 0, …
 */

/* The layout of c/cosdim.h's structs, in bytes; c/wasm.c asserts it. */
const MAX_RANK = 64
const SHAPE = 8
const STRIDE = 520
const FAULT = 1032
const INT64 = 8
const KEEP_DTYPE = -1
const OUT = 3

/**
 * @typedef {object} Exports
 * @property {WebAssembly.Memory} memory
 * @property {(which: number) => number} address
 * @property {() => number} scratch_size
 * @property {(dim: number, eps: number, cast: number) => number} similarity
 * @property {(weighted: number) => number} distance
 * @property {() => number} pair_size
 * @property {(dtype: number, n: number, dim: number, eps: number) => number} pair
 * @property {(eps: number, cast: number) => number} pairwise
 * @property {() => number} attention
 * @property {() => void} tile
 * @property {() => number} next
 * @property {(operand: number) => number} stage
 * @property {() => number} accumulate
 * @property {(indices: number) => number} explain
 * @property {() => void} working
 * @property {() => number} terms
 * @property {(i: number) => void} step
 * @property {(kind: number) => void} distribute
 * @property {(dtype: number, n: number) => void} fold
 * @property {(dtype: number, n: number) => void} divide
 * @property {(rank: number) => number} view
 * @property {(dim: number) => number} unsqueeze
 * @property {(dim0: number, dim1: number) => number} transpose
 * @property {(dim: number) => number} size_at
 * @property {(operand: number) => number} extent
 * @property {(bits: number) => number} half_value
 * @property {(x: number) => number} half_bits
 */

/* The one instance, and all of its memory as each kind of array: by the name of what is copied from or to it. */
/** @type {Exports} */
let wasm
/** @type {Record<string, any>} */
let views
/** @type {Int32Array} */
let int32
/** @type {Float64Array} */
let float64
/* Where its structs lie. */
/** @type {Record<'x1' | 'x2' | 'weights' | 'plan' | 'copy' | 'lane1' | 'lane2' | 'term' | 'working' | 'numbers' | 'scratch', number>} */
let at

const bytes = () => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))

/** @param {unknown} cause */
function unavailable(cause) {
  const onMainThread = cause instanceof RangeError
  return new Error(
    onMainThread
      ? 'This browser compiles WebAssembly of this size only asynchronously: call await init() once before the first use.'
      : 'cosdim needs WebAssembly with SIMD: Chrome 91, Firefox 89, Safari 16.4, Node 16.4, or newer.',
    { cause },
  )
}

/**
 * Compiles ahead of the first use, or takes a module that was compiled elsewhere.
 * @param {WebAssembly.Module} [module]
 */
export async function compile(module) {
  if (wasm) return
  try {
    const compiled = module ?? (await WebAssembly.compile(bytes()))
    use(await WebAssembly.instantiate(compiled))
  } catch (cause) {
    throw unavailable(cause)
  }
}

/** Makes the instance, on first use. */
function ready() {
  if (wasm) return
  try {
    use(new WebAssembly.Instance(new WebAssembly.Module(bytes())))
  } catch (cause) {
    throw unavailable(cause)
  }
}

/** @param {WebAssembly.Instance} instance */
function use({ exports }) {
  if (wasm) return // another call was faster
  wasm = /** @type {Exports} */ (/** @type {unknown} */ (exports))
  const [x1, x2, weights, plan, copy, lane1, lane2, term, working, numbers, scratch] = Array.from(
    { length: 11 },
    (_, which) => wasm.address(which),
  )
  at = { x1, x2, weights, plan, copy, lane1, lane2, term, working, numbers, scratch }
  const { buffer } = wasm.memory
  int32 = new Int32Array(buffer)
  float64 = new Float64Array(buffer)
  views = {}
  for (const { array: TypedArray, accepts } of Object.values(DTYPES))
    for (const name of accepts) views[name] ??= new TypedArray(/** @type {any} */ (buffer))
}

/** @param {number} address */
const int64 = (address) => int32[(address >> 2) + 1] * 2 ** 32 + (int32[address >> 2] >>> 0)

/**
 * @param {number} address
 * @param {number} length
 */
function int64s(address, length) {
  const values = new Array(length)
  for (let i = 0; i < length; i++) values[i] = int64(address + i * INT64)
  return /** @type {number[]} */ (values)
}

/**
 * @param {number} address
 * @param {readonly number[]} values
 */
function setInt64s(address, values) {
  for (let i = 0, word = address >> 2; i < values.length; i++, word += 2) {
    int32[word] = values[i]
    int32[word + 1] = Math.floor(values[i] / 2 ** 32)
  }
}

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
  if (shape.length > MAX_RANK) throw statusError('RANK', [], { shapes: [[...shape]] })
}

/**
 * Describes an operand to the core, which reads no element beyond its data.
 * @param {number} k
 * @param {Strided} operand
 */
function describe(k, { data, dtype, shape, strides, offset }) {
  checkRank(shape)
  const address = k === 0 ? at.x1 : k === 1 ? at.x2 : at.weights
  int32[address >> 2] = codeOf(dtype)
  int32[(address >> 2) + 1] = shape.length
  setInt64s(address + SHAPE, shape)
  setInt64s(address + STRIDE, strides)
  if (!wasm.extent(k)) return
  const low = offset + int64(at.numbers)
  const high = offset + int64(at.numbers + INT64)
  if (low < 0 || high >= data.length)
    throw new RangeError(
      `The tensor reads elements ${low} to ${high}, but its data has ${data.length}. ` +
        'Its buffer may have been transferred or resized, or its strides or offset are wrong.',
    )
}

/**
 * RangeError where a tensor's strides leave its data.
 * @param {Strided} x
 */
export function checkReach(x) {
  ready()
  describe(0, x)
}

/**
 * @param {number} address of a cosdim_tensor, or of the result that begins a cosdim_plan
 * @returns {{ dtype: DType, shape: number[], strides: number[] }}
 */
function layoutAt(address) {
  const rank = int32[(address >> 2) + 1]
  return {
    dtype: NAMES[int32[address >> 2]],
    shape: int64s(address + SHAPE, rank),
    strides: int64s(address + STRIDE, rank),
  }
}

/**
 * Does the copy that the core asks for, between an operand and the scratch.
 * @param {Strided} operand
 * @param {boolean} out
 */
function copyTile({ data, offset }, out) {
  const first = offset + int64(at.copy)
  const rows = int64(at.copy + INT64)
  const rowStep = int64(at.copy + 2 * INT64)
  const columns = int64(at.copy + 3 * INT64)
  const columnStep = int64(at.copy + 4 * INT64)
  const scratch = views[arrayName(data)]
  const array = /** @type {any} */ (data)
  let staged = (int32[(at.copy + 5 * INT64) >> 2] >>> 0) / scratch.BYTES_PER_ELEMENT
  for (let row = 0; row < rows; row++) {
    const start = first + row * rowStep
    if (columnStep !== 1) {
      for (let column = 0, place = start; column < columns; column++, place += columnStep, staged++)
        if (out) array[place] = scratch[staged]
        else scratch[staged] = array[place]
      continue
    }
    if (out) array.set(scratch.subarray(staged, staged + columns), start)
    else if (start === 0 && columns === array.length) scratch.set(array, staged)
    else scratch.set(array.subarray(start, start + columns), staged)
    staged += columns
  }
}

/**
 * Walks the tiles of the plan; `use` does what is done with each.
 * @param {readonly Strided[]} operands
 * @param {() => void} use
 */
function walk(operands, use) {
  wasm.tile()
  while (wasm.next()) {
    for (let k = 0; k < operands.length; k++) while (wasm.stage(k)) copyTile(operands[k], false)
    use()
  }
}

/**
 * Runs the plan into a fresh array, or the one that is given for it.
 * @param {readonly Strided[]} operands
 * @param {TypedArray} [given]
 * @returns {Strided}
 */
function run(operands, given) {
  const { dtype, shape, strides } = layoutAt(at.plan)
  if (given)
    checkOut(
      given,
      dtype,
      shape,
      operands.map(({ data }) => data),
    )
  const out = { data: given ?? allocate(dtype, shape), dtype, shape, strides, offset: 0 }
  walk(operands, () => {
    check(wasm.accumulate(), operands)
    while (wasm.stage(OUT)) copyTile(out, true)
  })
  return out
}

/** @param {readonly number[]} shape */
const elementCount = (shape) => shape.reduce((product, size) => product * size, 1)

/**
 * Whether an array can take a result, which is written while the operands are still read.
 * @param {TypedArray} out
 * @param {DType} dtype
 * @param {readonly number[]} shape
 * @param {readonly TypedArray[]} inputs
 */
function checkOut(out, dtype, shape, inputs) {
  const { accepts } = DTYPES[dtype]
  if (!accepts.includes(arrayName(out)))
    throw new TypeError(`out must be a ${accepts.join(' or ')} for a result of ${dtype}, got a ${arrayName(out)}.`)
  const count = elementCount(shape)
  if (out.length !== count)
    throw new RangeError(`out has ${out.length} elements, but the result has ${count}. Give a subarray, or none.`)
  const end = out.byteOffset + out.byteLength
  for (const data of inputs)
    if (data.buffer === out.buffer && data.byteOffset < end && out.byteOffset < data.byteOffset + data.byteLength)
      throw new RangeError('out shares memory with an input, which is still read while out is written. Give another.')
}

/**
 * @param {DType} dtype
 * @param {readonly number[]} shape
 */
function allocate(dtype, shape) {
  const count = elementCount(shape)
  try {
    return new DTYPES[dtype].array(count)
  } catch (cause) {
    throw new RangeError(`The result has ${count} elements of ${dtype}, more than can be allocated here.`, { cause })
  }
}

/**
 * @param {Strided} x1
 * @param {Strided} x2
 * @param {number} dim
 * @param {number} eps
 * @param {DType} [dtype]
 */
function plan(x1, x2, dim, eps, dtype) {
  ready()
  describe(0, x1)
  describe(1, x2)
  const status = wasm.similarity(dim, eps, dtype ? codeOf(dtype) : KEEP_DTYPE)
  if (status) check(status, [x1, x2], { eps })
}

/**
 * @param {Strided} x1
 * @param {Strided} x2
 * @param {number} dim
 * @param {number} eps
 * @param {DType} [dtype] that both are cast to first
 * @param {TypedArray} [out]
 */
export function similarity(x1, x2, dim, eps, dtype, out) {
  plan(x1, x2, dim, eps, dtype)
  return run([x1, x2], out)
}

/* The shape, and the strides, of every 0-d result. */
const NO_DIMS = /** @type {number[]} */ (/** @type {unknown} */ (Object.freeze([])))

/**
 * The similarity of two vectors that are typed arrays of one floating dtype, in a fifth of the time that a plan takes.
 * undefined, if they are anything else, or there is something wrong.
 * @param {unknown} x1
 * @param {unknown} x2
 * @param {number} dim
 * @param {number} eps
 * @param {TypedArray} [out]
 * @returns {Strided | undefined}
 */
export function pair(x1, x2, dim, eps, out) {
  /** @type {DType | undefined} */
  const dtype =
    x1 instanceof Float32Array && x2 instanceof Float32Array
      ? 'float32'
      : x1 instanceof Float64Array && x2 instanceof Float64Array
        ? 'float64'
        : undefined
  if (dtype === undefined) return
  const [a, b] = /** @type {TypedArray[]} */ ([x1, x2])
  ready()
  if (a.length !== b.length || a.byteLength > wasm.pair_size()) return
  const memory = dtype === 'float32' ? views.Float32Array : views.Float64Array
  const place = at.scratch / memory.BYTES_PER_ELEMENT
  memory.set(a, place)
  memory.set(b, place + wasm.pair_size() / memory.BYTES_PER_ELEMENT)
  if (!wasm.pair(codeOf(dtype), a.length, dim, eps)) return
  // What checkOut looks at, as cheaply as can be: asked in full, it takes as long as the sums.
  const fits = !out || (out.constructor === memory.constructor && out.length === 1)
  if (out && !(fits && out.buffer !== a.buffer && out.buffer !== b.buffer)) checkOut(out, dtype, NO_DIMS, [a, b])
  const data = out ?? new DTYPES[dtype].array(1)
  data[0] = float64[at.numbers >> 3]
  return { data, dtype, shape: NO_DIMS, strides: NO_DIMS, offset: 0 }
}

/**
 * @param {Strided} x1
 * @param {Strided} x2
 * @param {number} eps
 * @param {DType} [dtype] that both are cast to first
 * @param {TypedArray} [out]
 */
export function pairwise(x1, x2, eps, dtype, out) {
  ready()
  describe(0, x1)
  describe(1, x2)
  check(wasm.pairwise(eps, dtype ? codeOf(dtype) : KEEP_DTYPE), [x1, x2], { eps })
  return run([x1, x2], out)
}

/**
 * @param {Strided} u
 * @param {Strided} v
 * @param {Strided} [weights]
 */
export function distance(u, v, weights) {
  ready()
  const operands = weights ? [u, v, weights] : [u, v]
  for (let k = 0; k < operands.length; k++) describe(k, operands[k])
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
  ready()
  describe(0, target)
  describe(1, behaviored)
  check(wasm.attention(), [target, behaviored])
  const out = run([target, behaviored])
  const { dtype } = out
  const data = /** @type {any} */ (out.data)
  const memory = views[arrayName(data)]
  const start = at.scratch / data.BYTES_PER_ELEMENT
  const chunk = wasm.scratch_size() / data.BYTES_PER_ELEMENT
  wasm.distribute(NORMALIZATIONS[normalize])
  for (let i = 0; i < data.length; i += chunk) {
    const part = data.subarray(i, i + chunk)
    memory.set(part, start)
    wasm.fold(codeOf(dtype), part.length)
  }
  for (let i = 0; i < data.length; i += chunk) {
    const part = data.subarray(i, i + chunk)
    memory.set(part, start)
    wasm.divide(codeOf(dtype), part.length)
    part.set(memory.subarray(start, start + part.length))
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
  plan(x1, x2, dim, eps)
  return layoutAt(at.plan).shape
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
  plan(x1, x2, dim, eps)
  setInt64s(at.numbers, index.slice(0, MAX_RANK))
  check(wasm.explain(index.length), [x1, x2])
  return [x1, x2].map((x, k) => {
    const lane = k === 0 ? at.lane1 : at.lane2
    const [n, element, step, axis, output] = int64s(lane, 5)
    const first = int64s(lane + 5 * INT64, x.shape.length)
    const vector = { data: x.data, dtype: x.dtype, shape: [n], strides: [step], offset: x.offset + element }
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
  const [dot, norm1, norm2, clamped1, clamped2, , angle] = float64.subarray(at.working >> 3, (at.working >> 3) + 7)
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
      wasm.step(i)
      const [x1, x2, product, square1, square2, dot, norm1Squared, norm2Squared] = float64.subarray(
        at.term >> 3,
        (at.term >> 3) + 8,
      )
      terms.push({ x1, x2, product, square1, square2, dot, norm1Squared, norm2Squared })
    }
  })
  return terms
}

/**
 * Changes the layout of one tensor by a function of the core.
 * @param {Strided} x
 * @param {() => number} change
 * @param {readonly number[]} [size]
 * @returns {Strided}
 */
function relayout(x, change, size) {
  ready()
  describe(0, x)
  check(change(), [x], { size })
  const { shape, strides } = layoutAt(at.x1)
  return { data: x.data, dtype: x.dtype, shape, strides, offset: x.offset }
}

/**
 * @param {Strided} x
 * @param {readonly number[]} size
 */
export function view(x, size) {
  checkRank(size)
  const change = () => {
    setInt64s(at.numbers, size)
    return wasm.view(size.length)
  }
  return relayout(x, change, size)
}

/**
 * @param {Strided} x
 * @param {number} dim
 */
export const unsqueeze = (x, dim) => relayout(x, () => wasm.unsqueeze(dim))

/**
 * @param {Strided} x
 * @param {number} dim0
 * @param {number} dim1
 */
export const transpose = (x, dim0, dim1) => relayout(x, () => wasm.transpose(dim0, dim1))

/**
 * @param {Strided} x
 * @param {number} dim
 */
export function sizeAt(x, dim) {
  ready()
  describe(0, x)
  check(wasm.size_at(dim), [x])
  return int64(at.numbers)
}

/**
 * What the element at a place of the data is: a bigint of 64-bit integers, a boolean of bool, else a number.
 * @param {Strided} x
 * @returns {(place: number) => number | bigint | boolean}
 */
export function reader({ data, dtype }) {
  ready()
  if (dtype === 'bool') return (place) => data[place] !== 0
  if (dtype === 'float16' && arrayName(data) === 'Uint16Array')
    return (place) => wasm.half_value(/** @type {number} */ (data[place]))
  return (place) => data[place]
}

/**
 * Writes a number among float16 elements that are kept as bits.
 * @param {number} x
 */
export function halfBits(x) {
  ready()
  return wasm.half_bits(x)
}
