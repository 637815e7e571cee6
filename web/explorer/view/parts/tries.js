/** After a card's state is loaded: buttons for what the card suggests next, and one that returns to the card. */

import { isAt, MISCONCEPTIONS, misconceptionAt } from '../../model/misconceptions.js'
import { beginning } from '../../model/presets.js'
import { element, unseen } from '../dom.js'

/** The heading that the button back to the card focuses. */
export const cardId = (misconception) => `card-${MISCONCEPTIONS.indexOf(misconception)}`

export function tries({ store, t }) {
  const root = element('div', { class: 'choices tries', role: 'group', 'aria-label': t('cards.heading') })
  let drawn = {}
  let card
  let buttons = []
  store.follow(() => {
    const { state } = store
    if (state === drawn) return
    drawn = state
    const misconception = state.hide.includes('cards') ? undefined : misconceptionAt(state)
    if (misconception !== card) {
      card = misconception
      buttons = (card?.tries ?? []).map(tryButton)
      root.replaceChildren(...(card ? [element('span', { class: 'hint' }, t('cards.try')), ...buttons, back()] : []))
    }
    root.hidden = !card
    buttons.forEach((button, i) => {
      button.setAttribute('aria-pressed', `${isAt({ ...card.shown, ...card.tries[i].changes }, state)}`)
    })
  })

  function tryButton({ name, changes }) {
    const state = beginning({ ...card.shown, ...changes })
    return choice(name(t), () => store.update(state, { isNavigation: true }))
  }

  function back() {
    const heading = () => /** @type {ShadowRoot} */ (root.getRootNode()).getElementById(cardId(card))
    const button = choice(t('cards.back'), () => {
      heading()?.focus({ preventScroll: true })
      heading()?.scrollIntoView({ block: 'center' })
    })
    button.append(unseen(` (${card.wrong(t)})`))
    button.classList.add('plain')
    return button
  }
  return root
}

function choice(text, act) {
  const button = element('button', { type: 'button', class: 'choice' }, text)
  button.addEventListener('click', act)
  return button
}
