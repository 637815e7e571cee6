/**
 * Announces changes elsewhere on the page to screen readers: the results after an edit, what undo brought back, or what is
 * wrong with the input. Results are not announced while a question about them is open, nor if the collapse tells them.
 */

import { isPressable } from '../../model/collapse.js'
import { minus } from '../../model/numbers.js'
import { hasSameShape, indexesOf } from '../../model/tensors.js'
import { element, quoting } from '../dom.js'
import { complaint } from './field.js'
import { areApart, whatIsWrong } from './panel.js'
import { resultsIn } from './results.js'

/* Longer than the pause between two keystrokes. */
const QUIET = 600

/** The parts that can hold invalid input, and what their cells are called. */
const OPERANDS = { a: 'A', b: 'B', eps: undefined, target: 'target', behaviored: 'behaviored' }

/** What is announced: results, and invalid input. */
const noticed = ({ views, attention, fields }) => ({ views, attention, ...fields })

export function status(context) {
  const { store, t } = context
  const root = element('p', { class: 'unseen', role: 'status' })
  let seen = noticed(store)
  /** What was known at the last announcement. If another change restarts the wait, nothing is lost. */
  let told = seen
  let timer
  store.follow(() => {
    const now = noticed(store)
    if (Object.keys(now).every((part) => now[part] === seen[part])) return
    seen = now
    clearTimeout(timer)
    timer = setTimeout(tell, QUIET)
  })

  function tell() {
    const complaints = Object.keys(OPERANDS).flatMap((name) => newComplaint(name, told[name]))
    const hasResults = seen.views !== told.views || seen.attention !== told.attention
    const results = seen.views === told.views ? sayAttention() : sayViews(told.views)
    const words = [restored(store, t), results].filter(Boolean).join(' ')
    told = seen
    store.restored = undefined
    if (complaints.length) root.replaceChildren(...quoting([...new Set(complaints)].join(' ')))
    else if (hasResults && !store.isAsking && words) root.textContent = t('spoken', words)
  }

  /** A newly invalid field in a part, and what that means for the results. */
  function newComplaint(name, before) {
    const known = [before].flat()
    const all = [store.fields[name]].flat()
    const place = all.findIndex((field) => field.problem && !known.includes(field))
    if (place < 0) return []
    const operand = OPERANDS[name]
    const label = operand ? t('inputs.cell', operand, indexesOf(store.state[name].shape)[place]) : name
    const [stale, isThere] =
      name === 'target' || name === 'behaviored'
        ? ['attention.stale', store.attention]
        : ['panels.stale', store.views.length]
    return [complaint(t, label, all[place]), t(isThere ? stale : 'panels.none')]
  }

  const spoken = (shape) => t('spoken.shape', shape)
  const sayView = ({ outputs, ...view }) =>
    outputs
      ? resultsIn(
          t,
          view.dim,
          view.shape,
          outputs.map(({ text }) => minus(text)),
        )
      : `dim=${view.dim}: ${whatIsWrong(view, t)}`
  /** The new shapes, what is not shown any more, and the results. */
  function sayViews(before) {
    const [view] = seen.views
    if (areApart(seen.views)) return t('panels.apartHeard', spoken(view.A.shape), spoken(view.B.shape))
    const reshaped = ['A', 'B'].filter(
      (operand) => before[0] && view && `${view[operand].shape}` !== `${before[0][operand].shape}`,
    )
    return [
      reshaped.length > 0 &&
        t(
          'panels.reshaped',
          reshaped.map((operand) => [operand, spoken(view[operand].shape)]),
        ),
      seen.views.length === 1 && before.length > 1 && t('panels.only', view.dim, wayBack(context, view)),
      !store.isAwaited && store.told !== seen.views && seen.views.map(sayView).join(' '),
    ]
      .filter(Boolean)
      .join(' ')
  }
  function sayAttention() {
    const { error, sum, softmax } = seen.attention ?? {}
    return error?.(t) ?? (sum ? t('attention.said', sum.printed, softmax.printed) : '')
  }
  return root
}

/** The button that brings the other dims back. */
function wayBack({ store, t, shown }, { common, outputs }) {
  const isThere =
    outputs && !store.state.present && shown.some(({ name }) => name === 'collapse') && isPressable(common)
  return isThere && t(common.length > 2 ? 'space.all' : 'collapse.back')
}

/** The cell that undo or redo brought back, if it is one. */
function restored({ restored: before, state }, t) {
  if (!before) return ''
  const cells = Object.keys(OPERANDS).flatMap((name) => {
    const [old, now] = [before[name], state[name]]
    if (old === now) return []
    // No single cell.
    if (name === 'eps' || !hasSameShape(old, now)) return [undefined, undefined]
    const indexes = indexesOf(now.shape)
    return now.cells.flatMap((text, i) => (text === old.cells[i] ? [] : { name, text, index: indexes[i] }))
  })
  const [one, ...others] = cells
  if (!one || others.length) return ''
  return t('undo.cell', t('inputs.cell', OPERANDS[one.name] ?? one.name, one.index), minus(one.text))
}
