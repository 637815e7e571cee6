/**
 * "You may think … but": a card for each misconception. Its example stands in the card, and its remedies change it
 * there. A button opens the example in the panels, with all its working.
 */

import { MISCONCEPTIONS, viewsOf } from '../../model/misconceptions.js'
import { cardIn } from '../../model/screens.js'
import { choice, element, prose } from '../dom.js'
import { sectionHeading } from '../parts/anchor.js'
import { cardId } from '../parts/back.js'
import { example } from '../parts/example.js'
import { seeButton } from '../parts/see.js'

export function cards(context) {
  const { store } = context
  const heading = sectionHeading(context, 'cards')
  const all = MISCONCEPTIONS.map((misconception) => card(context, misconception))
  store.follow(() => {
    all.forEach((one, i) => {
      one.hidden = Boolean(store.state.present) && i !== cardIn(store)
    })
  })
  return element('section', { class: 'cards', 'aria-labelledby': heading.id }, heading, element('ul', {}, ...all))
}

function card(context, misconception) {
  const { key, wrong, plain, shown, truth, tries = [] } = misconception
  const { store, t } = context
  /** The remedy applied in each card. Like an open fold, it is no part of a link. */
  store.kept.tried ??= {}
  const { tried } = store.kept
  const now = () => ({ ...shown, ...tries[tried[key]]?.changes })
  const idea = wrong(t)
  const examples = element('div', { 'aria-live': 'polite' })
  const buttons = tries.map(({ name }, i) =>
    choice(name(t), () => {
      tried[key] = tried[key] === i ? undefined : i
      draw()
    }),
  )

  const see = seeButton(context, t('cards.see'), `(${idea})`, () => ({ ...now(), card: key }))
  see.classList.add('plain')

  function draw() {
    examples.replaceChildren(
      ...(plain ? refutation(context, viewsOf(plain)[0]) : []),
      ...viewsOf(now()).map((view) => example(context, view)),
    )
    buttons.forEach((button, i) => {
      button.setAttribute('aria-pressed', `${i === tried[key]}`)
    })
  }
  draw()
  return element(
    'li',
    { class: 'card' },
    element('h3', { id: cardId(key), tabindex: -1 }, ...prose(t('cards.quoted', idea))),
    examples,
    element('p', {}, ...prose(truth(t, viewsOf(shown)))),
    element(
      'div',
      { class: 'choices' },
      tries.length > 0 && element('span', { class: 'hint' }, t('cards.try')),
      ...buttons,
      // Present mode has no panels above.
      !store.state.present && see,
    ),
  )
}

/** How many results there are, and how many one may expect, struck out. */
function refutation(context, view) {
  const { A, B, outputs } = view
  const claimed = A.shape[0] * B.shape[0]
  return [
    example(context, view),
    element(
      'p',
      {},
      element('s', { 'aria-hidden': 'true' }, `${claimed}`),
      ` ${context.t('cards.count', outputs.length, claimed)}`,
    ),
  ]
}
