/** What the press is drawn with: texts that can be put somewhere, rectangles, polygons, and the three hatches. */

import { svg } from '../dom.js'

const figures = (number) => number.toFixed(2)

/**
 * Sets attributes of a node, but only those that change: from frame to frame most stay.
 * @param {Element} node
 * @returns {(name: string, value: string) => void}
 */
export function setterOf(node) {
  /** @type {Record<string, string>} */
  const known = {}
  return (name, value) => {
    if (known[name] === value) return
    known[name] = value
    node.setAttribute(name, value)
  }
}

/** A text that is centred where it is put. */
export function label(text, name = 'figure') {
  const node = svg('text', { class: name }, text)
  const set = setterOf(node)
  let shown = text
  return {
    node,
    /** The text may be a shorter form of itself. */
    put(x, y, size, opacity = 1, form = text) {
      if (!setOpacity(set, opacity)) return
      if (form !== shown) node.textContent = form
      shown = form
      set('transform', `translate(${figures(x)} ${figures(y)})`)
      set('font-size', figures(size))
    },
  }
}

export function box(name, attributes = {}) {
  const node = svg('rect', { class: name, ...attributes })
  const set = setterOf(node)
  return {
    node,
    put(x, y, width, height, opacity = 1) {
      if (!setOpacity(set, opacity)) return
      set('x', figures(x))
      set('y', figures(y))
      set('width', figures(width))
      set('height', figures(height))
    },
  }
}

export function polygon(name, attributes = {}) {
  const node = svg('polygon', { class: name, ...attributes })
  const set = setterOf(node)
  return {
    node,
    put(points, opacity = 1) {
      if (setOpacity(set, opacity)) set('points', points.map((point) => point.map(figures).join()).join(' '))
    },
  }
}

/** Returns whether it is to be seen. What is not is not laid out either: most texts are not, and text is slow to lay out. */
function setOpacity(set, opacity) {
  const isSeen = opacity > 0
  set('display', isSeen ? 'inline' : 'none')
  if (isSeen) set('opacity', figures(opacity))
  return isSeen
}

/* The lines of the hatches, in a tile of 5 × 5: A's lie, B's stand, and where both overlap they cross. */
const LINES = { a: 'M0 2.5H5', b: 'M2.5 0V5', mix: 'M0 2.5H5M2.5 0V5' }

/* Of the faces across each axis in space: 0 has the light. */
const SHADES = [0, 1, 2]

/** Told apart without colour. One set for all drawings of a section. */
export function hatches() {
  const patterns = SHADES.flatMap((shade) =>
    Object.entries(LINES).map(([name, d]) =>
      svg(
        'pattern',
        { id: `hatch-${name}-${shade}`, width: 5, height: 5, patternUnits: 'userSpaceOnUse' },
        svg('rect', { class: `ground ${name}`, width: 5, height: 5 }),
        svg('path', { class: `line ${name}`, d }),
        shade > 0 && svg('rect', { class: `shade-${shade}`, width: 5, height: 5 }),
      ),
    ),
  )
  return svg('svg', { class: 'hatches', width: 0, height: 0, 'aria-hidden': 'true' }, svg('defs', {}, ...patterns))
}

export const hatch = (name, shade = 0) => ({ fill: `url(#hatch-${name}-${shade})` })
