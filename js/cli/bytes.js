/** Where the bytes of an input come from: a file, whose parts can be read in any order, or a stream. */
import { open } from 'node:fs/promises'
import { attempt } from './errors.js'
import { progress } from './progress.js'

/** As many bytes tell the format of an input. */
const HEAD = 65536
const PIECE = 2 ** 20

/**
 * @typedef {object} Bytes
 * @property {Uint8Array} head the first bytes
 * @property {AsyncIterable<Uint8Array>} all
 * @property {import('cosdim/npy').NpySource} npy the same, as cosdim/npy takes it
 * @property {() => Promise<void>} [close]
 */

/**
 * @param {string} operand - is standard input
 * @param {string} name what errors call it
 * @returns {Promise<Bytes>}
 */
export function openBytes(operand, name) {
  if (operand === '-') return ofStream(name, process.stdin)
  return attempt(name, async () => {
    const handle = await open(operand)
    const stat = await handle.stat()
    if (stat.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' })
    if (!stat.isFile()) return ofStream(name, handle.createReadStream())
    progress.expect(stat.size)
    return ofFile(name, handle)
  })
}

/**
 * @param {string} name
 * @param {import('node:fs/promises').FileHandle} handle
 * @returns {Promise<Bytes>}
 */
async function ofFile(name, handle) {
  const { buffer, bytesRead } = await handle.read(new Uint8Array(HEAD), 0, HEAD, 0)
  async function read(
    /** @type {Uint8Array} */ into,
    /** @type {number} */ offset,
    /** @type {number} */ length,
    /** @type {number} */ position,
  ) {
    const got = await attempt(name, () => handle.read(into, offset, length, position))
    progress.read(got.bytesRead)
    return got
  }
  async function* all() {
    for (let position = 0; ; ) {
      const piece = new Uint8Array(PIECE)
      const { bytesRead } = await read(piece, 0, PIECE, position)
      if (bytesRead === 0) return
      yield piece.subarray(0, bytesRead)
      position += bytesRead
    }
  }
  return {
    head: buffer.subarray(0, bytesRead),
    all: all(),
    npy: { read, stat: () => handle.stat() },
    close: () => handle.close(),
  }
}

/**
 * @param {string} name
 * @param {AsyncIterable<Uint8Array>} stream
 * @returns {Promise<Bytes>}
 */
async function ofStream(name, stream) {
  const source = stream[Symbol.asyncIterator]()
  const iterator = { next: () => attempt(name, () => source.next()) }
  /** @type {Uint8Array[]} */
  const pieces = []
  for (let got = 0; got < HEAD; got += pieces[pieces.length - 1].length) {
    const { done, value } = await iterator.next()
    if (done) break
    pieces.push(value)
  }
  const head = Buffer.concat(pieces)
  async function* all() {
    progress.read(head.length)
    if (head.length) yield head
    for await (const piece of { [Symbol.asyncIterator]: () => iterator }) {
      progress.read(piece.length)
      yield piece
    }
  }
  const bytes = all()
  return { head, all: bytes, npy: bytes }
}
