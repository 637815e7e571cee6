/** Says aloud, to screen readers, what changed where they do not look: the results, after an edit. */
import { element } from './dom.js'
import { follow, state } from './state.js'

/* Longer than the pause between two keystrokes. */
const QUIET = 600

export function status() {
  const root = element('p', { class: 'unseen', role: 'status' })
  let said = state.views
  let timer
  follow(() => {
    if (state.views === said) return
    said = state.views
    clearTimeout(timer)
    timer = setTimeout(() => {
      root.textContent = said.map(({ dim, printed }) => `dim=${dim}: ${printed}`).join('; ')
    }, QUIET)
  })
  return root
}
