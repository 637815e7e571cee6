/** One dim: its shape as chips, the press, the result, and the same as a table for those who do not see the drawing. */

import { element } from '../dom.js'
import { patch } from '../patch.js'
import { block } from '../space/block.js'
import { sizeChips } from './chips.js'
import { press } from './press.js'
import { progressAt, STAGES, stageAt, within } from './stages.js'
import { laneName, twin } from './twin.js'

/** Three axes are drawn in space. */
export const drawingOf = ({ t }, collapse, room) =>
  collapse.common.length === 3
    ? block(collapse, room, (axis) => t('space.axis', axis))
    : press(collapse, room, (lane) => laneName(t, collapse, lane))

/**
 * @param {import('../sections.js').Context} context
 * @param {import('../../model/collapse.js').Collapse} collapse
 * @param {import('./layout.js').Room} room
 * @param {(dim: number) => void} [choose] if it is missing, nothing but A and B is shown
 */
export function pressPanel(context, collapse, room, choose) {
  const chips = sizeChips(context, collapse, choose)
  const drawing = drawingOf(context, collapse, room)
  const name = element('code', { class: 'dim', role: 'heading', 'aria-level': 3 }, `dim=${collapse.dim}`)
  const table = element('div', { class: 'twin unseen' })
  const out = element('p', { class: 'out' })
  let said
  function write() {
    out.textContent = choose ? collapse.printed : ''
    said = undefined
  }
  write()

  return {
    root: element(
      'div',
      { class: 'along', role: 'group', 'aria-label': `dim=${collapse.dim}` },
      element('div', { class: 'heading' }, name, chips.root),
      drawing.root,
      out,
      table,
    ),
    /** Takes the numbers that the collapse has been given. */
    write,
    draw(t, turn, heard) {
      drawing.draw(t, turn)
      const { add, cosine } = progressAt(t)
      chips.draw(add)
      const seen = within(cosine, 0.6, 1)
      out.style.opacity = `${seen}`
      out.style.visibility = seen ? 'visible' : 'hidden'
      const { key } = STAGES[stageAt(heard)]
      if (key === said || !choose) return
      said = key
      patch(table, twin(context, collapse, key))
    },
  }
}
