/** The WebAssembly instance: its memory as typed arrays, where the structs of c/cosdim.h lie in it, and how they are read. */
import base64 from '../dist/cosdim.wasm'
import { DTYPES } from './dtypes.js'

/* The layout of c/cosdim.h's structs, in bytes; c/wasm.c asserts it. */
export const MAX_RANK = 64
export const SHAPE = 8
export const STRIDE = 520
export const FAULT = 1032
export const INT64 = 8

/**
 * @typedef {object} Exports
 * @property {WebAssembly.Memory} memory
 * @property {(which: number) => number} address
 * @property {() => number} scratch_size
 * @property {(bytes: number) => number} allocate
 * @property {(address: number) => void} release
 * @property {() => number} used
 * @property {(which: number, dtype: number, rank: number, data: number, offset: number, length: number) => number} set_tensor
 * @property {(dim: number, eps: number, cast: number) => number} similarity
 * @property {(dtype: number, n: number, dim: number, eps: number) => number} pair
 * @property {(weighted: number) => number} distance
 * @property {(eps: number, cast: number) => number} pairwise
 * @property {() => number} attention
 * @property {(k: number, eps: number, cast: number) => number} topk
 * @property {() => number} topk_bytes
 * @property {(memory: number) => void} topk_begin
 * @property {() => void} topk_update
 * @property {() => void} topk_end
 * @property {() => number} state_bytes
 * @property {(state: number) => void} suspend
 * @property {(state: number) => void} resume
 * @property {() => number} finished_outputs
 * @property {() => number} next_tile
 * @property {(operand: number) => number} stage
 * @property {() => number} accumulate
 * @property {(indices: number) => number} explain
 * @property {() => void} working
 * @property {() => number} terms
 * @property {(i: number) => void} accumulate_term
 * @property {(kind: number) => void} distribution_begin
 * @property {(dtype: number, n: number) => void} distribution_add
 * @property {(dtype: number, n: number) => void} distribution_divide
 * @property {(rank: number) => number} view
 * @property {(dim: number) => number} unsqueeze
 * @property {(dim0: number, dim1: number) => number} transpose
 * @property {(dim: number) => number} size_at
 * @property {(i: number, packed: number) => number} pack
 * @property {(bits: number) => number} half_to_double
 * @property {(x: number) => number} double_to_half
 */

/* The one instance, and all of its memory as each kind of array: by the name of what is copied from or to it. */
/** @type {Exports} */
export let wasm
/** @type {Record<string, any>} */
export let views
/** @type {Int32Array} */
export let int32
/** @type {Float64Array} */
export let float64
/* Where its structs lie. */
/** @type {Record<'x' | 'plan' | 'copy' | 'lane1' | 'lane2' | 'term' | 'working' | 'list' | 'strides' | 'numbers' | 'scratch' | 'pair2' | 'pairResult', number>} */
export let at

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
export function ready() {
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
  const names = 'x plan copy lane1 lane2 term working list strides numbers scratch pair2 pairResult'.split(' ')
  at = /** @type {typeof at} */ (Object.fromEntries(names.map((name, which) => [name, wasm.address(which)])))
  lookAt(wasm.memory)
}

/** Makes the views: anew only after the memory grew, which takes it from those that there are. @param {WebAssembly.Memory} memory */
function lookAt({ buffer }) {
  int32 = new Int32Array(buffer)
  float64 = new Float64Array(buffer)
  views = {}
  for (const { array: TypedArray, accepts } of Object.values(DTYPES))
    for (const name of accepts) views[name] ??= new TypedArray(/** @type {any} */ (buffer))
}

const MiB = 2 ** 20

/**
 * Memory that stays until it is released.
 * @param {number} bytes
 */
export function allocate(bytes) {
  const address = wasm.allocate(bytes) >>> 0
  if (int32.buffer !== wasm.memory.buffer) lookAt(wasm.memory)
  if (address) return address
  throw new RangeError(
    `DefaultCPUAllocator: can't allocate memory: you tried to allocate ${bytes} bytes. ` +
      `Tensors hold ${Math.ceil(wasm.used() / MiB)} MiB of WebAssembly's memory, which can have 4 GiB, and one tensor 2 GiB: ` +
      'dispose() of those no longer needed, or leave this one where it is, which costs only speed.',
  )
}

/** @param {number} address */
export const release = (address) => wasm.release(address)

/**
 * The bytes of WebAssembly memory that there are, and of them those that tensors moved there use. It does not shrink:
 * what is given back is used again.
 */
export const memoryUsage = () =>
  wasm ? { total: wasm.memory.buffer.byteLength, used: wasm.used() } : { total: 0, used: 0 }

/** @param {number} address */
export const int64 = (address) => int32[(address >> 2) + 1] * 2 ** 32 + (int32[address >> 2] >>> 0)

/**
 * @param {number} address
 * @param {number} length
 */
export function int64s(address, length) {
  const values = new Array(length)
  for (let i = 0; i < length; i++) values[i] = int64(address + i * INT64)
  return /** @type {number[]} */ (values)
}

/**
 * Gives the core a list of numbers: as doubles, which it makes integers of, since halves of int64s take more than twice
 * as long to write.
 * @param {number} address
 * @param {readonly number[]} values
 * @param {number} count of them
 */
export function setNumbers(address, values, count) {
  for (let i = 0, place = address >> 3; i < count; i++, place++) float64[place] = values[i]
}
