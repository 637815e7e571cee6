/** What the press is drawn with: texts that can be put somewhere, rectangles, polygons, and the three hatches. */

import { svg } from '../dom.js'

const figures = (number) => number.toFixed(2)

/** A text that is centred where it is put. */
export function label(text, name = 'figure') {
  const node = svg('text', { class: name }, text)
  let shown
  return {
    node,
    /** The text may be a shorter form of itself. */
    put(x, y, size, opacity = 1, form = text) {
      if (form !== shown) node.textContent = form
      shown = form
      set(node, opacity)
      if (opacity <= 0) return
      node.setAttribute('transform', `translate(${figures(x)} ${figures(y)})`)
      node.setAttribute('font-size', figures(size))
    },
  }
}

export function box(name, attributes = {}) {
  const node = svg('rect', { class: name, ...attributes })
  return {
    node,
    put(x, y, width, height, opacity = 1) {
      set(node, opacity)
      if (opacity <= 0) return
      for (const [attribute, value] of Object.entries({ x, y, width, height }))
        node.setAttribute(attribute, figures(value))
    },
  }
}

export function polygon(name, attributes = {}) {
  const node = svg('polygon', { class: name, ...attributes })
  return {
    node,
    put(points, opacity = 1) {
      set(node, opacity)
      if (opacity > 0) node.setAttribute('points', points.map((point) => point.map(figures).join()).join(' '))
    },
  }
}

/** What is not seen is not laid out either. Most texts are not, and text is slow to lay out. */
function set(node, opacity) {
  if (opacity > 0) {
    node.setAttribute('opacity', figures(opacity))
    node.removeAttribute('display')
  } else node.setAttribute('display', 'none')
}

/* The lines of the hatches, in a tile of 5 × 5: A's lie, B's stand, and where both overlap they cross. */
const LINES = { a: 'M0 2.5H5', b: 'M2.5 0V5', mix: 'M0 2.5H5M2.5 0V5' }

/** Told apart without colour. One set for all drawings of a section. */
export function hatches() {
  const patterns = Object.entries(LINES).map(([name, d]) =>
    svg(
      'pattern',
      { id: `hatch-${name}`, width: 5, height: 5, patternUnits: 'userSpaceOnUse' },
      svg('rect', { class: `ground ${name}`, width: 5, height: 5 }),
      svg('path', { class: `line ${name}`, d }),
    ),
  )
  return svg('svg', { class: 'hatches', width: 0, height: 0, 'aria-hidden': 'true' }, svg('defs', {}, ...patterns))
}

export const hatch = (name) => ({ fill: `url(#hatch-${name})` })
