/** The beats as numbers, each a button. */

import { BEATS } from '../../model/beats.js'
import { element } from '../dom.js'

/**
 * @param {import('../sections.js').Context} context
 * @param {(beat: import('../../model/beats.js').Beat) => void} go
 */
export function beatSteps({ t }, go) {
  const buttons = BEATS.map((beat, i) => {
    const name = t('story.step', i + 1, BEATS.length, beat.title(t))
    const button = element(
      'button',
      { type: 'button', title: name },
      element('span', { 'aria-hidden': 'true' }, `${i + 1}`),
    )
    button.addEventListener('click', () => go(beat))
    return button
  })
  return {
    root: element('ol', { class: 'beats' }, ...buttons.map((button) => element('li', {}, button))),
    /** @param {number} place of the beat that the reader is at */
    draw(place) {
      buttons.forEach((button, i) => {
        if (i === place) button.setAttribute('aria-current', 'step')
        else button.removeAttribute('aria-current')
      })
    },
  }
}
