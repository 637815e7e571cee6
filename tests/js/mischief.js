/** What hostile arguments do while they are read, and what errors may say about it. */
import { tensor } from 'cosdim'
import fc from 'fast-check'

/** @typedef {import('./hostile.js').Mischief} Mischief */

/** What an argument throws. */
class Thrown extends Error {}

/** What happens. `call` uses the package. @type {Record<string, (made: Mischief, call: () => void) => void>} */
const ACTIONS = {
  throw() {
    throw new Thrown('mischief')
  },
  call: (_, call) => call(),
  detach({ buffers }) {
    for (const buffer of buffers) if (buffer instanceof ArrayBuffer) structuredClone(buffer, { transfer: [buffer] })
  },
  shrink({ buffers }) {
    for (const buffer of buffers) if (buffer.resizable) buffer.resize(Math.floor(buffer.byteLength / 2))
  },
  grow({ buffers }) {
    for (const buffer of buffers) if (buffer.resizable) buffer.resize(buffer.maxByteLength)
  },
  dispose({ tensors }) {
    for (const one of tensors) one.dispose()
  },
  'grow the memory'({ tensors }) {
    tensors.push(tensor(new Uint8Array(2 ** 20)).to('wasm'))
  },
}

/** What a liar says, from the moment on. */
const LIE = fc.oneof(
  fc.constantFrom(-1, 0, 1, 2, 0.5, 1e5, 2 ** 32, 2 ** 53, NaN, Infinity, '2', 'float64', null, undefined, 2n, true),
  fc.constantFrom([], [1], [[1]], { valueOf: () => 2 }, { length: 3 }, new Float32Array(2), () => 1),
)

/** What happens when something is read for the n-th time, and what is said from then on. */
export const MISCHIEF = fc.record({
  action: fc.constantFrom(...Object.keys(ACTIONS)),
  lie: fc.option(LIE, { nil: 'none', freq: 1 }),
  at: fc.oneof(fc.nat({ max: 6 }), fc.nat({ max: 200 })),
})

/**
 * @param {{ action: string, lie: unknown, at: number }} what
 * @param {() => void} call
 * @returns {Mischief}
 */
export function mischiefOf({ action, lie, at }, call) {
  let reads = 0
  let isBusy = false
  /** @type {Mischief} */
  const made = {
    buffers: [],
    tensors: [],
    touch(value) {
      if (reads++ === at && !isBusy) {
        isBusy = true
        ACTIONS[action](made, call)
        isBusy = false
      }
      return reads > at && lie !== 'none' ? lie : value
    },
  }
  return made
}

/** Whether an error is of the argument itself, or says what is wrong with it. @param {any} error */
export function isClear(error) {
  if (error instanceof Thrown) return true
  const isKnown = error instanceof TypeError || error instanceof RangeError
  const text = String(error?.message)
  return isKnown && text.length < 3000 && !/undefined \(reading|is not a function|is not iterable|wasm|\$\d/.test(text)
}
