/**
 * Splits a long grid into groups of rows. Each group is a grid that the browser skips while it is off screen, so an
 * edit among 150 rows only lays out and paints the visible ones. Where there is no room for all rows, in lanes that run
 * down and on paper, only the first group and the last are shown.
 */
import { element } from '../dom.js'

/* Longer grids are split. */
const MOST_ROWS = 8
/* The number of rows in the first group, in the last, and in each group between them. */
const FIRST = 3
const LAST = 1
const BETWEEN = 12

/** Whether a row is in neither the first group nor the last. */
export const isBetween = (row, rows) => rows > MOST_ROWS && row >= FIRST && row < rows - LAST

/** @param {HTMLElement[]} nodes a grid's cells, row by row */
export function inStretches(nodes, columns = 1) {
  const rows = nodes.length / columns
  if (rows <= MOST_ROWS) return nodes
  const starts = [0]
  for (let start = FIRST; start < rows - LAST; start += BETWEEN) starts.push(start)
  starts.push(rows - LAST)
  return starts.map((start, i) => {
    const end = starts[i + 1] ?? rows
    const stretch = element('div', { class: 'stretch' }, ...nodes.slice(start * columns, end * columns))
    // Reserves the height while the group is skipped.
    stretch.style.setProperty('--rows', `${end - start}`)
    return stretch
  })
}
