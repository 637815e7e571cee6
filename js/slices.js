/** Long work in slices, between which the page or the server stays responsive. */
import { throwIfAborted } from './abort.js'

const SLICE = 10 // ms: a frame has 16

/* Taken once: the fake timers of a test, which replace them later, stand still. */
const { setImmediate, setTimeout } = /** @type {any} */ (globalThis)
/* Only where it is used: Node loads its class on first access, which takes 1 ms. */
const MessageChannel = setImmediate ? undefined : globalThis.MessageChannel

/** Waits for one turn of the event loop. So does a timer, which older Workers are left with, but only after 4 ms. */
export const turn = () =>
  new Promise((resolve) => {
    if (setImmediate) return setImmediate(resolve)
    if (!MessageChannel) return setTimeout(resolve)
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve(undefined)
    }
    port2.postMessage(undefined)
  })

/**
 * Runs a computation slice by slice. After an abort or an error it releases what it holds.
 * @template T
 * @param {(pause: () => boolean) => import('./wasm/tiles.js').Sliced<T>} start
 * @param {number} total in rows
 * @param {{ signal?: AbortSignal, onProgress?: (progress: { done: number, total: number }) => void }} options
 */
export async function runInSlices(start, total, { signal, onProgress }) {
  throwIfAborted(signal)
  let end = performance.now() + SLICE
  const sliced = start(() => performance.now() >= end)
  try {
    for (;;) {
      const { done, value } = sliced.next()
      if (done) {
        onProgress?.({ done: total, total })
        return value
      }
      onProgress?.({ done: Math.floor(/** @type {number} */ (value) * total), total })
      await turn()
      throwIfAborted(signal)
      end = performance.now() + SLICE
    }
  } finally {
    sliced.return(/** @type {any} */ (undefined))
  }
}
