/**
 * Reads rows of numbers without brackets: CSV, TSV, cells of a spreadsheet, a Markdown table, a printed data frame. Names
 * above the columns or beside the rows are left out.
 */
import { isMeantAsNumber, quotable, withoutCommas } from '../model/numbers.js'
import { Unreadable } from '../model/tensors.js'

/* What separates cells: the first of these in any row of numbers, otherwise spaces. */
const SIGNS = ['\t', ';', '|', ',']

/** @typedef {{ text: string, at: number, column: number }} Cell `column` is its place in the line */

/**
 * @param {string} text
 * @param {import('./pasted.js').Remarks} remarks
 * @returns {import('./lists.js').List}
 * @throws {Unreadable}
 */
export function readTable(text, remarks) {
  const lines = linesOf(text)
  const sign = SIGNS.find((one) => lines.some(({ line, hasNumber }) => hasNumber && line.includes(one))) ?? ' '
  const rows = withoutEmptyEdges(lines.map((line) => cellsOf(line, sign)))
  const hasNumber = rows.map((cells, i) => lines[i].hasNumber && cells.some((cell) => isMeantAsNumber(cell.text)))
  const first = hasNumber.indexOf(true)
  if (first < 0) throw new Unreadable((t) => t('paste.nothing'))
  const start = first + (isCounting(rows[first], rows[first + 1], sign) ? 1 : 0)
  const end = hasNumber.lastIndexOf(true) + 1
  const [above, body, below] = [rows.slice(0, start), rows.slice(start, end), rows.slice(end)]
  const hasNames = hasIndex(above, body, sign) || below.some((cells) => cells.some(({ text }) => text === 'dtype:'))
  if (above.length) remarks.left.push((t) => t('paste.header'))
  if (hasNames) remarks.left.push((t) => t('paste.index'))
  if (below.length) remarks.left.push((t) => t('paste.text', quotable(text.slice(lines[end].at))))
  const cells = hasNames ? body.map(([, ...others]) => others) : body
  const looksDecimal = lines.slice(start, end).every(({ line }) => /^\s*[-+]?\d+,\d+\s*$/.test(line))
  remarks.areCommasSeparators = looksDecimal && !above.some(({ length }) => length === 2)
  return { at: 0, items: pointed(cells, remarks).map((items) => ({ items, at: items[0]?.at })) }
}

/** The lines that are not blank. */
function linesOf(text) {
  let at = 0
  return text.split('\n').flatMap((line) => {
    const start = at
    at += line.length + 1
    // pandas ends a series with its name, which may be a number: Name: 0, dtype: float64
    const hasNumber = !/\bdtype: \w+\s*$/.test(line) && line.split(/[\s,;|]+/).some(isMeantAsNumber)
    return line.trim() ? [{ line, at: start, hasNumber }] : []
  })
}

/** @returns {Cell[]} */
function cellsOf({ line, at }, sign) {
  const pattern =
    sign === ' '
      ? /"[^"]*"|\S+/g
      : new RegExp(`(?:^|(?<=[${sign}]))(?:[^\\S\\t]*"[^"]*"[^\\S\\t]*|[^${sign}]*)(?=[${sign}]|$)`, 'g')
  return [...line.matchAll(pattern)].map(({ 0: found, index }) => {
    const column = index + found.length - found.trimStart().length
    return { text: found.trim().replace(/^"(.*)"$/, '$1'), at: at + column, column }
  })
}

/** Without the first or last column if it is empty in every row, as in | 1 | 2 |. */
function withoutEmptyEdges(rows) {
  const edges = [0, -1].map((edge) => rows.every((cells) => cells.length > 1 && cells.at(edge).text === ''))
  return rows.map((cells) => cells.slice(edges[0] ? 1 : 0, edges[1] ? -1 : undefined))
}

const counts = (cells) => cells.every(({ text }, i) => text === `${i}`)

/** Whether a row numbers the columns from 0 and has no number above the index column, as pandas prints. */
function isCounting(row, next, sign) {
  if (row[0].text === '') return row.length > 1 && counts(row.slice(1))
  const isShort = sign === ' ' && row.length === next?.length - 1 && counts(row)
  return isShort && (row.length > 1 || row[0].column > next[0].column)
}

/**
 * Whether the first column only names the rows: no cell of it can be meant as a number, or no name stands above it.
 * Names may contain spaces, so where spaces separate cells, the names' place decides, or an index that counts from 0.
 */
function hasIndex(above, body, sign) {
  const [{ length: width }] = body
  const index = body.map(([cell]) => cell)
  if (width < 2) return false
  if (!index.some(({ text }) => isMeantAsNumber(text))) return true
  if (sign !== ' ')
    return above.some((names) => names[0].text === '' || (names.length === width - 1 && names.length > 1))
  const right = index.reduce((most, { column, text }) => Math.max(most, column + text.length), 0)
  const isCounted = counts(index)
  return above.some(
    (names) => (names[0].column >= right && names.length >= width - 1) || (names.length !== width && isCounted),
  )
}

/**
 * The rule for commas within a cell, which tabs, semicolons or quotes separate from the next: 1,5 is 1.5. Only if some
 * cell cannot be meant so, such as 1,234,567 or 1,234.5, every comma separates thousands. 1,234 alone is 1.234. Beside
 * decimal commas, a decimal point is an error, because 1.234 may mean 1234 there. What was read is said.
 */
function pointed(rows, remarks) {
  const commas = rows.flat().filter(({ text }) => text.includes(','))
  if (!commas.length) return rows
  const isGrouped = commas.some(({ text }) => /,.*[,.]/.test(text) && withoutCommas(text).length)
  const read = ({ text }) => {
    const one = isGrouped ? text.replaceAll(',', '') : text.replace(',', '.')
    return withoutCommas(text).includes(one) ? one : text
  }
  const mixed = rows.flat().find(({ text }) => !isGrouped && text.includes('.'))
  if (mixed) throw new Unreadable((t) => t('paste.marks', quotable(mixed.text)), mixed.at)
  const [example] = commas.filter((cell) => read(cell) !== cell.text)
  if (example) remarks.read.push([example.text, read(example)])
  return rows.map((cells) => cells.map((cell) => (cell.text.includes(',') ? { ...cell, text: read(cell) } : cell)))
}
