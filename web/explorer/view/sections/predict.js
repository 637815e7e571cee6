/**
 * Predict, then reveal: first the shape of the result, then which cells make one output. Until the reader accepts, this
 * is only an invitation. Then the question takes the place of that dim's panel, and everything that would give the
 * answer away is hidden; see predict.css.
 */

import { askedView, hasCells, outcomeOf, withOutcome } from '../../model/predictions.js'
import { choice, element, prose } from '../dom.js'
import { cellsQuestion } from '../parts/cells-question.js'
import { goToPanel } from '../parts/see.js'
import { shapeQuestion } from '../parts/shape-question.js'

export function predict(context) {
  const { store, t, shown } = context
  const heading = element('h2', { id: 'predict', tabindex: '-1' })
  const body = element('div', { class: 'question' })
  const verdict = element('div', { id: 'predict-verdict', role: 'status' })
  const rest = element('p', { class: 'hint', id: 'predict-rest' }, t('predict.rest'))
  const own = element('div', { class: 'own' }, heading, rest, body, verdict)
  const root = element('section', { class: 'predict', 'aria-label': t('predict.heading') }, own)

  let drawn = {}
  store.follow(() => {
    const { predict, predicted } = store.state
    const { views } = store
    if (views === drawn.views && predict === drawn.predict && predicted === drawn.predicted) return
    const whole = views.filter(({ outputs }) => outputs?.length)
    const view = askedView(store)
    const outcomes = whole.map((one) => outcomeOf(predicted, one))
    // An invitation stays when numbers change.
    const invited = view ? undefined : JSON.stringify(whole.map(({ dim }, i) => [dim, outcomes[i]]))
    const before = drawn.invited
    drawn = { views, predict, predicted, invited }
    root.hidden = !whole.length
    root.toggleAttribute('data-open', Boolean(view))
    rest.hidden = !view
    heading.textContent = view ? t('predict.start', view.dim) : t('predict.heading')
    if (view) body.replaceChildren(question(view, predict.part))
    else if (invited !== before) body.replaceChildren(...invitation(t, whole, outcomes, ask))
    cover(context, root, own, view)
    say(guessOf(store).verdict)
  })

  function question(view, part) {
    const ofCells = part === 'cells' && hasCells(view)
    const goOn = (right) => {
      go({ predict: { dim: view.dim, part: 'cells' } }, right)
      body.querySelector('button')?.focus()
    }
    return (ofCells ? cellsQuestion : shapeQuestion)(context, { view, guess: guessOf(store), say, goOn, end })

    function end(outcome, changes, right) {
      const predicted = withOutcome(store.state.predicted, view, outcome)
      go({ predict: undefined, predicted, stage: undefined, ...changes }, right)
      const hasPanels = shown.some(({ name }) => name === 'panels')
      // The control that had the focus is gone. The heading says what is here now.
      if (!right && hasPanels) return goToPanel(root.getRootNode(), store.dims.indexOf(view.dim))
      heading.focus({ preventScroll: !hasPanels })
      // Without panels the press shows the result.
      if (!hasPanels) store.play()
    }
  }

  function ask(dim) {
    go({ predict: { dim, part: 'shape' }, pinned: undefined })
    body.querySelector('input')?.focus()
  }

  function go(changes, right) {
    store.update(changes, { isNavigation: true })
    say(right && { kind: 'right', sentence: right })
  }

  /** Shows a verdict. It is stored as a function, so that it survives a change of language. */
  function say(said) {
    guessOf(store).verdict = said
    verdict.replaceChildren(
      ...(said ? [element('p', { class: `verdict ${said.kind}` }, ...prose(said.sentence(t)))] : []),
    )
  }
  return root
}

/** The reader's answer so far. It lasts as long as the question and the inputs stay the same. */
function guessOf({ kept, views, state: { predict } }) {
  if (kept.guess?.views !== views || kept.guess.predict !== predict)
    kept.guess = { views, predict, shape: '', marked: new Set(), judged: new Map() }
  return kept.guess
}

function invitation(t, whole, outcomes, ask) {
  const buttons = whole.map(({ dim }, i) =>
    choice(outcomes[i] ? t('predict.again', dim, outcomes[i] === 'right') : t('predict.start', dim), () => ask(dim)),
  )
  return [
    // Readers who have predicted or skipped are not invited again.
    ...(outcomes.every(Boolean) ? [] : [element('p', { class: 'hint' }, t('predict.invite'))]),
    element('div', { class: 'choices' }, ...buttons),
  ]
}

/**
 * Covers the panels other than the view's. The question itself is not rebuilt, because screen readers only announce a
 * status that stays in the page.
 */
function cover({ store, t }, root, own, view) {
  for (const cover of root.querySelectorAll('.cover')) cover.remove()
  if (!view) return
  const coverOf = ({ dim }) =>
    element(
      'div',
      { class: 'cover', role: 'heading', 'aria-level': 2 },
      element('code', {}, `dim=${dim}`),
      element('span', { class: 'hint' }, t('predict.covered')),
    )
  const place = store.views.indexOf(view)
  own.before(...store.views.slice(0, place).map(coverOf))
  own.after(...store.views.slice(place + 1).map(coverOf))
}
