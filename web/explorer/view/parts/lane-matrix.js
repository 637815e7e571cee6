/** A and B, as broadcast, and their results as matrices of plain numbers, in the colours of their lanes. */
import { cellKey, indexIn, outputsFor, placesOf } from '../../model/explanations.js'
import { minus, printed } from '../../model/numbers.js'
import { indexesOf } from '../../model/tensors.js'
import { element } from '../dom.js'
import { operandGrid } from './operand.js'

/** @typedef {import('../../model/explanations.js').ViewWithResult} ViewWithResult */

const OPERANDS = ['A', 'B']
const cell = (attributes, text = '') => element('span', { class: 'number-cell', ...attributes }, text)

/** Screen readers get each grid as one text. */
function describe(grid, text) {
  grid.setAttribute('role', 'img')
  grid.setAttribute('aria-label', text)
}

const written = (view, operand) => `${operand} = ${JSON.stringify(view[operand].tolist())}`

/** A and B alone, where a dim has no lanes. */
export function plainGrids(view) {
  return OPERANDS.map((operand) => {
    let place = 0
    const { shape, data } = view[operand]
    const grid = operandGrid(operand, shape, () => cell({}, minus(printed(data[place++]))))
    describe(grid, written(view, operand))
    return grid
  })
}

/**
 * A and B. `nodes` has the cells of each operand by their index in the common shape, `repeats` those of each element by
 * its key.
 * @param {ViewWithResult} initial
 * @param {(output: import('../../model/explanations.js').Output) => Record<string, unknown>} attributesOf a cell's
 * @param {(view: ViewWithResult, operand: string) => string} label
 */
export function laneGrids(initial, attributesOf, label) {
  const places = placesOf(initial)
  const nodes = { A: new Map(), B: new Map() }
  /** @type {Map<string, HTMLElement[]>} */
  const repeats = new Map()
  const grids = OPERANDS.map((operand) =>
    operandGrid(operand, initial.common, (index) => {
      const { output, [operand]: own } = places.get(`${index}`)
      const node = cell({ 'data-ghost': own.isGhost, ...attributesOf(output) })
      nodes[operand].set(`${index}`, node)
      repeats.set(own.key, [...(repeats.get(own.key) ?? []), node])
      return node
    }),
  )
  const elements = OPERANDS.map((operand) =>
    indexesOf(initial[operand].shape).map((index) => repeats.get(cellKey(operand, index)) ?? []),
  )
  let drawn
  /** Writes the numbers that changed. */
  function update(view) {
    OPERANDS.forEach((operand, i) => {
      view[operand].data.forEach((value, place) => {
        if (value !== drawn?.[operand].data[place])
          for (const node of elements[i][place]) node.textContent = minus(printed(value))
      })
      describe(grids[i], label(view, operand))
    })
    drawn = view
  }
  update(initial)
  return { grids, nodes, repeats, update }
}

/**
 * Marks an output's lane in the grids, and within it the terms from `from` to `to` in the operands `in`.
 * @param {ReturnType<typeof laneGrids>} grids
 * @param {ViewWithResult} view
 * @param {import('../../model/explanations.js').Output} output
 * @param {import('./steps.js').Step['now']} now
 */
export function markTerms({ nodes }, { axis, common }, output, now) {
  for (const [operand, all] of Object.entries(nodes)) {
    for (const node of all.values()) {
      node.removeAttribute('data-lane')
      node.removeAttribute('data-now')
    }
    if (!now) continue
    output.working.terms.forEach((_, i) => {
      const node = all.get(`${indexIn(output, i, axis, common)}`)
      node.setAttribute('data-lane', '')
      node.toggleAttribute('data-now', now.in.includes(operand) && i >= now.from && i <= now.to)
    })
  }
}

/**
 * A, B, and each result where its lane ends.
 * @param {ViewWithResult} initial
 */
export function laneMatrix(initial) {
  const { axis, common } = initial
  const operands = laneGrids(initial, ({ look }) => ({ 'data-lane': true, 'data-look': look }), written)
  // Drawn as if the axis stayed with length 1.
  const kept = common.map((size, i) => (i === axis ? 1 : size))
  const outputs = initial.outputs.map(({ look }) => cell({ class: 'number-cell result', 'data-look': look }))
  let lane = 0
  const results = operandGrid('cos', kept, () => outputs[lane++])
  let drawn
  let marked = []

  function update(view) {
    if (view === drawn) return
    drawn = view
    operands.update(view)
    view.outputs.forEach(({ text }, i) => {
      outputs[i].textContent = minus(text)
    })
    describe(results, `cos = ${view.printed}`)
  }

  /** Marks cells, and the results that they are part of. */
  function mark(keys) {
    const now = keys.flatMap((key) => [
      ...(operands.repeats.get(key) ?? []),
      ...outputsFor(drawn, key).map((output) => outputs[output.lane]),
    ])
    for (const node of marked) node.removeAttribute('data-now')
    for (const node of now) node.setAttribute('data-now', '')
    marked = now
  }
  update(initial)
  return { grids: [...operands.grids, results], update, mark }
}
