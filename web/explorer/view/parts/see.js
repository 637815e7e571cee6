/** Buttons that load a state and go to the panel that shows it. The browser's back button returns. */

import { beginning } from '../../model/presets.js'
import { choice, unseen } from '../dom.js'

/**
 * @param {import('../sections.js').Context} context
 * @param {string} label
 * @param {string} about read after the label by screen readers, because many buttons share a label
 * @param {() => Partial<import('../../state/state.js').State>} changes the state to start from
 */
export const seeButton = (context, label, about, changes) =>
  goButton(context, [label, unseen(` ${about}`)], () => beginning(changes()))

/**
 * @param {import('../sections.js').Context} context
 * @param {(string | HTMLElement)[]} label
 * @param {() => Partial<import('../../state/state.js').State>} changes
 * @param {number} [place] the panel's index
 */
export function goButton({ store }, label, changes, place = 0) {
  const button = choice(label, () => {
    const root = button.getRootNode()
    store.update(changes(), { isNavigation: true })
    goToPanel(root, place)
  })
  return button
}

/** Focuses a panel's heading and scrolls the panel into view. */
export function goToPanel(root, place) {
  const heading = root.getElementById(`panel-${place}`)
  heading?.focus({ preventScroll: true })
  heading?.closest('section').scrollIntoView()
}
