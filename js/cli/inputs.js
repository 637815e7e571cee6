/** Operands as tensors: whole, in chunks of rows, or whole if they are small. */
import { openBytes } from './bytes.js'
import { FORMATS, formatOf } from './formats.js'
import { tensorOf } from './json.js'
import { byteLength, joined } from './rows.js'

/** @typedef {import('cosdim').Tensor} Tensor */
/** @typedef {{ dtype?: import('./formats.js').Float, format?: string, all?: boolean }} Options */

/** Inputs up to this size, in bytes, are read whole, even where they could be streamed. */
const SMALL = 2 ** 24

/** @param {string} operand */
const isLiteral = (operand) => /^\s*\[/.test(operand)

/** What errors call an operand. @param {string} operand */
export const nameOf = (operand) => {
  if (operand === '-') return 'standard input'
  return operand.length > 40 && isLiteral(operand) ? `${operand.slice(0, 40)}…` : operand
}

/**
 * The rows of an operand.
 * @param {string} operand
 * @param {Options} options
 * @returns {AsyncGenerator<Tensor, void, undefined>}
 */
export async function* chunksOf(operand, { dtype, format, all }) {
  const name = nameOf(operand)
  if (isLiteral(operand)) return yield tensorOf(name, operand, dtype)
  const bytes = await openBytes(operand)
  try {
    yield* FORMATS[formatOf(operand, bytes.head, format)]({ name, bytes, dtype, all })
  } finally {
    await bytes.close?.()
  }
}

/**
 * @param {string} operand
 * @param {Options} options
 */
export async function whole(operand, options) {
  const parts = []
  for await (const part of chunksOf(operand, { ...options, all: true })) parts.push(part)
  return joined(nonEmpty(operand, parts))
}

/**
 * A tensor, or the chunks of what is not small.
 * @param {string} operand
 * @param {Options} options
 * @returns {Promise<Tensor | { shape: readonly number[], chunks: AsyncGenerator<Tensor, void, undefined> }>} `shape` of the
 *   first chunk
 */
export async function load(operand, options) {
  const iterator = chunksOf(operand, options)
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
  return { shape, chunks: chunks() }
}

/**
 * @param {string} operand
 * @param {Tensor[]} parts
 */
function nonEmpty(operand, parts) {
  if (parts.length) return parts
  throw new Error(`${nameOf(operand)} is empty.`)
}
