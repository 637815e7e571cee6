/** The walk over the tiles of the current plan, in one go or in slices. */
import { OUT, setTensor } from './abi.js'
import { stage } from './copy.js'
import { allocate, release, wasm } from './instance.js'

/** @typedef {import('../strided.js').Strided} Strided */

/**
 * @param {readonly Strided[]} operands
 * @param {() => void} use what is done with each tile
 */
export function walk(operands, use) {
  while (wasm.next_tile()) {
    stage(operands)
    use()
  }
}

/**
 * A computation that can be left and taken up again; others may use the instance in between. It yields the part that is
 * done, from 0 to 1.
 * @template T
 * @typedef {Generator<number, T, void>} Sliced
 */

/**
 * The same walk, left whenever `pause()` says so. Without a `pause` it never is.
 * @param {readonly Strided[]} operands
 * @param {readonly Strided[]} tensors all that are read or written
 * @param {number} outputs
 * @param {() => void} use
 * @param {() => boolean} [pause]
 * @returns {Sliced<void>}
 */
export function* walkInSlices(operands, tensors, outputs, use, pause) {
  if (!pause) return walk(operands, use)
  let finished = 0
  const state = allocate(wasm.state_bytes())
  try {
    while (wasm.next_tile()) {
      stage(operands)
      use()
      const finishes = wasm.finished_outputs()
      finished += finishes
      if (!finishes || !pause()) continue
      wasm.suspend(state)
      yield finished / outputs
      for (const x of tensors) setTensor(OUT, x) // checks: meanwhile it may have been disposed of, or transferred
      wasm.resume(state)
    }
  } finally {
    release(state)
  }
}

/**
 * Runs a computation that does not pause.
 * @template T
 * @param {Sliced<T>} sliced
 */
export const runToEnd = (sliced) => /** @type {T} */ (sliced.next().value)
