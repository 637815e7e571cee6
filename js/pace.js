/** Long work in slices, between which the page, or the server, lives on. */

const SLICE = 10 // ms: a frame has 16

/** Lets the event loop turn once. Timers would do it too, but after 4 ms at least. */
const turn = () =>
  new Promise((resolve) => {
    const { setImmediate } = /** @type {any} */ (globalThis)
    if (setImmediate) return setImmediate(resolve)
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve(undefined)
    }
    port2.postMessage(undefined)
  })

/** @param {AbortSignal} [signal] */
function refuse(signal) {
  if (signal?.aborted) throw signal.reason ?? new DOMException('This operation was aborted', 'AbortError')
}

/**
 * Does all parts of a computation. An abort, or an error, gives what it holds back.
 * @template T
 * @param {(pause: () => boolean) => import('./core.js').Parts<T>} start
 * @param {number} total in rows
 * @param {{ signal?: AbortSignal, onProgress?: (progress: { done: number, total: number }) => void }} options
 */
export async function paced(start, total, { signal, onProgress }) {
  refuse(signal)
  let end = performance.now() + SLICE
  const parts = start(() => performance.now() >= end)
  try {
    for (;;) {
      const { done, value } = parts.next()
      if (done) {
        onProgress?.({ done: total, total })
        return value
      }
      onProgress?.({ done: Math.floor(/** @type {number} */ (value) * total), total })
      await turn()
      refuse(signal)
      end = performance.now() + SLICE
    }
  } finally {
    parts.return(/** @type {any} */ (undefined))
  }
}
