/** Linking: what the pointer is on, has the focus, or was clicked, told from the keys that outputs and cells carry. */
import { look, pin } from './state.js'

const keyAt = (node) => node?.closest?.('[data-key]')?.dataset.key

export function linkByPointing() {
  document.addEventListener('pointerover', ({ target }) => look({ hovered: keyAt(target) }))
  // A finger that lifts, or a pointer that leaves the window, goes out to nothing.
  document.addEventListener('pointerout', ({ relatedTarget }) => {
    if (!relatedTarget) look({ hovered: undefined })
  })
  // A click focuses as well, but then the pointer says what is looked at.
  document.addEventListener('focusin', ({ target }) => {
    look({ focused: target.matches(':focus-visible') ? keyAt(target) : undefined })
  })
  document.addEventListener('focusout', () => look({ focused: undefined }))
  document.addEventListener('click', ({ target }) => {
    const key = keyAt(target)
    if (key && !target.matches('input')) pin(key)
  })
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) pin(undefined)
  })
}
