/** The sums of similarities so far: one cosdim_sums for each element of the result. */
import { codeOf, DTYPES } from '../dtypes.js'
import { tuple } from '../error-messages.js'
import { makeTensor } from '../input/operand.js'
import { elementCount } from '../tensor/strided.js'
import { castTo, readLayout } from '../wasm/abi.js'
import { check, setTensors } from '../wasm/check.js'
import { copyOut } from '../wasm/copy.js'
import { at, ready, wasm } from '../wasm/instance.js'
import { walkInSlices } from '../wasm/tiles.js'
import { inMemory, withMemory } from './memory.js'

/** @typedef {import('../dtypes.js').DType} DType */
/** @typedef {{ dtype: DType, shape: readonly number[] }} Layout */

/**
 * What an accumulator has so far. `layout` is that of the result, from the first slice on. `any` says whether a slice had
 * terms.
 * @typedef {object} State
 * @property {number} dim
 * @property {number} eps
 * @property {DType} [dtype] that the slices are cast to
 * @property {Layout} [layout]
 * @property {Uint8Array} sums
 * @property {boolean} any
 */

/** The size of a cosdim_sums. */
export const SUMS = 56

export const EMPTY = { sums: new Uint8Array(0), any: false, layout: undefined }

/**
 * What there is after a slice.
 * @param {string} where
 * @param {State} state
 * @param {import('../tensor/strided.js').Strided[]} slices of x1 and x2
 * @param {() => boolean} [pause]
 * @returns {import('../wasm/tiles.js').Sliced<State>}
 */
export function* add(where, state, slices, pause) {
  const { dim, eps, dtype } = state
  setTensors(slices)
  check(wasm.slice(dim, eps, castTo(dtype)), slices, { eps })
  const layout = readLayout(at.plan)
  checkLayout(where, state, layout)
  const count = elementCount(layout.shape)
  const { sums } = state.layout ? state : { sums: new Uint8Array(count * SUMS) }
  let { any } = state
  const updated = yield* inMemory([sums], (memory) => {
    const use = () => {
      any ||= wasm.terms() > 0
      check(wasm.accumulate(), slices)
      wasm.merge_outputs(memory)
    }
    return walkInSlices(slices, slices, count, use, pause)
  })
  return { ...state, layout, sums: updated, any }
}

/**
 * RangeError unless all slices have results of the same shape and dtype.
 * @param {string} where
 * @param {State} state
 * @param {Layout} layout
 */
export function checkLayout(where, { layout }, { dtype, shape }) {
  if (!layout) return
  if (layout.shape.join() !== shape.join())
    throw new RangeError(
      `${where}: the result of this slice has shape ${tuple(shape)}, that of those before ${tuple(layout.shape)}. ` +
        'Slices may differ along dim only.',
    )
  if (layout.dtype !== dtype)
    throw new RangeError(
      `${where}: the result of this slice is ${dtype}, that of those before ${layout.dtype}. Give the accumulator a dtype.`,
    )
}

/** @param {State} state */
export function resultOf({ eps, layout, sums, any }) {
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

/**
 * RangeError unless two accumulators have the same options.
 * @param {Record<string, any>} one
 * @param {Record<string, any>} other
 * @param {string[]} names
 */
export function checkOptions(one, other, names) {
  for (const name of names)
    if (one[name] !== other[name])
      throw new RangeError(`merge(): the accumulators have different options: ${name} ${one[name]} and ${other[name]}.`)
}
