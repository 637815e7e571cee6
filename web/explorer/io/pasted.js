/**
 * Reads pasted text and text files as a tensor: [[1, 2], [3, 4]], what PyTorch, NumPy or pandas prints, rows of CSV.
 * Errors give the line and the character. What was left out, and what could be read in two ways, is said.
 */
import { cellOf, GROUPS, isMeantAsNumber, plain, quotable, readElement } from '../model/numbers.js'
import { drawableSizes, fitted, MAX_RANK, Unreadable } from '../model/tensors.js'
import { rewritten } from './dialects.js'
import { readLists } from './lists.js'
import { readTable } from './table.js'

/** @typedef {(t: import('../texts/languages.js').Translate) => string} Say */

/**
 * What readers notice about a text: what they leave out, and numbers as written and as read.
 * @typedef {{ left: Say[], read: [string, string][], areLinesRows?: boolean, areCommasSeparators?: boolean }} Remarks
 */

/** @typedef {import('../model/tensors.js').TypedTensor & { said: Say[] }} Taken */

/** Longer texts take seconds to read. */
const LONGEST = 10_000_000

const COMMENT = /(?<!\S)(?:#|\/\/)(?!\S)[^\n]*/g

/** Comments in code. Among rows of cells, these may be #N/A or a percentage. */
const TIGHT_COMMENT = /(?<![^\s,;[\]{}()])(?:#|\/\/|%)[^\n]*/g

/** Of Python's, IPython's and Julia's consoles: >>>, In [1]:, Out[1]:, julia> */
const PROMPT = /^(?:>>>|\s*(?:In |Out)\[\d+\]:|julia>)/gm

const blank = (text) => ' '.repeat(text.length)

/** Numbers that a printout leaves out: ..., pandas' .., Node's [Array], the browser's Array(2). */
const SHORTENED = /(?<![^\s,[])(?:\.{2,3}|[…⋯⋮⋱]|\\[cvd]dots)(?![^\s,\]])|\[(?:Array|Object)\]|\bArray\(\d+\)(?!\s*\[)/

/** Whether a text is more than one number for the cell it is pasted into. */
export const isTensor = (text) => /[[\]\t;({]|\S\s+\S|,.*,/.test(plain(text).trim())

/**
 * @param {string} written
 * @returns {Taken}
 * @throws {Unreadable}
 */
export function readPasted(written) {
  if (written.length > LONGEST) throw new Unreadable((t) => t('paste.tooLong'))
  /** @type {Remarks} */
  const remarks = { left: [], read: (written.match(GROUPS) ?? []).slice(0, 1).map((text) => [text, digits(text)]) }
  // Spaces keep every character in its place.
  const typed = plain(written)
  try {
    const whole = rewritten(typed).replace(PROMPT, blank)
    const bare = whole.replace(COMMENT, blank)
    const isRows = isTable(bare)
    const text = isRows ? bare : whole.replace(TIGHT_COMMENT, blank)
    if (text !== whole) remarks.left.push((t) => t('paste.comments'))
    const shortened = text.search(SHORTENED)
    if (shortened >= 0) throw new Unreadable((t) => t('paste.shortened'), shortened)
    const found = gathered((isRows ? readTable : readLists)(text, remarks))
    const { shape, cells } = fitted(found, drawableSizes(found.shape))
    return { shape, cells: cells.map(numberIn), said: saidOf(remarks, found.shape, shape) }
  } catch (error) {
    if (!(error instanceof Unreadable) || error.at === undefined) throw error
    const before = typed.slice(0, error.at).split('\n')
    throw new Unreadable((t) => t('paste.at', before.length, before.at(-1).length + 1, error.say(t)), error.at)
  }
}

/**
 * The text of a file, in UTF-8, or in the UTF-16 that spreadsheets call Unicode.
 * @param {ArrayBuffer} buffer
 * @throws {Unreadable}
 */
export function decoded(buffer) {
  const [first, second] = new Uint8Array(buffer, 0, Math.min(2, buffer.byteLength))
  const isUtf16 = first === 0xff && second === 0xfe
  if (buffer.byteLength > 2 * LONGEST) throw new Unreadable((t) => t('paste.tooLong'))
  const text = new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(buffer)
  if (text.includes('\0')) throw new Unreadable((t) => t('file.binary'))
  return text
}

const digits = (text) => text.replace(/\D/g, '')

/** Whether a text is rows without brackets, which may only be in the names of columns. */
function isTable(text) {
  if (!/[[({]/.test(text)) return true
  let depth = 0
  const bare = text.split('\n').filter((line) => {
    const isBare = depth === 0 && !/[[\](){}]/.test(line)
    depth += line.split(/[[({]/).length - line.split(/[\])}]/).length
    return isBare
  })
  const hasNumber = (line) => line.split(/[\s,;|]+/).some(isMeantAsNumber)
  return bare.some((line) => isMeantAsNumber(line.trim())) || (!text.includes('[') && bare.some(hasNumber))
}

/**
 * The shape of nested lists, and their leaves in order.
 * @param {import('./lists.js').List | import('./lists.js').Leaf} root
 * @returns {{ shape: number[], cells: import('./lists.js').Leaf[] }}
 */
function gathered(root) {
  const shape = []
  const cells = []
  let rank
  const agree = (known, found, at) => {
    if (known !== undefined && known !== found) throw new Unreadable((t) => t('tensor.ragged'), at)
    return found
  }
  function visit(node, depth) {
    if (!node.items) {
      rank = agree(rank, depth, node.at)
      cells.push(node)
      return
    }
    if (depth === MAX_RANK) throw new Unreadable((t) => t('tensor.tooDeep', MAX_RANK), node.at)
    if (!node.items.length) throw new Unreadable((t) => t('paste.cell', t('number.empty')), node.at)
    for (const item of node.items) visit(item, depth + 1)
    shape[depth] = agree(shape[depth], node.items.length, node.at)
  }
  visit(root, 0)
  return { shape, cells }
}

function numberIn({ text, at }) {
  const { problem } = readElement(text)
  if (problem) throw new Unreadable((t) => t('paste.cell', problem(t)), at)
  return cellOf(text)
}

const wordsOf = (t, parts) => parts.map((say) => say(t))

/**
 * @param {Remarks} remarks
 * @param {number[]} whole
 * @param {number[]} taken
 * @returns {Say[]} one sentence each
 */
function saidOf({ left, read, areLinesRows, areCommasSeparators }, whole, taken) {
  return [
    left.length && ((t) => t('paste.leftOut', wordsOf(t, left))),
    read.length && ((t) => t('paste.read', quotable(read[0][0]), quotable(read[0][1]))),
    areLinesRows && ((t) => t('paste.lines')),
    areCommasSeparators && ((t) => t('paste.separators')),
    `${whole}` !== `${taken}` && ((t) => t('paste.first', taken, whole)),
  ].filter((say) => typeof say === 'function')
}
