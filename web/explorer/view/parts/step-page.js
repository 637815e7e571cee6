/** What a step looks like: its words, its formulas and its terms. On paper, every step of an output. */
import { element, spoken } from '../dom.js'
import { PHASES, stepsOf } from './steps.js'
import { termsTable } from './terms-table.js'
import { lines as linesOf } from './working.js'

const described = (t, output, { phase, words, lines }) => [
  element('h3', {}, element('strong', {}, PHASES[phase](t))),
  element('p', {}, ...spoken(t, words)),
  linesOf(t, output, ...lines()),
]

export const stepPage = (t, view, output, step) => [
  ...described(t, output, step),
  ...(step.columns.length ? [termsTable(t, view, output, step)] : []),
]

/**
 * Keeps a stage as tall as its tallest page, so that nothing below it moves.
 * @param {HTMLElement} stage
 * @param {() => HTMLElement[][]} pages
 * @returns {() => void} call it when there are other pages
 */
export function keepHeight(stage, pages) {
  function measure() {
    const gauge = /** @type {HTMLElement} */ (stage.cloneNode())
    gauge.style.cssText = `position: absolute; visibility: hidden; width: ${stage.offsetWidth}px`
    stage.after(gauge)
    const heights = pages().map((page) => {
      gauge.replaceChildren(...page)
      return gauge.offsetHeight
    })
    gauge.remove()
    stage.style.minHeight = `${Math.max(...heights)}px`
  }
  let measured
  new ResizeObserver(
    ([
      {
        contentRect: { width },
      },
    ]) => {
      // 0 while it is hidden.
      if (!width || width === measured) return
      measured = width
      measure()
    },
  ).observe(stage)
  return measure
}

/** Paper cannot be stepped through, so it gets every step of each dim's shown output. */
export function printedSteps({ store, t }) {
  const root = element('div', { class: 'all-steps' })
  const stepsFor = (view, output) =>
    element(
      'div',
      {},
      element(
        'h3',
        {},
        element('strong', {}, ...spoken(t, `dim=${view.dim}, ${output.name(t)} `)),
        ...spoken(t, output.slices.join(', ')),
      ),
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
