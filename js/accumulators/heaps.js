/** The best k rows of a corpus so far: what the shards have in common, the rows that they covered, and a heap for each query. */
import { tuple } from '../error-messages.js'
import { operands } from '../input/operand.js'
import { integer } from '../input/options.js'
import { toJs } from '../tensor/devices.js'
import { viewAs } from '../typed-array-intrinsics.js'
import { castTo, readLayout } from '../wasm/abi.js'
import { check, setTensors } from '../wasm/check.js'
import { at, ready, wasm } from '../wasm/instance.js'
import { walkInSlices } from '../wasm/tiles.js'
import { crc32 } from './bytes.js'
import { inMemory, withMemory } from './memory.js'

/** @typedef {import('../dtypes.js').DType} DType */
/** @typedef {import('../tensor/strided.js').Strided} Strided */

/**
 * What all shards have in common. `of` is the dtype of the values, from the first shard on.
 * @typedef {object} Request
 * @property {number} k
 * @property {number} eps
 * @property {DType} [dtype] that query and rows are cast to
 * @property {readonly number[]} shape of the query
 * @property {string} signature of the query: its dtype, and a checksum of its elements
 * @property {DType} [of]
 */

/**
 * `ranges` are those of the row numbers so far, in order; neighbours are merged. `heaps` has k cosdim_ranked for each query.
 * @typedef {{ request: Request, query?: Strided, ranges: [number, number][], heaps: Uint8Array }} State
 */

/** The size of a cosdim_ranked. */
const RANKED = 16

/** The number of the row after the last so far. @param {State} state */
export const endOf = ({ ranges }) => ranges[ranges.length - 1]?.[1] ?? 0

/**
 * What there is after the rows of a shard.
 * @param {string} where
 * @param {State} state
 * @param {Strided[]} inputs query and rows
 * @param {number} first
 * @param {() => boolean} [pause]
 * @returns {import('../wasm/tiles.js').Sliced<State>}
 */
export function* offer(where, state, inputs, first, pause) {
  const { request, ranges, heaps } = state
  const { k, eps, dtype } = request
  setTensors(inputs)
  check(wasm.topk(0, eps, castTo(dtype)), inputs, { eps })
  const of = readLayout(at.plan).dtype
  checkDtype(where, request, of)
  const n = inputs[1].shape[0]
  if (first < 0 || !Number.isSafeInteger(first + n))
    throw new RangeError(`${where}: firstRow must be from 0 up, and all row numbers below 2^53. Got ${first}.`)
  const covered = withRanges(where, ranges, [[first, first + n]])
  const use = () => {
    check(wasm.accumulate(), inputs)
    wasm.topk_update()
  }
  const updated = yield* inMemory([heaps], (memory) => {
    wasm.topk_continue(k, first, memory)
    if (heaps.length > 0) return walkInSlices(inputs, inputs, n * sizesOf(request)[0], use, pause)
  })
  return { ...state, request: { ...request, of }, ranges: covered, heaps: updated }
}

/**
 * How many queries there are, and the size of a heap.
 * @param {Request} request
 */
export const sizesOf = ({ shape, k }) => [shape.length === 1 ? 1 : shape[0], k]

/** How many bytes the heaps take. @param {Request} request */
export function sizeOf(request) {
  const [queries, k] = sizesOf(request)
  return queries * k * RANKED
}

/**
 * Before the first shard.
 * @param {Request} request
 * @param {Strided} [query]
 * @returns {State}
 */
export function empty(request, query) {
  const [queries, k] = sizesOf(request)
  ready()
  const heaps = withMemory([new Uint8Array(sizeOf(request))], (memory) => wasm.topk_clear(memory, queries, k))
  return { request, query, ranges: [], heaps }
}

/**
 * The rows of each query, the most similar one first: the same bytes, in whatever order the shards came.
 * @param {Request} request
 * @param {Uint8Array} heaps
 */
export function sorted(request, heaps) {
  const [queries, k] = sizesOf(request)
  ready()
  return withMemory([heaps], (memory) => wasm.topk_sort(memory, queries, k))
}

/**
 * The rows of each query in order, up to k.
 * @param {State} state
 */
export function best({ request, ranges, heaps }) {
  const { of, shape } = request
  if (!of) throw new RangeError('result(): there is no result before the first update().')
  const [queries, k] = sizesOf(request)
  const kept = Math.min(
    k,
    ranges.reduce((count, [start, end]) => count + end - start, 0),
  )
  const view = new DataView(sorted(request, heaps).buffer)
  const values = []
  const indices = []
  for (let i = 0; i < queries * kept; i++) {
    const ranked = (Math.floor(i / kept) * k + (i % kept)) * RANKED
    values.push(view.getFloat64(ranked, true))
    indices.push(view.getBigInt64(ranked + 8, true))
  }
  return { values, indices, of, shape: [...shape.slice(0, -1), kept] }
}

/**
 * @param {string} where
 * @param {Request} request
 * @param {DType} of
 */
export function checkDtype(where, request, of) {
  if (request.of && request.of !== of)
    throw new RangeError(
      `${where}: the similarities of this shard are ${of}, those of the ones before ${request.of}. Give the accumulator a dtype.`,
    )
}

/**
 * The ranges of both, in order. RangeError if two overlap: a row would count twice.
 * @param {string} where
 * @param {[number, number][]} ranges
 * @param {[number, number][]} others
 */
export function withRanges(where, ranges, others) {
  /** @type {[number, number][]} */
  const all = []
  // filter() would ask for the species of arrays, which may call the package between a plan and its walk.
  for (const [start, end] of [...ranges, ...others].sort((one, other) => one[0] - other[0])) {
    if (start >= end) continue
    const last = all[all.length - 1]
    if (last && start < last[1])
      throw new RangeError(`${where}: rows ${start} to ${Math.min(end, last[1]) - 1} are in two shards.`)
    if (last && start === last[1]) last[1] = end
    else all.push([start, end])
  }
  return all
}

/**
 * A copy of the query, which its owner may change.
 * @param {string} where
 * @param {unknown} query
 * @param {DType} [dtype]
 */
export function queryOf(where, query, dtype) {
  const [x] = operands(where, 'query', query, 'query', query, dtype)
  if (x.shape.length < 1 || x.shape.length > 2)
    throw new RangeError(`${where}: the query must have shape (D,) or (Q, D), not ${tuple(x.shape)}.`)
  ready()
  return toJs(x)
}

/** @param {Strided} query */
export const signatureOf = ({ data, dtype }) => `${dtype} ${crc32(viewAs(Uint8Array, data)).toString(16)}`

/**
 * @param {string} where
 * @param {unknown} query
 * @param {number} k
 * @param {number} eps
 * @param {DType} [dtype]
 */
export function begin(where, query, k, eps, dtype) {
  const x = queryOf(where, query, dtype)
  if (integer(where, 'k', k) < 0) throw new RangeError(`${where}: k must be from 0 up, got ${k}.`)
  return empty({ k, eps, dtype, shape: [...x.shape], signature: signatureOf(x) }, x)
}
