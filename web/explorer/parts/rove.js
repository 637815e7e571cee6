/** Of many things there is one Tab stop: the one that had the focus last. Arrows, which their owner minds, lead to the others. */

/** Whether a key is held down together with one that gives it another meaning. */
export const isModified = ({ shiftKey, ctrlKey, altKey, metaKey }) => shiftKey || ctrlKey || altKey || metaKey

/* More than one would press Tab for. */
const MOST = 32

export const areMany = (things) => things.length > MOST

/** @param {HTMLElement[]} nodes */
export function rove(nodes) {
  if (!areMany(nodes)) return
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
