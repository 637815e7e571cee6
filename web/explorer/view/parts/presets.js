/** Buttons for the examples. Equal sizes hide what dim does, because the results then have the same shape. */

import { PRESETS, presetOf } from '../../model/presets.js'
import { choice, element } from '../dom.js'

export function presets({ store, t }) {
  const heading = element('h2', { class: 'label', id: 'presets' }, t('presets.heading'))
  const buttons = PRESETS.map(({ name, changes }) =>
    choice(typeof name === 'function' ? name(t) : name, () => store.update(changes, { isNavigation: true })),
  )
  const hint = element('p', { class: 'hint' })
  /** @type {Partial<import('../../state/state.js').State>} */
  let drawn = {}
  store.follow(() => {
    if (store.state.a === drawn.a && store.state.b === drawn.b) return
    drawn = store.state
    const here = presetOf(store.state)
    PRESETS.forEach((preset, i) => {
      buttons[i].setAttribute('aria-pressed', `${preset === here}`)
    })
    const isGiven = drawn.a === store.given.a && drawn.b === store.given.b
    hint.textContent = here || isGiven ? (here?.about?.(t) ?? ofSizes(t, store.views[0])) : t('presets.undo')
  })
  return element(
    'div',
    { class: 'setting', role: 'group', 'aria-labelledby': heading.id },
    heading,
    element('div', { class: 'choices' }, ...buttons),
    hint,
  )
}

/** What the sizes show of the axes. A vector has only one. */
function ofSizes(t, { common = [] } = {}) {
  if (common.length < 2) return ''
  return new Set(common).size === 1 ? t('presets.equal') : t('presets.unequal')
}
