/**
 * The array that a list was last copied into, for the next list of its size. The operating system takes as long to hand out
 * fresh memory as the copy takes. The engine may still collect it.
 */
import { lengthOf } from '../typed-array-intrinsics.js'

const LEAST = 2 ** 16 // elements: smaller arrays come from memory that the engine has at hand

/** @type {WeakRef<Float32Array> | undefined} */
let spare

/** An array of any content. @param {number} count */
export function takeFloats(count) {
  const array = count < LEAST ? undefined : spare?.deref()
  if (!array || lengthOf(array) !== count) return new Float32Array(count)
  spare = undefined
  return array
}

/**
 * Takes back the copies of those operands that were lists, after the last use of them.
 * @param {readonly unknown[]} given the operands as they were passed
 * @param {readonly import('../tensor/strided.js').Strided[]} read what they were read as
 */
export function giveBack(given, read) {
  for (let k = 0; k < given.length; k++) {
    const { data, dtype } = read[k]
    if (Array.isArray(given[k]) && dtype === 'float32' && lengthOf(data) >= LEAST && typeof WeakRef === 'function')
      spare = new WeakRef(/** @type {Float32Array} */ (data))
  }
}
