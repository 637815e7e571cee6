/** Says aloud, to screen readers, what changed where they do not look: the results, after an edit, unless they are to be predicted. */
import { element } from '../dom.js'
import { askedView } from '../predictions.js'
import { areApart, whatIsWrong } from './panel.js'
import { areMany } from './rove.js'

/* Longer than the pause between two keystrokes. */
const QUIET = 600

export function status({ store, t }) {
  const root = element('p', { class: 'unseen', role: 'status' })
  let views = store.views
  let { attention } = store
  let timer
  store.follow(() => {
    if (store.views === views && store.attention === attention) return
    const results = store.views === views ? sayAttention : sayViews
    views = store.views
    attention = store.attention
    clearTimeout(timer)
    if (askedView(store)) return
    timer = setTimeout(() => {
      root.textContent = results()
    }, QUIET)
  })

  const say = ({ outputs, printed }) => (areMany(outputs) ? t('panels.many', outputs.length, outputs[0].text) : printed)
  const sayView = (view) => `dim=${view.dim}: ${view.outputs ? say(view) : whatIsWrong(view, t)}`
  const sayViews = () => (areApart(views) ? whatIsWrong(views[0], t) : views.map(sayView).join('; '))
  const sayAttention = () =>
    attention ? (attention.error?.(t) ?? t('attention.said', attention.sum.printed, attention.softmax.printed)) : ''
  return root
}
