/** Reads a file in chunks of rows. */
import { integer, optionsOf } from '../input/options.js'
import { elementCount } from '../tensor/strided.js'
import { elementsOf } from './elements.js'
import { npyError } from './errors.js'
import { headerLength, parseHeader } from './header.js'
import { Reader } from './reader.js'
import { ofBytes, sourceOf } from './sources.js'

/** @typedef {import('./header.js').Header} Header */
/** @typedef {import('../abort.js').Signal} Signal */

/* What a chunk has by default, in bytes. In Fortran order 1 MiB is read at 24 MB/s, and 12 MiB at 350 (768 columns). */
const CHUNK = 2 ** 20
const CHUNK_OF_COLUMNS = 2 ** 24
/* The longest stream in Fortran order that is held, in bytes. */
const MOST_HELD = 2 ** 26

/** @type {typeof import('../../types/npy.js').npyChunks} */
export function npyChunks(source, options) {
  const where = 'npyChunks()'
  const { rows, signal } = optionsOf(where, options, { rows: undefined, signal: undefined })
  const open = sourceOf(where, source)
  if (rows !== undefined && integer(where, 'rows', rows) < 1)
    throw new RangeError(`${where}: rows must be from 1 up, got ${rows}.`)
  return reading(open, rows, signal)
}

/** @type {typeof import('../../types/npy.js').npyHeader} */
export async function npyHeader(source, options) {
  const where = 'npyHeader()'
  const { signal } = optionsOf(where, options, { signal: undefined })
  const open = sourceOf(where, source)
  const reader = new Reader(open(), signal)
  try {
    const { dtype, shape, fortranOrder } = parseHeader(await headerOf(reader))
    return { dtype, shape, fortranOrder }
  } finally {
    await reader.close()
  }
}

/**
 * @param {() => import('./sources.js').Source} open
 * @param {number | undefined} rows
 * @param {Signal} [signal]
 */
async function* reading(open, rows, signal) {
  const reader = new Reader(open(), signal)
  try {
    const bytes = await headerOf(reader)
    const header = parseHeader(bytes)
    const { shape, fortranOrder, count, size } = header
    const areColumns = fortranOrder && shape.filter((size) => size > 1).length > 1
    const read = areColumns ? await columns(reader, header, bytes.length) : inOrder(reader, header)
    const parts = partsOf(header, rows, areColumns ? CHUNK_OF_COLUMNS : CHUNK)
    for (const [first, sizes] of parts)
      yield elementsOf(header, sizes, await read(elementCount(sizes) * size, first, sizes[0]))
    if (await reader.fill(new Uint8Array(1), bytes.length + count * size)) throw npyError('TOO_LONG', count * size)
  } finally {
    await reader.close()
  }
}

/** @param {Reader} reader */
async function headerOf(reader) {
  let bytes = new Uint8Array()
  for (let length = 0; length <= bytes.length; ) {
    length = headerLength(bytes)
    const more = await reader.take(length - bytes.length)
    if (more.length === 0) break
    const longer = new Uint8Array(bytes.length + more.length)
    longer.set(bytes)
    longer.set(more, bytes.length)
    bytes = longer
  }
  return bytes
}

/**
 * The first row of each chunk, and the shape of the chunk. An array without rows or elements is one chunk.
 * @param {Header} header
 * @param {number | undefined} rows in a chunk
 * @param {number} bytes otherwise
 * @returns {Generator<[first: number, shape: number[]]>}
 */
function* partsOf({ shape, count, size }, rows, bytes) {
  if (shape.length === 0 || count === 0) return yield [0, shape]
  const [total, ...rest] = shape
  const most = rows ?? Math.max(1, Math.floor(bytes / (elementCount(rest) * size)))
  for (let first = 0; first < total; first += most) yield [first, [Math.min(most, total - first), ...rest]]
}

/** @typedef {(length: number, first: number, n: number) => Promise<Uint8Array<ArrayBuffer>>} ReadRows `length` is in bytes */

/**
 * Reads rows that follow each other.
 * @param {Reader} reader
 * @param {Header} header
 * @returns {ReadRows}
 */
function inOrder(reader, { count, size }) {
  let got = 0
  return async (length) => {
    const bytes = await reader.take(length)
    got += bytes.length
    if (bytes.length < length) throw npyError('CUT_OFF', count * size, got)
    return bytes
  }
}

/**
 * Reads rows of an array in Fortran order: a range of each column. The first rows of a stream are complete only where it
 * ends, so a short one is held. A long one is refused: what does not fit into memory is why people stream.
 * @param {Reader} reader
 * @param {Header} header
 * @param {number} start of the elements
 * @returns {Promise<ReadRows>}
 */
async function columns(reader, header, start) {
  const { shape, count, size } = header
  const wanted = count * size
  if (!reader.canSeek) {
    if (wanted > MOST_HELD) throw npyError('FORTRAN', shape, wanted)
    const bytes = await inOrder(reader, header)(wanted, 0, shape[0])
    reader = new Reader(ofBytes(bytes), reader.signal)
    start = 0
  }
  const cutOff = async () => npyError('CUT_OFF', wanted, Math.max(0, (await reader.length()) - start))
  // Before memory is allocated for rows that may never come.
  if ((await reader.length()) < start + wanted) throw await cutOff()
  return async (length, first, n) => {
    const bytes = new Uint8Array(length)
    const ranges = n === shape[0] ? 1 : count / shape[0]
    const step = length / ranges
    for (let i = 0; i < ranges; i++) {
      const range = bytes.subarray(i * step, (i + 1) * step)
      if ((await reader.fill(range, start + (i * shape[0] + first) * size)) < step) throw await cutOff()
    }
    return bytes
  }
}
