/** Above the panels, once a card's example was opened in them: a button back to that card. */

import { misconceptionOf } from '../../model/misconceptions.js'
import { choice, unseen } from '../dom.js'

/** The id of the heading that the button focuses. */
export const cardId = (key) => `card-${key}`

export function backToCard({ store, t }) {
  const about = unseen('')
  const button = choice(t('cards.back'), () => {
    const root = /** @type {ShadowRoot} */ (button.getRootNode())
    const heading = root.getElementById(cardId(store.state.card))
    heading?.focus({ preventScroll: true })
    heading?.closest('.card')?.scrollIntoView()
  })
  button.classList.add('back')
  button.append(about)
  store.follow(() => {
    const { card, hide } = store.state
    const from = hide.includes('cards') ? undefined : misconceptionOf(card)
    button.hidden = !from
    if (from) about.textContent = ` (${from.wrong(t)})`
  })
  return button
}
