/**
 * Edits a tensor: one table of fields for each of its matrices. Its cells are highlighted along with the outputs they
 * feed.
 */

import { cellKey, flowOf } from '../../model/explanations.js'
import { blocksOf, indexesOf } from '../../model/tensors.js'
import { element, prose, tuple } from '../dom.js'
import { numberField } from './field.js'
import { intake } from './intake.js'
import { rove } from './rove.js'
import { scrolls } from './scroller.js'
import { isBetween } from './stretches.js'
import { walkWithArrows } from './walk.js'

/** Several tensors side by side, with the error messages below them at their full width. */
export const tensorEditors = (context, attributes, operands, areTargets = false) => {
  const all = operands.map((operand) => tensorEditor(context, operand, areTargets))
  return element(
    'div',
    attributes,
    ...all.map(({ root }) => root),
    element('div', { class: 'messages' }, ...all.map(({ messages }) => messages)),
  )
}

/** @param {boolean} isTarget whether a whole tensor can be pasted or dropped on it */
function tensorEditor(context, operand, isTarget) {
  const { store } = context
  const part = operand.toLowerCase()
  const root = element('div', { class: 'matrix' })
  const ofCells = element('div')
  const messages = element('div', {}, ofCells)
  let shape
  let fields
  let measured
  store.follow(() => {
    const { shape: now, cells } = store.state[part]
    if (cells !== measured) root.style.setProperty('--digits', `${Math.max(...cells.map(({ length }) => length))}`)
    measured = cells
    if (`${now}` !== `${shape}` || !fields) {
      shape = now
      const focused = fields?.findIndex(({ input }) => input.matches(':focus'))
      fields = [] // removing a focused field fires its blur handler during build()
      fields = build(root, context, operand, shape)
      ofCells.replaceChildren(...fields.map(({ message }) => message))
      if (focused >= 0) fields[Math.min(focused, fields.length - 1)].input.focus()
    }
    const { looked } = store
    const outputs = [...store.views, store.attention].flatMap((view) => view?.outputs ?? [])
    const output = outputs.find(({ key }) => key === looked)
    const lit = new Set(output?.cells ?? [looked])
    for (const { update } of fields) update(lit, output?.look)
  })
  if (isTarget) messages.append(intake(context, operand, root))
  return { root, messages }
}

function build(root, context, operand, shape) {
  const places = indexesOf(shape).map(String)
  const blocks = blocksOf(shape).map(({ lead, rows }) => ({
    lead,
    rows: rows.map((row) => row.map((index) => cellField(context, operand, index, places.indexOf(`${index}`)))),
  }))
  const fields = blocks.flatMap(({ rows }) => rows.flat())
  root.replaceChildren(
    scrolls(
      element('div', { class: 'blocks' }, ...blocks.map((block) => table(context, operand, shape, block))),
      context.t('inputs.caption', operand, tuple(shape)),
    ),
  )
  rove(
    fields.map(({ input }) => input),
    1,
  )
  for (const { rows } of blocks) walkWithArrows(rows.map((row) => row.map(({ input }) => input)))
  return fields
}

function table({ t }, operand, shape, { lead, rows }) {
  const name = lead.length ? `${operand}[${lead.join(', ')}]` : operand
  const axisName = (axis) => t('inputs.axis', axis, flowOf(axis, shape.length).arrow)
  const rank = shape.length
  const heads = rank > 1
  const hint = rows.flat().length > 1 ? t('inputs.arrows') : ''
  return element(
    'table',
    {},
    element('caption', { class: 'unseen' }, t('inputs.caption', name, tuple(shape)) + hint),
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        element('td', { class: 'operand', 'aria-hidden': 'true' }, name),
        rank > 0 && element('th', { scope: 'colgroup', colspan: rows[0].length }, ...prose(axisName(rank - 1))),
      ),
      rank > 0 &&
        element(
          'tr',
          {},
          heads ? element('th', { scope: 'col' }, ...prose(axisName(rank - 2))) : element('td', {}),
          ...rows[0].map((_, j) => element('th', { scope: 'col' }, `${j}`)),
        ),
    ),
    element(
      'tbody',
      {},
      ...rows.map((row, i) =>
        element(
          'tr',
          { class: isBetween(i, rows.length) && 'inner' },
          heads ? element('th', { scope: 'row' }, `${i}`) : element('td', {}),
          ...row.map(({ cell }) => cell),
        ),
      ),
    ),
  )
}

function cellField(context, operand, index, place) {
  const { t } = context
  const key = cellKey(operand, index)
  const name = t('inputs.cell', operand, index)
  const field = numberField(context, operand.toLowerCase(), place, name, { 'aria-label': name })
  const cell = element('td', { 'data-key': key }, field.input)
  let wasLit = false
  return {
    ...field,
    cell,
    /** A highlighted cell alone gets no lane's colour, because it belongs to a lane of each dim. */
    update(lit, look) {
      field.update()
      const isLit = lit.has(key)
      if (!isLit && !wasLit) return
      wasLit = isLit
      cell.toggleAttribute('data-lit', isLit)
      if (isLit && look !== undefined) cell.dataset.look = look
      else delete cell.dataset.look
    },
  }
}
