/** A button that loads a state, and goes to the panel where it shows. The browser's back leads back. */
import { element, unseen } from '../dom.js'
import { beginning } from '../presets.js'

/**
 * @param {import('../sections.js').Context} context
 * @param {string} label
 * @param {string} about what screen readers hear after the label, since there are many of them
 * @param {() => Partial<import('../state.js').State>} changes
 */
export function seeButton({ store }, label, about, changes) {
  const button = element('button', { type: 'button', class: 'choice' }, label, unseen(` ${about}`))
  button.addEventListener('click', () => {
    store.update(beginning(changes()), { isNavigation: true })
    const heading = button.getRootNode().getElementById('panel-0')
    heading?.focus({ preventScroll: true })
    heading?.closest('section').scrollIntoView()
  })
  return button
}
