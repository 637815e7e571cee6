/**
 * Where the bytes of a file come from. A source puts the next bytes into an array and gives their number, 0 at the end.
 * One that reads files can also seek, and knows how long the file is.
 */
import { shown } from '../error-messages.js'
import { iteratorOf } from '../streams.js'
import { arrayName, viewAs } from '../typed-array-intrinsics.js'

/**
 * @typedef {object} Source
 * @property {(into: Uint8Array) => Promise<number>} readInto at least one byte, unless at the end
 * @property {() => Promise<unknown>} close
 * @property {(position: number) => void} [seek]
 * @property {() => Promise<number>} [length] in bytes
 */

/** What a source is, in the order in which it is asked: Node's streams are async iterables, too. */
const KINDS = /** @type {[(x: any) => boolean, (x: any) => Source][]} */ ([
  [(x) => typeof x.getReader === 'function', (stream) => ofPieces(iteratorOf(stream))],
  [(x) => typeof x.arrayBuffer === 'function' && typeof x.slice === 'function', ofBlob],
  [(x) => typeof x.read === 'function' && typeof x.stat === 'function', ofHandle],
  [(x) => typeof x[Symbol.asyncIterator] === 'function', (x) => ofPieces(x[Symbol.asyncIterator]())],
])

/** What to do with what is often passed instead. @param {any} x */
function hintFor(x) {
  if (typeof x?.then === 'function') return 'Await it first. A FileHandle is yours to close.'
  if (x?.body) return 'Pass its body.'
  if (ArrayBuffer.isView(x) || x instanceof ArrayBuffer) return 'For the bytes of a whole file, use fromNpy(bytes).'
  return 'Pass (await fetch(url)).body, or createReadStream(path) of node:fs.'
}

/**
 * A function that opens the source. TypeError at once if it is none.
 * @param {string} where
 * @param {any} x
 * @returns {() => Source}
 */
export function sourceOf(where, x) {
  const [, open] = (typeof x === 'object' && x && KINDS.find(([is]) => is(x))) || []
  if (open) return () => open(x)
  throw new TypeError(
    `${where} takes a ReadableStream, an AsyncIterable of bytes, a Blob or a FileHandle, got ${shown(x)}. ${hintFor(x)}`,
  )
}

/** @typedef {{ next(): Promise<{ done?: boolean, value?: any }>, return?: () => unknown }} Pieces */

/**
 * @param {Pieces} pieces
 * @returns {Source}
 */
function ofPieces(pieces) {
  let left = new Uint8Array()
  return {
    async readInto(into) {
      while (left.length === 0) {
        const { done, value } = await pieces.next()
        if (done) return 0
        left = bytesOf(value)
      }
      const taken = left.subarray(0, into.length)
      left = left.subarray(taken.length)
      into.set(taken)
      return taken.length
    },
    close: async () => pieces.return?.(),
  }
}

/** The bytes of a piece, without the methods of its class. @param {any} piece */
function bytesOf(piece) {
  if (arrayName(piece) === 'Uint8Array') return viewAs(Uint8Array, piece)
  const hint = typeof piece === 'string' ? ' Leave out setEncoding().' : ''
  throw new TypeError(`The pieces of a stream must be Uint8Arrays or Buffers, got ${shown(piece)}.${hint}`)
}

/**
 * @param {Blob} blob
 * @returns {Source}
 */
function ofBlob(blob) {
  return seekable(
    async (into, position) => {
      const bytes = new Uint8Array(await blob.slice(position, position + into.length).arrayBuffer())
      if (bytes.length <= into.length) into.set(bytes)
      return bytes.length
    },
    async () => blob.size,
  )
}

/**
 * A FileHandle of node:fs/promises, which its owner closes. Its position does not change.
 * @param {{ read(into: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesRead: number }>,
 *   stat(): Promise<{ size: number }> }} handle
 * @returns {Source}
 */
function ofHandle(handle) {
  return seekable(
    async (into, position) => (await handle.read(into, 0, into.length, position)).bytesRead,
    async () => (await handle.stat()).size,
  )
}

/**
 * @param {(into: Uint8Array, position: number) => Promise<number>} readAt
 * @param {() => Promise<number>} length
 * @returns {Source}
 */
function seekable(readAt, length) {
  let position = 0
  return {
    async readInto(into) {
      const count = await readAt(into, position)
      position += count
      return count
    },
    seek(to) {
      position = to
    },
    length,
    close: async () => {},
  }
}

/**
 * Bytes that are in memory.
 * @param {Uint8Array} bytes
 */
export const ofBytes = (bytes) =>
  seekable(
    async (into, position) => {
      const found = bytes.subarray(position, position + into.length)
      into.set(found)
      return found.length
    },
    async () => bytes.length,
  )
