/** ReadableStreams. */

/**
 * A stream as an iterator: not every browser's streams are async iterables.
 * @param {ReadableStream} stream
 * @returns {{ next(): Promise<{ done?: boolean, value?: any }>, return(): Promise<unknown> }}
 */
export function iteratorOf(stream) {
  const reader = stream.getReader()
  return {
    next: () => reader.read(),
    return() {
      const cancelled = reader.cancel()
      reader.releaseLock()
      return cancelled
    },
  }
}
