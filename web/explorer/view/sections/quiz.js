/** A small quiz about shapes. It asks one question at a time and records nothing. */

import { nextQuestion, question } from '../../model/questions.js'
import { element, prose, tuple } from '../dom.js'
import { sectionHeading } from '../parts/anchor.js'
import { seeButton } from '../parts/see.js'

export function quiz(context) {
  const { store, t } = context
  const heading = sectionHeading(context, 'quiz')
  const asked = element('legend')
  const options = element('div', { class: 'options' })
  const feedback = element('div', { class: 'feedback', role: 'status' })
  const check = element('button', { type: 'submit', class: 'choice' }, t('quiz.check'))
  const another = element('button', { type: 'button', class: 'choice' }, t('quiz.another'))
  const see = seeButton(context, t('cards.see'), t('quiz.this'), () => {
    const { a, b, dim } = question(store.state.quiz)
    return { a, b, dims: [dim] }
  })
  const form = element(
    'form',
    {},
    element('fieldset', {}, asked, options),
    element('div', { class: 'choices' }, check, another, see),
    feedback,
  )

  let current
  /** The reader's answer. It survives a change of language. */
  let kept
  store.follow(() => {
    const number = store.state.quiz
    if (kept?.number === number && kept === store.kept.quiz) return
    kept = store.kept.quiz?.number === number ? store.kept.quiz : { number }
    store.kept.quiz = kept
    current = question(number)
    const { a, b, dim } = current
    asked.replaceChildren(...prose(t('quiz.asked', tuple(a.shape), tuple(b.shape), dim)))
    options.replaceChildren(
      ...current.options.map(({ shape }, i) => {
        const radio = element('input', { type: 'radio', name: 'quiz', checked: i === kept.chosen })
        radio.addEventListener('change', () => {
          kept.chosen = i
        })
        return element('label', {}, radio, shape ? element('code', {}, tuple(shape)) : t('quiz.anError'))
      }),
    )
    judge()
  })

  /** Says whether the last checked answer was right, if there was one. */
  function judge() {
    const { isChecked, checked } = kept
    const option = current.options[checked]
    see.hidden = !option || Boolean(store.state.present)
    if (!isChecked) return feedback.replaceChildren()
    if (!option) return feedback.replaceChildren(element('p', {}, t('quiz.choose')))
    feedback.replaceChildren(verdict(option, current, kept.isGiven, t))
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    kept.isChecked = true
    kept.checked = kept.chosen
    judge()
  })

  another.addEventListener('click', () => {
    store.update({ quiz: nextQuestion(kept.number) })
    options.querySelector('input')?.focus()
  })

  return element(
    'section',
    { class: 'quiz', 'aria-labelledby': heading.id },
    heading,
    element('p', { class: 'hint' }, t('quiz.lead')),
    form,
  )
}

/** What to make of an answer. If the page gave it to a presenter, nobody was right. */
function verdict({ isRight, why }, { answer }, isGiven, t) {
  const judged = isRight ? t('quiz.isRight') : t('quiz.isWrong', why?.(t))
  return element(
    'div',
    { class: `verdict ${isRight ? 'right' : 'wrong'}` },
    !isGiven && element('p', {}, ...prose(judged)),
    ' ',
    element('p', {}, ...prose(answer(t))),
  )
}
