/**
 * A long grid in stretches of rows, each a grid of its own that a browser leaves out while it is out of sight: of 150 rows,
 * an edit then lays out and paints those that are seen. Where there is no room for all, the first stretch and the last stand
 * for them: in lanes down, and on paper.
 */
import { element } from '../dom.js'

/* More rows than these are not always shown. */
const MOST_ROWS = 8
/* So many are in the first stretch, in the last, and in each between. */
const FIRST = 3
const LAST = 1
const BETWEEN = 12

/** Whether a row of so many is in neither the first stretch nor the last. */
export const isBetween = (row, rows) => rows > MOST_ROWS && row >= FIRST && row < rows - LAST

/** @param {HTMLElement[]} nodes a grid's, row by row */
export function inStretches(nodes, columns = 1) {
  const rows = nodes.length / columns
  if (rows <= MOST_ROWS) return nodes
  const starts = [0]
  for (let start = FIRST; start < rows - LAST; start += BETWEEN) starts.push(start)
  starts.push(rows - LAST)
  return starts.map((start, i) => {
    const end = starts[i + 1] ?? rows
    const stretch = element('div', { class: 'stretch' }, ...nodes.slice(start * columns, end * columns))
    // Its height while it is left out.
    stretch.style.setProperty('--rows', `${end - start}`)
    return stretch
  })
}
