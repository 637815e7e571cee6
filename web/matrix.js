/** A matrix to edit: a table of fields, whose cells light up with the outputs they feed. */
import { element } from './dom.js'
import { numberField } from './field.js'
import { AXES } from './lanes.js'
import { active, follow, keysOf, state } from './state.js'

export function matrix(operand) {
  const root = element('div', { class: 'matrix' })
  let shape
  let fields
  follow(() => {
    if (shape !== state.shape) {
      shape = state.shape
      fields = build(root, operand)
    }
    for (const { update } of fields) update()
  })
  return root
}

function build(root, operand) {
  const rows = keysOf(operand)
  const fields = rows.map((keys, i) => keys.map((key, j) => cellField(operand, key, i, j)))
  const [down, right] = AXES.map(({ arrow }, axis) => `index ${axis} ${arrow}`)
  root.replaceChildren(
    element(
      'table',
      {},
      element('caption', { class: 'unseen' }, `${operand}, shape ${state.shape}`),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          element('td', { class: 'operand', 'aria-hidden': 'true' }, operand),
          element('th', { scope: 'colgroup', colspan: rows[0].length }, right),
        ),
        element(
          'tr',
          {},
          element('th', { scope: 'col' }, down),
          ...rows[0].map((_, j) => element('th', { scope: 'col' }, `${j}`)),
        ),
      ),
      element(
        'tbody',
        {},
        ...fields.map((row, i) =>
          element('tr', {}, element('th', { scope: 'row' }, `${i}`), ...row.map(({ cell }) => cell)),
        ),
      ),
    ),
    ...fields.flat().map(({ message }) => message),
  )
  walkWithArrows(fields.map((row) => row.map(({ input }) => input)))
  return fields.flat()
}

function cellField(operand, key, i, j) {
  const name = `${operand}, row ${i}, column ${j}`
  const { input, message, update } = numberField(key, name, { 'aria-label': name })
  const cell = element('td', { 'data-key': key }, input)
  return {
    cell,
    input,
    message,
    update() {
      update()
      const looked = active()
      const output = state.views.flatMap(({ outputs }) => outputs).find((one) => one.key === looked)
      const isLit = key === looked || Boolean(output?.cells.includes(key))
      cell.toggleAttribute('data-lit', isLit)
      // A cell by itself belongs to a lane of either dim: it lights up in no lane's colour.
      if (isLit && output) cell.dataset.lane = output.lane
      else delete cell.dataset.lane
    },
  }
}

/** Up and down go from cell to cell; left and right do at the text's ends, and belong to the caret before. */
function walkWithArrows(inputs) {
  inputs.forEach((row, i) => {
    row.forEach((input, j) => {
      input.addEventListener('keydown', (event) => {
        if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return
        const { selectionStart: start, selectionEnd: end, value } = input
        const isAll = start === 0 && end === value.length
        const to = {
          ArrowUp: () => inputs[i - 1]?.[j],
          ArrowDown: () => inputs[i + 1]?.[j],
          ArrowLeft: () => (isAll || end === 0) && row[j - 1],
          ArrowRight: () => (isAll || start === value.length) && row[j + 1],
        }[event.key]?.()
        if (!to) return
        event.preventDefault()
        to.focus()
        to.select()
      })
    })
  })
}
