/**
 * Reads text with brackets: what PyTorch, NumPy, TensorFlow.js and Node print, and Python, JavaScript, C and MATLAB that
 * writes out numbers. Tokens become nested lists. Names and calls around the numbers are passed over.
 */
import { isMeantAsNumber, quotable } from '../model/numbers.js'
import { MAX_RANK, Unreadable } from '../model/tensors.js'

/** @typedef {{ text: string, at: number, items?: undefined }} Leaf */
/** @typedef {{ items: (Leaf | List)[], at: number, text?: undefined }} List */

/** `gap` is what stands before the token: nothing, a space, or the end of a short or a long line. */
/** @typedef {{ text: string, at: number, gap: '' | 'space' | 'line' | 'long line', isString: boolean }} Token */

/** @typedef {{ tokens: Token[], place: number, end: number, remarks: import('./pasted.js').Remarks }} Cursor */

const TOKEN = /(?<line>\n)|(?<space>\s)|[[\](){}<>,;:=]|(?<string>"[^"\n]*"|'[^'\n]*')|[^\s[\](){}<>,;:="']+|["']/g

const CLOSING = { '[': ']', '(': ')', '{': '}', '<': '>' }
const isOpening = ({ text }) => /^[[({<]$/.test(text)
const isClosing = ({ text }) => /^[\])}>]$/.test(text)

const NAME = /^[\p{L}_][\p{L}\p{N}_.]*$/u

/** Calls that only hold what they are given. Any other would have to be run. */
const HOLDER =
  /(?:tensor|array|matrix|parameter|variable|list|tuple|print|log|decimal|float|int|double|half|bool)_?\d*d?$/i

/** Where nan and inf come from: np.nan, -math.inf, Number.NaN. */
const MODULE = /^([+-]?)(?:[a-z]+\.)+(?=(?:nan|inf)$)/i

/** Names of arguments that describe a tensor and hold none of its numbers. */
const ABOUT =
  /^(?:dtype|device|requires_grad|grad_fn|shape|size|rank|names|layout|weak_type|order|ndmin|length|buffer|byte\w+)$/

/** NumPy breaks a line at 75 characters. The end of a shorter line ends a row, as it does in MATLAB. */
const SHORT_LINE = 50

/* Enough for the deepest tensor, with calls and parentheses around each list. */
const DEEPEST = 4 * MAX_RANK

/** @returns {Token[]} */
function tokensOf(text) {
  const tokens = []
  let gap = ''
  let line = 0
  for (const { 0: found, index, groups } of text.matchAll(TOKEN)) {
    if (groups.line) {
      if (!gap.endsWith('line')) gap = index - line < SHORT_LINE ? 'line' : 'long line'
      line = index + 1
    } else if (groups.space) gap ||= 'space'
    else {
      tokens.push({ text: found, at: index, gap, isString: groups.string !== undefined })
      gap = ''
    }
  }
  return tokens
}

const next = ({ tokens, place }, ahead = 0) => tokens[place + ahead]

const isCall = (cursor) => NAME.test(next(cursor).text) && next(cursor, 1)?.text === '(' && next(cursor, 1).gap === ''

/**
 * @param {string} text
 * @param {import('./pasted.js').Remarks} remarks
 * @returns {List | Leaf}
 * @throws {Unreadable}
 */
export function readLists(text, remarks) {
  const cursor = { tokens: tokensOf(text), place: 0, end: text.length, remarks }
  const values = []
  let isNamed = false
  let rest
  while (next(cursor)) {
    const { at, text: sign } = next(cursor)
    const name = label(cursor)
    const value = name === undefined && next(cursor) && outside(cursor, values.length > 0)
    if (ABOUT.test(name ?? '')) skipValue(cursor)
    else if (name !== undefined) isNamed = values.length > 0
    if (value) {
      if (isNamed || rest !== undefined) throw new Unreadable((t) => t('paste.several'), at)
      values.push(value)
    } else if (values.length && !/^[,;]$/.test(sign)) rest ??= at
  }
  if (!values.length) throw new Unreadable((t) => t('paste.nothing'))
  if (rest !== undefined) remarks.left.push((t) => t('paste.text', quotable(text.slice(rest))))
  return stacked(values)
}

/** Several rows, each in its own brackets, are one matrix. Anything else is more than one tensor. */
function stacked(values) {
  if (values.length === 1) return values[0]
  const isRow = ({ items }) => items?.every((item) => !item.items)
  if (!values.every(isRow)) throw new Unreadable((t) => t('paste.several'), values[1].at)
  return { items: values, at: values[0].at }
}

/** Passes over a name before a value, with its subscripts, and returns it: `a =`, `dtype:`, `Out[3]:`, `int a[2] =`. */
function label(cursor) {
  const token = next(cursor)
  if (!token || !(token.isString || NAME.test(token.text))) return undefined
  let ahead = 1
  while (next(cursor, ahead)?.text === '[' && next(cursor, ahead).gap === '') {
    while (next(cursor, ahead) && next(cursor, ahead).text !== ']') ahead++
    ahead++
  }
  if (!/^[:=]$/.test(next(cursor, ahead)?.text)) return undefined
  cursor.place += ahead + 1
  return token.text
}

/** Reads a value outside all brackets, or passes over a word that is none. */
function outside(cursor, isAfter) {
  const { text, at } = next(cursor)
  if (isOpening(next(cursor)) || (isCall(cursor) && (!isAfter || HOLDER.test(text)))) {
    const found = value(cursor, 0)
    return found.items || isMeantAsNumber(found.text) ? found : undefined
  }
  if (/^[\])}]$/.test(text)) throw new Unreadable((t) => t('tensor.brackets'), at)
  if (isMeantAsNumber(text)) throw new Unreadable((t) => t('paste.outside', quotable(text)), at)
  // ARRAY[1, 2] holds numbers, double[] does not.
  const isHolding = !isAfter && HOLDER.test(text) && next(cursor, 2)?.text !== ']'
  if (isHolding || !/[\p{L}\p{N}]/u.test(text)) cursor.place++
  else skipValue(cursor)
  return undefined
}

/** Passes over a group or a word, and over the groups attached to it. */
function skipValue(cursor) {
  let depth = 0
  while (next(cursor)) {
    if (isOpening(next(cursor))) depth++
    else if (isClosing(next(cursor))) depth--
    cursor.place++
    const after = next(cursor)
    if (depth <= 0 && !(after && isOpening(after) && after.gap === '')) return
  }
}

/** @returns {Leaf | List} */
function value(cursor, depth) {
  const { text, at, isString } = next(cursor)
  if (depth > DEEPEST) throw new Unreadable((t) => t('tensor.tooDeep', MAX_RANK), at)
  if (isOpening(next(cursor))) return bracketed(cursor, depth)
  if (text === ':') throw new Unreadable((t) => t('paste.range'), at)
  const isHeld = isCall(cursor)
  cursor.place++
  if (!isHeld) return { text: isString ? text.slice(1, -1) : text.replace(MODULE, '$1'), at }
  if (!HOLDER.test(text)) throw new Unreadable((t) => t('paste.call', quotable(text)), at)
  const only = argument(group(cursor, depth))
  return sized(cursor, depth) ?? only
}

/** The list after its length: Float32Array(3) [1, 2, 3], or (3) [1, 2, 3]. */
function sized(cursor, depth) {
  const after = next(cursor)
  return after?.text === '[' && after.gap === 'space' ? value(cursor, depth) : undefined
}

function bracketed(cursor, depth) {
  const { text } = next(cursor)
  const found = group(cursor, depth)
  const { rows, at, hasCommas, hasNames } = found
  if (text === '<' && !hasNames) throw new Unreadable((t) => t('paste.cell', t('number.none', text)), at)
  if (hasNames) return argument(found)
  if (text === '(' && rows.flat().length === 1 && !hasCommas) return sized(cursor, depth) ?? rows.flat()[0]
  return { items: rows.length === 1 ? rows[0] : rows.map((items) => rowOf(items, at)), at }
}

/** A row of a matrix. A list that is alone in it is the row, as in [[1, 2]; [3, 4]]. */
const rowOf = (items, at) => (items.length === 1 && items[0].items ? items[0] : { items, at: items[0]?.at ?? at })

/** What a call holds, or an object with one member. */
function argument({ rows, at }) {
  const [first, second] = rows.flat()
  if (second) throw new Unreadable((t) => t('paste.several'), second.at)
  if (!first) throw new Unreadable((t) => t('paste.nothing'), at)
  return first
}

/** Reads everything up to the closing bracket, in rows. Semicolons and the ends of short lines separate rows. */
function group(cursor, depth) {
  const open = next(cursor)
  const found = { open: open.text, rows: [[]], at: open.at, hasCommas: false, hasNames: false }
  let isDue = true // after a bracket or separator, but not after an item
  let spaced
  cursor.place++
  while (next(cursor)?.text !== CLOSING[open.text]) {
    const token = next(cursor)
    if (!token) throw new Unreadable((t) => t('tensor.unclosed'), cursor.end)
    if (isClosing(token)) throw new Unreadable((t) => t('tensor.brackets'), token.at)
    if (/^[,;]$/.test(token.text)) {
      if (token.text === ';') found.rows.push([])
      else if (isDue) throw empty(token.at)
      else found.hasCommas = true
      isDue = true
      cursor.place++
      continue
    }
    const isRow = member(cursor, found, depth, isDue)
    if (!isDue && !isRow) spaced ??= token.at
    isDue = false
  }
  return closed(cursor, found, spaced)
}

/**
 * Reads an item into the last row. Returns whether it needs no comma before it: a list, a name's value, or the first
 * item of a row.
 */
function member(cursor, found, depth, isDue) {
  const { gap, text, at } = next(cursor)
  let name = label(cursor)
  while (name !== undefined && !ABOUT.test(name)) {
    if (found.open === '[') throw new Unreadable((t) => t('paste.cell', t('number.none', quotable(text))), at)
    found.hasNames = true
    name = label(cursor)
  }
  if (name !== undefined) {
    skipValue(cursor)
    return true
  }
  if (!next(cursor)) return true
  const item = value(cursor, depth + 1)
  const startsRow = !isDue && !item.items && gap === 'line'
  if (startsRow) {
    found.rows.push([])
    cursor.remarks.areLinesRows = true
  }
  found.rows.at(-1).push(item)
  return Boolean(item.items) || startsRow
}

function closed(cursor, found, spaced) {
  const { at } = next(cursor)
  const { rows, hasCommas } = found
  if (hasCommas && spaced !== undefined) throw new Unreadable((t) => t('paste.mixed'), spaced)
  cursor.place++
  if (rows.length > 1 && !rows.at(-1).length) rows.pop()
  return rows.flat().length ? found : { ...found, at }
}

const empty = (at) => new Unreadable((t) => t('paste.cell', t('number.empty')), at)
