/**
 * The numbers that the collapse shows, stage by stage, as texts. All of them are explain's.
 */
import { indexIn, placesOf } from './explanations.js'
import { minus, printed } from './numbers.js'

/* More than this, and the numbers in a cell are too small to read. */
const FLAT = { ranks: [1, 2], along: 6, cells: 24 }
const SPATIAL = { ranks: [3], along: 5, cells: 80 }

const isWithin = (shape, { ranks, along, cells }) =>
  ranks.includes(shape.length) &&
  shape.every((size) => size <= along) &&
  shape.reduce((count, size) => count * size, 1) <= cells

/** Whether a shape has one or two axes, and few enough cells for the flat picture. */
export const isFlat = (shape) => isWithin(shape, FLAT)
/** The same for three axes, and the block in space. */
export const isSpatial = (shape) => isWithin(shape, SPATIAL)
/** Whether there is a picture for a shape at all. */
export const isPressable = (shape) => isFlat(shape) || isSpatial(shape)

const text = (value) => minus(printed(value))
/** A negative number needs parentheses behind a sign and below a square. */
const factor = (one) => (one.startsWith('−') ? `(${one})` : one)
const square = (one) => `${factor(one)}²`
const sum = (terms, total) => (terms.length === 1 ? total : `${terms.join(' + ')} = ${total}`)

/**
 * One pair of partners.
 * @typedef {object} Pair
 * @property {number[]} index in the common shape
 * @property {number} row where it is drawn, in a flat picture
 * @property {number} column
 * @property {string} a
 * @property {string} b
 * @property {string[]} factors as they are multiplied: ['2', '(−1)']
 * @property {string} product
 * @property {string} term the product as it is added: the first as it is, a later one in parentheses if it is negative
 * @property {string[]} squares as written: ['2²', '(−1)²']
 * @property {string[]} squared their values
 * @property {boolean[]} ghosts whether broadcasting repeats a or b here
 */

/**
 * What becomes one result.
 * @typedef {object} Lane
 * @property {string} key of the output
 * @property {number[]} index
 * @property {number} row where its sum is drawn, before the axis is gone
 * @property {number} column
 * @property {Pair[]} pairs
 * @property {string} longest of the terms
 * @property {string} sum
 * @property {string[]} sums of the squares of a and b
 * @property {string[]} roots their roots, or eps where it takes the place of one
 * @property {string[]} lengths what the sum is divided by
 * @property {string} result
 */

/**
 * @param {import('./explanations.js').ViewWithResult} view of a shape that is pressable
 */
export function collapseOf(view) {
  const { dim, axis, common, shape, printed, outputs, flow, inputs } = view
  const places = placesOf(view)
  const [rows, columns] = common.length === 1 ? [1, common[0]] : common
  const lanes = outputs.map((output) => laneOf(output, view, places))
  return {
    dim,
    axis,
    common,
    shape,
    rows,
    columns,
    isDown: flow.flow === 'down',
    printed,
    lanes,
    eps: text(inputs.eps),
    /** The operands of which broadcasting repeats any number. */
    repeated: ['A', 'B'].filter((_, side) => lanes.some(({ pairs }) => pairs.some(({ ghosts }) => ghosts[side]))),
    /** Whether eps takes the place of any length. */
    isClamped: lanes.some(({ roots }) => roots.includes('eps')),
  }
}

/** @typedef {ReturnType<typeof collapseOf>} Collapse */

/**
 * Gives a collapse the numbers of another one of the same shapes. What draws it stays, and reads them there.
 * @param {Collapse} collapse
 * @param {Collapse} fresh
 */
export function renew(collapse, fresh) {
  const { lanes } = collapse
  for (const [i, lane] of lanes.entries()) {
    const { pairs } = lane
    for (const [j, pair] of pairs.entries()) Object.assign(pair, fresh.lanes[i].pairs[j])
    Object.assign(lane, fresh.lanes[i], { pairs })
  }
  Object.assign(collapse, fresh, { lanes })
}

/** @returns {Lane} */
function laneOf(output, { axis, common }, places) {
  const { terms, dot, norm1, norm2, clamped1, clamped2 } = output.working
  const pairs = terms.map((term, i) => {
    const index = indexIn(output, i, axis, common)
    const { A, B } = places.get(`${index}`)
    const [a, b, product] = [term.x1, term.x2, term.product].map(text)
    return {
      index,
      row: index.at(-2) ?? 0,
      column: index.at(-1),
      a,
      b,
      factors: [a, factor(b)],
      product,
      term: i ? factor(product) : product,
      squares: [square(a), square(b)],
      squared: [text(term.square1), text(term.square2)],
      ghosts: [A.isGhost, B.isGhost],
    }
  })
  const last = terms[terms.length - 1]
  const sums = [text(last.norm1Squared), text(last.norm2Squared)]
  const isClamped = [clamped1 > norm1, clamped2 > norm2]
  return {
    key: output.key,
    index: output.index,
    row: pairs[0].row,
    column: pairs[0].column,
    pairs,
    longest: pairs.reduce((most, { term }) => (term.length > most.length ? term : most), ''),
    sum: text(dot),
    sums,
    roots: sums.map((one, i) => (isClamped[i] ? 'eps' : `√${one}`)),
    lengths: [text(clamped1), text(clamped2)],
    result: minus(output.text),
  }
}

const list = (pairs, write) => pairs.map(write).join(', ')
const sides = [0, 1]

/**
 * What a lane says at each stage: the heads of its columns, and what stands below them. For those who read the drawing as a
 * table.
 * @type {Record<string, { heads: string[], say: (lane: Lane) => string[] }>}
 */
export const TABLES = {
  apart: {
    heads: ['A', 'B'],
    say: ({ pairs }) => [list(pairs, ({ a }) => a), list(pairs, ({ b }) => b)],
  },
  pair: { heads: ['A, B'], say: ({ pairs }) => [list(pairs, ({ a, b }) => `(${a}, ${b})`)] },
  multiply: {
    heads: ['A · B', 'A²', 'B²'],
    say: ({ pairs }) => [
      list(pairs, ({ factors, product }) => `${factors.join(' · ')} = ${product}`),
      ...sides.map((side) => list(pairs, ({ squares, squared }) => `${squares[side]} = ${squared[side]}`)),
    ],
  },
  add: {
    heads: ['Σ A · B', 'Σ A²', 'Σ B²'],
    say: (lane) => [
      sum(
        lane.pairs.map(({ term }) => term),
        lane.sum,
      ),
      ...sides.map((side) =>
        sum(
          lane.pairs.map(({ squared }) => squared[side]),
          lane.sums[side],
        ),
      ),
    ],
  },
  divide: { heads: ['Σ A · B / (‖A‖ · ‖B‖)'], say: (lane) => [`${lane.sum} / (${lane.roots.join(' · ')})`] },
  cosine: { heads: ['cos'], say: (lane) => [`${lane.sum} / (${lane.lengths.join(' · ')}) = ${lane.result}`] },
}

const NUMBER = /\d+(?:\.\d+)?(?:e[+-]\d+)?/g
/* The fewer the digits, the shorter the number. */
const DIGITS = [6, 5, 4, 3, 2, 1]
/* The smallest number that is written without an exponent. */
const SMALLEST = 1e-3

/**
 * Rounds the numbers of a text until it fits, if it can be.
 * @param {string} whole
 * @param {(text: string) => boolean} fits
 */
export function shortened(whole, fits) {
  let short = whole
  for (const digits of DIGITS) {
    if (fits(short)) break
    short = whole.replace(NUMBER, (number) => rounded(number, digits))
  }
  return short
}

/** With no more than so many digits, none of which is made up: 98765.4, 98765, 9.877e4. */
function rounded(number, digits) {
  const value = Number(number)
  const isPlain = value === 0 || (value >= SMALLEST && value < 10 ** digits)
  const near = value.toPrecision(digits)
  const form = isPlain
    ? `${Number(near) === value ? value : near}`
    : value.toExponential(digits - 1).replace(/\.?0*e\+?/, 'e')
  return form.length < number.length ? form : number
}
