/** Every stage of every dim side by side: for paper, and for those who want less motion. */

import { element } from '../dom.js'
import { drawingOf } from './panel.js'
import { STAGES } from './stages.js'
import { twin } from './twin.js'

const ROOM = { width: 340, height: 200, rem: 14 }
/* A block needs more of it. */
const TALL = 270

/**
 * @param {import('../sections.js').Context} context
 * @param {import('../../model/collapse.js').Collapse[]} collapses
 * @param {number} character a digit's width, as a part of its height
 */
export const stills = (context, collapses, character) =>
  collapses.flatMap((collapse) => {
    const { root, draw } = drawingOf(context, collapse, {
      ...ROOM,
      ...(collapse.common.length === 3 && { height: TALL }),
      character,
    })
    return STAGES.map(({ key, at, name }) => {
      draw(at)
      const caption = element('figcaption', {}, element('code', {}, `dim=${collapse.dim}`), ` ${name(context.t)}`)
      return element(
        'figure',
        { 'data-stage': key },
        caption,
        seenOf(root),
        element('div', { class: 'unseen' }, twin(context, collapse, key)),
      )
    })
  })

/** A copy of what is to be seen of a drawing. */
function seenOf(root) {
  const copy = /** @type {SVGElement} */ (root.cloneNode(true))
  for (const node of copy.querySelectorAll('[visibility="hidden"], [display="none"]')) node.remove()
  return copy
}
