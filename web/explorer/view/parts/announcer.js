/** Says something to screen readers once. It is removed soon, so that nobody reading line by line comes across it later. */

import { element } from '../dom.js'

/* Long enough for every screen reader to notice, in ms. */
const WHILE = 5000

export function announcer() {
  const root = element('p', { class: 'unseen', role: 'status' })
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  return {
    root,
    say(/** @type {string} */ text) {
      clearTimeout(timer)
      root.textContent = text
      timer = setTimeout(() => root.replaceChildren(), WHILE)
    },
  }
}
