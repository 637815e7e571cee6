/**
 * Accumulators as bytes, for storage and for other machines: eight bytes that say what they are, a CRC-32 of all that
 * follows, the length of a header in JSON, that header, padding, and the numbers. Everything is little-endian.
 */
import { NAMES } from '../dtypes.js'
import { shown } from '../error-messages.js'
import { arrayName, viewAs } from '../typed-array-intrinsics.js'

const MAGIC = 'cosdim'
const VERSION = 1
/* Where the header begins. The numbers begin at a multiple of ALIGNMENT. */
const HEADER = 16
const ALIGNMENT = 8

/** @type {Uint32Array | undefined} */
let table

/**
 * CRC-32, as in zip files and PNG.
 * @param {Uint8Array} bytes
 * @param {number} [before] that of the bytes before these
 */
export function crc32(bytes, before = 0) {
  table ??= Uint32Array.from({ length: 256 }, (_, byte) => {
    for (let bit = 0; bit < 8; bit++) byte = (byte >>> 1) ^ (byte & 1 ? 0xedb88320 : 0)
    return byte
  })
  let crc = ~before
  for (const byte of bytes) crc = (crc >>> 8) ^ table[(crc ^ byte) & 255]
  return ~crc >>> 0
}

const aligned = (/** @type {number} */ length) => Math.ceil(length / ALIGNMENT) * ALIGNMENT

/**
 * @param {string} kind one character
 * @param {object} header
 * @param {Uint8Array} numbers
 */
export function write(kind, header, numbers) {
  const text = new TextEncoder().encode(JSON.stringify(header))
  const start = aligned(HEADER + text.length)
  const bytes = new Uint8Array(start + numbers.length)
  const view = new DataView(bytes.buffer)
  bytes.set(new TextEncoder().encode(MAGIC + kind))
  bytes[7] = VERSION
  view.setUint32(12, text.length, true)
  bytes.set(text, HEADER)
  bytes.set(numbers, start)
  view.setUint32(8, crc32(bytes.subarray(12)), true)
  return bytes
}

/** What a field of a header can be. JSON leaves out what is undefined, and has no Infinity: eps is a string. */
export const isCount = (/** @type {unknown} */ value) => Number.isSafeInteger(value) && Number(value) >= 0
export const isText = (/** @type {unknown} */ value) => typeof value === 'string'
export const isShape = (/** @type {unknown} */ value) => Array.isArray(value) && value.every(isCount)
export const isEps = (/** @type {unknown} */ value) => isText(value) && Number(value) >= 0
export const isFloat = (/** @type {any} */ value) =>
  value === undefined || ['float16', 'float32', 'float64'].includes(value)
export const isDtype = (/** @type {any} */ value) => value === undefined || NAMES.includes(value)

/**
 * The header and the numbers of bytes that write() made. TypeError for anything but bytes; RangeError for bytes of another
 * kind or version, and for damaged ones.
 * @param {string} where
 * @param {string} kind
 * @param {Record<string, (value: any) => boolean>} fields of the header
 * @param {unknown} source
 * @returns {{ header: any, numbers: Uint8Array }}
 */
export function read(where, kind, fields, source) {
  const isBytes = ArrayBuffer.isView(source) && arrayName(source) === 'Uint8Array'
  if (!isBytes) throw new TypeError(`${where} takes the Uint8Array that toBytes() gave, got ${shown(source)}.`)
  const bytes = viewAs(Uint8Array, /** @type {any} */ (source)).slice()
  const view = new DataView(bytes.buffer)
  const [magic, of, version] = [text(bytes, 0, 6), text(bytes, 6, 7), bytes[7]]
  if (magic !== MAGIC || bytes.length < HEADER) throw new RangeError(`${where}: these bytes are not from toBytes().`)
  if (version !== VERSION)
    throw new RangeError(`${where}: these bytes have version ${version}, and this cosdim reads version ${VERSION}.`)
  if (crc32(bytes.subarray(12)) !== view.getUint32(8, true))
    throw new RangeError(`${where}: these bytes are damaged or cut off: their checksum differs.`)
  if (of !== kind) throw new RangeError(`${where}: these bytes are of another kind of accumulator.`)
  const end = HEADER + view.getUint32(12, true)
  const header = parsed(text(bytes, HEADER, end))
  for (const [name, isValid] of Object.entries(fields))
    if (!isValid(header[name])) throw inconsistent(where, `${name} is ${shown(header[name])}`)
  return { header, numbers: bytes.subarray(aligned(end)) }
}

/**
 * The error for bytes whose checksum is right, and which toBytes() did not write.
 * @param {string} where
 * @param {string} what
 */
export const inconsistent = (where, what) => new RangeError(`${where}: these bytes are inconsistent: ${what}.`)

/** The fields of an object in JSON, none for anything else. @param {string} json */
function parsed(json) {
  try {
    return { ...JSON.parse(json) }
  } catch {
    return {}
  }
}

/**
 * @param {Uint8Array} bytes
 * @param {number} start
 * @param {number} end
 */
const text = (bytes, start, end) => new TextDecoder().decode(bytes.subarray(start, end))
