/** Shows A or B, or its broadcast form, as one grid for each matrix. */

import { blocksOf } from '../../model/tensors.js'
import { element } from '../dom.js'
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
