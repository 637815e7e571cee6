/** Buttons that load a state, and go to the panel where it shows. The browser's back leads back. */
import { element, unseen } from '../dom.js'
import { beginning } from '../presets.js'

/**
 * @param {import('../sections.js').Context} context
 * @param {string} label
 * @param {string} about what screen readers hear after the label, since there are many of them
 * @param {() => Partial<import('../state.js').State>} changes from which an example begins
 */
export const seeButton = (context, label, about, changes) =>
  goButton(context, [label, unseen(` ${about}`)], () => beginning(changes()))

/**
 * @param {import('../sections.js').Context} context
 * @param {(string | HTMLElement)[]} label
 * @param {() => Partial<import('../state.js').State>} changes
 * @param {number} [place] the panel's
 */
export function goButton({ store }, label, changes, place = 0) {
  const button = element('button', { type: 'button', class: 'choice' }, ...label)
  button.addEventListener('click', () => {
    const root = button.getRootNode()
    store.update(changes(), { isNavigation: true })
    goToPanel(root, place)
  })
  return button
}

/** The focus goes to a panel's heading, and the panel comes into view. */
export function goToPanel(root, place) {
  const heading = root.getElementById(`panel-${place}`)
  heading?.focus({ preventScroll: true })
  heading?.closest('section').scrollIntoView()
}
