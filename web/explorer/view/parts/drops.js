/**
 * Takes files dropped anywhere in the explorer, for the nearest tensor on the screen. The browser would open them, and
 * leave the page.
 */

import { open } from './intake.js'

/**
 * @param {ShadowRoot} root
 * @param {import('../../state/state.js').Store} store
 */
export function takeDrops(root, store) {
  let target
  const aim = (node) => {
    if (node === target) return
    target?.classList.remove('is-target')
    node?.classList.add('is-target')
    target = node
  }
  const on = (type, act) => root.addEventListener(type, (event) => act(/** @type {DragEvent} */ (event)))
  on('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    aim(nearest(root, event))
    event.dataTransfer.dropEffect = target ? 'copy' : 'none'
  })
  on('dragleave', ({ relatedTarget }) => {
    if (!root.contains(relatedTarget)) aim(undefined)
  })
  on('drop', (event) => {
    const [file, ...others] = event.dataTransfer?.files ?? []
    if (!file) return
    event.preventDefault()
    aim(nearest(root, event))
    if (target && others.length) store.refuse(target.dataset.takes, (t) => t('file.several'))
    else if (target) open(store, target.dataset.takes, file)
    aim(undefined)
  })
}

/** The tensor nearest to a pointer, of those on the screen. */
function nearest(root, { clientX, clientY }) {
  const outside = (place, start, end) => Math.max(start - place, 0, place - end)
  return /** @type {HTMLElement[]} */ ([...root.querySelectorAll('[data-takes]')])
    .map((node) => ({ node, box: node.getBoundingClientRect() }))
    .filter(({ box }) => box.bottom > 0 && box.top < innerHeight)
    .map(({ node, box }) => ({
      node,
      distance: outside(clientX, box.left, box.right) ** 2 + outside(clientY, box.top, box.bottom) ** 2,
    }))
    .sort((one, other) => one.distance - other.distance)[0]?.node
}
