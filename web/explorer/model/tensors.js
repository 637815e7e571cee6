/** Tensors as typed: a shape and the text of each cell, valid or not. Read from and written as [[1, 2], [3, 4]]. */

/** @typedef {{ shape: number[], cells: string[] }} TypedTensor */

export const MAX_RANK = 4
/** More cells than this are neither legible nor drawn within a frame. */
export const MAX_CELLS = 1024

/** Limits a cell's text. No number needs more, and very long links get cut off. */
export const LONGEST_TEXT = 200

/**
 * An input that cannot be read. `say` words the reason in the reader's language; `at` is its position in the text, if
 * it has one.
 */
export class Unreadable extends Error {
  /**
   * @param {(t: import('../texts/languages.js').Translate) => string} say
   * @param {number} [at]
   */
  constructor(say, at) {
    super('unreadable')
    this.say = say
    this.at = at
  }
}

/** @returns {TypedTensor} from cells separated by spaces */
export const typed = (shape, text) => ({ shape, cells: text.split(' ') })

export const hasSameShape = (one, other) => `${one.shape}` === `${other.shape}`

/** Whether two tensors have the same shape and texts. Called on every change, so it exits early. */
export const isSameTensor = (one, other) =>
  one === other || (hasSameShape(one, other) && one.cells.every((cell, i) => cell === other.cells[i]))

const LEAF = /[^[\],]*/y

/**
 * @param {string} text brackets and commas around cells, which may be empty or hold any text
 * @param {(cell: string, at: number) => string} [decode]
 * @returns {TypedTensor}
 * @throws {Unreadable}
 */
export function readTensor(text, decode = (cell) => cell) {
  const shape = []
  const cells = []
  let rank
  let at = 0
  // A missing bracket looks like a ragged row: in [[1, 2, [3, 4]], 3 is deeper than 1. Check for it first.
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

/** All indexes of a shape, in row-major order. */
export const indexesOf = (shape) =>
  shape.reduce(
    (indexes, size) => indexes.flatMap((index) => Array.from({ length: size }, (_, i) => [...index, i])),
    [[]],
  )

/**
 * Splits an N-d shape for drawing into blocks, one for each leading index. A block is a list of rows of indexes. 1-D is
 * a single row.
 */
export function blocksOf(shape) {
  const rows = indexesOf([shape.at(-2) ?? 1])
  const columns = indexesOf([shape.at(-1) ?? 1])
  return indexesOf(shape.slice(0, -2)).map((lead) => ({
    lead,
    rows: rows.map((row) => columns.map((column) => [...lead, ...row, ...column].slice(-shape.length || Infinity))),
  }))
}

/** Lengthens or cuts one axis. */
export const resized = (tensor, axis, size) =>
  fitted(
    tensor,
    tensor.shape.map((old, i) => (i === axis ? size : old)),
  )

/**
 * Changes the shape, aligned on the right. A longer axis repeats its last index; a shorter one is cut.
 * @template Cell
 * @param {{ shape: number[], cells: Cell[] }} tensor
 * @param {number[]} wanted
 */
export function fitted({ shape, cells }, wanted) {
  const steps = shape.map((_, axis) => product(shape.slice(axis + 1)))
  const place = (index) =>
    shape.reduce((sum, size, i) => sum + steps[i] * Math.min(index.at(i - shape.length) ?? 0, size - 1), 0)
  return { shape: wanted, cells: indexesOf(wanted).map((index) => cells[place(index)]) }
}

const product = (sizes) => sizes.reduce((count, size) => count * size, 1)

/** The sizes of the part that can be drawn: the first indexes of each axis, equally many of each where they are there. */
export function drawableSizes(shape) {
  const sizes = (most) => shape.map((size) => Math.min(size, most))
  let most = 1
  while (most < Math.max(...shape) && product(sizes(most + 1)) <= MAX_CELLS) most++
  return sizes(most)
}

/**
 * Describes what fitted() does, axis by axis: `count` indexes are added to or cut from an axis, a new axis repeats the
 * whole tensor, or a dropped axis keeps only its first index.
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
