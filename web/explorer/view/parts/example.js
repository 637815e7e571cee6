/** A small picture of one dim: its shapes, A and B with their lanes, and a result where each lane ends, or the error. */

import { element } from '../dom.js'
import { laneMatrix, plainGrids } from './lane-matrix.js'
import { errorText } from './panel.js'
import { chips } from './shapes.js'

export function example(context, view) {
  const isWrong = Boolean(view.error)
  return element(
    'div',
    { class: 'example' },
    element('code', {}, `dim=${view.dim}`),
    !isWrong && chips(context, view),
    element('div', { class: 'operand-grids small' }, ...(isWrong ? plainGrids(view) : laneMatrix(view).grids)),
    isWrong && element('code', { class: 'error', lang: 'en' }, errorText(view, context.t)),
  )
}
