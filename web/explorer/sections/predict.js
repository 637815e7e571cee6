/**
 * Predict, then reveal: the result's shape first, then which numbers meet. It is an invitation until the reader takes it;
 * then it covers what comes after it, see predict.css.
 */
import { element, prose, tuple } from '../dom.js'
import { cellKey } from '../explanations.js'
import { minus } from '../numbers.js'
import { operandGrid } from '../parts/operand.js'
import {
  faultOfShape,
  givenCell,
  hasCells,
  isAmbiguous,
  judgeCells,
  outcomeOf,
  readShape,
  withOutcome,
} from '../predictions.js'

export function predict(context) {
  const { store, t } = context
  const heading = element('h2', { id: 'predict', tabindex: '-1' })
  const body = element('div', { class: 'question' })
  const verdict = element('div', { role: 'status' })
  const root = element('section', { class: 'predict', 'aria-label': t('predict.heading') }, heading, body, verdict)

  let drawn = {}
  store.follow(() => {
    const { predict, predicted } = store.state
    const { views } = store
    if (views === drawn.views && predict === drawn.predict && predicted === drawn.predicted) return
    const whole = views.filter(({ outputs }) => outputs?.length)
    const view = predict && whole.find(({ dim }) => dim === predict.dim)
    // The verdict is of the question before, and of these inputs.
    if (views !== drawn.views) verdict.replaceChildren()
    drawn = { views, predict, predicted }
    root.hidden = !whole.length
    root.toggleAttribute('data-open', Boolean(view))
    heading.textContent = view ? t('predict.start', view.dim) : t('predict.heading')
    body.replaceChildren(...(view ? question(view, predict.part) : invitation(whole)))
  })

  function invitation(whole) {
    const outcomes = whole.map((view) => outcomeOf(store.state.predicted, view))
    const buttons = whole.map(({ dim }, i) =>
      button(outcomes[i] ? t('predict.again', dim, outcomes[i] === 'right') : t('predict.start', dim), () => {
        verdict.replaceChildren()
        go({ predict: { dim, part: 'shape' } })
      }),
    )
    return [
      // Who has predicted, or skipped, is asked no more.
      ...(outcomes.every(Boolean) ? [] : [element('p', { class: 'hint' }, t('predict.invite'))]),
      element('div', { class: 'choices' }, ...buttons),
    ]
  }

  function question(view, part) {
    return part === 'cells' && hasCells(view) ? cellsQuestion(view) : shapeQuestion(view)
  }

  function shapeQuestion(view) {
    const { dim, axis, common, shape, A, B } = view
    const input = element('input', {
      type: 'text',
      id: 'predicted-shape',
      class: 'shape',
      autocomplete: 'off',
      spellcheck: 'false',
      'aria-describedby': 'predicted-hint',
    })
    return form(
      () => {
        const guess = readShape(input.value)
        const fault = guess ? faultOfShape(view, guess) : (t) => t('predict.unreadable')
        if (fault) {
          say(false, fault(t))
          input.select()
          return
        }
        const right = [t('quiz.isRight'), t('quiz.runs', axis, tuple(common), tuple(shape))]
        say(true, [...right, ...(isAmbiguous(view) ? [t('predict.same')] : [])].join(' '))
        if (hasCells(view)) go({ predict: { dim, part: 'cells' } })
        else end(view, 'right')
      },
      [
        element('p', {}, ...prose(t('quiz.asked', tuple(A.shape), tuple(B.shape), dim))),
        element(
          'div',
          { class: 'choices' },
          element('label', { for: input.id }, t('predict.shape')),
          input,
          element('span', { class: 'hint', id: 'predicted-hint' }, t('predict.shapeHint')),
        ),
      ],
      view,
    )
  }

  function cellsQuestion(view) {
    const given = givenCell(view)
    const marked = new Set([given])
    const grid = (operand) => {
      const { shape, cells } = store.state[operand.toLowerCase()]
      const texts = [...cells]
      return operandGrid(operand, shape, (index) => {
        const key = cellKey(operand, index)
        const text = minus(texts.shift())
        const cell = button(text, () => {
          if (key === given || !marked.delete(key)) marked.add(key)
          cell.setAttribute('aria-pressed', `${marked.has(key)}`)
        })
        cell.setAttribute('aria-label', `${nameOf(key)} = ${text}`)
        cell.setAttribute('aria-pressed', `${key === given}`)
        cell.toggleAttribute('data-given', key === given)
        cell.classList.add('markable')
        return cell
      })
    }
    return form(
      () => {
        const { output, fault } = judgeCells(view, given, marked)
        if (fault) return say(false, fault(t))
        say(true, t('predict.made', minus(output.text)))
        end(view, 'right', { pinned: output.key })
      },
      [
        element('p', {}, ...prose(t('predict.cells', nameOf(given), view.dim))),
        element('div', { class: 'operand-grids' }, grid('A'), grid('B')),
      ],
      view,
    )
  }

  function form(check, asked, view) {
    const node = element(
      'form',
      {},
      ...asked,
      element(
        'div',
        { class: 'choices' },
        element('button', { type: 'submit', class: 'choice strong' }, t('quiz.check')),
        button(t('predict.skip'), () => {
          verdict.replaceChildren()
          end(view, 'skipped')
        }),
      ),
    )
    node.addEventListener('submit', (event) => {
      event.preventDefault()
      check()
    })
    return [node]
  }

  /** The control that one was at is gone: the heading says what is here now. */
  function go(changes) {
    store.update(changes, { isNavigation: true })
    heading.focus()
  }

  const end = (view, outcome, changes) =>
    go({ predict: undefined, predicted: withOutcome(store.state.predicted, view, outcome), ...changes })

  const say = (isRight, text) =>
    verdict.replaceChildren(
      element(
        'p',
        { class: `verdict ${isRight ? 'right' : 'wrong'}` },
        ...prose(isRight ? text : t('quiz.isWrong', text)),
      ),
    )

  return root
}

/** A key as PyTorch writes the cell: A[0, 1]. */
const nameOf = (key) => key.replace(/:(.*)/, (_, index) => (index ? `[${index.split(',').join(', ')}]` : ''))

function button(text, act) {
  const node = element('button', { type: 'button', class: 'choice' }, text)
  node.addEventListener('click', act)
  return node
}
