/** Above the panels, while they show a card's example: what the card suggests next, and a button back to the card. */

import { isAt, misconceptionOf } from '../../model/misconceptions.js'
import { beginning } from '../../model/presets.js'
import { choice, element, unseen } from '../dom.js'

/** The heading that the button back to the card focuses. */
export const cardId = ({ key }) => `card-${key}`

export function tries({ store, t }) {
  const root = element('div', { class: 'choices tries', role: 'group', 'aria-label': t('cards.heading') })
  let drawn = {}
  let card
  let buttons = []
  store.follow(() => {
    const { state } = store
    if (state === drawn) return
    drawn = state
    const now = state.hide.includes('cards') ? undefined : misconceptionOf(state.card)
    if (now !== card) {
      card = now
      buttons = (card?.tries ?? []).map(tryButton)
      const hint = buttons.length > 0 && element('span', { class: 'hint' }, t('cards.try'))
      root.replaceChildren(...(card ? [hint, ...buttons, back()].filter(Boolean) : []))
    }
    root.hidden = !card
    buttons.forEach((button, i) => {
      button.setAttribute('aria-pressed', `${isAt({ ...card.shown, ...card.tries[i].changes }, state)}`)
    })
  })

  function tryButton({ name, changes }) {
    const state = beginning({ ...card.shown, ...changes, card: card.key })
    return choice(name(t), () => store.update(state, { isNavigation: true }))
  }

  function back() {
    const heading = () => /** @type {ShadowRoot} */ (root.getRootNode()).getElementById(cardId(card))
    const button = choice(t('cards.back'), () => {
      heading()?.focus({ preventScroll: true })
      heading()?.closest('.card').scrollIntoView()
    })
    button.append(unseen(` (${card.wrong(t)})`))
    button.classList.add('plain')
    return button
  }
  return root
}
