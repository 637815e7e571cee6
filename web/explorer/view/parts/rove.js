/**
 * Roving tabindex: a large group is one Tab stop, at the item that was focused last. The owner handles the arrow keys.
 */

/** Whether a modifier key is held down too. */
export const isModified = ({ shiftKey, ctrlKey, altKey, metaKey }) => shiftKey || ctrlKey || altKey || metaKey

/* More Tab stops than this are tedious. */
const MOST = 9

export const areMany = (things) => things.length > MOST

/**
 * @param {HTMLElement[]} nodes
 * @param {number} [most] that stay Tab stops each
 */
export function rove(nodes, most = MOST) {
  if (nodes.length <= most) return
  let [stop] = nodes
  for (const node of nodes) {
    node.tabIndex = node === stop ? 0 : -1
    node.addEventListener('focus', () => {
      stop.tabIndex = -1
      stop = node
      stop.tabIndex = 0
    })
  }
}
