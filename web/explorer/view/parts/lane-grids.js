/** A and B as grids of their common shape, in which a lane, and some of its terms, can be marked. */
import { cellKey, indexIn, placesOf } from '../../model/explanations.js'
import { minus, printed } from '../../model/numbers.js'
import { indexesOf } from '../../model/tensors.js'
import { element, tuple } from '../dom.js'
import { operandGrid } from './operand.js'
import { scrolls } from './scroller.js'

const OPERANDS = ['A', 'B']

/** @param {import('../sections.js').Context} context */
export function laneGrids({ t }) {
  const root = element('div', { class: 'operand-grids' })
  /** @type {import('../../model/explanations.js').ViewWithResult | undefined} */
  let drawn
  /** The cells of A and B by their index in the common shape, and all the cells that show each element. */
  let cells
  let elements

  function build(view) {
    const places = placesOf(view)
    cells = { A: new Map(), B: new Map() }
    const repeats = new Map()
    const grids = OPERANDS.map((operand) =>
      operandGrid(operand, view.common, (index) => {
        const { key, isGhost } = places.get(`${index}`)[operand]
        const node = element('span', { class: 'number-cell', 'data-ghost': isGhost })
        cells[operand].set(`${index}`, node)
        repeats.set(key, [...(repeats.get(key) ?? []), node])
        return node
      }),
    )
    root.replaceChildren(...grids)
    // Screen readers get a summary here; they can read the numbers where these are edited.
    for (const [i, grid] of grids.entries()) {
      grid.setAttribute('role', 'img')
      grid.setAttribute('aria-label', t('inputs.caption', OPERANDS[i], tuple(view.common)))
      scrolls(grid)
    }
    elements = Object.fromEntries(
      OPERANDS.map((operand) => [
        operand,
        indexesOf(view[operand].shape).map((index) => repeats.get(cellKey(operand, index))),
      ]),
    )
  }

  /** Builds the grids, or only changes their numbers if the shapes are the same. */
  function update(view) {
    const before = view.lanes === drawn?.lanes ? drawn : undefined
    if (!before) build(view)
    for (const [operand, nodes] of Object.entries(elements))
      view[operand].data.forEach((value, i) => {
        if (value !== before?.[operand].data[i]) for (const node of nodes[i]) node.textContent = minus(printed(value))
      })
    drawn = view
  }

  /**
   * Marks an output's lane, and within it the terms from `from` to `to` in the operands `in`.
   * @param {import('../../model/explanations.js').Output} output
   * @param {import('./steps.js').Step['now']} now
   */
  function mark(output, now) {
    root.dataset.look = `${output.look}`
    for (const [operand, nodes] of Object.entries(cells)) {
      for (const node of nodes.values()) {
        node.removeAttribute('data-lane')
        node.removeAttribute('data-now')
      }
      if (!now) continue
      output.working.terms.forEach((_, i) => {
        const node = nodes.get(`${indexIn(output, i, drawn.axis, drawn.common)}`)
        node.setAttribute('data-lane', '')
        node.toggleAttribute('data-now', now.in.includes(operand) && i >= now.from && i <= now.to)
      })
    }
  }
  return { root, update, mark }
}
