/** Tensors as they are typed: a shape and the text of each cell, whatever it says, read from and written as [[1, 2], [3, 4]]. */

/** @typedef {{ shape: number[], cells: string[] }} TypedTensor */

export const MAX_RANK = 4
/** More cells than this are neither legible nor drawn within a frame. */
export const MAX_CELLS = 1024

/** Of one cell: no number needs more, and links that are too long get cut. */
export const LONGEST_TEXT = 200

/** What cannot be read; `say` words why, in the reader's language, and `at` is where in the text it is, if it is a place. */
export class Unreadable extends Error {
  /**
   * @param {(t: import('./texts.js').Translate) => string} say
   * @param {number} [at]
   */
  constructor(say, at) {
    super('unreadable')
    this.say = say
    this.at = at
  }
}

/** @returns {TypedTensor} the cells' texts stand between spaces */
export const typed = (shape, text) => ({ shape, cells: text.split(' ') })

export const hasSameShape = (one, other) => `${one.shape}` === `${other.shape}`

/** Whether two have the same shape and the same texts: most are told apart at once, as they are compared at every change. */
export const isSameTensor = (one, other) =>
  one === other || (hasSameShape(one, other) && one.cells.every((cell, i) => cell === other.cells[i]))

const LEAF = /[^[\],]*/y

/**
 * @param {string} text brackets and commas around cells, which may be empty or hold anything else
 * @param {(cell: string, at: number) => string} [decode]
 * @returns {TypedTensor}
 * @throws {Unreadable}
 */
export function readTensor(text, decode = (cell) => cell) {
  const shape = []
  const cells = []
  let rank
  let at = 0
  // What is not closed looks ragged: 3 in [[1, 2, [3, 4]] is deeper than 1.
  const isUnclosed = text.split('[').length > text.split(']').length
  const ragged = (t) => (isUnclosed ? t('tensor.unclosed') : t('tensor.ragged'))
  const skipSpace = () => {
    while (/\s/.test(text[at] ?? '')) at++
  }
  const agree = (known, found, start) => {
    if (known !== undefined && known !== found) throw new Unreadable(ragged, start)
    return found
  }
  function item(depth) {
    skipSpace()
    const start = at
    if (text[at] !== '[') {
      LEAF.lastIndex = at
      const [leaf] = /** @type {RegExpExecArray} */ (LEAF.exec(text))
      at += leaf.length
      rank = agree(rank, depth, start)
      cells.push(decode(leaf.trim(), start))
      if (cells.length > MAX_CELLS) throw new Unreadable((t) => t('tensor.tooMany', MAX_CELLS), start)
      return
    }
    if (depth === MAX_RANK) throw new Unreadable((t) => t('tensor.tooDeep', MAX_RANK), start)
    let count = 0
    do {
      at++
      item(depth + 1)
      count++
    } while (text[at] === ',')
    if (at === text.length) throw new Unreadable((t) => t('tensor.unclosed'), at)
    if (text[at] !== ']') throw new Unreadable((t) => t('tensor.brackets'), at)
    at++
    skipSpace()
    shape[depth] = agree(shape[depth], count, start)
  }
  item(0)
  if (at < text.length) throw new Unreadable((t) => t('tensor.brackets'), at)
  return { shape, cells }
}

/** @param {TypedTensor} tensor */
export function writeTensor({ shape, cells }, encode = (cell) => cell) {
  const texts = cells.map(encode)
  const inner = (depth) =>
    depth === shape.length
      ? texts.shift()
      : `[${Array.from({ length: shape[depth] }, () => inner(depth + 1)).join(',')}]`
  return inner(0)
}

/** All indexes of a shape, in the order of its cells. */
export const indexesOf = (shape) =>
  shape.reduce(
    (indexes, size) => indexes.flatMap((index) => Array.from({ length: size }, (_, i) => [...index, i])),
    [[]],
  )

/** An N-d shape as it is drawn: blocks, one for each leading index, of rows of indexes. One dim is a row. */
export function blocksOf(shape) {
  const rows = indexesOf([shape.at(-2) ?? 1])
  const columns = indexesOf([shape.at(-1) ?? 1])
  return indexesOf(shape.slice(0, -2)).map((lead) => ({
    lead,
    rows: rows.map((row) => columns.map((column) => [...lead, ...row, ...column].slice(-shape.length || Infinity))),
  }))
}

/** One axis made longer, or cut. */
export const resized = (tensor, axis, size) =>
  fitted(
    tensor,
    tensor.shape.map((old, i) => (i === axis ? size : old)),
  )

/** In another shape, lined up from the right: an axis that gets longer repeats its last index, a shorter one is cut. */
export function fitted({ shape, cells }, wanted) {
  const places = new Map(indexesOf(shape).map((index, place) => [`${index}`, place]))
  const source = (index) => shape.map((size, i) => Math.min(index.at(i - shape.length) ?? 0, size - 1))
  return { shape: wanted, cells: indexesOf(wanted).map((index) => cells[places.get(`${source(index)}`)]) }
}

/**
 * What fitted() does with a shape, axis by axis: how many of an axis of its own are added, which repeat the last, or cut; or
 * that a new axis repeats all, or an old one keeps only its first.
 * @returns {{ kind: 'added' | 'cut' | 'new' | 'gone', axis: number, rank: number, count: number }[]}
 */
export function fitting(shape, wanted) {
  const missing = wanted.length - shape.length
  const own = shape.map((size, i) => {
    const count = (wanted[i + missing] ?? 1) - size
    if (i + missing < 0) return { kind: 'gone', axis: i, rank: shape.length, count }
    return { kind: count > 0 ? 'added' : 'cut', axis: i + missing, rank: wanted.length, count: Math.abs(count) }
  })
  const others = wanted
    .slice(0, Math.max(missing, 0))
    .map((size, axis) => ({ kind: 'new', axis, rank: wanted.length, count: size - 1 }))
  return [...others, ...own].filter(({ count }) => count)
}
