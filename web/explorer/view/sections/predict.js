/**
 * Predict, then reveal: first the shape of the result, then which cells make one output. Until the reader accepts, this
 * is only an invitation. Then the question takes the place of that dim's panel, and everything that would give the
 * answer away is hidden; see predict.css.
 */

import { cellKey } from '../../model/explanations.js'
import { minus } from '../../model/numbers.js'
import {
  askedView,
  faultOfShape,
  givenCell,
  hasCells,
  isAmbiguous,
  judgeCells,
  outcomeOf,
  readShape,
  withOutcome,
} from '../../model/predictions.js'
import { element, prose, tuple } from '../dom.js'
import { operandGrid } from '../parts/operand.js'
import { goToPanel } from '../parts/see.js'

/** The states of a cell, before and after the check. Each has its own sign and its own border. */
const SIGNS = { given: '◆', marked: '●', right: '✓', wrong: '✗', missed: '+' }

export function predict(context) {
  const { store, t } = context
  const heading = element('h2', { id: 'predict', tabindex: '-1' })
  const body = element('div', { class: 'question' })
  const verdict = element('div', { id: 'predict-verdict', role: 'status' })
  const own = element('div', { class: 'own' }, heading, body, verdict)
  const root = element('section', { class: 'predict', 'aria-label': t('predict.heading') }, own)

  let drawn = {}
  store.follow(() => {
    const { predict, predicted } = store.state
    const { views } = store
    if (views === drawn.views && predict === drawn.predict && predicted === drawn.predicted) return
    drawn = { views, predict, predicted }
    const whole = views.filter(({ outputs }) => outputs?.length)
    const view = askedView(store)
    root.hidden = !whole.length
    root.toggleAttribute('data-open', Boolean(view))
    heading.textContent = view ? t('predict.start', view.dim) : t('predict.heading')
    body.replaceChildren(...(view ? question(view, predict.part) : invitation(whole)))
    coverOthers(view)
    say(guess().verdict)
  })

  /** The reader's answer so far. It lasts as long as the question and the inputs stay the same. */
  function guess() {
    const { views, state } = store
    const { predict } = state
    if (store.kept.guess?.views !== views || store.kept.guess.predict !== predict)
      store.kept.guess = { views, predict, shape: '', marked: new Set(), judged: new Map() }
    return store.kept.guess
  }

  /**
   * Covers the other panels. The question itself is not rebuilt, because screen readers only announce a status that
   * stays in the page.
   */
  function coverOthers(view) {
    for (const cover of root.querySelectorAll('.cover')) cover.remove()
    if (!view) return
    const cover = ({ dim }) =>
      element(
        'div',
        { class: 'cover' },
        element('code', {}, `dim=${dim}`),
        element('span', { class: 'hint' }, t('predict.covered')),
      )
    const place = store.views.indexOf(view)
    own.before(...store.views.slice(0, place).map(cover))
    own.after(...store.views.slice(place + 1).map(cover))
  }

  function invitation(whole) {
    const outcomes = whole.map((view) => outcomeOf(store.state.predicted, view))
    const buttons = whole.map(({ dim }, i) =>
      button(outcomes[i] ? t('predict.again', dim, outcomes[i] === 'right') : t('predict.start', dim), () =>
        go({ predict: { dim, part: 'shape' }, pinned: undefined }),
      ),
    )
    return [
      // Readers who have predicted or skipped are not invited again.
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
    })
    /** Marks a rejected answer as wrong until it is edited. */
    const mark = (isWrong) => {
      input.setAttribute('aria-describedby', isWrong ? `predicted-hint ${verdict.id}` : 'predicted-hint')
      if (isWrong) input.setAttribute('aria-invalid', 'true')
      else input.removeAttribute('aria-invalid')
    }
    input.value = guess().shape
    mark(guess().verdict?.isRight === false)
    input.addEventListener('input', () => {
      guess().shape = input.value
      mark(false)
    })
    const right = (t) =>
      [
        t('quiz.isRight'),
        t('quiz.runs', axis, tuple(common), tuple(shape)),
        ...(isAmbiguous(view) ? [t('predict.same')] : []),
      ].join(' ')
    return form(
      () => {
        const read = readShape(input.value)
        const fault = read ? faultOfShape(view, read) : (t) => t('predict.unreadable')
        if (fault) {
          say(wrong(fault))
          mark(true)
          input.select()
        } else if (hasCells(view)) go({ predict: { dim, part: 'cells' } }, right)
        else end(view, 'right', {}, right)
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
    const { marked, judged } = guess()
    const given = givenCell(view)
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

    const grid = (operand) => {
      const { shape, cells: texts } = store.state[operand.toLowerCase()]
      let place = 0
      return operandGrid(operand, shape, (index) => {
        const key = cellKey(operand, index)
        const text = minus(texts[place++])
        const sign = element('span', { class: 'sign', 'aria-hidden': 'true' })
        const node = key === given ? element('span', { role: 'img' }, text) : button(text, () => toggle(key))
        node.classList.add('markable')
        node.append(sign)
        cells.set(key, { node, text, sign })
        return node
      })
    }

    /** Changing a cell clears its verdict. */
    function toggle(key) {
      if (!marked.delete(key)) marked.add(key)
      judged.delete(key)
      draw()
    }

    const grids = element('div', { class: 'operand-grids' }, grid('A'), grid('B'))
    draw()
    return form(
      () => {
        const all = new Set([given, ...marked])
        const { output, fault, fits } = judgeCells(view, given, all)
        if (output) return end(view, 'right', { pinned: output.key }, (t) => t('predict.made', minus(output.text)))
        judged.clear()
        for (const [key, state] of fits) judged.set(key, state)
        draw()
        say(wrong(fault))
      },
      [element('p', {}, ...prose(t('predict.cells', nameOf(given), view.dim))), grids, legend],
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
          end(view, 'skipped')
          goToPanel(root.getRootNode(), store.dims.indexOf(view.dim))
        }),
      ),
    )
    node.addEventListener('submit', (event) => {
      event.preventDefault()
      check()
    })
    return [node]
  }

  /** The control that had the focus is gone, so the heading takes it and says what is here now. */
  function go(changes, right) {
    store.update(changes, { isNavigation: true })
    say(right && { isRight: true, sentence: right })
    heading.focus()
  }

  const end = (view, outcome, changes, right) =>
    go({ predict: undefined, predicted: withOutcome(store.state.predicted, view, outcome), ...changes }, right)

  const wrong = (fault) => ({ isRight: false, sentence: (t) => t('quiz.isWrong', fault(t)) })

  /** Shows a verdict. It is stored as a function, so that it survives a change of language. */
  function say(said) {
    guess().verdict = said
    verdict.replaceChildren(
      ...(said
        ? [element('p', { class: `verdict ${said.isRight ? 'right' : 'wrong'}` }, ...prose(said.sentence(t)))]
        : []),
    )
  }

  return root
}

/** Writes a key the way PyTorch writes the cell: A[0, 1]. */
const nameOf = (key) => key.replace(/:(.*)/, (_, index) => (index ? `[${index.split(',').join(', ')}]` : ''))

function button(text, act) {
  const node = element('button', { type: 'button', class: 'choice' }, text)
  node.addEventListener('click', act)
  return node
}
