/** Walks the tiles of the current plan, all at once or in slices. */
import { OUT } from './abi.js'
import { setTensor } from './check.js'
import { stage } from './copy.js'
import { allocate, release, wasm } from './instance.js'

/** @typedef {import('../tensor/strided.js').Strided} Strided */

/**
 * @param {readonly Strided[]} operands
 * @param {() => void} use is called for each tile
 */
export function walk(operands, use) {
  while (wasm.next_tile()) {
    stage(operands)
    use()
  }
}

/**
 * A computation that can pause. Other calls may use the instance meanwhile. It yields the finished fraction, 0 to 1.
 * @template T
 * @typedef {Generator<number, T, void>} Sliced
 */

/**
 * The same walk. It pauses whenever `pause()` returns true; without `pause`, never.
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
      for (const x of tensors) setTensor(OUT, x) // checks it: it may have been disposed of or transferred meanwhile
      wasm.resume(state)
    }
  } finally {
    release(state)
  }
}

/**
 * Runs a computation that never pauses.
 * @template T
 * @param {Sliced<T>} sliced
 */
export const runToEnd = (sliced) => /** @type {T} */ (sliced.next().value)
