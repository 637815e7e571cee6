/** The room that the presses have: side by side, or below each other where it is narrow. */

import { element } from '../dom.js'
import { brokenLines, linesOf, sizeOfPrinted } from '../space/printed.js'
import { heightFor } from './layout.js'

/* Where the browser does not tell. */
const USUAL = 0.58
/* Narrower than this, in rem, two presses stand below each other. */
const BESIDE = 32
const GAP = 3
/* The height of a press, as a part of the window's, and its limits in rem. Below each other, of a press of two rows. */
const HEIGHTS = { beside: [0.39, 10, 30], below: [0.16, 7.75, 16], alone: [0.32, 11, 20], block: [0.4, 13.25, 30] }
/* The width of a single press, in rem, which keeps it near its shape and its result. */
const SOLO = 44
/* What stands around a press, in rem: its shape, a line of its result, and the controls, while they are hidden. */
const AROUND = { heading: 5.25, line: 1.6, blockHeading: 2.5, controls: 6.25 }
/* The height of a line of what a block comes to, in parts of its type. */
const LINE = 1.4

/*
 * On the stage of present mode, in rem: what is printed, the shape and the result above and below several presses, or
 * beside a single one, the largest cell, and the type of a lane's name, which is shortened rather than smaller than `tight`.
 */
const STAGE = { print: 1.0625, heading: 3.5, line: 1.5, aside: 25.5, gap: 1.5, largest: 9, label: 1.0625, tight: 0.95 }

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
  const isBlock = collapses[0]?.common.length === 3
  const columns = isBelow ? 1 : count
  const each = (sides.clientWidth - (columns - 1) * GAP * rem) / columns
  const width = Math.floor(count === 1 ? Math.min(each, SOLO * rem) : each)
  const [part, least, most] = HEIGHTS[isBlock ? 'block' : isBelow ? 'below' : isNarrow ? 'alone' : 'beside']
  const wanted = Math.min(
    part * innerHeight,
    most * rem,
    isNarrow && !isBlock ? Infinity : aboveControls(sides, width, collapses, rem),
  )
  const usual = Math.max(wanted, least * rem)
  const rows = Math.max(1, ...collapses.map(({ common }) => common.at(-2) ?? 1))
  return {
    columns,
    isBelow,
    rem,
    character: characterIn(sides),
    width,
    height: Math.round(isBelow && !isBlock ? heightFor(rows, usual, rem) : usual),
  }
}

/**
 * The height that the controls leave before the page is scrolled. Farther down, there is no such limit. Long results break;
 * those of a block are smaller instead, and so is its shape.
 */
function aboveControls(sides, width, collapses, rem) {
  const top = sides.getBoundingClientRect().top + scrollY
  if (top > innerHeight / 2) return Infinity
  const shown = /** @type {HTMLElement | null} */ (sides.closest('.collapse')?.querySelector('.controls') ?? null)
  const controls = shown?.offsetHeight || AROUND.controls * rem
  const around = collapses.map(({ common, printed }) =>
    common.length === 3
      ? AROUND.blockHeading * rem + LINE * sizeOfPrinted(collapses, { width, rem }) * linesOf(printed).length
      : (AROUND.heading + AROUND.line * brokenLines(printed, width, rem)) * rem,
  )
  return innerHeight - top - Math.max(0, ...around) - controls
}

/** Whatever is left of the screen. */
function roomOnStage(sides, collapses, rem) {
  const { clientWidth, clientHeight } = sides
  const columns = collapses.length
  const isAlone = columns === 1
  const { print, heading, line, aside, gap, largest, label, tight } = STAGE
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
    print,
    tight: tight * rem,
  }
}

/** The width of a digit of the semibold type in which numbers are drawn, as a part of its height. */
export function characterIn(node) {
  const canvas = /** @type {CanvasRenderingContext2D} */ (element('canvas').getContext('2d'))
  canvas.font = `600 100px ${getComputedStyle(node).fontFamily}`
  return canvas.measureText('0').width / 100 || USUAL
}
