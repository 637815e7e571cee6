/** AbortSignals. */

/**
 * @typedef {{ readonly aborted: boolean, readonly reason?: unknown,
 *   addEventListener(type: 'abort', listener: () => void): void,
 *   removeEventListener(type: 'abort', listener: () => void): void }} Signal
 */

/** @param {{ readonly aborted: boolean, readonly reason?: unknown }} [signal] */
export function throwIfAborted(signal) {
  if (signal?.aborted) throw signal.reason ?? new DOMException('This operation was aborted', 'AbortError')
}

/**
 * What a promise gives, unless the signal aborts first. The listener does not outlive the promise.
 * @template T
 * @param {Promise<T>} promise
 * @param {Signal} [signal]
 * @returns {Promise<T>}
 */
export function unlessAborted(promise, signal) {
  if (!signal) return promise
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      try {
        throwIfAborted(signal)
      } catch (reason) {
        reject(reason)
      }
    }
    const stop = () => signal.removeEventListener('abort', onAbort)
    signal.addEventListener('abort', onAbort)
    promise.then(resolve, reject).finally(stop)
    onAbort()
  })
}
