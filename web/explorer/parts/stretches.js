/**
 * A long grid in stretches of rows, each a grid of its own that a browser leaves out while it is out of sight: of 150 rows,
 * an edit then lays out and paints those that are seen.
 */
import { element } from '../dom.js'

const ROWS = 12

/** @param {HTMLElement[]} nodes a grid's, row by row */
export function inStretches(nodes, columns = 1) {
  const length = columns * ROWS
  if (nodes.length <= length) return nodes
  return Array.from({ length: Math.ceil(nodes.length / length) }, (_, i) =>
    element('div', { class: 'stretch' }, ...nodes.slice(i * length, (i + 1) * length)),
  )
}
