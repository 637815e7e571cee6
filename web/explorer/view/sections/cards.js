/** "You may think … but": a card for each misconception, with a button that shows the correct behaviour. */

import { MISCONCEPTIONS, viewsOf } from '../../model/misconceptions.js'
import { element, prose } from '../dom.js'
import { seeButton } from '../parts/see.js'
import { cardId } from '../parts/tries.js'

export function cards(context) {
  const { t } = context
  const heading = element('h2', { id: 'cards' }, t('cards.heading'))
  return element(
    'section',
    { class: 'cards', 'aria-labelledby': heading.id },
    heading,
    element('ul', {}, ...MISCONCEPTIONS.map((misconception) => card(context, misconception))),
  )
}

function card(context, misconception) {
  const { wrong, shown, truth, tries = [] } = misconception
  const { t } = context
  const idea = wrong(t)
  const see = (label, changes) => seeButton(context, label, `(${idea})`, () => ({ ...shown, ...changes }))
  return element(
    'li',
    { class: 'card' },
    element('h3', { id: cardId(misconception), tabindex: -1 }, ...prose(t('cards.quoted', idea))),
    element('p', {}, ...prose(truth(t, viewsOf(shown)))),
    element(
      'div',
      { class: 'choices' },
      see(t('cards.see')),
      tries.length > 0 && element('span', { class: 'hint' }, t('cards.try')),
      ...tries.map(({ name, changes }) => see(name(t), changes)),
    ),
  )
}
