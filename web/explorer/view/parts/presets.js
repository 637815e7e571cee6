/** Buttons for the examples. Square matrices hide what dim does, because both results have the same length. */

import { PRESETS, presetOf } from '../../model/presets.js'
import { element } from '../dom.js'

export function presets({ store, t }) {
  const heading = element('h2', { class: 'label', id: 'presets' }, t('presets.heading'))
  const buttons = PRESETS.map(({ name, changes }) => {
    const button = element('button', { type: 'button', class: 'choice' }, typeof name === 'function' ? name(t) : name)
    button.addEventListener('click', () => store.update(changes, { isNavigation: true }))
    return button
  })
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
    hint.textContent = here || isGiven ? (here?.about?.(t) ?? t('presets.hint')) : t('presets.undo')
  })
  return element(
    'div',
    { class: 'setting', role: 'group', 'aria-labelledby': heading.id },
    heading,
    element('div', { class: 'choices' }, ...buttons),
    hint,
  )
}
