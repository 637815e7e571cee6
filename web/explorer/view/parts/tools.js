/** Sizes, files and eps. They are folded away because beginners need them last. An invalid eps opens the fold. */

import { INITIAL } from '../../state/initial.js'
import { element, prose } from '../dom.js'
import { epsField } from './field.js'
import { fileButton } from './intake.js'
import { sizeSteppers } from './sizes.js'

export function tools(context) {
  const { store, t } = context
  const summary = element('summary')
  const row = (operand, partner) =>
    element(
      'div',
      { class: 'tool' },
      element('span', { class: 'operand' }, operand),
      sizeSteppers(context, operand, partner),
      fileButton(context, operand),
    )
  const root = element(
    'details',
    { class: 'tools', open: store.kept.areToolsOpen },
    summary,
    row('A', 'B'),
    row('B', 'A'),
    epsField(context),
    element('p', { class: 'hint' }, ...prose(t('tools.hint'))),
  )
  root.addEventListener('toggle', () => {
    store.kept.areToolsOpen = root.open
  })
  store.follow(() => {
    const { eps } = store.state
    summary.textContent = t('tools.heading', eps !== INITIAL.eps && eps)
    if (store.fields.eps.problem) root.open = true
  })
  return root
}
