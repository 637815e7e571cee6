/** Operands as tensors: whole, in chunks of rows, or whole if they are small. */
import { npyHeader } from 'cosdim/npy'
import { openBytes } from './bytes.js'
import { attempt } from './errors.js'
import { FORMATS, formatOf } from './formats.js'
import { tensorOf } from './json.js'
import { byteLength, joined } from './rows.js'

/** @typedef {import('cosdim').Tensor} Tensor */
/** @typedef {{ dtype?: import('./formats.js').Float, format?: string, all?: boolean }} Options */

/** Inputs up to this size, in bytes, are read whole, even where they could be streamed. */
const SMALL = 2 ** 24

/** A, B and C. */
const LIST = new Intl.ListFormat('en-GB')

/** @param {string} operand */
const isLiteral = (operand) => /^\s*\[/.test(operand)

/** What errors call an operand. @param {string} operand */
export const nameOf = (operand) => {
  if (operand === '-') return 'standard input'
  return operand.length > 40 && isLiteral(operand) ? `${operand.slice(0, 40)}…` : operand
}

/**
 * An operand in chunks of rows.
 * @typedef {object} Chunks
 * @property {number} [rows] of all together, if that is known before
 * @property {AsyncGenerator<Tensor, void, undefined>} chunks
 */

/**
 * @param {string} operand
 * @param {Options} options
 * @returns {Promise<Chunks>}
 */
export async function chunked(operand, { dtype, format, all }) {
  const name = nameOf(operand)
  if (isLiteral(operand)) {
    const x = tensorOf(name, operand, dtype)
    return { rows: x.shape[0], chunks: only(x) }
  }
  const bytes = await openBytes(operand, name)
  const kind = formatOf(operand, bytes.head, format)
  async function* chunks() {
    try {
      yield* FORMATS[kind]({ name, bytes, dtype, all })
    } finally {
      await bytes.close?.()
    }
  }
  return { rows: kind === 'npy' ? await rowsIn(bytes.head) : undefined, chunks: chunks() }
}

/** @param {Tensor} x */
async function* only(x) {
  yield x
}

/** The rows of a .npy file, if its header is right. @param {Uint8Array} head */
const rowsIn = (head) =>
  npyHeader(new Blob([/** @type {any} */ (head)])).then(
    ({ shape }) => shape[0],
    () => undefined,
  )

/**
 * What `use` gives. Its errors name the operands.
 * @template T
 * @param {string[]} operands
 * @param {() => T | Promise<T>} use
 */
export const comparing = (operands, use) => attempt(LIST.format(operands.map(nameOf)), use)

/**
 * @param {string} operand
 * @param {Options} options
 */
export async function whole(operand, options) {
  const parts = []
  for await (const part of (await chunked(operand, { ...options, all: true })).chunks) parts.push(part)
  return joined(nonEmpty(operand, parts))
}

/**
 * A tensor, or the chunks of what is not small.
 * @param {string} operand
 * @param {Options} options
 * @returns {Promise<Tensor | Chunks & { shape: readonly number[] }>} `shape` of the first chunk
 */
export async function load(operand, options) {
  const { rows, chunks: iterator } = await chunked(operand, options)
  /** @type {Tensor[]} */
  const held = []
  for (let bytes = 0; held.length < 2 || bytes <= SMALL; ) {
    const { done, value } = await iterator.next()
    if (done) return joined(nonEmpty(operand, held))
    held.push(value)
    bytes += byteLength(value)
  }
  const { shape } = held[0]
  async function* chunks() {
    while (held.length) yield/** @type {Tensor} */ (held.shift())
    yield* iterator
  }
  return { shape, rows, chunks: chunks() }
}

/**
 * @param {string} operand
 * @param {Tensor[]} parts
 */
function nonEmpty(operand, parts) {
  if (parts.length) return parts
  throw new Error(`${nameOf(operand)} is empty.`)
}
