/** The same A and B along different dims, side by side. */
import { element } from '../dom.js'
import { panel } from '../parts/panel.js'

export function panels(context) {
  const { store, t } = context
  const root = element('section', { class: 'panels', 'aria-label': t('panels.heading') })
  let drawn = []
  store.follow(() => {
    for (let i = drawn.length; i < store.dims.length; i++) drawn.push(panel(context, i))
    drawn = drawn.slice(0, store.dims.length)
    if (root.children.length !== drawn.length) root.replaceChildren(...drawn.map((one) => one.root))
    for (const one of drawn) one.draw()
  })
  return root
}
