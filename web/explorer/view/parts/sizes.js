/** Buttons that add or remove an index along each axis of a tensor. */

import { flowOf } from '../../model/explanations.js'
import { MAX_CELLS, resized } from '../../model/tensors.js'
import { element, spoken } from '../dom.js'

/**
 * @param {import('../sections.js').Context} context
 * @param {string} operand
 * @param {string} partner the operand it is broadcast with
 */
export function sizeSteppers({ store, t }, operand, partner) {
  const part = operand.toLowerCase()
  const other = partner.toLowerCase()
  const sizes = element('div', { class: 'sizes', role: 'group', 'aria-label': t('tools.sizes', operand) })
  let shape

  /**
   * The other operand is resized only if the two would no longer broadcast. An axis of size 1 beside a longer one grows
   * to its length: the repeats become cells of their own, and the results stay.
   */
  function resize(axis, by) {
    const { [part]: own, [other]: beside } = store.state
    const otherAxis = axis + beside.shape.length - own.shape.length
    const [size, sizeBeside = 1] = [own.shape[axis], beside.shape[otherAxis]]
    const wanted = size === 1 && sizeBeside > 1 ? sizeBeside : size + by
    const changes = { [part]: resized(own, axis, wanted) }
    if (size === sizeBeside && wanted !== 1 && sizeBeside !== 1) changes[other] = resized(beside, otherAxis, wanted)
    const most = Math.max(...Object.values(changes).map(({ cells }) => cells.length))
    if (most > MAX_CELLS) return store.refuse(part, (t) => t('paste.tooMany', most, MAX_CELLS))
    store.update({ ...changes, pinned: undefined }, { isNavigation: true })
  }

  function stepper(axis) {
    const { length: rank } = shape
    const button = (sign, by, label) => {
      const node = element('button', { type: 'button', class: 'choice', 'aria-label': label }, sign)
      if (by < 0 && shape[axis] === 1) node.setAttribute('aria-disabled', 'true')
      node.addEventListener('click', () => {
        if (node.ariaDisabled !== 'true') resize(axis, by)
      })
      return node
    }
    return element(
      'span',
      { class: 'size' },
      element('span', {}, ...spoken(t, t('inputs.axis', axis, flowOf(axis, rank).arrow))),
      button('−', -1, t('tools.remove', operand, axis, rank)),
      element('span', { class: 'count' }, `${shape[axis]}`),
      button('+', 1, t('tools.add', operand, axis, rank)),
    )
  }

  store.follow(() => {
    const { shape: now } = store.state[part]
    if (`${now}` === `${shape}`) return
    shape = now
    const buttons = () => [...sizes.querySelectorAll('button')]
    const focused = buttons().findIndex((node) => node.matches(':focus'))
    sizes.replaceChildren(...shape.map((_, axis) => stepper(axis)))
    if (focused >= 0) (buttons()[focused] ?? buttons().at(-1))?.focus()
  })
  return sizes
}
