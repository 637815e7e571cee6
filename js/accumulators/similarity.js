/** Similarities of data that arrives in slices along the reduced axis: their sums, which merge in any order. */
import { shown } from '../error-messages.js'
import { operands } from '../input/operand.js'
import { optionsOf } from '../input/options.js'
import { elementCount } from '../tensor/strided.js'
import { ready, wasm } from '../wasm/instance.js'
import { runToEnd } from '../wasm/tiles.js'
import { inconsistent, isDtype, isEps, isFloat, isShape, read, write } from './bytes.js'
import { withMemory } from './memory.js'
import { add, checkLayout, checkOptions, EMPTY, resultOf, SUMS } from './sums.js'

/** @typedef {import('./sums.js').State} State */

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
    const where = 'update()'
    const slices = operands(where, 'x1', x1, 'x2', x2, stateOf(this).dtype)
    // What they are read from may have updated this accumulator meanwhile.
    states.set(this, runToEnd(add(where, stateOf(this), slices)))
    return this
  }

  /** @param {Accumulator} other */
  merge(other) {
    const state = stateOf(this)
    const part = states.get(other)
    if (!part) throw new TypeError(`merge() takes an accumulator, got ${shown(other)}.`)
    checkOptions(state, part, ['dim', 'eps', 'dtype'])
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
    return resultOf(stateOf(this))
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

/** @param {unknown} [options] */
function make(options) {
  const { dim, eps, dtype } = optionsOf('accumulator()', options, { dim: 1, eps: 1e-8, dtype: undefined })
  return new Accumulator({ dim, eps, dtype, ...EMPTY })
}

/**
 * RangeError unless the exponents are those of some float64: the core adds them without overflow.
 * @param {string} where
 * @param {Uint8Array} sums
 */
function checkExponents(where, sums) {
  const view = new DataView(sums.buffer, sums.byteOffset)
  for (let end = SUMS; end <= sums.length; end += SUMS)
    for (const at of [end - 8, end - 4]) {
      const exponent = view.getInt32(at, true)
      if (exponent < -1074 || exponent > 1023) throw inconsistent(where, `an exponent is ${exponent}`)
    }
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
  checkExponents(where, numbers)
  return new Accumulator({ ...options, layout: { dtype: of, shape }, sums: numbers.slice(), any })
}

/** @type {typeof import('../../types/index.js').accumulator} */
export const accumulator = /* @__PURE__ */ Object.assign(/** @type {any} */ (make), { fromBytes })
