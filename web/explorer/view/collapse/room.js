/** The room that the presses have: side by side, or below each other where it is narrow. */

import { element } from '../dom.js'
import { linesOf } from '../space/printed.js'
import { heightFor } from './layout.js'

/* Where the browser does not tell. */
const USUAL = 0.58
/* Narrower than this, in rem, two presses stand below each other. */
const BESIDE = 32
const GAP = 3
/* The height of a press, as a part of the window's, and its limits in rem. Below each other, of a press of two rows. */
const HEIGHTS = { beside: [0.39, 11, 30], below: [0.16, 7.75, 16], alone: [0.32, 11, 20], block: [0.4, 16, 30] }

/*
 * On the stage of present mode, in rem: the shape and the result above and below several presses, or beside a single one,
 * the largest cell, and the type of a lane's name, which is shortened rather than smaller than `tight`.
 */
const STAGE = { heading: 3.5, line: 1.5, aside: 25.5, gap: 1.5, largest: 9, label: 1.0625, tight: 0.95 }

/**
 * @param {HTMLElement} sides
 * @param {{ common: number[] }[]} collapses
 */
export function roomIn(sides, collapses) {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  if (sides.closest('[data-stage]')) return roomOnStage(sides, collapses, rem)
  const count = collapses.length
  const isNarrow = sides.clientWidth < BESIDE * rem
  const isBelow = isNarrow && count > 1
  const columns = isBelow ? 1 : count
  const [part, least, most] =
    HEIGHTS[collapses[0]?.common.length === 3 ? 'block' : isBelow ? 'below' : isNarrow ? 'alone' : 'beside']
  const usual = Math.min(Math.max(part * innerHeight, least * rem), most * rem)
  const rows = Math.max(1, ...collapses.map(({ common }) => common.at(-2) ?? 1))
  return {
    columns,
    isBelow,
    rem,
    character: characterIn(sides),
    width: Math.floor((sides.clientWidth - (columns - 1) * GAP * rem) / columns),
    height: Math.round(isBelow ? heightFor(rows, usual, rem) : usual),
  }
}

/** Whatever is left of the screen. */
function roomOnStage(sides, collapses, rem) {
  const { clientWidth, clientHeight } = sides
  const columns = collapses.length
  const isAlone = columns === 1
  const { heading, line, aside, gap, largest, label, tight } = STAGE
  const around = isAlone ? 0 : heading + line * Math.max(0, ...collapses.map(({ printed }) => linesOf(printed).length))
  const wide = isAlone ? clientWidth - (aside + gap) * rem : (clientWidth - (columns - 1) * GAP * rem) / columns
  return {
    columns,
    isBelow: false,
    rem,
    character: characterIn(sides),
    width: Math.floor(wide),
    height: Math.max(0, Math.round(clientHeight - around * rem)),
    aside: isAlone ? aside * rem : undefined,
    largest,
    label,
    tight: tight * rem,
  }
}

/** The width of a digit of the semibold type in which numbers are drawn, as a part of its height. */
export function characterIn(node) {
  const canvas = /** @type {CanvasRenderingContext2D} */ (element('canvas').getContext('2d'))
  canvas.font = `600 100px ${getComputedStyle(node).fontFamily}`
  return canvas.measureText('0').width / 100 || USUAL
}
