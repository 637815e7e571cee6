/** What mends A and B that do not broadcast, or lack a dim: each gets the other's shape, or another dim is taken. */

import { dimNames } from '../../model/explanations.js'
import { fitted, fitting } from '../../model/tensors.js'
import { element, tuple } from '../dom.js'

/**
 * @param {import('../sections.js').Context} context
 * @param {import('../../model/explanations.js').View} view
 * @param {(label: string[], changes: () => Partial<import('../../state/state.js').State>) => HTMLElement} buttonFor
 */
export function repairs({ store, t }, view, buttonFor) {
  const [a, b] = [view.A, view.B].map(({ shape }) => [...shape])
  const give = (operand, own, shape) =>
    buttonFor([t('panels.fit', operand, tuple(shape), fitting(own, shape))], () => {
      const part = operand.toLowerCase()
      return { [part]: fitted(store.state[part], shape), pinned: undefined }
    })
  return element(
    'div',
    { class: 'choices' },
    element('span', { class: 'hint' }, t('panels.try')),
    ...(view.common
      ? dimNames(view.common).map(({ dim }) => buttonFor([`dim=${dim}`], () => ({ dims: [dim], pinned: undefined })))
      : [give('B', b, a), give('A', a, b)]),
  )
}
