/** A or B in the shape that both are broadcast to: a grid of numbers for each of its matrices. For the eye. */
import { element } from '../dom.js'
import { minus, printed } from '../numbers.js'
import { blocksOf } from '../tensors.js'

/**
 * @param {import('../explanations.js').View} view
 * @param {'A' | 'B'} operand
 * @param {ReturnType<typeof import('../explanations.js').placesOf>} places
 * @returns {{ root: HTMLElement, cells: Map<string, HTMLElement> }} cells by their index
 */
export function operandGrid({ common }, operand, places) {
  const cells = new Map()
  const grids = blocksOf(common).map(({ lead, rows }) => {
    const grid = element(
      'div',
      { class: 'grid' },
      ...rows.flat().map((index) => {
        const { value, isGhost } = places.get(`${index}`)[operand]
        const cell = element('span', { class: 'number-cell', 'data-ghost': isGhost }, minus(printed(value)))
        cells.set(`${index}`, cell)
        return cell
      }),
    )
    grid.style.setProperty('--columns', rows[0].length)
    const name = lead.length ? `${operand}[${lead.join(', ')}]` : operand
    return element('div', {}, element('p', { class: 'name' }, name), grid)
  })
  return { root: element('div', { class: 'operand-grid', 'aria-hidden': 'true' }, ...grids), cells }
}
