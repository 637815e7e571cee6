/** Reads a source byte by byte count: what is asked for and no more, until the signal aborts. */
import { throwIfAborted, unlessAborted } from '../abort.js'
import { shown } from '../error-messages.js'

/* A header may announce what never comes, so more than this is allocated only as bytes come. */
const TRUSTED = 2 ** 24

export class Reader {
  /**
   * @param {import('./sources.js').Source} source
   * @param {import('../abort.js').Signal} [signal]
   */
  constructor(source, signal) {
    this.source = source
    this.signal = signal
  }

  /** Whether bytes can be read in any order. */
  get canSeek() {
    return this.source.seek !== undefined
  }

  /** The length of the file, if bytes can be read in any order. */
  length() {
    return unlessAborted(/** @type {() => Promise<number>} */ (this.source.length)(), this.signal)
  }

  /**
   * Fills an array with the bytes from a position on, or with the next ones.
   * @param {Uint8Array} into
   * @param {number} [position]
   * @returns {Promise<number>} how many there are, which are fewer only at the end
   */
  async fill(into, position) {
    if (position !== undefined) this.source.seek?.(position)
    let got = 0
    while (got < into.length) {
      throwIfAborted(this.signal)
      const most = into.length - got
      const count = await unlessAborted(this.source.readInto(into.subarray(got)), this.signal)
      if (!Number.isInteger(count) || count < 0 || count > most)
        throw new TypeError(`The source says that it gave ${shown(count)} bytes, where ${most} were asked for.`)
      if (count === 0) break
      got += count
    }
    return got
  }

  /**
   * The next bytes, in a buffer of their own.
   * @param {number} count
   * @returns {Promise<Uint8Array<ArrayBuffer>>} fewer only at the end
   */
  async take(count) {
    let bytes = new Uint8Array(Math.min(count, TRUSTED))
    for (let got = 0; ; ) {
      got += await this.fill(bytes.subarray(got))
      if (got < bytes.length || got === count) return bytes.subarray(0, got)
      const longer = new Uint8Array(Math.min(count, 2 * got))
      longer.set(bytes)
      bytes = longer
    }
  }

  /** After an abort it does not wait: a stream may not be able to stop what it is doing. */
  async close() {
    const closed = this.source.close().catch(() => {})
    if (!this.signal?.aborted) await closed
  }
}
