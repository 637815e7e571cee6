/**
 * Shows the axis that disappears: the shapes before and after as chips, with the reduced size struck out, and the same
 * in words.
 */
import { element, spoken, tuple, unseen } from '../dom.js'

const chip = (size, isStruck = false) => element(isStruck ? 's' : 'span', { class: 'chip' }, `${size}`)

/** Chips between a tuple's punctuation: (2, 3). */
const chipTuple = (chips) => [
  '(',
  ...chips.flatMap((one, i) => (i ? [', ', one] : [one])),
  chips.length === 1 ? ',)' : ')',
]

export function chips({ t }, { axis, common, shape }) {
  return element(
    'p',
    { class: 'chips' },
    unseen(t('panels.shape')),
    ...chipTuple(common.map((size, i) => chip(size, i === axis))),
    element('span', { 'aria-hidden': 'true' }, ' → '),
    unseen(t('spoken.becomes')),
    ...chipTuple(shape.map((size) => chip(size))),
  )
}

export function change({ t }, { axis, common, shape, flow, A, B }) {
  const staying = common.map((_, i) => i).filter((i) => i !== axis)
  const isBroadcast = [A, B].some((operand) => tuple(operand.shape) !== tuple(common))
  return [
    element(
      'p',
      {},
      element('strong', {}, ...spoken(t, t('panels.runs', axis, flow.flow))),
      t('panels.stays', staying, shape),
    ),
    ...(isBroadcast
      ? [element('p', { class: 'hint' }, t('panels.broadcast', tuple(A.shape), tuple(B.shape), tuple(common)))]
      : []),
  ]
}
