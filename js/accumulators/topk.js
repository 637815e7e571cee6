/** The best k rows of a corpus that arrives in shards: heaps, which merge in any order. */
import { shown, statusError, tuple } from '../error-messages.js'
import { makeTensor, operands, operandsInSlices, rowsOf } from '../input/operand.js'
import { integer, optionsOf, TOPK } from '../input/options.js'
import { runInSlices } from '../slices.js'
import { toJs } from '../tensor/devices.js'
import { Tensor } from '../tensor/tensor.js'
import { viewAs } from '../typed-array-intrinsics.js'
import { castTo, readLayout } from '../wasm/abi.js'
import { check, setTensors } from '../wasm/check.js'
import { at, ready, wasm } from '../wasm/instance.js'
import { runToEnd, walkInSlices } from '../wasm/tiles.js'
import { crc32, read, write } from './bytes.js'
import { chunksOf } from './chunks.js'
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
const KIND = 'k'

/** @type {WeakMap<TopkAccumulator, State>} */
const states = new WeakMap()

class TopkAccumulator {
  /** @param {State} state */
  constructor(state) {
    states.set(this, state)
  }

  /**
   * @param {unknown} rows
   * @param {unknown} [options]
   */
  update(rows, options) {
    const where = 'update()'
    const state = stateOf(this)
    const { query, request } = state
    if (!query)
      throw new TypeError(`${where} needs the query, which bytes lack: topkAccumulator.fromBytes(bytes, query).`)
    const { firstRow } = optionsOf(where, options, { firstRow: endOf(state) })
    const inputs = operands(where, 'query', new Tensor(query), 'rows', rows, request.dtype)
    states.set(this, runToEnd(offer(where, state, rows, inputs, integer(where, 'firstRow', firstRow))))
    return this
  }

  /** @param {TopkAccumulator} other */
  merge(other) {
    const where = 'merge()'
    const state = stateOf(this)
    const part = states.get(other)
    if (!part) throw new TypeError(`${where} takes a top-k accumulator, got ${shown(other)}.`)
    for (const name of /** @type {const} */ (['k', 'eps', 'dtype', 'shape', 'signature']))
      if (`${state.request[name]}` !== `${part.request[name]}`)
        throw new RangeError(
          name === 'shape' || name === 'signature'
            ? `${where}: the accumulators have different queries.`
            : `${where}: the accumulators have different options: ${name} ${state.request[name]} and ${part.request[name]}.`,
        )
    if (!part.request.of) return this
    checkDtype(where, state.request, part.request.of)
    const ranges = withRanges(where, state.ranges, part.ranges)
    const [queries, k] = sizesOf(state.request)
    ready()
    const heaps = withMemory([state.heaps, part.heaps], (memory) =>
      wasm.topk_merge(memory, memory + state.heaps.length, queries, k),
    )
    const query = state.query ?? part.query
    states.set(this, { request: { ...state.request, of: part.request.of }, query, ranges, heaps })
    return this
  }

  result() {
    const { values, indices, of, shape } = best(stateOf(this))
    return { values: makeTensor(values, of, shape), indices: makeTensor(indices, 'int64', shape) }
  }

  reset() {
    const { request, query } = stateOf(this)
    states.set(this, empty({ ...request, of: undefined }, query))
    return this
  }

  toBytes() {
    const { request, ranges, heaps } = stateOf(this)
    return write(KIND, { ...request, eps: String(request.eps), ranges }, sorted(request, heaps))
  }
}

/** @param {TopkAccumulator} accumulator */
function stateOf(accumulator) {
  const state = states.get(accumulator)
  if (state) return state
  throw new TypeError(`this must be a top-k accumulator, got ${shown(accumulator)}. topkAccumulator() makes one.`)
}

/** The number of the row after the last so far. @param {State} state */
const endOf = ({ ranges }) => ranges[ranges.length - 1]?.[1] ?? 0

/**
 * What there is after the rows of a shard.
 * @param {string} where
 * @param {State} state
 * @param {unknown} rows as they were given
 * @param {Strided[]} operands query and rows
 * @param {number} first
 * @param {() => boolean} [pause]
 * @returns {import('../wasm/tiles.js').Sliced<State>}
 */
function* offer(where, state, rows, [x, y], first, pause) {
  const { request, ranges, heaps } = state
  const { k, eps, dtype } = request
  const inputs = [x, rowsOf(rows, y, x)]
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
const sizesOf = ({ shape, k }) => [shape.length === 1 ? 1 : shape[0], k]

/**
 * Before the first shard.
 * @param {Request} request
 * @param {Strided} [query]
 * @returns {State}
 */
function empty(request, query) {
  const [queries, k] = sizesOf(request)
  ready()
  const heaps = withMemory([new Uint8Array(queries * k * RANKED)], (memory) => wasm.topk_clear(memory, queries, k))
  return { request, query, ranges: [], heaps }
}

/**
 * The rows of each query, the most similar one first: the same bytes, in whatever order the shards came.
 * @param {Request} request
 * @param {Uint8Array} heaps
 */
function sorted(request, heaps) {
  const [queries, k] = sizesOf(request)
  ready()
  return withMemory([heaps], (memory) => wasm.topk_sort(memory, queries, k))
}

/**
 * The rows of each query in order, up to k.
 * @param {State} state
 */
function best({ request, ranges, heaps }) {
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
  for (let query = 0; query < queries; query++)
    for (let i = 0; i < kept; i++) {
      const ranked = (query * k + i) * RANKED
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
function checkDtype(where, request, of) {
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
function withRanges(where, ranges, others) {
  /** @type {[number, number][]} */
  const all = []
  const inOrder = [...ranges, ...others].filter(([start, end]) => end > start).sort((one, other) => one[0] - other[0])
  for (const [start, end] of inOrder) {
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
function queryOf(where, query, dtype) {
  const [x] = operands(where, 'query', query, 'query', query, dtype)
  if (x.shape.length < 1 || x.shape.length > 2)
    throw new RangeError(`${where}: the query must have shape (D,) or (Q, D), not ${tuple(x.shape)}.`)
  ready()
  return toJs(x)
}

/** @param {Strided} query */
const signatureOf = ({ data, dtype }) => `${dtype} ${crc32(viewAs(Uint8Array, data)).toString(16)}`

/**
 * @param {string} where
 * @param {unknown} query
 * @param {number} k
 * @param {number} eps
 * @param {DType} [dtype]
 */
function begin(where, query, k, eps, dtype) {
  const x = queryOf(where, query, dtype)
  if (integer(where, 'k', k) < 0) throw new RangeError(`${where}: k must be from 0 up, got ${k}.`)
  return empty({ k, eps, dtype, shape: [...x.shape], signature: signatureOf(x) }, x)
}

/**
 * @param {unknown} query
 * @param {number} k
 * @param {unknown} [options]
 */
function make(query, k, options) {
  const where = 'topkAccumulator()'
  const { eps, dtype } = optionsOf(where, options, TOPK)
  return new TopkAccumulator(begin(where, query, k, eps, dtype))
}

/**
 * topkCosineSimilarityAsync of a corpus that arrives in chunks.
 * @param {string} where
 * @param {unknown} query
 * @param {unknown} corpus
 * @param {number} k
 * @param {{ eps: number, dtype?: DType, signal?: AbortSignal, onProgress?: (progress: { done: number, total: number }) => void }} options
 */
export async function topkOfChunks(where, query, corpus, k, { eps, dtype, signal, onProgress }) {
  let state = begin(where, query, k, eps, dtype)
  const x = new Tensor(/** @type {Strided} */ (state.query))
  for await (const rows of chunksOf(corpus, signal)) {
    const inputs = await runInSlices(
      (pause) => operandsInSlices(where, Object.entries({ query: x, corpus: rows }), dtype, pause),
      0,
      { signal },
    )
    const before = state
    state = await runInSlices((pause) => offer(where, before, rows, inputs, endOf(before), pause), 0, { signal })
    onProgress?.({ done: endOf(state), total: Infinity })
  }
  const n = endOf(state)
  if (k > n) throw statusError('K', [k, n], { shapes: [] })
  if (n > 2 ** 31)
    throw new RangeError(`${where}: the corpus has ${n} rows, more than int32 can number: use topkAccumulator().`)
  const { values, indices, of, shape } = best(state)
  return { values: makeTensor(values, of, shape), indices: makeTensor(indices.map(Number), 'int32', shape) }
}

/**
 * @param {unknown} bytes
 * @param {unknown} [query]
 */
function fromBytes(bytes, query) {
  const where = 'topkAccumulator.fromBytes()'
  const { header, numbers } = read(where, KIND, bytes)
  const { k, dtype, shape, signature, of, ranges } = header
  const request = { k, eps: Number(header.eps), dtype, shape, signature, of }
  const x = query === undefined ? undefined : queryOf(where, query, dtype)
  if (x && (tuple(x.shape) !== tuple(shape) || signatureOf(x) !== signature))
    throw new RangeError(`${where}: these bytes are of another query, of shape ${tuple(shape)}.`)
  const state = empty(request, x)
  if (state.heaps.length !== numbers.length)
    throw new RangeError(`${where}: these bytes are inconsistent: ${numbers.length} bytes of rows.`)
  const [queries] = sizesOf(request)
  const heaps = withMemory([state.heaps, numbers], (memory) =>
    wasm.topk_merge(memory, memory + numbers.length, queries, k),
  )
  return new TopkAccumulator({ request, query: x, ranges: withRanges(where, ranges, []), heaps })
}

/** @type {typeof import('../../types/index.js').topkAccumulator} */
export const topkAccumulator = /* @__PURE__ */ Object.assign(/** @type {any} */ (make), { fromBytes })
