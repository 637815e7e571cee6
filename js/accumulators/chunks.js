/** Data that arrives in chunks: async iterables, and streams in browsers that cannot iterate them. */
import { throwIfAborted } from '../abort.js'

/** @param {any} x */
export const isChunked = (x) => typeof x?.[Symbol.asyncIterator] === 'function' || typeof x?.getReader === 'function'

/** The reader of a stream as an iterator. @param {ReadableStream} stream @returns {AsyncIterator<unknown>} */
function iteratorOf(stream) {
  const reader = stream.getReader()
  return {
    next: () => /** @type {any} */ (reader.read()),
    async return() {
      await reader.cancel()
      return { done: true, value: undefined }
    },
  }
}

/**
 * The chunks, one when it is asked for. An abort does not wait for the next one. Whatever ends the loop, the source is told.
 * @param {any} source
 * @param {AbortSignal} [signal]
 */
export async function* chunksOf(source, signal) {
  throwIfAborted(signal)
  /** @type {AsyncIterator<unknown>} */
  const iterator = source[Symbol.asyncIterator]?.() ?? iteratorOf(source)
  /** @type {() => void} */
  let abort = () => {}
  /** @type {Promise<never>} */
  const aborted = new Promise((_, reject) => {
    abort = () => reject(signal?.reason)
  })
  aborted.catch(() => {}) // it may come when nothing waits for it
  signal?.addEventListener('abort', abort)
  let isOver = false
  try {
    for (;;) {
      const { done, value } = await Promise.race([iterator.next(), aborted])
      isOver = Boolean(done)
      if (isOver) return
      yield value
    }
  } finally {
    signal?.removeEventListener('abort', abort)
    // Not awaited: a source that hangs must not hold up the abort.
    if (!isOver) Promise.resolve(iterator.return?.()).catch(() => {})
  }
}
