/** Turns the blocks, all in step: a slider, and the drawings themselves, which are dragged sideways. */

import { element, unseen } from '../dom.js'
import { LEAST, MOST, TURN } from './layout.js'

const STEP = 5
/* How far a drag of one pixel turns, in degrees. */
const DRAG = 0.5

/**
 * @param {import('../sections.js').Context} context
 * @param {() => void} changed
 */
export function turning({ store, t }, changed) {
  const slider = element('input', { type: 'range', min: LEAST, max: MOST, step: STEP })
  const root = element(
    'label',
    { class: 'turn' },
    element('span', {}, t('space.turn'), unseen(t('space.picture'))),
    slider,
  )

  function go(to) {
    store.kept.turn = Math.min(MOST, Math.max(LEAST, to))
    show()
    changed()
  }

  function show() {
    const now = Math.round(turn.now)
    slider.value = `${now}`
    slider.setAttribute('aria-valuetext', t('space.degrees', now))
  }

  slider.addEventListener('input', () => go(Number(slider.value)))
  const turn = {
    root,
    get now() {
      return store.kept.turn ?? TURN
    },
    /** @param {number} pixels to the right */
    drag: (pixels) => go(turn.now - pixels * DRAG),
  }
  show()
  return turn
}
