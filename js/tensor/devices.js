/** Contiguous copies of a tensor, on either device. */

import { arrayName, makeArray } from '../typed-array-intrinsics.js'
import { OUT, readLayout } from '../wasm/abi.js'
import { setTensor } from '../wasm/check.js'
import { arrayOf, pack } from '../wasm/copy.js'
import { at, ready, views } from '../wasm/instance.js'
import { view } from '../wasm/relayout.js'
import { addressOf, WasmBuffer } from '../wasm/resident.js'
import { elementCount, Strided } from './strided.js'

/** @param {Strided} x */
export function toWasm(x) {
  ready()
  setTensor(OUT, x)
  const layout = readLayout(at.x)
  const memory = new WasmBuffer(/** @type {string} */ (arrayName(arrayOf(x))), elementCount(layout.shape))
  pack(x, views[memory.array], addressOf(memory))
  return contiguous(undefined, memory, layout)
}

/** @param {Strided} x */
export function toJs(x) {
  setTensor(OUT, x)
  const layout = readLayout(at.x)
  const data = makeArray(/** @type {string} */ (arrayName(arrayOf(x))), elementCount(layout.shape))
  pack(x, data, 0)
  return contiguous(data, undefined, layout)
}

/**
 * @param {Strided['data'] | undefined} data
 * @param {Strided['memory']} memory
 * @param {import('./strided.js').Layout} layout
 */
const contiguous = (data, memory, { dtype, shape }) =>
  view(new Strided(data, memory, dtype, [elementCount(shape)], [1]), shape)
