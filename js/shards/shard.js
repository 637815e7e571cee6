/** One shard, read once from its beginning to its end, while its bytes are counted and their CRC-32 is computed. */
import { npyChunks, npyHeader } from 'cosdim/npy'
import { throwIfAborted, unlessAborted } from '../abort.js'
import { crc32 as inScript } from '../accumulators/bytes.js'
import { tuple } from '../error-messages.js'
import { Reader } from '../npy/reader.js'
import { sourceOf } from '../npy/sources.js'

/** @typedef {import('../../types/shards.js').ShardFile} ShardFile */
/** @typedef {import('../abort.js').Signal} Signal */
/** @typedef {{ bytes: number, crc32: number }} Seen */

/* How much is read at once: more than the longest header. */
const PIECE = 2 ** 20

/* Node's own is many times as fast. Bundlers do not see that it is asked for. @type {(bytes: Uint8Array, before: number) => number} */
const crc32 = /** @type {any} */ (globalThis).process?.getBuiltinModule?.('zlib')?.crc32 ?? inScript

/**
 * An error that names the shard. What was thrown is its cause.
 * @param {string} path
 * @param {unknown} cause
 */
function shardError(path, cause) {
  const message = /** @type {any} */ (cause)?.message ?? cause
  return Object.assign(new Error(`Shard ${path}: ${message}`, { cause }), { shard: path })
}

/**
 * What `use` gives. Its errors name the shard, but an abort throws the signal's reason.
 * @template T
 * @param {string} path
 * @param {Signal | undefined} signal
 * @param {() => T | Promise<T>} use
 * @returns {Promise<T>}
 */
export async function naming(path, signal, use) {
  throwIfAborted(signal)
  try {
    return await use()
  } catch (error) {
    throwIfAborted(signal)
    throw shardError(path, error)
  }
}

/**
 * The bytes in pieces. Each is overwritten by the next.
 * @param {Reader} reader
 * @param {Seen} seen
 */
async function* piecesOf(reader, seen) {
  const buffer = new Uint8Array(PIECE)
  for (;;) {
    const piece = buffer.subarray(0, await reader.fill(buffer))
    if (piece.length === 0) return
    seen.bytes += piece.length
    seen.crc32 = crc32(piece, seen.crc32)
    yield piece
  }
}

/** @param {Uint8Array} piece */
async function* only(piece) {
  yield piece
}

/**
 * @param {Uint8Array} first
 * @param {AsyncIterable<Uint8Array>} rest
 */
async function* joined(first, rest) {
  yield first
  yield* rest
}

/**
 * What open() gives. An abort does not wait for it.
 * @param {string} path
 * @param {(path: string) => any} open
 * @param {Signal} [signal]
 */
async function opening(path, open, signal) {
  const opened = Promise.resolve(open(path))
  try {
    return await unlessAborted(opened, signal)
  } catch (error) {
    opened.then((late) => late?.close?.()).catch(() => {})
    throw error
  }
}

/**
 * Opens a shard and reads its header.
 * @param {string} path
 * @param {(path: string) => any} open
 * @param {Signal} [signal]
 */
export async function openShard(path, open, signal) {
  const opened = await naming(path, signal, () => opening(path, open, signal))
  const seen = { bytes: 0, crc32: 0 }
  /** @type {Reader | undefined} */
  let reader
  const close = async () => {
    await reader?.close()
    // A FileHandle, which reading leaves open.
    await opened?.close?.()
  }
  try {
    return await naming(path, signal, async () => {
      reader = new Reader(sourceOf('What open() gives: npyChunks()', opened)(), signal)
      const pieces = piecesOf(reader, seen)
      const first = (await pieces.next()).value ?? new Uint8Array()
      const header = await npyHeader(only(first))
      if (header.shape.length !== 2)
        throw new RangeError(`its shape is ${tuple(header.shape)}. A shard has rows and columns.`)
      if (header.fortranOrder && !header.shape.some((size) => size < 2))
        throw new RangeError(`it is in Fortran order. Save it with np.save('a.npy', np.ascontiguousarray(a)).`)
      return { path, header, seen, close, pieces: joined(first, pieces) }
    })
  } catch (error) {
    await close()
    throw error
  }
}

/** @typedef {Awaited<ReturnType<typeof openShard>>} Shard */

/**
 * The rows in chunks. Errors name the shard.
 * @param {Shard} shard
 * @param {number | undefined} rows in a chunk
 * @param {Signal} [signal]
 */
export function chunksOf({ path, pieces }, rows, signal) {
  const chunks = npyChunks(pieces, { rows, signal })
  return { next: () => naming(path, signal, () => unlessAborted(chunks.next(), signal)) }
}
