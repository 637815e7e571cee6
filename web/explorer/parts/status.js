/**
 * Says aloud, to screen readers, what changed where they do not look: after an edit the results, unless they are to be
 * predicted, or what is wrong with what was typed.
 */
import { element } from '../dom.js'
import { askedView } from '../predictions.js'
import { indexesOf } from '../tensors.js'
import { complaint } from './field.js'
import { areApart, whatIsWrong } from './panel.js'
import { areMany } from './rove.js'

/* Longer than the pause between two keystrokes. */
const QUIET = 600

/** Where fields are that can be wrong, and what cells are called by. */
const OPERANDS = { a: 'A', b: 'B', eps: undefined, target: 'target', behaviored: 'behaviored' }

export function status({ store, t }) {
  const root = element('p', { class: 'unseen', role: 'status' })
  let { views, attention, fields } = { ...store, fields: { ...store.fields } }
  let timer
  store.follow(() => {
    const others = Object.keys(OPERANDS).filter((name) => store.fields[name] !== fields[name])
    const wrong = others.map((name) => newComplaint(name, fields[name])).find(Boolean)
    const hasResults = store.views !== views || store.attention !== attention
    if (!hasResults && !others.length) return
    const results = store.views === views ? sayAttention : sayViews
    views = store.views
    attention = store.attention
    fields = { ...store.fields }
    clearTimeout(timer)
    const say = wrong ? () => wrong : hasResults && !askedView(store) && results
    if (!say) return
    timer = setTimeout(() => {
      root.textContent = say()
    }, QUIET)
  })

  /** What is wrong in a part now that was not before, and what then becomes of the results. */
  function newComplaint(name, before) {
    const known = [before].flat()
    const all = [store.fields[name]].flat()
    const place = all.findIndex((field) => field.problem && !known.includes(field))
    if (place < 0) return undefined
    const operand = OPERANDS[name]
    const label = operand ? t('inputs.cell', operand, indexesOf(store.state[name].shape)[place]) : name
    const [stale, isThere] =
      name === 'target' || name === 'behaviored'
        ? ['attention.stale', store.attention]
        : ['panels.stale', store.views.length]
    return `${complaint(t, label, all[place])} ${t(isThere ? stale : 'panels.none')}`
  }

  const say = ({ outputs, printed }) => (areMany(outputs) ? t('panels.many', outputs.length, outputs[0].text) : printed)
  const sayView = (view) => `dim=${view.dim}: ${view.outputs ? say(view) : whatIsWrong(view, t)}`
  const sayViews = () => (areApart(views) ? whatIsWrong(views[0], t) : views.map(sayView).join('; '))
  const sayAttention = () =>
    attention ? (attention.error?.(t) ?? t('attention.said', attention.sum.printed, attention.softmax.printed)) : ''
  return root
}
