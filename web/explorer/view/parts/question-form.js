/** A prediction's form: what is asked, and the buttons to check the answer or to skip it. */
import { choice, element } from '../dom.js'

/**
 * What a question needs of its section.
 * @typedef {object} Asking
 * @property {import('../../model/explanations.js').ViewWithResult} view
 * @property {{ shape: string, marked: Set<string>, judged: Map<string, string>, verdict?: Verdict }} guess the reader's
 *   answer so far
 * @property {(verdict: Verdict) => void} say
 * @property {(right: Say) => void} goOn to the question about the cells
 * @property {(outcome: 'right' | 'skipped', changes?: Partial<import('../../state/state.js').State>, right?: Say) => void} end
 */

/** @typedef {import('../../model/predictions.js').Say} Say */
/** @typedef {{ kind: 'right' | 'wrong' | 'unreadable', sentence: Say }} Verdict */

/** @returns {Verdict} */
export const wrong = (fault) => ({ kind: 'wrong', sentence: (t) => t('quiz.isWrong', fault(t)) })

export function questionForm({ t }, { end }, check, ...asked) {
  const form = element(
    'form',
    {},
    ...asked,
    element(
      'div',
      { class: 'choices' },
      element('button', { type: 'submit', class: 'choice strong' }, t('quiz.check')),
      choice(t('predict.skip'), () => end('skipped')),
    ),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    check()
  })
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    end('skipped')
  })
  return form
}
