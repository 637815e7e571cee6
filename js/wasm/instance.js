/** The one instance of the module, its memory as typed arrays, and where the structs of c/cosdim.h lie in it. */
import bytes from '../../dist/cosdim.wasm'
import { DTYPES } from '../dtypes.js'

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
 * @property {(dtype1: number, x1: number, stride1: number, dtype2: number, x2: number, stride2: number, n: number, eps: number, cast: number) => number} pair
 * @property {(dtype1: number, x1: number, stride1: number, dtype2: number, x2: number, stride2: number, dtypeWeights: number, weights: number, strideWeights: number, n: number) => number} weighted_pair
 * @property {(dim: number, eps: number, cast: number) => number} slice
 * @property {(sums: number) => void} merge_outputs
 * @property {(sums: number, parts: number, n: number) => void} merge_sums
 * @property {(sums: number, n: number, eps: number, dtype: number) => void} finalize_sums
 * @property {(weighted: number) => number} distance
 * @property {(eps: number, cast: number) => number} pairwise
 * @property {() => number} attention
 * @property {(k: number, eps: number, cast: number) => number} topk
 * @property {() => number} topk_bytes
 * @property {(memory: number) => void} topk_begin
 * @property {(k: number, first: number, heaps: number) => void} topk_continue
 * @property {(heaps: number, queries: number, k: number) => void} topk_clear
 * @property {(heaps: number, others: number, queries: number, k: number) => void} topk_merge
 * @property {(heaps: number, queries: number, k: number) => void} topk_sort
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

/** @type {Exports} */
export let wasm
/** Views of all its memory, by the class of the array that is copied to or from it. @type {Record<string, any>} */
export let views
/** @type {Int32Array} */
export let int32
/** @type {Float64Array} */
export let float64

/* In the order of address() in the module. */
const STRUCTS = /** @type {const} */ ([
  'x',
  'plan',
  'copy',
  'outputVector1',
  'outputVector2',
  'term',
  'working',
  'list',
  'strides',
  'numbers',
  'scratch',
  'pair2',
])
/** The addresses of its structs. @type {Record<(typeof STRUCTS)[number], number>} */
export let at

/** Why there is no instance, in words for whoever can change it. The key becomes the error's `code`. */
const REASONS = {
  NO_WEBASSEMBLY:
    'This engine has no WebAssembly, or has it turned off, as lockdown modes do. cosdim cannot work without it.',
  NO_SIMD: 'cosdim needs WebAssembly with SIMD: Chrome 91, Firefox 89, Safari 16.4, Node 16.4, or newer.',
  NO_MEMORY:
    'There is not enough memory left for the WebAssembly instance, which takes 1.2 MiB. Free some, then call again.',
  ASYNC_ONLY:
    'This browser compiles WebAssembly of this size only asynchronously. Call await init() once before the first use.',
  FORBIDDEN:
    "Compiling WebAssembly is forbidden here. On a page, allow it with script-src 'wasm-unsafe-eval' in the " +
    "Content-Security-Policy. On Cloudflare Workers, hand the module over: import module from 'cosdim/cosdim.wasm', then " +
    'await init({ module }).',
}

/* (module (func (result v128) (i32x4.splat (i32.const 0)))) */
const SIMD = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 17, 11]

/**
 * @param {any} cause
 * @returns {keyof typeof REASONS}
 */
function codeOf(cause) {
  if (typeof WebAssembly === 'undefined') return 'NO_WEBASSEMBLY'
  if (!WebAssembly.validate(Uint8Array.from(SIMD))) return 'NO_SIMD'
  const message = String(cause?.message ?? cause)
  if (/main thread/.test(message)) return 'ASYNC_ONLY' // V8's words; other engines have no such limit
  return cause instanceof RangeError || /out of memory|allocate/i.test(message) ? 'NO_MEMORY' : 'FORBIDDEN'
}

/** @param {any} cause */
function unavailable(cause) {
  if (cause?.code) return cause // the file of the module cannot be read, and the error says why
  const code = codeOf(cause)
  return Object.assign(new Error(REASONS[code], { cause }), { code })
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

/** How often ready() was called: whoever sees it change knows that another call ran meanwhile. */
export let entries = 0

/** Makes the instance on first use. Every call calls this, so it must be small enough for engines to inline. */
export function ready() {
  entries++
  if (!wasm) instantiate()
}

function instantiate() {
  try {
    use(new WebAssembly.Instance(new WebAssembly.Module(bytes())))
  } catch (cause) {
    throw unavailable(cause)
  }
}

/** @param {WebAssembly.Instance} instance */
function use({ exports }) {
  if (wasm) return // another call has set it meanwhile
  wasm = /** @type {Exports} */ (/** @type {unknown} */ (exports))
  at = /** @type {typeof at} */ (Object.fromEntries(STRUCTS.map((name, which) => [name, wasm.address(which)])))
  refreshViews()
}

/** Rebuilds the views; growing the memory detaches the old ones. */
function refreshViews() {
  const { buffer } = wasm.memory
  int32 = new Int32Array(buffer)
  float64 = new Float64Array(buffer)
  views = {}
  for (const { array: TypedArray, accepts } of Object.values(DTYPES))
    for (const name of accepts) views[name] ??= new TypedArray(/** @type {any} */ (buffer))
}

const MiB = 2 ** 20

/**
 * Reserves memory until it is released. RangeError when the memory is full.
 * @param {number} bytes
 */
export function allocate(bytes) {
  const address = wasm.allocate(bytes) >>> 0
  if (int32.buffer !== wasm.memory.buffer) refreshViews()
  if (address) return address
  throw new RangeError(
    `DefaultCPUAllocator: can't allocate memory: you tried to allocate ${bytes} bytes. ` +
      `Tensors hold ${Math.ceil(wasm.used() / MiB)} MiB of WebAssembly's memory. The limit is 4 GiB, and 2 GiB for one tensor: ` +
      'call dispose() on tensors that you no longer need, or leave this one on the js device, which is only slower.',
  )
}

/** @param {number} address */
export const release = (address) => wasm.release(address)

/**
 * How many bytes of WebAssembly memory there are, and how many of them tensors use. The memory never shrinks; released
 * parts are used again.
 */
export const memoryUsage = () =>
  wasm ? { total: wasm.memory.buffer.byteLength, used: wasm.used() } : { total: 0, used: 0 }
