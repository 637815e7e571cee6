/** Shows what could not be read in the attributes or in a link, above everything else. The rest still applies. */
import { element } from '../dom.js'

export function complaints({ store, t }) {
  const root = element('div', { class: 'complaints', role: 'alert' })
  let drawn
  store.follow(() => {
    if (store.complaints === drawn) return
    drawn = store.complaints
    root.replaceChildren(...drawn.map((say) => element('p', { class: 'notice wrong' }, say(t))))
  })
  return root
}
