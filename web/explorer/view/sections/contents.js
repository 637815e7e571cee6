/** The table of contents: a link to every section below that is there. */
import { element } from '../dom.js'
import { sectionLink } from '../parts/anchor.js'

export function contents(context) {
  const { store, t, shown } = context
  const below = shown.slice(shown.findIndex(({ name }) => name === 'contents') + 1)
  const items = below.map(({ name, title }) => ({
    name,
    item: element('li', {}, sectionLink(context, name, title(t))),
  }))
  const root = element(
    'nav',
    { class: 'contents', 'aria-label': t('contents.heading') },
    element('span', { class: 'label', 'aria-hidden': 'true' }, t('contents.heading')),
    element('ul', {}, ...items.map(({ item }) => item)),
  )
  // Sections hide themselves when they have nothing to show. They are drawn after this one.
  store.follow(() => queueMicrotask(refresh))
  function refresh() {
    if (!root.isConnected) return
    const inside = /** @type {ShadowRoot} */ (root.getRootNode())
    for (const { name, item } of items) item.hidden = Boolean(inside.getElementById(`section-${name}`)?.hidden)
    root.hidden = store.isAsking || items.filter(({ item }) => !item.hidden).length < 2
  }
  return root
}
