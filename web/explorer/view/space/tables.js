/** Shows the tables that stand for the drawings also to those who see: they have the numbers that other cubes hide. */

import { element, unseen } from '../dom.js'

/**
 * @param {import('../sections.js').Context} context
 * @param {HTMLElement} sides
 */
export function tableButton({ store, t }, sides) {
  const root = element(
    'button',
    { type: 'button', class: 'choice tables' },
    t('space.tables'),
    unseen(t('space.onScreen')),
  )
  root.addEventListener('click', () => {
    store.kept.hasTables = !store.kept.hasTables
    update()
  })

  function update() {
    const { hasTables = false } = store.kept
    root.setAttribute('aria-pressed', `${hasTables}`)
    const isShown = hasTables && sides.querySelector('.block')
    for (const table of sides.querySelectorAll('.twin')) table.classList.toggle('unseen', !isShown)
  }
  return { root, update }
}
