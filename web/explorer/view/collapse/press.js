/**
 * The press: one drawing of one dim. `draw(t)`, 0 ≤ t ≤ 1, depends on t alone, so it can be played, stopped, stepped
 * through and printed.
 */

import { svg } from '../dom.js'
import { pairCell } from './cells.js'
import { laneCell } from './lanes.js'
import { additionAt, ease, layoutOf, mix } from './layout.js'
import { box, label, polygon } from './marks.js'
import { progressAt, within } from './stages.js'

/* The thickness of a jaw and its distance from the cells, as parts of a cell's side. */
const JAW = 0.11
const APART = 0.07
const COMES_FROM = 0.12
/* Half the width of a dashed line, so that it stays within its cell, in pixels. */
const DASH = 0.75
/* From the edge of its cells to the middle of a vector's outline, in pixels. */
const FRAME = 1.5

/**
 * @param {import('../../model/collapse.js').Collapse} collapse
 * @param {import('./layout.js').Room} room
 * @param {(lane: import('../../model/collapse.js').Lane) => string} nameOf
 */
export function press(collapse, room, nameOf) {
  const layout = layoutOf(collapse, room)
  const { lanes, isDown } = collapse
  const cells = lanes.flatMap((lane) =>
    lane.pairs.map((pair, place) => keyed(lane.key, pairCell(pair, { lane, place, isDown }, layout))),
  )
  const results = lanes.map((lane) => {
    const middle = (lane.pairs.length - 1) / 2
    const [right, down] = isDown ? [lane.column, middle] : [middle, lane.row]
    return keyed(lane.key, laneCell(lane, layout.x + right * layout.side, layout.y + down * layout.side, layout))
  })
  const others = [
    slots(collapse, layout),
    names(collapse, layout),
    labels(collapse, layout, nameOf),
    jaws(collapse, layout),
  ]
  const frames = vectors(collapse, layout)
  const root = svg(
    'svg',
    {
      class: 'press',
      'aria-hidden': 'true',
      width: layout.width,
      height: layout.height,
      viewBox: `0 0 ${layout.width} ${layout.height}`,
    },
    ...others.flatMap(({ nodes }) => nodes),
    // A cell may pass over another, but covers no number.
    ...[...cells, ...results].flatMap(({ shapes }) => shapes),
    ...frames.nodes,
    ...[...cells, ...results].flatMap(({ texts }) => texts),
  )
  return {
    root,
    draw(t) {
      const at = progressAt(t)
      for (const part of [...others, frames, ...cells, ...results]) part.draw(at)
    },
  }
}

/** Who points at a part of a lane sees what belongs to it. */
function keyed(key, part) {
  for (const node of [...part.shapes, ...part.texts]) node.dataset.key = key
  return part
}

/** Dashed: where a cell lacks its other half, and later where it was. */
function slots({ lanes }, layout) {
  const all = lanes.flatMap(({ pairs }) =>
    pairs.flatMap((pair) => [0, 1].map((side) => ({ pair, side, box: box('slot') }))),
  )
  return {
    nodes: all.map((one) => one.box.node),
    draw({ pair: k }) {
      const moved = ease(k)
      const size = mix(layout.small, layout.side, moved)
      for (const { pair, side, box } of all) {
        const from = layout.apart[side]
        const x = mix(from.x, layout.x, moved) + pair.column * size
        const y = mix(from.y, layout.y, moved) + pair.row * size
        const inner = size - 2 * layout.gap - 2 * DASH
        box.put(x + DASH, y + DASH, inner, inner, side && k === 1 ? 0 : 1)
      }
    },
  }
}

/** A and B, above their blocks until these have met. */
function names({ columns }, layout) {
  const all = ['A', 'B'].map((name) => label(name, 'operand-name'))
  return {
    nodes: all.map(({ node }) => node),
    draw({ pair }) {
      const moved = ease(pair)
      const size = mix(layout.small, layout.side, moved)
      all.forEach((name, side) => {
        const from = layout.apart[side]
        const x = mix(from.x, layout.x, moved) + (columns * size) / 2
        name.put(x, mix(from.y, layout.y, moved) - layout.label, layout.label * 1.4, 1 - within(pair, 0, 0.4))
      })
    },
  }
}

/** The names of the columns above them, or of the rows beside them. */
function labels({ lanes, common, isDown }, { x, y, side, fit, widthOf, label: size, tight }, nameOf) {
  const all = common.length === 1 ? [] : lanes.map((lane) => ({ lane, text: label(nameOf(lane), 'lane') }))
  const reach = side * (APART + JAW + COMES_FROM)
  return {
    nodes: all.map(({ text }) => text.node),
    draw({ pair }) {
      const seen = within(pair, 0.6, 1)
      for (const { lane, text } of all) {
        const whole = nameOf(lane)
        const room = isDown ? side * 0.96 : Infinity
        // Where there is no room for a word, its number.
        const form = fit(widthOf(whole, tight) > room ? `${lane.column} ↓` : whole, room, size)
        if (isDown) text.put(x + (lane.column + 0.5) * side, y - reach - size * 0.8, form.size, seen, form.text)
        else text.put(x - reach - size * 2.1, y + (lane.row + 0.5) * side, form.size, seen)
      }
    },
  }
}

/** The outlines of the vectors that are compared, from when partners meet until they are one sum. */
function vectors({ rows, columns, isDown, lanes, common }, { x, y, side }) {
  const all = common.length === 1 ? [] : lanes.map((lane) => ({ lane, frame: box('vector', { rx: 4 }) }))
  const count = isDown ? rows : columns
  const wide = side - 2 * FRAME
  return {
    nodes: all.map(({ frame }) => frame.node),
    draw({ pair, add }) {
      const { squeezed, merged } = additionAt(add)
      const seen = within(pair, 0.6, 1) * (1 - within(merged, 0, 0.4))
      const long = mix(count, 1, squeezed) * side - 2 * FRAME
      const start = (count * side - long) / 2
      for (const { lane, frame } of all) {
        if (isDown) frame.put(x + lane.column * side + FRAME, y + start, wide, long, seen)
        else frame.put(x + start, y + lane.row * side + FRAME, long, wide, seen)
      }
    },
  }
}

/** The two jaws that squeeze the axis. */
function jaws({ rows, columns, isDown }, { x, y, side }) {
  const all = [-1, 1].map((way) => ({ way, bar: box('jaw', { rx: 3 }), tip: polygon('jaw') }))
  const count = isDown ? rows : columns
  const wide = (isDown ? columns : rows) * side
  const [along, across] = isDown ? [y, x] : [x, y]
  const turned = (pair) => (isDown ? [pair[1], pair[0]] : pair)
  const thick = side * JAW
  return {
    nodes: all.flatMap(({ bar, tip }) => [bar.node, tip.node]),
    draw({ add }) {
      const { jaws: come, squeezed } = additionAt(add)
      const half = mix(count, 1, squeezed) * side * 0.5
      for (const { way, bar, tip } of all) {
        const near = along + (count * side) / 2 + way * (half + side * (APART + COMES_FROM * (1 - come)))
        const [left, top] = turned([Math.min(near, near + way * thick), across])
        const [width, height] = turned([thick, wide])
        bar.put(left, top, width, height, come)
        const point = near + way * (thick + side * 0.04)
        const back = point + way * side * 0.14
        const middle = across + wide / 2
        const corners = [
          [point, middle],
          [back, middle - side * 0.13],
          [back, middle + side * 0.13],
        ]
        tip.put(corners.map(turned), count > 1 ? within(squeezed, 0.25, 0.55) : 0)
      }
    },
  }
}
