/** The first prediction: the shape of the result, as text. */
import { faultOfShape, hasCells, isAmbiguous, readShape } from '../../model/predictions.js'
import { element, prose, tuple } from '../dom.js'
import { questionForm, wrong } from './question-form.js'

/* Longer than any shape. */
const LONGEST = 40

/**
 * @param {import('../sections.js').Context} context
 * @param {import('./question-form.js').Asking} asking
 */
export function shapeQuestion(context, asking) {
  const { t } = context
  const { view, guess, say } = asking
  const question = element(
    'p',
    { id: 'predict-question' },
    ...prose(t('quiz.asked', tuple(view.A.shape), tuple(view.B.shape), view.dim)),
  )
  const input = element('input', {
    type: 'text',
    id: 'predicted-shape',
    class: 'shape',
    autocomplete: 'off',
    spellcheck: 'false',
    maxlength: LONGEST,
  })
  const hint = element('span', { class: 'hint', id: 'predicted-hint' }, t('predict.shapeHint'))

  /** Marks a rejected answer until it is edited. */
  function mark(isRejected) {
    input.setAttribute('aria-describedby', `predict-rest ${question.id} ${isRejected ? 'predict-verdict' : hint.id}`)
    if (isRejected) input.setAttribute('aria-invalid', 'true')
    else input.removeAttribute('aria-invalid')
  }
  input.value = guess.shape
  mark(Boolean(guess.verdict))
  input.addEventListener('input', () => {
    guess.shape = input.value
    mark(false)
  })

  const reject = (verdict) => {
    say(verdict)
    mark(true)
    input.focus()
  }
  function check() {
    const read = readShape(input.value)
    if (!read) return reject({ kind: 'unreadable', sentence: unreadable(input.value.trim()) })
    const fault = faultOfShape(view, read)
    if (fault) {
      reject(wrong(fault))
      input.select()
    } else if (hasCells(view)) asking.goOn(right(view))
    else asking.end('right', {}, right(view))
  }
  return questionForm(
    context,
    asking,
    check,
    question,
    element('div', { class: 'choices' }, element('label', { for: input.id }, t('predict.shape')), input, hint),
  )
}

const unreadable = (text) => (t) => t('predict.unreadable', text)

const right = (view) => (t) =>
  [
    t('quiz.isRight'),
    t('quiz.runs', view.axis, tuple(view.common), tuple(view.shape)),
    ...(isAmbiguous(view) ? [t('predict.same')] : []),
  ].join(' ')
