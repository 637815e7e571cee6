/** A small picture of one dim: its shapes, A and B with their lanes, and a result where each lane ends, or the error. */

import { placesOf } from '../../model/explanations.js'
import { minus, printed } from '../../model/numbers.js'
import { element } from '../dom.js'
import { operandGrid } from './operand.js'
import { errorText } from './panel.js'
import { chips } from './shapes.js'

const cell = (text, attributes = {}) => element('span', { class: 'number-cell', ...attributes }, minus(text))

/** Screen readers get each grid as one text. */
function pictured(operand, text, shape, makeCell) {
  const grid = operandGrid(operand, shape, makeCell)
  grid.setAttribute('role', 'img')
  grid.setAttribute('aria-label', `${operand} = ${text}`)
  return grid
}

export function example(context, view) {
  const isWrong = Boolean(view.error)
  return element(
    'div',
    { class: 'example' },
    element('code', {}, `dim=${view.dim}`),
    !isWrong && chips(context, view),
    element('div', { class: 'operand-grids' }, ...(isWrong ? plain(view) : lanes(view))),
    isWrong && element('code', { class: 'error', lang: 'en' }, errorText(view, context.t)),
  )
}

const plain = (view) =>
  ['A', 'B'].map((operand) => {
    const { shape, data } = view[operand]
    let place = 0
    return pictured(operand, JSON.stringify(view[operand].tolist()), shape, () => cell(printed(data[place++])))
  })

function lanes(view) {
  const { axis, common, outputs } = view
  const places = placesOf(view)
  const operands = ['A', 'B'].map((operand) =>
    pictured(operand, JSON.stringify(view[operand].tolist()), common, (index) => {
      const { output, [operand]: own } = places.get(`${index}`)
      return cell(printed(own.value), { 'data-ghost': own.isGhost, 'data-lane': true, 'data-look': output.look })
    }),
  )
  // Drawn as if the axis stayed with length 1, so that each result stands where its lane ends.
  const kept = common.map((size, i) => (i === axis ? 1 : size))
  let lane = 0
  return [
    ...operands,
    pictured('cos', view.printed, kept, () => {
      const { text, look } = outputs[lane++]
      return cell(text, { class: 'number-cell result', 'data-look': look })
    }),
  ]
}
