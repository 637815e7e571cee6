/** The header of a .npy file: six bytes that say what it is, a version, a length, and a Python dict. */
import { tuple } from '../error-messages.js'
import { elementCount } from '../tensor/strided.js'
import { npyError } from './errors.js'

/** @typedef {import('../dtypes.js').DType} DType */
/** @typedef {{ dtype: DType, shape: number[], fortranOrder: boolean, isBigEndian: boolean, count: number, size: number }} Header `size` is that of an element, in bytes */

const MAGIC = '\x93NUMPY'
/* Before the first entry of a zip file, whose name begins after ENTRY bytes. */
const ZIP = 'PK\x03\x04'
const ENTRY = 30
/* Magic, version, and a length of two bytes in version 1, of four since. */
const SHORTEST = MAGIC.length + 4
const LONGER = SHORTEST + 2
/* That of version 1, which is ample: a header that says more is damaged. */
const LONGEST_TEXT = 65535
/* NumPy's limit, and the core's. */
const MOST_DIMS = 64
const ALIGNMENT = 64
/* NumPy leaves room for as many digits in the first size, so that an array can grow in place. */
const GROWTH = 21

/** NumPy's names, without the byte order. @type {Map<string, DType>} */
const NAMED = new Map([
  ['b1', 'bool'],
  ['i1', 'int8'],
  ['u1', 'uint8'],
  ['i2', 'int16'],
  ['u2', 'uint16'],
  ['i4', 'int32'],
  ['u4', 'uint32'],
  ['i8', 'int64'],
  ['u8', 'uint64'],
  ['f2', 'float16'],
  ['f4', 'float32'],
  ['f8', 'float64'],
])

/** @param {string} name */
const sizeOf = (name) => Number(name[1])

/** @param {Uint8Array} bytes */
const latin = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')

/**
 * How long the header is, from the beginning of a file. While that is too short to tell: how much of it tells more.
 * @param {Uint8Array} bytes
 */
export function headerLength(bytes) {
  const start = latin(bytes.subarray(0, MAGIC.length))
  if (start.startsWith(ZIP)) return entryLength(bytes)
  if (!MAGIC.startsWith(start)) throw npyError('NOT_NPY', start)
  if (bytes.length < SHORTEST) return SHORTEST
  const [version, minor] = bytes.subarray(MAGIC.length)
  if (!(version >= 1 && version <= 3 && minor === 0))
    throw npyError('HEADER', `its version is ${version}.${minor}, and NumPy has 1.0, 2.0 and 3.0`)
  if (version > 1 && bytes.length < LONGER) return LONGER
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true)
  if (length > LONGEST_TEXT) throw npyError('HEADER', `it says that it is ${length} bytes long`)
  return length + (version === 1 ? SHORTEST : LONGER)
}

/**
 * How much of an archive names its first array. Throws once it is there.
 * @param {Uint8Array} bytes
 */
function entryLength(bytes) {
  if (bytes.length < ENTRY) return ENTRY
  const length = ENTRY + bytes[ENTRY - 4] + 256 * bytes[ENTRY - 3]
  if (bytes.length < length) return length
  throw npyError('ARCHIVE', latin(bytes.subarray(ENTRY, length)).match(/^(.+)\.npy$/)?.[1])
}

/**
 * @param {Uint8Array} bytes all of the header, or of a file that ends in it
 * @returns {Header}
 */
export function parseHeader(bytes) {
  if (bytes.length === 0) throw npyError('NOT_NPY', '')
  if (bytes.length < headerLength(bytes)) throw npyError('HEADER', `the file ends in it, after ${bytes.length} bytes`)
  const [version] = bytes.subarray(MAGIC.length)
  const text = bytes.subarray(version === 1 ? SHORTEST : LONGER)
  const {
    descr,
    fortran_order: fortranOrder,
    shape,
    ...others
  } = literal(version === 3 ? new TextDecoder().decode(text) : latin(text))
  if (Array.isArray(descr) && descr.every((field) => field?.tuple))
    throw npyError(
      'STRUCTURED',
      descr.map(({ tuple: [name] }) => name),
    )
  const sizes = shape?.tuple
  if (typeof descr !== 'string' || typeof fortranOrder !== 'boolean' || !sizes || Object.keys(others).length)
    throw npyError('HEADER', "it must have 'descr', 'fortran_order' and 'shape', and nothing else")
  const name = descr.replace(/^[<>=|]/, '')
  const dtype = NAMED.get(name)
  if (!dtype) throw npyError('DTYPE', descr, [...NAMED.keys()])
  const size = sizeOf(name)
  if (sizes.length > MOST_DIMS) throw npyError('HEADER', `no array has ${sizes.length} dims`)
  const count = elementCount(sizes)
  if (!sizes.every(Number.isSafeInteger) || !Number.isSafeInteger(count * size))
    throw npyError('HEADER', `no array has the shape ${tuple(sizes)}`)
  return { dtype, shape: sizes, fortranOrder, isBigEndian: descr[0] === '>', count, size }
}

/** What differs from JSON: strings, constants, whole numbers, tuples and the comma after the last item. */
const TOKENS =
  /'([^'"\\]*)'|"[^"\\]*"|\b(?:True|False)\b|[-+]?\d[\w.]*|\(\s*\d+\s*\)|[()]|(?<![([{,]\s*),(?=\s*[)\]}])/g
/** @type {Record<string, string>} */
const IN_JSON = { True: 'true', False: 'false', '(': '{"tuple":[', ')': ']}', ',': '' }

/**
 * A dict of Python, with its tuples as { tuple }. Numbers are whole, and one in brackets is no tuple.
 * @param {string} text
 * @returns {any}
 */
function literal(text) {
  const json = text.replace(TOKENS, (token, string) => {
    if (string !== undefined) return `"${string}"`
    if (/^"/.test(token)) return token
    return IN_JSON[token] ?? token.match(/^(\d+)L?$/)?.[1] ?? 'null'
  })
  try {
    const dict = JSON.parse(json)
    if (typeof dict === 'object' && dict) return dict
  } catch {}
  throw npyError('HEADER', 'it is not a dict of Python')
}

/**
 * The header that np.save writes for a contiguous array.
 * @param {DType} dtype
 * @param {readonly number[]} shape
 */
export function writeHeader(dtype, shape) {
  const name = /** @type {string} */ ([...NAMED.keys()].find((name) => NAMED.get(name) === dtype))
  const descr = `${sizeOf(name) === 1 ? '|' : '<'}${name}`
  const room = shape.length ? ' '.repeat(GROWTH - String(shape[0]).length) : ''
  const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple(shape)}, }${room}`
  const length = SHORTEST + dict.length + 1
  const text = `${dict}${' '.repeat(ALIGNMENT - (length % ALIGNMENT))}\n`
  const start = MAGIC + String.fromCharCode(1, 0, text.length & 255, text.length >> 8)
  return Uint8Array.from(start + text, (character) => character.charCodeAt(0))
}
