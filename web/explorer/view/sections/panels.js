/** The same A and B along different dims, side by side. If A and B do not broadcast, one panel says why. */

import { dimNames, isSameAxis } from '../../model/explanations.js'
import { MOST_PANELS } from '../../state/state.js'
import { element, unseenHeading } from '../dom.js'
import { backToCard } from '../parts/back.js'
import { areApart, callLines, panel, whatIsWrong } from '../parts/panel.js'
import { repairs } from '../parts/repairs.js'
import { goButton, goToPanel } from '../parts/see.js'

export function panels(context) {
  const { store, t } = context
  const more = element('button', { type: 'button', class: 'choice more' })
  const beside = element('div', { class: 'panels' })
  const root = element(
    'section',
    { class: 'comparison', 'aria-label': t('panels.heading') },
    unseenHeading(t('panels.heading')),
    backToCard(context),
    beside,
    more,
  )
  const panelAt = (place) => panel(context, place, () => remove(place))
  let all = []
  let drawnApart

  function choose(dims, place) {
    store.update({ dims }, { isNavigation: true })
    goToPanel(root.getRootNode(), place)
  }
  const remove = (place) =>
    choose(
      store.dims.filter((_, i) => i !== place),
      Math.min(place, store.dims.length - 2),
    )
  more.addEventListener('click', () => choose([...store.dims, next()], store.dims.length))

  /** A legal dim that no panel shows yet, if there is room for a panel. */
  function next() {
    const [view] = store.views
    if (!view?.common || store.dims.length >= MOST_PANELS) return undefined
    const isShown = (dim) => store.dims.some((other) => isSameAxis(dim, other, view.common))
    return dimNames(view.common).find(({ dim }) => !isShown(dim))?.dim
  }

  store.follow(() => {
    const [view] = store.views
    const dim = next()
    more.hidden = dim === undefined
    more.textContent = more.hidden ? '' : t('panels.more', dim)
    if (areApart(store.views)) {
      if (view !== drawnApart) beside.replaceChildren(apart(context, view))
      drawnApart = view
      all = []
      return
    }
    drawnApart = undefined
    const before = all.length
    for (let i = all.length; i < store.dims.length; i++) all.push(panelAt(i))
    all = all.slice(0, store.dims.length)
    if (all.length !== before) beside.replaceChildren(...all.map((one) => one.root))
    for (const one of all) one.draw()
  })
  return root
}

/** A single panel in place of all others: PyTorch's error, the broadcasting rule, and two ways to satisfy it. */
function apart(context, view) {
  const { t } = context
  const heading = element('h2', { id: 'panel-0', tabindex: -1, 'aria-level': 3 }, whatIsWrong(view, t))
  return element(
    'section',
    { class: 'panel is-wrong', 'aria-labelledby': heading.id },
    heading,
    element('pre', { class: 'call' }, ...callLines(context, view.dim, view)),
    element('p', {}, t('panels.rule')),
    repairs(context, view, (label, changes) => goButton(context, label, changes)),
  )
}
