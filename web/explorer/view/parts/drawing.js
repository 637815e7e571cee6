/**
 * Draws the lanes through A and B to the outputs. The drawing is visual only: each output's button says in text what it
 * is made of.
 *
 * Along one of the last two axes, a lane stays within a matrix, so each matrix is drawn by itself, with lanes running
 * down or to the right. Along an earlier axis, a lane crosses the matrices, so all of A's are drawn, then all of B's,
 * and each cell has the index of its lane's output.
 */

import { cellKey, placesOf } from '../../model/explanations.js'
import { printed } from '../../model/numbers.js'
import { blocksOf, indexesOf } from '../../model/tensors.js'
import { element, unseen } from '../dom.js'
import { areMany, isModified, rove } from './rove.js'
import { inStretches, isBetween } from './stretches.js'

export function drawing(context, view) {
  const places = placesOf(view)
  const nodes = { cells: new Map(), outputs: view.outputs.map((output) => outputButton(context, output)) }
  const cells = (operand, rows) =>
    rows.flat().map((index) => {
      const node = drawnCell(places.get(`${index}`), operand, view)
      const { key } = node.dataset
      if (!nodes.cells.has(key)) nodes.cells.set(key, [])
      nodes.cells.get(key).push(node)
      return node
    })
  const blocks = blocksOf(view.common)
  const parts =
    view.flow.flow === 'deep'
      ? [deepDrawing(view, blocks, cells, nodes.outputs)]
      : blocks.map((block) => flatDrawing(context.t, view, block, places, cells, nodes.outputs))
  const hint = areMany(nodes.outputs) && {
    role: 'group',
    'aria-label': context.t('panels.arrows', nodes.outputs.length),
  }
  const root = element('div', { class: 'drawings', ...hint }, ...parts)
  rove(nodes.outputs)
  walkWithArrows(root, nodes.outputs)
  const nodesOf = (operand) =>
    indexesOf(view[operand].shape).map((index) => nodes.cells.get(cellKey(operand, index)) ?? [])
  const elements = { A: nodesOf('A'), B: nodesOf('B') }
  let drawn
  let digits

  /** Updates only the outputs and elements that changed. */
  function update(now) {
    now.outputs.forEach((output, i) => {
      if (output.text !== drawn?.outputs[i].text) nodes.outputs[i].childNodes[1].data = output.text
    })
    for (const operand of ['A', 'B'])
      now[operand].data.forEach((value, i) => {
        if (value !== drawn?.[operand].data[i]) for (const node of elements[operand][i]) fillCell(node, value)
      })
    const wide = { A: longest(now.A), B: longest(now.B) }
    if (wide.A !== digits?.A || wide.B !== digits.B) measure(root, wide)
    digits = wide
    drawn = now
  }
  update(view)
  return { root, update, isOf: (other) => other.lanes === view.lanes }
}

/** Sets the length of each operand's longest number; cells are sized by it. */
function measure(root, digits) {
  root.style.setProperty('--both-digits', digits.A + digits.B)
  for (const cells of root.querySelectorAll('[data-operand]'))
    cells.style.setProperty('--digits', digits[cells.dataset.operand])
}

const longest = ({ data }) => data.reduce((most, value) => Math.max(most, printed(value).length), 1)

/** Arrow keys move between the outputs. */
function walkWithArrows(root, buttons) {
  root.addEventListener('keydown', (event) => {
    if (isModified(event)) return
    const way = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key]
    const to = way && buttons[buttons.indexOf(event.target) + way]
    if (!to) return
    event.preventDefault()
    to.focus()
  })
}

const part = (name, attributes, children) => [
  element('span', { class: 'name', 'aria-hidden': 'true' }, element('span', {}, name)),
  element('div', attributes, ...children),
]

const matrix = (operand) => ({ class: 'cells', 'data-operand': operand, 'aria-hidden': 'true' })

/**
 * A matrix's cells, row by row. With many rows, only the first and the last are drawn, so that B and the results stay
 * in view.
 */
function downwards(rows, cells) {
  const gap = rows.findIndex((_, i) => isBetween(i, rows.length))
  if (gap < 0) return cells(rows)
  const last = cells(rows.filter((_, i) => i > gap && !isBetween(i, rows.length)))
  const between = last.map(({ dataset }) => element('span', { class: 'between', 'data-look': dataset.look }, '⋮'))
  return [...cells(rows.slice(0, gap)), ...between, ...last]
}

function flatDrawing(t, { flow }, { lead, rows }, places, cells, buttons) {
  const outputs = [...new Set(rows.flat().map((index) => places.get(`${index}`).output))]
  const heads = outputs.map(({ name, look }) => element('span', { class: 'head', 'data-look': look }, name(t)))
  const columns = rows[0].length
  /** Lanes that run down share one row of names and one row of results. */
  const perRow = flow.flow === 'down' ? columns : 1
  const drawn = (operand) =>
    flow.flow === 'down' ? downwards(rows, (some) => cells(operand, some)) : inStretches(cells(operand, rows), columns)
  const within = lead.length ? `[${lead.join(', ')}]` : ''
  const root = element(
    'div',
    { class: `drawing ${flow.flow}` },
    ...part('', { class: 'heads', 'aria-hidden': 'true' }, inStretches(heads, perRow)),
    ...part(`A${within}`, matrix('A'), drawn('A')),
    ...part(`B${within}`, matrix('B'), drawn('B')),
    ...part(
      'cos',
      { class: 'outputs' },
      inStretches(
        outputs.map(({ lane }) => buttons[lane]),
        perRow,
      ),
    ),
  )
  root.style.setProperty('--columns', `${columns}`)
  return root
}

function deepDrawing({ common, shape, outputs }, blocks, cells, buttons) {
  const layer = (name, attributes, children, columns) => {
    const grid = element('div', attributes, ...children)
    grid.style.setProperty('--columns', columns)
    return element('div', { class: 'layer' }, element('span', { class: 'name', 'aria-hidden': 'true' }, name), grid)
  }
  const layers = (operand) =>
    blocks.map(({ lead, rows }) =>
      layer(`${operand}[${lead.join(', ')}]`, matrix(operand), cells(operand, rows), rows[0].length),
    )
  const lanes = new Map(outputs.map(({ index, lane }) => [`${index}`, lane]))
  const results = blocksOf(shape).map(({ lead, rows }) =>
    layer(
      lead.length ? `cos[${lead.join(', ')}]` : 'cos',
      { class: 'cells' },
      rows.flat().map((index) => buttons[lanes.get(`${index}`)]),
      rows[0].length,
    ),
  )
  const root = element(
    'div',
    { class: 'drawing deep' },
    ...[layers('A'), layers('B'), results].map((all) => element('div', { class: 'layers' }, ...all)),
  )
  root.style.setProperty('--rank', `${common.length}`)
  return root
}

/** A cell in the colour of its lane. */
function drawnCell({ output, end, ...cells }, operand, { flow }) {
  const { key, isGhost } = cells[operand]
  return element(
    'span',
    {
      class: 'cell',
      'data-key': key,
      'data-look': output.look,
      'data-lane': output.lane,
      'data-end': end,
      'data-ghost': isGhost,
    },
    element('span', { class: 'value' }),
    flow.flow === 'deep' && element('span', { class: 'mark' }, output.index.join()),
  )
}

/*
 * A longer number may not fit its cell at the smallest legible size. Clipping every cell would give each its own layer.
 */
const LONG = 6

function fillCell(node, value) {
  const text = printed(value).replace('-', '−')
  const box = node.firstChild
  if (box.textContent === text) return
  box.textContent = text
  box.style.setProperty('--length', text.length)
  box.toggleAttribute('data-long', text.length > LONG)
}

/** Whether A and B are read at the same places: then an output's name says what it compares. */
const isAlike = ([a, b]) => a.replace(/^A/, '') === b.replace(/^B/, '')

/** An output's button: its name, its number (filled in later), and what it compares. */
const outputButton = ({ t }, { key, look, lane, name, slices }) =>
  element(
    'button',
    {
      type: 'button',
      class: 'output',
      'data-key': key,
      'data-look': look,
      'data-lane': lane,
      'aria-pressed': 'false',
    },
    unseen(`${t('spoken', name(t))}: `),
    document.createTextNode(''),
    !isAlike(slices) && unseen(t('spoken', t('panels.from', slices))),
  )
