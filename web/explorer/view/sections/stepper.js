/** The stepper: the working of one output, step by step, at the reader's pace. It shows the pinned output. */

import { outputsFor } from '../../model/explanations.js'
import { element, tuple } from '../dom.js'
import { sectionHeading } from '../parts/anchor.js'
import { announcer } from '../parts/announcer.js'
import { laneGrids, markTerms } from '../parts/lane-matrix.js'
import { stepMoves } from '../parts/moves.js'
import { outputChoice } from '../parts/output-choice.js'
import { scrolls } from '../parts/scroller.js'
import { keepHeight, printedSteps, stepPage } from '../parts/step-page.js'
import { PHASES, stepsOf } from '../parts/steps.js'
import { patch } from '../patch.js'

/** The pinned output, or one that the pinned cell feeds, or the first. */
function targetOf({ views, state }) {
  const whole = views.filter(({ outputs }) => outputs?.length)
  const view = whole.find((one) => outputsFor(one, state.pinned).length) ?? whole[0]
  return { view, output: view && (outputsFor(view, state.pinned)[0] ?? view.outputs[0]) }
}

export function stepper(context) {
  const { store, t } = context
  const heading = sectionHeading(context, 'stepper')
  const outputs = outputChoice(context)
  const moves = stepMoves(context, go)
  const operands = element('div', { class: 'operand-grids' })
  const stage = element('div', { class: 'step' })
  const said = announcer()
  const root = element(
    'section',
    { class: 'sheet stepper', 'aria-labelledby': heading.id },
    element('div', { class: 'top' }, heading, outputs.root, moves.buttons),
    moves.phases,
    element('div', { class: 'scene' }, operands, stage),
    said.root,
    printedSteps(context),
  )
  root.addEventListener('keydown', moves.keyPressed)

  const pageOf = (step) => stepPage(t, drawn.view, drawn.output, step)
  // The last step of each phase is its longest.
  const keep = keepHeight(stage, () => steps.filter(({ phase }, i) => phase !== steps[i + 1]?.phase).map(pageOf))

  let drawn = {}
  let grids
  /** @type {import('../parts/steps.js').Step[]} */
  let steps = []
  store.follow(() => {
    const { view, output } = targetOf(store)
    const { step = 1 } = store.state
    const isOther = output !== drawn.output
    const hasOtherShape = view?.lanes !== drawn.view?.lanes
    if (!isOther && step === drawn.step) return
    drawn = { view, output, step }
    root.hidden = !output
    if (!output) return
    outputs.update(output)
    if (hasOtherShape) {
      // Screen readers get a summary here; they can read the numbers where these are edited.
      grids = laneGrids(
        view,
        () => ({}),
        (_, operand) => t('inputs.caption', operand, tuple(view.common)),
      )
      operands.replaceChildren(...grids.grids.map((grid) => scrolls(grid)))
    }
    grids.update(view)
    if (isOther) steps = stepsOf(t, view, output)
    if (hasOtherShape) keep()
    draw(Math.min(Math.max(step, 1), steps.length) - 1)
  })

  function draw(at) {
    moves.update(at, steps)
    operands.dataset.look = drawn.output.look
    markTerms(grids, drawn.view, drawn.output, steps[at].now)
    patch(stage, ...pageOf(steps[at]))
    // Delayed, because the explorer is not yet in the page while it is being built.
    requestAnimationFrame(() => {
      for (const box of [...operands.children, ...stage.querySelectorAll('.terms')]) bringIntoView(box)
    })
  }

  /** The state counts from 1. */
  function go(to, how) {
    store.update({ step: to ? to + 1 : undefined }, how)
    const { phase, words } = steps[to]
    said.say(`${t('stepper.progress', to + 1, steps.length)}, ${PHASES[phase](t)}. ${t('spoken', words)}`)
  }
  return root
}

/** Scrolls the box, and nothing else, to the terms of the step. */
function bringIntoView(box) {
  const node = box.querySelector('[data-now]')
  if (!node) return
  const [from, to] = [box, node].map((one) => one.getBoundingClientRect())
  box.scrollBy(to.left - from.left - box.clientWidth / 3, to.top - from.top - box.clientHeight / 3)
}
