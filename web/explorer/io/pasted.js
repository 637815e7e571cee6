/**
 * Reads pasted tensors and text files: [[1, 2], [3, 4]], a PyTorch or NumPy printout, rows of CSV or TSV. Errors give
 * the line and the character.
 */
import { readElement } from '../model/numbers.js'
import { MAX_CELLS, readTensor, Unreadable } from '../model/tensors.js'

/* What surrounds the brackets of a printout or of code: A = torch.tensor( … , dtype=torch.float64) */
const PYTHON = /^\s*(?:\w+\s*=\s*)?(?:[a-z_][\w.]*\s*\(\s*)?(?=\[)/i
const PYTHON_END = /\s*(?:,\s*\w+\s*=[^[\]]*)?\)?\s*;?\s*$/
const SCALAR = /^\s*(?:tensor|array)\(([^[,)]*)(?:,[^[]*)?\)\s*$/

/** Whether a text is more than one number for the cell it is pasted into. */
export const isTensor = (text) => /[[\]\t;]|\n\s*\S|\(|,.*,|,\s/.test(text.trim())

/**
 * @param {string} text
 * @returns {import('../model/tensors.js').TypedTensor}
 * @throws {Unreadable}
 */
export function readPasted(text) {
  const count = text.split(/[\s,;[\]]+/).filter((word) => /^[-+.\d]/.test(word)).length
  if (count > MAX_CELLS) throw new Unreadable((t) => t('paste.tooMany', count, MAX_CELLS))
  try {
    return PYTHON.test(text) || SCALAR.test(text) ? readPython(text) : readRows(text)
  } catch (error) {
    if (!(error instanceof Unreadable) || error.at === undefined) throw error
    const before = text.slice(0, error.at).split(/\r?\n/)
    const column = before[before.length - 1].length + 1
    throw new Unreadable((t) => t('paste.at', before.length, column, error.say(t)), error.at)
  }
}

function readPython(text) {
  const start = text.match(PYTHON)?.[0].length ?? text.indexOf('(') + 1
  const end = SCALAR.test(text) ? start + text.match(SCALAR)[1].length : text.match(PYTHON_END).index
  // Spaces keep each character in its place for error messages. Spaces between NumPy's numbers become commas.
  const inner = (' '.repeat(start) + text.slice(start, end)).replace(/(?<=[^\s[,])\s(?=\s*[^\s\],])/g, ',')
  return readTensor(inner, numberAt)
}

/**
 * Always reads a matrix. With semicolons or tabs as separators, a comma is a decimal point. A first line without
 * numbers is taken as column names.
 */
function readRows(text) {
  const separator = text.includes('\t') ? /\t/ : text.includes(';') ? /;/ : text.includes(',') ? /,/ : / +/
  const lines = []
  let at = 0
  for (const line of text.split('\n')) {
    if (line.trim()) lines.push({ line: line.trimEnd(), at })
    at += line.length + 1
  }
  const isNumber = (cell) => !readElement(unquoted(cell)).problem
  if (lines.length > 1 && !lines[0].line.split(separator).some(isNumber)) lines.shift()
  const rows = lines.map(({ line, at }) => {
    let place = at + line.length - line.trimStart().length
    return line
      .trimStart()
      .split(separator)
      .map((cell) => {
        const start = place
        place += cell.length + 1
        const decimal =
          separator.source === ',' ? unquoted(cell) : unquoted(cell).replace(/^([-+]?\d*),(\d+)$/, '$1.$2')
        return numberAt(decimal, start)
      })
  })
  const width = rows[0]?.length ?? 0
  const ragged = rows.findIndex((row) => row.length !== width)
  if (ragged >= 0) throw new Unreadable((t) => t('tensor.ragged'), lines[ragged].at)
  if (!width) throw new Unreadable((t) => t('paste.nothing'))
  return { shape: [rows.length, width], cells: rows.flat() }
}

const unquoted = (cell) => cell.trim().replace(/^"(.*)"$/, '$1')

/** Checks that a cell is a number, and normalises it: `-1.` becomes `-1`, `+2` becomes `2`. */
function numberAt(text, at) {
  if (/^\.\.\.$|^…$/.test(text)) throw new Unreadable((t) => t('paste.shortened'), at)
  const { problem } = readElement(text)
  if (problem) throw new Unreadable((t) => t('paste.cell', problem(t)), at)
  return text.replace(/^\+/, '').replace(/\.(?=e|$)/i, '')
}
