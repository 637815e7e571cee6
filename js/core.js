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

/** @typedef {ReturnType<typeof instantiate>} Core */

/** @type {Core | undefined} */
let instance

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
  if (instance) return
  try {
    const compiled = module ?? (await WebAssembly.compile(bytes()))
    instance ??= instantiate(await WebAssembly.instantiate(compiled))
  } catch (cause) {
    throw unavailable(cause)
  }
}

/** The one instance, made on first use. */
function core() {
  if (instance) return instance
  try {
    instance = instantiate(new WebAssembly.Instance(new WebAssembly.Module(bytes())))
  } catch (cause) {
    throw unavailable(cause)
  }
  return instance
}

/** @param {WebAssembly.Instance} instance */
function instantiate({ exports }) {
  const wasm = /** @type {Exports} */ (/** @type {unknown} */ (exports))
  const addresses = Array.from({ length: 11 }, (_, which) => wasm.address(which))
  const [x1, x2, weights, plan, copy, lane1, lane2, term, working, numbers, scratch] = addresses
  const { buffer } = wasm.memory
  /** All of memory as each kind of array, by the name of what is copied from or to it. @type {Record<string, any>} */
  const views = {}
  for (const { array: TypedArray, accepts } of Object.values(DTYPES))
    for (const name of accepts) views[name] ??= new TypedArray(/** @type {any} */ (buffer))
  return {
    ...{ wasm, views, plan, copy, term, working, numbers, scratch },
    tensors: [x1, x2, weights],
    lanes: [lane1, lane2],
    int32: new Int32Array(buffer),
    float64: new Float64Array(buffer),
  }
}

/**
 * @param {Core} core
 * @param {number} address
 */
const int64 = ({ int32 }, address) => int32[(address >> 2) + 1] * 2 ** 32 + (int32[address >> 2] >>> 0)

/**
 * @param {Core} core
 * @param {number} address
 * @param {number} value
 */
function setInt64({ int32 }, address, value) {
  int32[address >> 2] = value
  int32[(address >> 2) + 1] = Math.floor(value / 2 ** 32)
}

/**
 * @param {Core} core
 * @param {number} address
 * @param {number} length
 */
const int64s = (core, address, length) => Array.from({ length }, (_, i) => int64(core, address + i * INT64))

/**
 * @param {Core} core
 * @param {number} address
 * @param {readonly number[]} values
 */
function setInt64s(core, address, values) {
  for (let i = 0; i < values.length; i++) setInt64(core, address + i * INT64, values[i])
}

/**
 * @param {number} status
 * @param {readonly Strided[]} operands
 * @param {{ eps?: number, size?: readonly number[] }} [about]
 */
function check(status, operands, about) {
  if (!status) return
  const { plan } = core()
  throw statusError(Object.keys(STATUS)[status], int64s(core(), plan + FAULT, 3), {
    shapes: operands.map(({ shape }) => [...shape]),
    ...about,
  })
}

/**
 * The core's structs have room for so many dims.
 * @param {readonly number[]} shape
 */
function checkRank(shape) {
  if (shape.length > MAX_RANK) throw statusError('RANK', [], { shapes: [[...shape]] })
}

/**
 * Describes the operands to the core, which reads no element beyond their data.
 * @param {readonly Strided[]} operands
 */
function describe(operands) {
  const { tensors, int32, wasm, numbers } = core()
  operands.forEach(({ data, dtype, shape, strides, offset }, k) => {
    checkRank(shape)
    const address = tensors[k]
    int32[address >> 2] = codeOf(dtype)
    int32[(address >> 2) + 1] = shape.length
    setInt64s(core(), address + SHAPE, shape)
    setInt64s(core(), address + STRIDE, strides)
    if (!wasm.extent(k)) return
    const [low, high] = int64s(core(), numbers, 2)
    if (offset + low < 0 || offset + high >= data.length)
      throw new RangeError(
        `The tensor reads elements ${offset + low} to ${offset + high}, but its data has ${data.length}. ` +
          'Its buffer may have been transferred or resized, or its strides or offset are wrong.',
      )
  })
}

/**
 * RangeError where a tensor's strides leave its data.
 * @param {Strided} x
 */
export const checkReach = (x) => describe([x])

/**
 * @param {number} address of a cosdim_tensor, or of the result that begins a cosdim_plan
 * @returns {{ dtype: DType, shape: number[], strides: number[] }}
 */
function layoutAt(address) {
  const { int32 } = core()
  const rank = int32[(address >> 2) + 1]
  return {
    dtype: NAMES[int32[address >> 2]],
    shape: int64s(core(), address + SHAPE, rank),
    strides: int64s(core(), address + STRIDE, rank),
  }
}

/**
 * Does the copy that the core asks for, between an operand and the scratch.
 * @param {Strided} operand
 * @param {boolean} out
 */
function copyTile({ data, offset }, out) {
  const { copy, views, int32 } = core()
  const [element, rows, rowStep, columns, columnStep] = int64s(core(), copy, 5)
  const scratch = views[arrayName(data)]
  const array = /** @type {any} */ (data)
  let staged = (int32[(copy + 5 * INT64) >> 2] >>> 0) / scratch.BYTES_PER_ELEMENT
  for (let row = 0; row < rows; row++) {
    const start = offset + element + row * rowStep
    if (columnStep !== 1) {
      for (let column = 0, at = start; column < columns; column++, at += columnStep, staged++)
        if (out) array[at] = scratch[staged]
        else scratch[staged] = array[at]
      continue
    }
    if (out) array.set(scratch.subarray(staged, staged + columns), start)
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
  const { wasm } = core()
  wasm.tile()
  while (wasm.next()) {
    operands.forEach((operand, k) => {
      while (wasm.stage(k)) copyTile(operand, false)
    })
    use()
  }
}

/**
 * Runs the plan into a fresh array.
 * @param {readonly Strided[]} operands
 * @returns {Strided}
 */
function run(operands) {
  const { wasm, plan } = core()
  const { dtype, shape, strides } = layoutAt(plan)
  const out = { data: allocate(dtype, shape), dtype, shape, strides, offset: 0 }
  walk(operands, () => {
    check(wasm.accumulate(), operands)
    while (wasm.stage(OUT)) copyTile(out, true)
  })
  return out
}

/**
 * @param {DType} dtype
 * @param {readonly number[]} shape
 */
function allocate(dtype, shape) {
  const count = shape.reduce((product, size) => product * size, 1)
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
  describe([x1, x2])
  check(core().wasm.similarity(dim, eps, dtype ? codeOf(dtype) : KEEP_DTYPE), [x1, x2], { eps })
}

/**
 * @param {Strided} x1
 * @param {Strided} x2
 * @param {number} dim
 * @param {number} eps
 * @param {DType} [dtype] that both are cast to first
 */
export function similarity(x1, x2, dim, eps, dtype) {
  plan(x1, x2, dim, eps, dtype)
  return run([x1, x2])
}

/**
 * @param {Strided} u
 * @param {Strided} v
 * @param {Strided} [weights]
 */
export function distance(u, v, weights) {
  const operands = weights ? [u, v, weights] : [u, v]
  describe(operands)
  check(core().wasm.distance(weights ? 1 : 0), operands)
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
  const { wasm, scratch, views } = core()
  describe([target, behaviored])
  check(wasm.attention(), [target, behaviored])
  const out = run([target, behaviored])
  const { dtype } = out
  const data = /** @type {any} */ (out.data)
  const memory = views[arrayName(data)]
  const start = scratch / data.BYTES_PER_ELEMENT
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
  return layoutAt(core().plan).shape
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
  const { wasm, lanes, numbers } = core()
  setInt64s(core(), numbers, index.slice(0, MAX_RANK))
  check(wasm.explain(index.length), [x1, x2])
  return [x1, x2].map((x, k) => {
    const [n, element, step, axis, output] = int64s(core(), lanes[k], 5)
    const first = int64s(core(), lanes[k] + 5 * INT64, x.shape.length)
    const vector = { data: x.data, dtype: x.dtype, shape: [n], strides: [step], offset: x.offset + element }
    return { vector, output, index: (t) => first.map((at, i) => (i === axis ? t : at)) }
  })
}

/**
 * What the sums of one output came to, in float64.
 * @param {Parameters<typeof lanes>} output
 */
export function working(...output) {
  const vectors = lanes(...output).map(({ vector }) => vector)
  const { wasm, working, float64 } = core()
  walk(vectors, wasm.accumulate)
  wasm.working()
  const [dot, norm1, norm2, clamped1, clamped2, , angle] = float64.subarray(working >> 3, (working >> 3) + 7)
  return { dot, norm1, norm2, clamped1, clamped2, angle }
}

/**
 * The terms of one output, in float64, with the sums up to each.
 * @param {Parameters<typeof lanes>} output
 */
export function terms(...output) {
  const vectors = lanes(...output).map(({ vector }) => vector)
  const { wasm, term, float64 } = core()
  /** @type {{ x1: number, x2: number, product: number, square1: number, square2: number, dot: number, norm1Squared: number, norm2Squared: number }[]} */
  const terms = []
  walk(vectors, () => {
    for (let i = 0, n = wasm.terms(); i < n; i++) {
      wasm.step(i)
      const [x1, x2, product, square1, square2, dot, norm1Squared, norm2Squared] = float64.subarray(
        term >> 3,
        (term >> 3) + 8,
      )
      terms.push({ x1, x2, product, square1, square2, dot, norm1Squared, norm2Squared })
    }
  })
  return terms
}

/**
 * Changes the layout of one tensor by a function of the core.
 * @param {Strided} x
 * @param {(wasm: Exports) => number} change
 * @param {readonly number[]} [size]
 * @returns {Strided}
 */
function relayout(x, change, size) {
  const { wasm, tensors } = core()
  describe([x])
  check(change(wasm), [x], { size })
  const { shape, strides } = layoutAt(tensors[0])
  return { data: x.data, dtype: x.dtype, shape, strides, offset: x.offset }
}

/**
 * @param {Strided} x
 * @param {readonly number[]} size
 */
export function view(x, size) {
  checkRank(size)
  const change = (/** @type {Exports} */ wasm) => {
    setInt64s(core(), core().numbers, size)
    return wasm.view(size.length)
  }
  return relayout(x, change, size)
}

/**
 * @param {Strided} x
 * @param {number} dim
 */
export const unsqueeze = (x, dim) => relayout(x, (wasm) => wasm.unsqueeze(dim))

/**
 * @param {Strided} x
 * @param {number} dim0
 * @param {number} dim1
 */
export const transpose = (x, dim0, dim1) => relayout(x, (wasm) => wasm.transpose(dim0, dim1))

/**
 * @param {Strided} x
 * @param {number} dim
 */
export function sizeAt(x, dim) {
  describe([x])
  check(core().wasm.size_at(dim), [x])
  return int64(core(), core().numbers)
}

/**
 * What the element at a place of the data is: a bigint of 64-bit integers, a boolean of bool, else a number.
 * @param {Strided} x
 * @returns {(place: number) => number | bigint | boolean}
 */
export function reader({ data, dtype }) {
  if (dtype === 'bool') return (place) => data[place] !== 0
  if (dtype === 'float16' && arrayName(data) === 'Uint16Array')
    return (place) => core().wasm.half_value(/** @type {number} */ (data[place]))
  return (place) => data[place]
}

/**
 * Writes a number among float16 elements that are kept as bits.
 * @param {number} x
 */
export const halfBits = (x) => core().wasm.half_bits(x)
