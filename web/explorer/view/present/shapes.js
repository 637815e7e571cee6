/** In present mode, other shapes for the last screen of the story, beside A and B. */

import { PRESETS } from '../../model/presets.js'
import { choice, element } from '../dom.js'

const NAMES = ['2x2', '2x3', '3x2', '2x3x4']

/** @param {import('../sections.js').Context} context */
export function shapeChoices({ store, t }) {
  const presets = PRESETS.filter(({ key }) => NAMES.includes(key))
  const buttons = presets.map(({ name, changes: { a, b } }) =>
    // Of three axes one goes first. The others are a click on their size away.
    choice(`${name}`, () => {
      const dims = a.shape.length === 3 ? [1] : undefined
      store.update({ a, b, dims, beat: 'own', stage: undefined }, { isNavigation: true })
    }),
  )
  store.follow(() => {
    presets.forEach(({ changes }, i) => {
      buttons[i].setAttribute('aria-pressed', `${`${store.state.a.shape}` === `${changes.a.shape}`}`)
    })
  })
  return element('div', { class: 'shapes', role: 'group', 'aria-label': t('present.shapes') }, ...buttons)
}
