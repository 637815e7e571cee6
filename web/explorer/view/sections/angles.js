/**
 * Angles: each lane as two arrows, with the dims side by side. In lanes of length 2 the tips can be dragged, and their
 * cells follow, in a matrix of each dim: one column of the one is a part of two rows of the other.
 */

import { outputsFor } from '../../model/explanations.js'
import { arrowsOf, frameOf, isExactIn } from '../../model/plane.js'
import { element, prose, spoken } from '../dom.js'
import { sectionHeading } from '../parts/anchor.js'
import { arrowFigure } from '../parts/arrows.js'
import { laneMatrix } from '../parts/lane-matrix.js'

/* Readers do not look at more pictures, or at more numbers beside them, than this at once. */
const MOST_FIGURES = 6
const MOST_CELLS = 32

export function angles(context) {
  const { store, t } = context
  const heading = sectionHeading(context, 'angles')
  const columns = element('div', { class: 'columns' })
  const root = element(
    'section',
    { class: 'sheet angles', 'aria-labelledby': heading.id },
    heading,
    element('p', { class: 'lead' }, ...prose(t('angles.lead'))),
    columns,
  )
  let drawn = []
  let views
  let pinned
  let isHeld = false
  const on = {
    hold(now) {
      isHeld = now
      if (!isHeld) for (const column of drawn) column.update()
    },
    look(keys) {
      for (const { matrix } of drawn) matrix?.mark(keys)
    },
  }

  store.follow(() => {
    if (store.views === views && store.state.pinned === pinned) return
    views = store.views
    pinned = store.state.pinned
    const whole = views.filter(({ outputs }) => outputs?.length)
    root.hidden = !whole.length
    const hasMatrix = whole.some(isExactIn) && whole[0].common.reduce((count, size) => count * size, 1) <= MOST_CELLS
    drawn = whole.map((view, i) => {
      const column = drawn[i]?.isOf(view, pinned, hasMatrix)
        ? drawn[i]
        : viewColumn(context, view, pinned, hasMatrix, on)
      column.update(view, isHeld)
      return column
    })
    if (drawn.some((column, i) => columns.children[i] !== column.root) || columns.children.length !== drawn.length)
      columns.replaceChildren(...drawn.map((column) => column.root))
  })
  return root
}

/** The indexes of the lanes to draw: the first few, and the pinned one. */
function lanesOf({ outputs }, pinned) {
  const first = outputs.slice(0, MOST_FIGURES)
  const [chosen] = outputsFor({ outputs }, pinned)
  return [...first, ...(chosen && !first.includes(chosen) ? [chosen] : [])].map(({ lane }) => lane)
}

function viewColumn(context, initial, pinned, hasMatrix, on) {
  const { t } = context
  const { dim, axis, common, flow, outputs } = initial
  const lanes = lanesOf(initial, pinned)
  const isExact = isExactIn(initial)
  const figures = lanes.map((lane) => arrowFigure(context, outputs[lane], isExact, on))
  const matrix = hasMatrix ? laneMatrix(initial) : undefined
  const left = outputs.length - lanes.length
  const root = element(
    'div',
    {},
    element('h3', {}, element('code', {}, `dim=${dim}`), ...spoken(t, ` ${t('panels.runs', axis, flow.flow)}`)),
    element(
      'p',
      { class: 'hint' },
      ...(isExact
        ? [t('angles.exact'), element('span', { class: 'by-hand' }, t('angles.move'))]
        : [t('angles.plane', common[axis] ?? 1)]),
    ),
    ...(matrix ? [element('div', { class: 'operand-grids small' }, ...matrix.grids)] : []),
    element('div', { class: 'figures' }, ...figures.map((figure) => figure.root)),
    ...(left ? [element('p', { class: 'hint' }, t('angles.left', left))] : []),
  )
  let view = initial
  let frame

  /** @param isHeld whether a tip is being dragged; the frame then stays still under the pointer */
  function update(now = view, isHeld = false) {
    view = now
    matrix?.update(view)
    const shown = lanes.map((lane) => view.outputs[lane])
    const arrows = shown.map(({ working }) => arrowsOf(working, isExact))
    if (!isHeld || !frame) frame = frameOf(arrows)
    figures.forEach((figure, i) => {
      figure.update(shown[i], view.inputs.eps, arrows[i], frame)
    })
  }
  const isOf = (other, pin, has) =>
    other.dim === dim && other.lanes === initial.lanes && has === hasMatrix && `${lanesOf(other, pin)}` === `${lanes}`
  return { root, matrix, update, isOf }
}
