/** The table of contents: a link to every section that is there. */
import { element } from '../dom.js'
import { sectionLink } from '../parts/anchor.js'

const CONTENTS = 'contents'

export function contents(context) {
  const { store, t, shown } = context
  const items = shown
    .filter(({ name }) => name !== CONTENTS)
    .map(({ name, title, begin }) => ({
      name,
      item: element('li', {}, sectionLink(context, name, title(t), {}, begin)),
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
