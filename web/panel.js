/** One dim's panel: what it does to the shape, the lanes it draws through A and B, their outputs, and one's working. */
import { element, unseen } from './dom.js'
import { AXES, cellKey, outputsFor } from './lanes.js'
import { printed } from './numbers.js'
import { active, follow, problems, state } from './state.js'
import { working } from './working.js'

export function panel(dim) {
  const stale = element('p', { class: 'stale' }, 'Last good result, from before the marked input.')
  const heading = element('h2', { id: `dim${dim}` }, element('code', {}, `dim=${dim}`))
  const top = element('div', { class: 'top' })
  const root = element('section', { class: 'panel', 'aria-labelledby': heading.id })
  let drawn
  let shown
  follow(() => {
    const view = state.views[dim]
    const output = view.outputs[state.shown[dim]]
    if (view !== drawn) {
      top.replaceChildren(heading, chips(view), stale)
      root.replaceChildren(top, change(view), drawing(view), call(view), working(output, view))
    } else if (output !== shown) root.lastElementChild.replaceWith(working(output, view))
    drawn = view
    shown = output
    stale.hidden = problems().length === 0
    root.classList.toggle('is-stale', !stale.hidden)
    light(root, view)
  })
  return root
}

/** The shapes before and after, the reduced axis struck out. */
function chips({ dim, A, shape }) {
  const sizes = A.shape.map((size, axis) => element(axis === dim ? 's' : 'span', { class: 'chip' }, `${size}`))
  const left = element('span', { class: 'chip' }, `${shape[0]}`)
  return element('p', { class: 'chips' }, unseen('Shape: '), '(', sizes[0], ', ', sizes[1], ') → (', left, ',)')
}

/** What the struck-out axis means, in words. */
function change({ dim, shape }) {
  const stays = AXES.findIndex((_, axis) => axis !== dim)
  return element(
    'p',
    {},
    element('strong', {}, `Index ${dim} runs ${AXES[dim].arrow} and disappears.`),
    ` Index ${stays} stays: one output for each of its ${shape[0]} values.`,
  )
}

/** The lanes, straight through A and B to the outputs. It is for the eye: each output says in text what it is made of. */
function drawing(view) {
  const { outputs } = view
  const { flow } = AXES[view.dim]
  const heads = outputs.map(({ name, lane }) => element('span', { class: 'head', 'data-lane': lane }, name))
  const root = element(
    'div',
    { class: `drawing ${flow}` },
    ...part('', 'heads', heads, true),
    ...part('A', 'cells', drawnCells(view, 'A'), true),
    ...part('B', 'cells', drawnCells(view, 'B'), true),
    ...part('cos', 'outputs', outputs.map(outputButton), false),
  )
  root.style.setProperty('--columns', view.A.size(1))
  return element('div', { class: 'stage' }, root)
}

const part = (name, kind, children, isHidden) => [
  element('span', { class: 'name', 'aria-hidden': 'true' }, name),
  element('div', { class: kind, 'aria-hidden': isHidden && 'true' }, ...children),
]

/** An operand's cells, each in the colour of the lane that explain says it is in. */
function drawnCells(view, operand) {
  const [rows, columns] = view[operand].shape
  const cells = new Map()
  for (const { lane, working } of view.outputs)
    working.terms.forEach(({ index1, index2, x1, x2 }, t) => {
      const [index, value] = operand === 'A' ? [index1, x1] : [index2, x2]
      const end = t === 0 ? 'first' : t === working.terms.length - 1 ? 'last' : undefined
      const key = cellKey(operand, index)
      cells.set(
        key,
        element('span', { class: 'cell', 'data-key': key, 'data-lane': lane, 'data-end': end }, boxed(value)),
      )
    })
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => cells.get(cellKey(operand, [i, j]))),
  ).flat()
}

function boxed(value) {
  const text = printed(value).replace('-', '−')
  const box = element('span', { class: 'value' }, text)
  box.style.setProperty('--length', text.length)
  return box
}

function outputButton({ key, lane, name, text, slices }) {
  return element(
    'button',
    { type: 'button', class: 'output', 'data-key': key, 'data-lane': lane, 'aria-pressed': 'false' },
    unseen(`${name}: `),
    text,
    unseen(`, from ${slices.join(' and ')}`),
  )
}

const call = ({ dim, printed }) =>
  element(
    'pre',
    { class: 'call' },
    element('code', {}, `F.cosine_similarity(A, B, dim=${dim})\n`, element('output', {}, printed)),
  )

/** Lights the lanes that are looked at, and marks what is pinned and what the working is of. */
function light(root, view) {
  const looked = active()
  const lit = new Set(outputsFor(view, looked).flatMap(({ key, cells }) => [key, ...cells]))
  const shown = view.outputs[state.shown[view.dim]].key
  for (const node of root.querySelectorAll('[data-key]')) {
    const { key } = node.dataset
    node.toggleAttribute('data-lit', lit.has(key))
    node.toggleAttribute('data-looked', key === looked)
    node.toggleAttribute('data-shown', key === shown)
    node.toggleAttribute('data-pinned', key === state.pinned)
    if (node.matches('button')) node.setAttribute('aria-pressed', `${key === state.pinned}`)
  }
}
