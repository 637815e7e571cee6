/** What stands around the cubes: the outline of the old block, the two jaws, and the names of A, B and the axes. */

import { additionAt } from '../collapse/layout.js'
import { box, label, polygon } from '../collapse/marks.js'
import { within } from '../collapse/stages.js'
import { svg } from '../dom.js'
import { AXES, isSeen } from './camera.js'
import { place } from './faces.js'
import { measures } from './layout.js'

/* The jaws, in units: how thick they are, and how far the slab and the frame reach beyond the plates. */
const JAW = 0.11
const BEYOND = 0.14
const FRAME_BEYOND = 0.09
/* How far they are from the cubes, from how much farther they come, and what the frame adds until the cubes have merged. */
const APART = 0.08
const COMES_FROM = 0.3
const LIFTED = 0.22
/* From an edge to the name of its axis, in parts of its type. */
const OFF = 0.95

/** The three far sides of the old block, dashed. @param {import('./layout.js').Layout} layout */
export function outline(layout) {
  const { spans } = measures(layout, 0)
  const sides = AXES.map((axis) => ({ axis, mark: polygon('slot') }))
  return {
    nodes: sides.map(({ mark }) => mark.node),
    draw({ add }, { view, center, side }) {
      const seen = within(additionAt(add).squeezed, 0, 0.3)
      for (const { axis, mark } of sides) {
        const corners = [
          [-1, -1],
          [1, -1],
          [1, 1],
          [-1, 1],
        ].map((ends) => {
          const point = AXES.map((each) => (each === axis ? -view.near[axis] : /** @type {number} */ (ends.shift())))
          return view.seen(point.map((end, each) => (end * spans[each]) / 2)).map((one, i) => center[i] + one * side)
        })
        mark.put(corners, seen)
      }
    },
  }
}

/** The far jaw is a slab behind the block, the near one a frame in front of it, which crosses no number. */
export function jaws(layout) {
  const { axis } = layout
  const slab = AXES.map((each) => ({ each, bar: box('jaw') }))
  const far = svg('g', {}, ...slab.map(({ bar }) => svg('g', {}, bar.node)))
  const frame = box('jaw-frame', { rx: 3 })
  const near = svg('g', {}, frame.node)
  return {
    far,
    near,
    draw(at, scene) {
      const { jaws: come, merged } = additionAt(at.add)
      const away = APART + COMES_FROM * (1 - come)
      const { view, spans, side } = scene
      const wide = spans.map((span) => span + 2 * BEYOND)
      const end = (way, off) =>
        AXES.map((each) => (each === axis ? way * view.near[axis] * (spans[axis] / 2 + off) : 0))
      const own = { middle: end(-1, away + JAW / 2), size: wide.map((one, each) => (each === axis ? JAW : one)) }
      for (const { each, bar } of slab) {
        const face = view.faces[each]
        const node = /** @type {SVGElement} */ (bar.node.parentNode)
        const [width, height] = place(node, face, own, scene)
        bar.put(0, 0, width, height, isSeen(face) ? come : 0)
      }
      const flat = spans.map((span, each) => (each === axis ? 0 : span + 2 * FRAME_BEYOND))
      const [width, height] = place(
        near,
        view.faces[axis],
        { middle: end(1, away + LIFTED * (1 - merged)), size: flat },
        scene,
      )
      frame.node.setAttribute('stroke-width', (JAW * side).toFixed(2))
      frame.put(0, 0, width, height, isSeen(view.faces[axis]) ? come * (1 - within(at.divide, 0, 0.4)) : 0)
    },
  }
}

/** A and B, above their blocks until these have met. */
export function operandNames(layout) {
  const all = ['A', 'B'].map((name) => label(name, 'operand-name'))
  return {
    nodes: all.map(({ node }) => node),
    draw({ pair }, { view, center, side, spans, apart }) {
      const top = center[1] - (view.heightOf(spans) * side) / 2
      all.forEach(({ put }, i) => {
        put(center[0] + (i ? apart : -apart), top - layout.name, layout.name * 1.4, 1 - within(pair, 0, 0.4))
      })
    },
  }
}

/**
 * The names of the axes, along the lower edges of the two upright sides that are seen, and beside the left one; first of
 * A's. That of the squeezed axis goes with it.
 */
export function axisNames(layout, nameOf) {
  const { name: size } = layout
  const all = AXES.map((axis) => {
    const text = label(nameOf(axis), `axis-name${axis === layout.axis ? ' chosen' : ''}`)
    return { axis, text, root: svg('g', {}, text.node) }
  })

  /** Below an edge, or to the left of one that stands. */
  function put({ text, root }, edge, isStanding, opacity) {
    const [from, to] = edge
    const angle = Math.atan2(to[1] - from[1], to[0] - from[0])
    const middle = from.map((one, i) => ((one + to[i]) / 2).toFixed(2))
    root.setAttribute('transform', `translate(${middle.join(' ')}) rotate(${((angle * 180) / Math.PI).toFixed(1)})`)
    text.put(0, (isStanding ? -OFF : OFF) * size, size, opacity)
  }

  return {
    nodes: all.map(({ root }) => root),
    draw({ add }, { view, center, side, spans, apart }) {
      const { jaws, squeezed } = additionAt(add)
      const gone = 1 - within(squeezed, 0.3, 0.8)
      const halves = spans.map((span, axis) => span / 2 + jaws * (axis === layout.axis ? APART + JAW : BEYOND))
      const at = (ends) =>
        view.seen(ends.map((end, axis) => end * halves[axis])).map((one, i) => center[i] - (i ? 0 : apart) + one * side)
      const edges = edgesOf(view)
      for (const one of all) put(one, edges[one.axis].map(at), one.axis === 1, one.axis === layout.axis ? gone : 1)
    },
  }
}

/** The edge of each axis that has its name, from left to right or from below: by the ends of all axes at its two ends. */
function edgesOf({ near, faces }) {
  const along = (axis, from, to) =>
    [from, to].map((end) => near.map((one, each) => (each === axis ? end : each === 1 ? 1 : -near[1] * one)))
  // The lower edge of the upright side along the axis, or from below of the lower side.
  const lying = (axis) => {
    const way = faces[2 - axis].right[1]
    return along(axis, -way, way)
  }
  // The leftmost edge, of the side that comes nearer to the right.
  const leftmost = faces[0].linear[1] > 0 ? faces[0].right : faces[2].right
  const beside = [1, -1].map((end) =>
    near.map((one, each) => (each === 1 ? end : each === leftmost[0] ? -leftmost[1] : one)),
  )
  return [lying(0), beside, lying(2)]
}
