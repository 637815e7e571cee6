/** What a step looks like: its words, its formulas and its terms. On paper, every step of an output. */
import { element } from '../dom.js'
import { PHASES, stepsOf } from './steps.js'
import { termsTable } from './terms-table.js'
import { lines as linesOf } from './working.js'

const described = (t, output, { phase, words, lines }) => [
  element('h3', {}, element('strong', {}, PHASES[phase](t))),
  element('p', {}, words),
  linesOf(output, ...lines()),
]

export const stepPage = (t, view, output, step) => [
  ...described(t, output, step),
  ...(step.columns.length ? [termsTable(t, view, output, step)] : []),
]

/** Paper cannot be stepped through, so it gets every step of each dim's shown output. */
export function printedSteps({ store, t }) {
  const root = element('div', { class: 'all-steps' })
  const stepsFor = (view, output) =>
    element(
      'div',
      {},
      element('h3', {}, element('strong', {}, `dim=${view.dim}, ${output.name} `), output.slices.join(', ')),
      element('ol', {}, ...stepsOf(t, view, output).map((step) => element('li', {}, ...described(t, output, step)))),
    )
  addEventListener('beforeprint', function fill() {
    if (!root.isConnected) return removeEventListener('beforeprint', fill)
    root.replaceChildren(
      ...store.views.flatMap((view, i) => {
        const output = view.outputs?.[store.shown[i]]
        return output ? [stepsFor(view, output)] : []
      }),
    )
  })
  return root
}
