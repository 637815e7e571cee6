/** Every stage of every dim side by side: for paper, and for those who want less motion. */

import { element } from '../dom.js'
import { laneName, twin } from './panel.js'
import { press } from './press.js'
import { STAGES } from './stages.js'

const ROOM = { width: 340, height: 200, rem: 14 }

/**
 * @param {import('../sections.js').Context} context
 * @param {import('../../model/collapse.js').Collapse[]} collapses
 * @param {number} character a digit's width, as a part of its height
 */
export const stills = (context, collapses, character) =>
  collapses.flatMap((collapse) =>
    STAGES.map(({ key, at, name }) => {
      const { root, draw } = press(collapse, { ...ROOM, character }, (lane) => laneName(context.t, collapse, lane))
      draw(at)
      const caption = element('figcaption', {}, element('code', {}, `dim=${collapse.dim}`), ` ${name(context.t)}`)
      return element(
        'figure',
        { 'data-stage': key },
        caption,
        root,
        element('div', { class: 'unseen' }, twin(context, collapse, key)),
      )
    }),
  )
