/** The stepper: the working of one output, step by step, at the reader's pace. It shows the pinned output. */

import { cellKey, indexIn, outputsFor, placesOf } from '../../model/explanations.js'
import { minus, printed } from '../../model/numbers.js'
import { indexesOf } from '../../model/tensors.js'
import { element, tuple } from '../dom.js'
import { operandGrid } from '../parts/operand.js'
import { isModified } from '../parts/rove.js'
import { scrolls } from '../parts/scroller.js'
import { PHASES, stepsOf } from '../parts/steps.js'
import { termsTable } from '../parts/terms-table.js'
import { lines as linesOf } from '../parts/working.js'

/*
 * How long a step is shown, in ms: LOOK for its numbers, plus WORD for each word, which is a calm 200 words a minute.
 * Two Chinese characters count as one word.
 */
const LOOK = 2500
const WORD = 300
const timeFor = (words) => LOOK + WORD * words.match(/\p{Script=Han}{1,2}|[^\s\p{Script=Han}]+/gu).length

/** The pinned output, or one that the pinned cell feeds, or the first. */
function targetOf({ views, state }) {
  const whole = views.filter(({ outputs }) => outputs?.length)
  const view = whole.find((one) => outputsFor(one, state.pinned).length) ?? whole[0]
  return { view, output: view && (outputsFor(view, state.pinned)[0] ?? view.outputs[0]) }
}

export function stepper(context) {
  const { store, t } = context
  const button = (text, act) => {
    const node = element('button', { type: 'button', class: 'choice' }, text)
    node.addEventListener('click', act)
    return node
  }
  const heading = element('h2', { id: 'stepper' }, t('stepper.heading'))
  const choice = element('select', { id: 'stepped', class: 'choice' })
  const back = button(t('stepper.back'), () => move(at - 1))
  const next = button(t('stepper.next'), () => move(at + 1))
  const play = button(t('stepper.play'), () => (timer ? pause() : start()))
  play.classList.add('play')
  const progress = element('p', { class: 'progress' })
  const phases = Object.entries(PHASES).map(([phase, name]) =>
    button(name(t), () => move(steps.findIndex((step) => step.phase === phase))),
  )
  const grids = element('div', { class: 'operand-grids' })
  const stage = element('div', { class: 'step' })
  const said = element('p', { class: 'unseen', role: 'status' })
  const paper = element('div', { class: 'all-steps' })
  const root = element(
    'section',
    { class: 'sheet stepper', 'aria-labelledby': heading.id },
    element(
      'div',
      { class: 'top' },
      heading,
      element('label', { class: 'stepped' }, t('stepper.output'), choice),
      element(
        'div',
        { class: 'choices moves', role: 'group', 'aria-label': t('stepper.moves') },
        back,
        next,
        play,
        progress,
      ),
    ),
    element(
      'ol',
      { class: 'phases', 'aria-label': t('stepper.phases') },
      ...phases.map((one) => element('li', {}, one)),
    ),
    element('div', { class: 'scene' }, grids, stage),
    said,
    paper,
  )

  let drawn = {}
  /** The cells of A and B by their index in the common shape, and all the cells that show each element. */
  let cells
  let elements
  /** The lanes that the list of outputs was built from. */
  let listed = []
  let steps = []
  /** An index into `steps`. The page and the state count from 1. */
  let at = 0

  store.follow(() => {
    const { view, output } = targetOf(store)
    const { step = 1 } = store.state
    const isOther = output !== drawn.output
    if (!isOther && step === drawn.step) return
    const before = view?.lanes === drawn.view?.lanes ? drawn.view : undefined
    drawn = { view, output, step }
    root.hidden = !output
    if (!output) return
    listOutputs()
    if (!before) drawGrids()
    if (view !== before) fillGrids(before)
    if (isOther) steps = stepsOf(t, view, output)
    choice.value = output.key
    at = Math.min(Math.max(step, 1), steps.length) - 1
    draw()
  })

  /** Builds the grids of A and B. They stay while only numbers change. */
  function drawGrids() {
    const { view } = drawn
    const places = placesOf(view)
    cells = { A: new Map(), B: new Map() }
    const repeats = new Map()
    grids.replaceChildren(
      ...Object.entries(cells).map(([operand, nodes]) =>
        operandGrid(operand, view.common, (index) => {
          const { key, isGhost } = places.get(`${index}`)[operand]
          const node = element('span', { class: 'number-cell', 'data-ghost': isGhost })
          nodes.set(`${index}`, node)
          repeats.set(key, [...(repeats.get(key) ?? []), node])
          return node
        }),
      ),
    )
    // Screen readers get a summary here; they can read the numbers where these are edited.
    for (const [i, grid] of [...grids.children].entries()) {
      grid.setAttribute('role', 'img')
      grid.setAttribute('aria-label', t('inputs.caption', 'AB'[i], tuple(view.common)))
      scrolls(grid)
    }
    elements = Object.fromEntries(
      ['A', 'B'].map((operand) => [
        operand,
        indexesOf(view[operand].shape).map((index) => repeats.get(cellKey(operand, index))),
      ]),
    )
  }

  function fillGrids(before) {
    for (const [operand, nodes] of Object.entries(elements))
      drawn.view[operand].data.forEach((value, i) => {
        if (value !== before?.[operand].data[i]) for (const node of nodes[i]) node.textContent = minus(printed(value))
      })
  }

  function listOutputs() {
    const lanes = store.views.map((view) => view.lanes)
    if (lanes.length === listed.length && lanes.every((one, i) => one === listed[i])) return
    listed = lanes
    choice.replaceChildren(
      ...store.views.map(({ dim, outputs = [] }) =>
        element(
          'optgroup',
          { label: `dim=${dim}` },
          ...outputs.map(({ key, name, slices }) => element('option', { value: key }, `${name}  ${slices.join(', ')}`)),
        ),
      ),
    )
  }

  function draw() {
    const step = steps[at]
    phases.forEach((one, i) => {
      const isHere = Object.keys(PHASES)[i] === step.phase
      if (isHere) one.setAttribute('aria-current', 'step')
      else one.removeAttribute('aria-current')
    })
    // Not disabled: that would take the focus from a reader who reaches the end.
    back.setAttribute('aria-disabled', `${at === 0}`)
    next.setAttribute('aria-disabled', `${at === steps.length - 1}`)
    progress.textContent = t('stepper.progress', at + 1, steps.length)
    light(step)
    stage.replaceChildren(
      ...described(step),
      ...(step.columns.length ? [termsTable(t, drawn.view, drawn.output, step)] : []),
    )
    // Delayed, because the explorer is not yet in the page while it is being built.
    requestAnimationFrame(() => {
      for (const box of [...grids.children, ...stage.querySelectorAll('.terms')]) bringIntoView(box)
    })
  }

  function described({ phase, words, lines }) {
    return [
      element('h3', {}, element('strong', {}, PHASES[phase](t))),
      element('p', {}, words),
      linesOf(drawn.output, ...lines()),
    ]
  }

  /** Marks the lane in A and B, and within it the terms of the step. */
  function light({ now }) {
    const { view, output } = drawn
    grids.dataset.look = output.look
    for (const [operand, nodes] of Object.entries(cells)) {
      for (const node of nodes.values()) {
        node.removeAttribute('data-lane')
        node.removeAttribute('data-now')
      }
      if (!now) continue
      output.working.terms.forEach((_, i) => {
        const node = nodes.get(`${indexIn(output, i, view.axis, view.common)}`)
        node.setAttribute('data-lane', '')
        node.toggleAttribute('data-now', now.in.includes(operand) && i >= now.from && i <= now.to)
      })
    }
  }

  function go(to, how) {
    store.update({ step: to ? to + 1 : undefined }, how)
    const { phase, words } = steps[at]
    said.textContent = `${progress.textContent}, ${PHASES[phase](t)}. ${words}`
  }

  /** A step by the reader, which the browser's back button undoes. */
  function move(to, isNavigation = true) {
    pause()
    if (to >= 0 && to < steps.length) go(to, { isNavigation })
  }

  let timer
  const lessMotion = matchMedia('(prefers-reduced-motion: reduce)')
  /** Advances now, or from the last step to the first, and keeps going until the end. */
  function start() {
    go(at === steps.length - 1 ? 0 : at + 1)
    play.textContent = t('stepper.pause')
    timer = setTimeout(() => {
      if (root.isConnected && !lessMotion.matches) start()
      else pause()
    }, timeFor(steps[at].words))
    if (at === steps.length - 1) pause()
  }

  function pause() {
    clearTimeout(timer)
    timer = undefined
    play.textContent = t('stepper.play')
  }

  choice.addEventListener('change', () => store.update({ pinned: choice.value }))
  root.addEventListener('keydown', (event) => {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (!way || event.target === choice || isModified(event)) return
    event.preventDefault()
    // Holding a key down makes a single history entry.
    move(at + way, !event.repeat)
  })

  /** Paper cannot be stepped through, so it gets every step of each dim's shown output. */
  addEventListener('beforeprint', function fill() {
    if (!root.isConnected) return removeEventListener('beforeprint', fill)
    paper.replaceChildren(
      ...store.views.flatMap((view, i) => {
        const output = view.outputs?.[store.shown[i]]
        return output ? [printedSteps(view, output)] : []
      }),
    )
  })

  function printedSteps(view, output) {
    return element(
      'div',
      {},
      element('h3', {}, element('strong', {}, `dim=${view.dim}, ${output.name} `), output.slices.join(', ')),
      element('ol', {}, ...stepsOf(t, view, output).map((step) => element('li', {}, ...described(step)))),
    )
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
