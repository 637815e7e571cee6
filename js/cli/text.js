/** Rows of text: a list in JSON on each line, or numbers with separators between them. */
import { tensor } from 'cosdim'
import { errorAt } from './errors.js'
import { cut } from './rows.js'

/** @typedef {import('cosdim').Tensor} Tensor */

/** How much text becomes a chunk, in characters. */
const CHUNK = 2 ** 21
/** The longest line, in characters. */
const LONGEST = 2 ** 27

/**
 * The rows in chunks. What cannot be read is an error that names its line.
 * @param {import('./formats.js').Reading} reading
 * @param {() => (line: string) => unknown} makeRead a row of a line; undefined for a line without one
 * @returns {AsyncGenerator<Tensor, void, undefined>}
 */
export async function* rowsOfText({ name, bytes, dtype }, makeRead) {
  const read = makeRead()
  /** @type {unknown} */
  let model
  let line = 0
  /** @type {{ row: unknown, line: number }[]} */
  let rows = []
  let length = 0
  for await (const texts of linesOf(name, bytes.all))
    for (const text of texts) {
      line++
      const row = attempt(name, line, () => read(text))
      if (row === undefined) continue
      model ??= row
      rows.push({ row, line })
      length += text.length
      if (length < CHUNK) continue
      yield chunkOf(name, model, rows, dtype)
      rows = []
      length = 0
    }
  if (rows.length) yield chunkOf(name, model, rows, dtype)
}

/**
 * The lines of each piece, complete.
 * @param {string} name
 * @param {AsyncIterable<Uint8Array>} pieces
 */
async function* linesOf(name, pieces) {
  const decoder = new TextDecoder()
  let rest = ''
  let before = 0
  for await (const piece of pieces) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n')
    rest = /** @type {string} */ (lines.pop())
    before += lines.length
    if (rest.length > LONGEST)
      throw errorAt(`${name}:${before + 1}`, 'this line is longer than 128 MiB. Is it text with a row on each line?')
    yield lines
  }
  yield [rest + decoder.decode()]
}

/**
 * @template T
 * @param {string} name
 * @param {number} line
 * @param {() => T} use
 */
function attempt(name, line, use) {
  try {
    return use()
  } catch (cause) {
    throw errorAt(`${name}:${line}`, cause)
  }
}

/**
 * The tensor of rows like the first one of all.
 * @param {string} name
 * @param {unknown} model
 * @param {{ row: unknown, line: number }[]} rows
 * @param {import('./formats.js').Float} [dtype]
 */
function chunkOf(name, model, rows, dtype) {
  const make = (/** @type {unknown[]} */ list) => /** @type {Tensor} */ (tensor(/** @type {any} */ (list), { dtype }))
  try {
    return cut(make([model, ...rows.map(({ row }) => row)]), 1)
  } catch (error) {
    for (const { row, line } of rows) attempt(name, line, () => make([model, row]))
    throw errorAt(name, error)
  }
}

/** @param {string} line */
export function jsonRow(line) {
  if (!line.trim()) return undefined
  const row = JSON.parse(line)
  if (typeof row === 'number' || Array.isArray(row)) return row
  throw new TypeError(
    row && typeof row === 'object'
      ? 'this line is an object, not a list of numbers. Take its list out first, for example with jq -c .embedding.'
      : 'this line is not a list of numbers.',
  )
}

/* What separates cells: the first of these in the first row, otherwise spaces. */
const SEPARATORS = ['\t', ';', ',']
/** As Python writes them. */
const SPECIAL = new Map([
  ['nan', NaN],
  ['inf', Infinity],
  ['+inf', Infinity],
  ['-inf', -Infinity],
])

/** Names above the columns, and lines that begin with # are left out. */
export function csvRow() {
  /** @type {string | RegExp | undefined} */
  let separator
  let isFirst = true
  return (/** @type {string} */ line) => {
    if (/^\s*(#|$)/.test(line)) return undefined
    separator ??= SEPARATORS.find((sign) => line.includes(sign)) ?? /\s+/
    const cells = (separator instanceof RegExp ? line.trim() : line)
      .split(separator)
      .map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
    const row = cells.map(numberOf)
    const isHeader = isFirst && row.every(Number.isNaN) && !cells.some(isSpecial)
    isFirst = false
    if (isHeader) return undefined
    row.forEach((number, i) => {
      if (Number.isNaN(number) && !isSpecial(cells[i]))
        throw new TypeError(
          cells[i] ? `cell ${i + 1}, '${cells[i].slice(0, 40)}', is not a number.` : `cell ${i + 1} is empty.`,
        )
    })
    return row
  }
}

/** @param {string} cell */
const isSpecial = (cell) => SPECIAL.has(cell.toLowerCase())

/** @param {string} cell */
const numberOf = (cell) => SPECIAL.get(cell.toLowerCase()) ?? (cell === '' ? NaN : Number(cell))
