/** Says aloud, to screen readers, what changed where they do not look: the results, after an edit. */
import { element } from '../dom.js'
import { errorText } from './panel.js'

/* Longer than the pause between two keystrokes. */
const QUIET = 600

export function status({ store, t }) {
  const root = element('p', { class: 'unseen', role: 'status' })
  let said = store.views
  let timer
  store.follow(() => {
    if (store.views === said) return
    said = store.views
    clearTimeout(timer)
    timer = setTimeout(() => {
      root.textContent = said.map((view) => `dim=${view.dim}: ${view.printed ?? errorText(view, t)}`).join('; ')
    }, QUIET)
  })
  return root
}
