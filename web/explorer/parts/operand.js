/** A or B, or what one acts as, as a grid for each of its matrices. */
import { element } from '../dom.js'
import { blocksOf } from '../tensors.js'
import { inStretches } from './stretches.js'

/**
 * @param {string} operand
 * @param {number[]} shape
 * @param {(index: number[]) => HTMLElement} makeCell
 */
export function operandGrid(operand, shape, makeCell) {
  const grids = blocksOf(shape).map(({ lead, rows }) => {
    const grid = element('div', { class: 'grid' }, ...inStretches(rows.flat().map(makeCell), rows[0].length))
    grid.style.setProperty('--columns', rows[0].length)
    const name = lead.length ? `${operand}[${lead.join(', ')}]` : operand
    return element('div', {}, element('p', { class: 'name' }, name), grid)
  })
  return element('div', { class: 'operand-grid' }, ...grids)
}
