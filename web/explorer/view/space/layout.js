/** Where everything in the block stands, in units of a cell's side, and how large a unit is: a pure function of the shape. */

import { ease, mix, typeOf } from '../collapse/layout.js'
import { within } from '../collapse/stages.js'
import { AXES, viewOf } from './camera.js'

/** How far the block is turned at first, in degrees. */
export const TURN = 35
/** From the front to the right side: seen from elsewhere, results would not be in the order of the print. */
export const LEAST = 5
export const MOST = 65
/** How thick a lane is once it has been pressed into one plate. */
export const THICK = 0.36

/* From layer to layer, so that their numbers can be seen from the side; rows and columns touch. */
const SPACING = [1.55, 1, 1]
const PITCH = 24
/* How far the view turns, in degrees, so that the plates face the reader, and what it leaves to see their thickness. */
const MOST_TURN = 24
const LEFT_OVER = 14
/* Rows that are pressed together are seen from below, where layer 0 is above layer 1, as in print. */
const PITCHES = [18, -47, 20]
/* The room around the block for jaws, in units, and for the names of its axes, in rem. */
const AROUND = 0.25
const NAMES = 1.4
const LARGEST = 6
const LABEL = 0.9375
/* How much wider than its place a number may be. */
const MOST_WIDE = 1.3
/* The smallest type of A's and B's numbers, in pixels, which are seen from the side. */
const LEAST_NUMBER = 10
/* Between A and B, in units. */
const BETWEEN = 0.6

const radians = (degrees) => (degrees * Math.PI) / 180
const spanOf = (size, axis) => (size - 1) * SPACING[axis] + 1

/**
 * @param {{ common: number[], axis: number }} collapse
 * @param {import('../collapse/layout.js').Room} room
 */
export function layoutOf({ common, axis }, { width, height, rem, character, label = LABEL }) {
  const spans = common.map(spanOf)
  /** However it is turned, it is no wider. */
  const wide = (spans[0] ** 2 + spans[2] ** 2) ** 0.5 + AROUND
  // As high for all dims, so that their pictures can be compared.
  const [before, ...after] = [
    viewOf(radians(TURN), radians(PITCH)),
    ...AXES.map((each) => viewAt({ axis: each }, TURN, 1)),
  ].map((view) => view.heightOf(spans) + AROUND)
  const tallest = Math.max(before, ...after)
  const names = NAMES * rem
  const side = Math.min((width - names) / wide, (height - names) / tallest, LARGEST * rem)
  const whole = Math.ceil(side * tallest + names)
  const small = Math.min(side, (width - names) / (2 * wide + BETWEEN), (whole - 2 * names) / before)
  return {
    width,
    height: whole,
    side,
    small,
    gap: Math.max(1, side * 0.012),
    name: label * rem,
    center: [width / 2, whole / 2],
    /** How much higher it is once A and B have met, whose names need no more room. */
    lift: names / 2,
    /** How far A and B are to the left and right of it before they meet, in units of `small`. */
    apart: (wide + BETWEEN) / 2,
    ...sparingType(character),
    leastNumber: LEAST_NUMBER,
    common,
    axis,
  }
}

/** @typedef {ReturnType<typeof layoutOf>} Layout */

/** Leaves a number out of a cell that has no room for it. The table has it. */
function sparingType(character) {
  const { fit, widthOf } = typeOf(character)
  return {
    widthOf,
    fit(text, wide, most, least) {
      const form = fit(text, wide, most, least)
      return widthOf(form.text, form.size) > wide * MOST_WIDE ? { ...form, text: '…' } : form
    },
  }
}

/**
 * The middle and the size of a cell, of its row of cells, or of the whole block, once the axis has been squeezed.
 * @param {Layout} layout
 * @param {number} squeezed
 */
export function measures({ common, axis }, squeezed) {
  const spacing = AXES.map((each) =>
    each === axis ? mix(SPACING[each], THICK / common[each], squeezed) : SPACING[each],
  )
  const size = AXES.map((each) => (each === axis ? mix(1, THICK / common[each], squeezed) : 1))
  return {
    size,
    middleOf: (index) => index.map((i, each) => (i - (common[each] - 1) / 2) * spacing[each]),
    spans: AXES.map((each) => (common[each] - 1) * spacing[each] + size[each]),
  }
}

/**
 * The view: as the reader has turned it, and then a little more, until the plates face the reader.
 * @param {{ axis: number }} layout
 * @param {number} turn in degrees
 * @param {number} add how far the addition has come
 */
export function viewAt({ axis }, turn, add) {
  const k = ease(within(add, 0, 0.8))
  return viewOf(radians(turn + k * turnTowards(turn, axis)), radians(mix(PITCH, PITCHES[axis], k)))
}

/** The turn that brings the face across the axis almost to the front, or for axis 1 straight above the reader. */
function turnTowards(turn, axis) {
  const away = turn - (axis === 2 ? 90 : 0)
  return -Math.sign(away) * Math.min(MOST_TURN, Math.max(0, Math.abs(away) - LEFT_OVER))
}
