/** The second prediction: which cells make one output. One cell is given; the reader marks its partners. */
import { cellKey } from '../../model/explanations.js'
import { minus } from '../../model/numbers.js'
import { givenCell, judgeCells } from '../../model/predictions.js'
import { choice, element, prose } from '../dom.js'
import { operandGrid } from './operand.js'
import { questionForm, wrong } from './question-form.js'

/** The states of a cell, before and after the check. Each has its own sign and its own border. */
const SIGNS = { given: '◆', marked: '●', right: '✓', wrong: '✗', missed: '+' }

/** Writes a key the way PyTorch writes the cell: A[0, 1]. */
const nameOf = (key) => key.replace(/:(.*)/, (_, index) => (index ? `[${index.split(',').join(', ')}]` : ''))

/**
 * @param {import('../sections.js').Context} context
 * @param {import('./question-form.js').Asking} asking
 */
export function cellsQuestion(context, asking) {
  const { store, t } = context
  const { view, guess, say } = asking
  const { marked, judged } = guess
  const isPinnedBelow = context.shown.some(({ name }) => name === 'panels')
  const given = givenCell(view)
  const board = cellBoard(t, store.state, given, guess)
  function check() {
    const { output, fault, fits } = judgeCells(view, given, new Set([given, ...marked]))
    if (output)
      return asking.end('right', { pinned: output.key }, (t) => t('predict.made', minus(output.text), isPinnedBelow))
    judged.clear()
    for (const [key, state] of fits) judged.set(key, state)
    board.draw()
    say(wrong(fault))
  }
  const question = element('p', { id: 'predict-question' }, ...prose(t('predict.cells', nameOf(given), view.dim)))
  return questionForm(context, asking, check, question, board.grids, board.legend)
}

/** A and B as buttons, with a legend of the signs in them. */
function cellBoard(t, state, given, { marked, judged }) {
  const cells = new Map()
  const legend = element('p', { class: 'hint legend', 'aria-hidden': 'true' })
  const stateOf = (key) => (key === given ? 'given' : (judged.get(key) ?? (marked.has(key) ? 'marked' : undefined)))

  function draw() {
    const seen = new Set(judged.size ? [] : ['given', 'marked'])
    for (const [key, { node, text, sign }] of cells) {
      const state = stateOf(key)
      seen.add(state)
      if (state) node.dataset.state = state
      else delete node.dataset.state
      sign.textContent = SIGNS[state] ?? ''
      const told = key === given || judged.has(key) ? `, ${t('predict.state', state)}` : ''
      node.setAttribute('aria-label', `${nameOf(key)} = ${text}${told}`)
      if (key !== given) node.setAttribute('aria-pressed', `${marked.has(key)}`)
    }
    legend.replaceChildren(
      ...Object.entries(SIGNS)
        .filter(([state]) => seen.has(state))
        .map(([state, sign]) => element('span', {}, `${sign} ${t('predict.state', state)}`)),
    )
  }

  /** Changing a cell clears its verdict. */
  function toggle(key) {
    if (!marked.delete(key)) marked.add(key)
    judged.delete(key)
    draw()
  }

  const grid = (operand) => {
    const { shape, cells: texts } = state[operand.toLowerCase()]
    let place = 0
    return operandGrid(operand, shape, (index) => {
      const key = cellKey(operand, index)
      const text = minus(texts[place++])
      const sign = element('span', { class: 'sign', 'aria-hidden': 'true' })
      const node = key === given ? element('span', { role: 'img' }, text) : choice(text, () => toggle(key))
      node.classList.add('markable')
      node.append(sign)
      cells.set(key, { node, text, sign })
      return node
    })
  }
  const grids = element(
    'div',
    { class: 'operand-grids', role: 'group', 'aria-labelledby': 'predict-question' },
    grid('A'),
    grid('B'),
  )
  draw()
  return { grids, legend, draw }
}
