/** topkAccumulator(): the best k rows of a corpus that arrives in shards. */
import { shown, tuple } from '../error-messages.js'
import { makeTensor, operands, rowsOf } from '../input/operand.js'
import { integer, optionsOf, TOPK } from '../input/options.js'
import { Tensor } from '../tensor/tensor.js'
import { ready, wasm } from '../wasm/instance.js'
import { runToEnd } from '../wasm/tiles.js'
import { inconsistent, isCount, isDtype, isEps, isFloat, isShape, isText, read, write } from './bytes.js'
import {
  begin,
  best,
  checkDtype,
  empty,
  endOf,
  offer,
  queryOf,
  signatureOf,
  sizeOf,
  sizesOf,
  sorted,
  withRanges,
} from './heaps.js'
import { withMemory } from './memory.js'
import { checkOptions } from './sums.js'

/** @typedef {import('./heaps.js').State} State */

const KIND = 'k'
const FIELDS = {
  k: isCount,
  eps: isEps,
  dtype: isDtype,
  shape: (/** @type {unknown[]} */ shape) => isShape(shape) && (shape.length === 1 || shape.length === 2),
  signature: isText,
  of: isFloat,
  ranges: (/** @type {unknown} */ ranges) =>
    Array.isArray(ranges) && ranges.every((range) => isShape(range) && range.length === 2),
}

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
    const { query, request } = stateOf(this)
    if (!query)
      throw new TypeError(`${where} needs the query, which bytes lack: topkAccumulator.fromBytes(bytes, query).`)
    const { firstRow } = optionsOf(where, options, { firstRow: undefined })
    const [x, y] = operands(where, 'query', new Tensor(query), 'rows', rows, request.dtype)
    const inputs = [x, rowsOf(rows, y, x)]
    // What they are read from may have updated this accumulator meanwhile.
    const state = stateOf(this)
    const first = firstRow === undefined ? endOf(state) : integer(where, 'firstRow', firstRow)
    states.set(this, runToEnd(offer(where, state, inputs, first)))
    return this
  }

  /** @param {TopkAccumulator} other */
  merge(other) {
    const where = 'merge()'
    const state = stateOf(this)
    const part = states.get(other)
    if (!part) throw new TypeError(`${where} takes a top-k accumulator, got ${shown(other)}.`)
    checkOptions(state.request, part.request, ['k', 'eps', 'dtype'])
    if (`${state.request.shape} ${state.request.signature}` !== `${part.request.shape} ${part.request.signature}`)
      throw new RangeError(`${where}: the accumulators have different queries.`)
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
 * @param {unknown} bytes
 * @param {unknown} [query]
 */
function fromBytes(bytes, query) {
  const where = 'topkAccumulator.fromBytes()'
  const { header, numbers } = read(where, KIND, FIELDS, bytes)
  const { k, dtype, shape, signature, of, ranges } = header
  const request = { k, eps: Number(header.eps), dtype, shape, signature, of }
  const x = query === undefined ? undefined : queryOf(where, query, dtype)
  if (x && (tuple(x.shape) !== tuple(shape) || signatureOf(x) !== signature))
    throw new RangeError(`${where}: these bytes are of another query, of shape ${tuple(shape)}.`)
  if (numbers.length !== sizeOf(request))
    throw inconsistent(where, `${numbers.length} bytes of rows for shape ${tuple(shape)} and k = ${k}`)
  const state = empty(request, x)
  const [queries] = sizesOf(request)
  const heaps = withMemory([state.heaps, numbers], (memory) =>
    wasm.topk_merge(memory, memory + numbers.length, queries, k),
  )
  return new TopkAccumulator({ request, query: x, ranges: withRanges(where, ranges, []), heaps })
}

/** @type {typeof import('../../types/index.js').topkAccumulator} */
export const topkAccumulator = /* @__PURE__ */ Object.assign(/** @type {any} */ (make), { fromBytes })
