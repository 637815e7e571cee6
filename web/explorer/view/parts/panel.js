/**
 * The panel for one dim: the choice of the dim, what it does to the shape, the lanes through A and B, and the working
 * of one output.
 */

import { isSameAxis, legalDims, outputsFor } from '../../model/explanations.js'
import { pytorchWords } from '../../texts/languages.js'
import { choice, element, tuple } from '../dom.js'
import { patch } from '../patch.js'
import { dimLine, dimsWith } from './dim-line.js'
import { drawing } from './drawing.js'
import { scrolls } from './scroller.js'
import { goButton } from './see.js'
import { change, chips } from './shapes.js'
import { working } from './working.js'

/** An error's text: PyTorch's, or the page's own in the reader's language. */
export const errorText = ({ error }, t) => (typeof error === 'function' ? error(t) : pytorchWords(error))

/** Whether A and B do not broadcast. Then no dim has a result. */
export const areApart = ([view]) => Boolean(view?.error) && !view.common

/** An error explained in the reader's language. */
export function whatIsWrong(view, t) {
  const { error, A, B, common, dim } = view
  if (typeof error === 'function') return error(t)
  return common
    ? t('panels.noDim', dim, tuple(common), legalDims(common))
    : t('panels.apart', tuple(A.shape), tuple(B.shape))
}

/* The length of a line that fits when two panels share the width of a printed page. */
const MOST_CHARACTERS = 33

/** A call and its result or error. */
export const callLines = ({ t }, dim, view) => [
  `F.cosine_similarity(A, B, dim=${dim})\n`,
  view?.error
    ? element('strong', { class: 'error', lang: typeof view.error === 'string' && 'en' }, errorText(view, t))
    : element('output', { 'aria-live': 'off' }, view?.printed ?? ''),
]

/**
 * @param {import('../sections.js').Context} context
 * @param {number} place the panel's index
 * @param {() => void} remove
 */
export function panel(context, place, remove) {
  const { store, t } = context
  const name = element('code')
  const heading = element('h2', { id: `panel-${place}`, tabindex: -1, 'aria-level': 3 }, name)
  const dims = dimLine(context, place)
  const stale = element('p', { class: 'stale' })
  const shape = element('div')
  const words = element('div', { class: 'words' })
  const stage = element('div', { class: 'stage' })
  const call = element('pre', { class: 'call' })
  const why = element('div')
  const close = element('button', { type: 'button', class: 'remove' }, '×')
  close.addEventListener('click', remove)
  const root = element(
    'section',
    { class: 'panel', 'aria-labelledby': heading.id },
    element('div', { class: 'top' }, heading, shape, dims.root, close, stale),
    words,
    stage,
    call,
    why,
  )
  /** @type {import('../../model/explanations.js').View | null | undefined} */
  let drawn = null
  let shown
  let lanes
  /** The inputs of the last call of light(). */
  let lit = []

  function draw() {
    const view = store.views[place]
    const dim = store.dims[place]
    stale.textContent = view ? t('panels.stale') : t('panels.none')
    stale.hidden = Boolean(view) && !store.isStale
    root.classList.toggle('is-stale', !stale.hidden)
    name.textContent = `dim=${dim}`
    dims.update(view, dim)
    close.hidden = store.dims.length === 1
    close.setAttribute('aria-label', t('panels.remove', dim))
    if (view !== drawn) {
      const isWhole = Boolean(view?.outputs)
      root.classList.toggle('is-wrong', Boolean(view?.error))
      if (view?.lanes !== drawn?.lanes) {
        shape.replaceChildren(...(isWhole ? [chips(context, view)] : []))
        words.replaceChildren(...(isWhole ? change(context, view) : []))
      }
      call.hidden = !view
      if (!view?.outputs) lanes = undefined
      else if (lanes?.isOf(view)) lanes.update(view)
      else lanes = drawing(context, view)
      if (stage.firstChild !== (lanes?.root ?? null)) stage.replaceChildren(...(lanes ? [lanes.root] : []))
      patch(call, ...callLines(context, dim, view))
      scrolls(call, heading.textContent)
      const lines = isWhole ? call.textContent.split('\n') : []
      // Puts the call and a result of several lines below each other, so the result keeps PyTorch's layout.
      call.toggleAttribute('data-lines', lines.length > 2)
      root.toggleAttribute(
        'data-wide',
        lines.some(({ length }) => length > MOST_CHARACTERS),
      )
    }
    const output = view?.outputs?.[store.shown[place]]
    if (output && (output !== shown || view !== drawn)) patch(why, working(context, output, view.inputs.eps))
    if (!output && view !== drawn)
      why.replaceChildren(...(typeof view?.error === 'string' ? noSuchDim(context, view, place, remove) : []))
    drawn = view
    shown = output
    if (output) {
      const looks = [lanes.root, store.looked, store.state.pinned, output.key]
      if (looks.some((one, i) => one !== lit[i])) light(lanes.root, view, output, store)
      lit = looks
    }
  }
  return { root, draw }
}

/** For an out-of-range dim: offers the legal dims that no other panel shows. */
function noSuchDim(context, view, place, remove) {
  const { store, t } = context
  const { common, dim } = view
  const choose = (one) => ({ dims: dimsWith(store, place, one), pinned: undefined })
  const free = legalDims(common).filter((one) => !store.dims.some((other) => isSameAxis(one, other, common)))
  return [
    element('p', {}, whatIsWrong(view, t)),
    element(
      'div',
      { class: 'choices' },
      element('span', { class: 'hint' }, t('panels.try')),
      ...free.map((one) => goButton(context, [`dim=${one}`], () => choose(one), place)),
      free.length === 0 && choice(t('panels.remove', dim), remove),
    ),
  ]
}

/**
 * Highlights the lanes of what is hovered, focused or pinned, and marks the pinned item and the output whose working is
 * shown.
 */
function light(root, view, shown, { looked, state }) {
  const lit = new Set(outputsFor(view, looked).flatMap(({ key, cells }) => [key, ...cells]))
  const lanes = new Set(outputsFor(view, looked).map(({ lane }) => `${lane}`))
  for (const node of root.querySelectorAll('[data-key]')) {
    const { key, lane } = node.dataset
    // A cell that broadcasting repeats is in many lanes. Only its copies in highlighted lanes light up.
    node.toggleAttribute('data-lit', lit.has(key) && lanes.has(lane))
    node.toggleAttribute('data-looked', key === looked)
    node.toggleAttribute('data-shown', key === shown.key)
    node.toggleAttribute('data-pinned', key === state.pinned)
    if (node.matches('button')) node.setAttribute('aria-pressed', `${key === state.pinned}`)
  }
}
