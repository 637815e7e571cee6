/** What accumulators keep, in WebAssembly memory for as long as the core works on it. */
import { copyAll, lengthOf } from '../typed-array-intrinsics.js'
import { copyOut } from '../wasm/copy.js'
import { allocate, release, views } from '../wasm/instance.js'
import { runToEnd } from '../wasm/tiles.js'

/**
 * Copies arrays to WebAssembly memory side by side, for as long as `use` runs, which may pause. Returns the first as it is
 * then.
 * @param {Uint8Array[]} arrays
 * @param {(memory: number) => void | import('../wasm/tiles.js').Sliced<void>} use
 * @returns {import('../wasm/tiles.js').Sliced<Uint8Array>}
 */
export function* inMemory(arrays, use) {
  const memory = allocate(
    Math.max(
      1,
      arrays.reduce((total, array) => total + lengthOf(array), 0),
    ),
  )
  try {
    let to = memory
    for (const array of arrays) {
      copyAll(views.Uint8Array, to, array)
      to += lengthOf(array)
    }
    const sliced = use(memory)
    if (sliced) yield* sliced
    const first = new Uint8Array(lengthOf(arrays[0]))
    copyOut(first, memory)
    return first
  } finally {
    release(memory)
  }
}

/**
 * The same without pauses.
 * @param {Uint8Array[]} arrays
 * @param {(memory: number) => void} use
 */
export const withMemory = (arrays, use) => runToEnd(inMemory(arrays, use))
