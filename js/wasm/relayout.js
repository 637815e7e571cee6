/** Views of a tensor: the core changes the layout, and the elements stay in place. */

import { STATUS } from '../error-messages.js'
import { relaid } from '../tensor/strided.js'
import { int64, OUT, readLayout, setList } from './abi.js'
import { check, rankOf, setTensor } from './check.js'
import { at, ready, wasm } from './instance.js'

/** @typedef {import('../tensor/strided.js').Strided} Strided */

/**
 * @param {Strided} x
 * @param {() => number} change a function of the core
 * @param {readonly number[]} [size]
 */
function relayout(x, change, size) {
  ready()
  setTensor(OUT, x)
  check(change(), [x], { size })
  return relaid(x, readLayout(at.x))
}

/**
 * @param {Strided} x
 * @param {readonly number[]} size
 */
export function view(x, size) {
  const rank = rankOf(size)
  return relayout(x, () => askView(rank, size), size)
}

/**
 * @param {number} rank
 * @param {readonly number[]} size
 */
function askView(rank, size) {
  setList(size)
  return wasm.view(rank)
}

const VIEW_STRIDES = Object.keys(STATUS).indexOf('VIEW_STRIDES')

/**
 * Whether view() would need no copy. True as well where another error is the reason.
 * @param {Strided} x
 * @param {readonly number[]} size
 */
export function canView(x, size) {
  const rank = rankOf(size)
  ready()
  setTensor(OUT, x)
  return askView(rank, size) !== VIEW_STRIDES
}

/**
 * @param {Strided} x
 * @param {number} dim
 */
export const unsqueeze = (x, dim) => relayout(x, () => wasm.unsqueeze(dim))

/**
 * @param {Strided} x
 * @param {number} dim0
 * @param {number} dim1
 */
export const transpose = (x, dim0, dim1) => relayout(x, () => wasm.transpose(dim0, dim1))

/**
 * @param {Strided} x
 * @param {number} dim
 */
export function sizeAt(x, dim) {
  ready()
  setTensor(OUT, x)
  check(wasm.size_at(dim), [x])
  return int64(at.numbers)
}
