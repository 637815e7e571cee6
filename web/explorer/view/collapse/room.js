/** The room that the presses have: side by side, or below each other where it is narrow. */

import { element, zoomOf } from '../dom.js'
import { heightFor } from './layout.js'

/* Where the browser does not tell. */
const USUAL = 0.58
/* Narrower than this, in rem, two presses stand below each other. */
const BESIDE = 32
const GAP = 3
/* The height of a press, as a part of the window's, and its limits in rem. Below each other, of a press of two rows. */
const HEIGHTS = { beside: [0.39, 11, 30], below: [0.18, 7.75, 16], alone: [0.32, 11, 20], block: [0.4, 16, 30] }

/* In present mode: the room for the chips, the results, the scrubber and the sentence, and the limits. */
const AROUND = 11.25
const LEAST = 7.5
const MOST = 30

/**
 * @param {HTMLElement} sides
 * @param {{ common: number[] }[]} collapses
 */
export function roomIn(sides, collapses) {
  const count = collapses.length
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  const isNarrow = sides.clientWidth < BESIDE * rem
  const isBelow = isNarrow && count > 1
  const columns = isBelow ? 1 : count
  const [part, least, most] =
    HEIGHTS[collapses[0]?.common.length === 3 ? 'block' : isBelow ? 'below' : isNarrow ? 'alone' : 'beside']
  const presented = roomWhenPresented(sides, rem)
  const usual = Math.min(Math.max(part * innerHeight, least * rem), most * rem)
  const rows = Math.max(1, ...collapses.map(({ common }) => common.at(-2) ?? 1))
  return {
    columns,
    isBelow,
    rem,
    character: characterIn(sides),
    width: Math.floor((sides.clientWidth - (columns - 1) * GAP * rem) / columns),
    height: Math.round(presented ?? (isBelow ? heightFor(rows, usual, rem) : usual)),
  }
}

/** In present mode two presses side by side get what the screen has left. */
function roomWhenPresented(sides, rem) {
  const screen = sides.closest('.presentation')
  if (!screen || sides.clientWidth < BESIDE * rem) return undefined
  const zoom = zoomOf(sides)
  const above = (sides.getBoundingClientRect().top + screen.scrollTop) / zoom
  return Math.min(Math.max(innerHeight / zoom - above - AROUND * rem, LEAST * rem), MOST * rem)
}

/** The width of a digit of the semibold type in which numbers are drawn, as a part of its height. */
export function characterIn(node) {
  const canvas = /** @type {CanvasRenderingContext2D} */ (element('canvas').getContext('2d'))
  canvas.font = `600 100px ${getComputedStyle(node).fontFamily}`
  return canvas.measureText('0').width / 100 || USUAL
}
