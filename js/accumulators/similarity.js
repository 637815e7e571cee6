/** Similarities of data that arrives in slices along the reduced axis: their sums, which merge in any order. */
import { codeOf, DTYPES } from '../dtypes.js'
import { shown, tuple } from '../error-messages.js'
import { makeTensor, operands } from '../input/operand.js'
import { optionsOf } from '../input/options.js'
import { elementCount } from '../tensor/strided.js'
import { castTo, readLayout } from '../wasm/abi.js'
import { check, setTensors } from '../wasm/check.js'
import { copyOut } from '../wasm/copy.js'
import { at, ready, wasm } from '../wasm/instance.js'
import { walk } from '../wasm/tiles.js'
import { inconsistent, isDtype, isEps, isFloat, isShape, read, write } from './bytes.js'
import { withMemory } from './memory.js'

/** @typedef {import('../dtypes.js').DType} DType */
/** @typedef {{ dtype: DType, shape: readonly number[] }} Layout */

/**
 * What an accumulator has so far. `layout` is that of the result, and `sums` has a cosdim_sums for each of its elements,
 * from the first slice on. `any` says whether a slice had terms.
 * @typedef {object} State
 * @property {number} dim
 * @property {number} eps
 * @property {DType} [dtype] that the slices are cast to
 * @property {Layout} [layout]
 * @property {Uint8Array} sums
 * @property {boolean} any
 */

/** The size of a cosdim_sums. */
const SUMS = 56
const KIND = 's'
const FIELDS = {
  dim: Number.isSafeInteger,
  eps: isEps,
  dtype: isDtype,
  of: isFloat,
  shape: (/** @type {unknown} */ shape) => shape === undefined || isShape(shape),
  any: (/** @type {unknown} */ any) => typeof any === 'boolean',
}

/** @type {WeakMap<Accumulator, State>} */
const states = new WeakMap()

const EMPTY = { sums: new Uint8Array(0), any: false, layout: undefined }

export class Accumulator {
  /** @param {State} state */
  constructor(state) {
    states.set(this, state)
  }

  /**
   * @param {unknown} x1
   * @param {unknown} x2
   */
  update(x1, x2) {
    const state = stateOf(this)
    const { dim, eps, dtype } = state
    const slices = operands('update()', 'x1', x1, 'x2', x2, dtype)
    setTensors(slices)
    check(wasm.slice(dim, eps, castTo(dtype)), slices, { eps })
    const layout = readLayout(at.plan)
    checkLayout('update()', state, layout)
    const { sums } = state.layout ? state : { sums: new Uint8Array(elementCount(layout.shape) * SUMS) }
    let { any } = state
    const updated = withMemory([sums], (memory) =>
      walk(slices, () => {
        any ||= wasm.terms() > 0
        check(wasm.accumulate(), slices)
        wasm.merge_outputs(memory)
      }),
    )
    states.set(this, { ...state, layout, sums: updated, any })
    return this
  }

  /** @param {Accumulator} other */
  merge(other) {
    const state = stateOf(this)
    const part = states.get(other)
    if (!part) throw new TypeError(`merge() takes an accumulator, got ${shown(other)}.`)
    for (const name of /** @type {const} */ (['dim', 'eps', 'dtype']))
      if (state[name] !== part[name])
        throw new RangeError(
          `merge(): the accumulators have different options: ${name} ${state[name]} and ${part[name]}.`,
        )
    if (!part.layout) return this
    checkLayout('merge()', state, part.layout)
    ready()
    const { length } = part.sums
    const sums = state.layout
      ? withMemory([state.sums, part.sums], (memory) => wasm.merge_sums(memory, memory + length, length / SUMS))
      : part.sums
    states.set(this, { ...state, layout: part.layout, sums, any: state.any || part.any })
    return this
  }

  result() {
    const { eps, layout, sums, any } = stateOf(this)
    if (!layout) throw new RangeError('result(): there is no result before the first update().')
    const { dtype, shape } = layout
    const count = elementCount(shape)
    const data = new DTYPES[dtype].array(count)
    ready()
    // Without any terms a sum is empty, and its similarity is 0, whatever eps is.
    withMemory([sums, new Uint8Array(count * data.BYTES_PER_ELEMENT)], (memory) => {
      const out = memory + sums.length
      wasm.finalize_sums(memory, count, any ? eps : 1, codeOf(dtype))
      copyOut(data, out)
    })
    return makeTensor(data, dtype, shape)
  }

  reset() {
    states.set(this, { ...stateOf(this), ...EMPTY })
    return this
  }

  toBytes() {
    const { dim, eps, dtype, layout, sums, any } = stateOf(this)
    return write(KIND, { dim, eps: String(eps), dtype, of: layout?.dtype, shape: layout?.shape, any }, sums)
  }
}

/** @param {Accumulator} accumulator */
function stateOf(accumulator) {
  const state = states.get(accumulator)
  if (state) return state
  throw new TypeError(`this must be an accumulator, got ${shown(accumulator)}. Call accumulator() to make one.`)
}

/**
 * RangeError unless all slices have results of the same shape and dtype.
 * @param {string} where
 * @param {State} state
 * @param {Layout} layout
 */
function checkLayout(where, { layout }, { dtype, shape }) {
  if (!layout) return
  if (tuple(layout.shape) !== tuple(shape))
    throw new RangeError(
      `${where}: the result of this slice has shape ${tuple(shape)}, that of those before ${tuple(layout.shape)}. ` +
        'Slices may differ along dim only.',
    )
  if (layout.dtype !== dtype)
    throw new RangeError(
      `${where}: the result of this slice is ${dtype}, that of those before ${layout.dtype}. Give the accumulator a dtype.`,
    )
}

/** @param {unknown} [options] */
function make(options) {
  const { dim, eps, dtype } = optionsOf('accumulator()', options, { dim: 1, eps: 1e-8, dtype: undefined })
  return new Accumulator({ dim, eps, dtype, ...EMPTY })
}

/** @param {unknown} bytes */
function fromBytes(bytes) {
  const where = 'accumulator.fromBytes()'
  const { header, numbers } = read(where, KIND, FIELDS, bytes)
  const { dim, dtype, of, shape, any } = header
  const options = { dim, eps: Number(header.eps), dtype }
  const count = shape && of ? elementCount(shape) : 0
  if (numbers.length !== count * SUMS)
    throw inconsistent(where, `${numbers.length} bytes of sums for ${count} elements`)
  if (!shape || !of) return new Accumulator({ ...options, ...EMPTY })
  return new Accumulator({ ...options, layout: { dtype: of, shape }, sums: numbers.slice(), any })
}

/** @type {typeof import('../../types/index.js').accumulator} */
export const accumulator = /* @__PURE__ */ Object.assign(/** @type {any} */ (make), { fromBytes })
