/**
 * Linked highlighting: passes what is hovered, focused or clicked to the store, by the keys that outputs and cells
 * carry.
 */

const keyAt = (node) => node?.closest?.('[data-key]')?.dataset.key

/**
 * @param {ShadowRoot} root
 * @param {import('./state.js').Store} store
 */
export function linkByPointing(root, store) {
  const look = (changes) => {
    const [[part, key]] = Object.entries(changes)
    if (store[part] !== key) store.point(changes)
  }
  root.addEventListener('pointerover', ({ target }) => look({ hovered: keyAt(target) }))
  // This also fires when a finger lifts.
  root.host.addEventListener('pointerleave', () => look({ hovered: undefined }))
  // A click also moves the focus, but then the pointer already says what the reader looks at.
  root.addEventListener('focusin', ({ target }) => {
    look({ focused: /** @type {Element} */ (target).matches(':focus-visible') ? keyAt(target) : undefined })
  })
  root.addEventListener('focusout', () => look({ focused: undefined }))
  root.addEventListener('click', ({ target }) => {
    const key = keyAt(target)
    if (key && !(/** @type {Element} */ (target).matches('input'))) store.pin(key)
  })
}
