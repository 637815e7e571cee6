/** Where everything in the press stands, in pixels: a pure function of the shape and of the room there is. */

import { shortened } from '../../model/collapse.js'
import { within } from './stages.js'

/* How far the jaws reach beyond the cells, as a part of a cell's side. */
const JAWS = 0.3
/* The room for the names of rows and columns, and for A and B, in rem. */
const ABOVE = 1.9
const BESIDE = 4.4
const LARGEST = 7.5
const LABEL = 0.9375
/* The smallest type of a lane's whole name, in pixels. */
const TIGHT = 10
/* The smallest type that can be read, in pixels. */
const LEAST = 9
/* What is narrower than a digit, and by what part of one. */
const NARROW = /[().·]/g
const NARROWER = 0.4

/**
 * @typedef {object} Room in pixels
 * @property {number} width
 * @property {number} height
 * @property {number} rem
 * @property {number} character the width of a digit, as a part of its height
 * @property {boolean} [isBelow] whether two presses stand below each other
 * @property {number} [largest] cell, in rem
 * @property {number} [label] the type of a lane's name, in rem
 * @property {number} [tight] smaller than this, in pixels, the name is shortened
 */

/**
 * @param {{ rows: number, columns: number, isDown: boolean, common: number[] }} collapse
 * @param {Room} room
 */
export function layoutOf({ rows, columns, isDown, common }, room) {
  const { width, height, rem, character, isBelow = false, largest = LARGEST, label = LABEL, tight = TIGHT } = room
  const [above, beside] = [ABOVE * rem, common.length > 1 ? BESIDE * rem : 0]
  // The same for both dims, so that the two pictures can be compared.
  const side = Math.min((width - beside) / (columns + 2 * JAWS), (height - above) / (rows + 2 * JAWS), largest * rem)
  // Below each other, rows need no room for jaws above and below.
  const jaws = isBelow && !isDown ? 0 : JAWS * side
  const tall = above + rows * side + 2 * jaws
  const middle = (width - columns * side) / 2
  const small = Math.min(side, width / (2 * columns + 0.4))
  const top = above + jaws + (rows * (side - small)) / 2
  const between = Math.min(0.6 * small, width - 2 * columns * small)
  return {
    width,
    height: tall,
    side,
    small,
    gap: Math.max(1, side * 0.01),
    label: label * rem,
    tight,
    ...typeOf(character),
    /** The corner of the block in which A and B have met. */
    x: isDown ? middle : Math.max(beside + JAWS * side, middle),
    y: above + jaws,
    /** The corners of A and B before. */
    apart: [
      { x: width / 2 - between / 2 - columns * small, y: top },
      { x: width / 2 + between / 2, y: top },
    ],
  }
}

/** The height for more than two rows whose cells are as large as those of two rows in `height`. */
export const heightFor = (rows, height, rem) =>
  ABOVE * rem + ((height - ABOVE * rem) * (Math.max(rows, 2) + 2 * JAWS)) / (2 + 2 * JAWS)

/** How texts fit into the cells. */
export function typeOf(character) {
  const widthOf = (text, size) => (text.length - NARROWER * (text.match(NARROW)?.length ?? 0)) * character * size
  return {
    widthOf,
    /** A text that fits a width: smaller, or else with fewer digits. */
    fit(text, wide, most, least = LEAST) {
      const short = shortened(text, (form) => widthOf(form, least) <= wide)
      return { text: short, size: Math.max(least, Math.min(most, wide / widthOf(short, 1))) }
    },
  }
}

export const mix = (from, to, k) => from + (to - from) * k

/** In and out. */
export const ease = (x) => (x < 0.5 ? 4 * x ** 3 : 1 - (2 - 2 * x) ** 3 / 2)
/** Fast at first, then against a resistance. */
const resist = (x) => 1 - (1 - x) ** 2.6

/** How the addition goes on within its stage. */
export const additionAt = (u) => ({
  evaluated: within(u, 0, 0.2),
  jaws: ease(within(u, 0, 0.22)),
  squeezed: resist(within(u, 0.26, 0.8)),
  merged: within(u, 0.76, 1),
})
