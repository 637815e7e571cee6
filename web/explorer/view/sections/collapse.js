/** The collapse: A and B meet, and along each dim a press squeezes an axis into one cell. */

import { beatOf, isAsked } from '../../model/beats.js'
import { isPressable } from '../../model/collapse.js'
import { askedView } from '../../model/predictions.js'
import { operandFields } from '../collapse/fields.js'
import { hatches } from '../collapse/marks.js'
import { presses } from '../collapse/presses.js'
import { choice, element, tuple, unseenHeading } from '../dom.js'
import { errorText, whatIsWrong } from '../parts/panel.js'
import { repairs } from '../parts/repairs.js'
import { shapeChoices } from '../present/shapes.js'
import { sharing } from '../share/sharing.js'

/**
 * The views that the press can show, one for each axis.
 * @returns {import('../../model/explanations.js').ViewWithResult[]}
 */
const pressable = ({ views }) =>
  views.filter(
    ({ outputs, common, axis }, i) =>
      outputs && isPressable(common) && views.findIndex((other) => other.axis === axis) === i,
  )

export function collapse(context) {
  const { store, t } = context
  const press = presses(context)
  const fields = operandFields(context)
  const shapes = store.state.present ? [shapeChoices(context)] : []
  const both = element('button', { type: 'button', class: 'choice both' })
  const hint = element('p', { class: 'invite' }, t('collapse.invite'))
  const aside = element('p', { class: 'aside' })
  const wrong = wrongWords(context, fields)
  const root = element(
    'section',
    { class: 'collapse', 'aria-label': t('collapse.heading') },
    unseenHeading(t('collapse.heading')),
    hatches(),
    element(
      'div',
      { class: 'stand' },
      element('div', { class: 'given' }, hint, fields, ...shapes, both, ...press.inSpace),
      press.sides,
      wrong.root,
    ),
    press.controls,
    sharing(context, press.sides),
    press.paper,
    aside,
  )
  both.addEventListener('click', () => {
    const isSpatial = root.hasAttribute('data-space')
    store.update({ dims: isSpatial ? [0, 1, 2] : undefined }, { isNavigation: true })
    press.focus()
    press.sides.scrollIntoView({ block: 'nearest' })
  })
  store.follow(() => {
    const views = pressable(store)
    const failed = views.length ? undefined : store.views.find(({ error }) => typeof error === 'string')
    wrong.draw(failed)
    const { a, b } = store.state
    const isSmall = [a, b].every(({ shape }) => isPressable(shape))
    const whole = store.views.find(({ outputs }) => outputs)
    const isAside = !views.length && Boolean(whole)
    aside.textContent = isAside ? t('collapse.aside', tuple(whole?.common ?? [])) : ''
    const isAsking = isAsked(store)
    aside.hidden = !isAside || isAsking
    root.dataset.beat = beatOf(store.state).key
    root.toggleAttribute('data-asked', isAsking)
    root.toggleAttribute('data-aside', isAside || !isSmall)
    root.hidden =
      Boolean(askedView(store)) || !(isAside || (isSmall && (views.length || failed || !store.views.length)))
    const rank = views[0]?.common.length ?? 0
    both.hidden = views.length !== 1 || rank < 2
    both.textContent = rank === 3 ? t('space.all') : t('collapse.back')
    root.toggleAttribute('data-space', rank === 3)
    root.toggleAttribute('data-empty', !views.length)
    root.toggleAttribute('data-wrong', Boolean(failed))
    press.show(root.hidden ? [] : views, isAsking)
  })
  return root
}

/** Says that A and B do not broadcast, or lack the dim, and offers what would mend it. */
function wrongWords(context, fields) {
  const { store, t } = context
  const root = element('div', { class: 'failed' })
  let drawn

  /** The button that has the focus goes, so that the first field gets it. */
  const buttonFor = (label, changes) =>
    choice(label, () => {
      store.update(changes(), { isNavigation: true })
      const first = fields.querySelector('input')
      first?.focus()
      first?.select()
    })
  return {
    root,
    draw(view) {
      if (view === drawn) return
      drawn = view
      root.replaceChildren()
      if (!view) return
      const sentence = element('strong', {}, whatIsWrong(view, t))
      const error = view.common ? [element('code', { class: 'error', lang: 'en' }, errorText(view, t))] : []
      root.append(element('p', {}, sentence), ...error, repairs(context, view, buttonFor))
    },
  }
}
