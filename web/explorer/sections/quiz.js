/** A small quiz: what shape will it be? One question at a time; nothing is recorded. */
import { element, prose, tuple } from '../dom.js'
import { seeButton } from '../parts/see.js'
import { question } from '../questions.js'

/* Of numbers that a link can have. */
const QUESTIONS = 1000

export function quiz(context) {
  const { store, t } = context
  const heading = element('h2', { id: 'quiz' }, t('quiz.heading'))
  const asked = element('legend')
  const options = element('div', { class: 'options' })
  const feedback = element('div', { class: 'feedback', role: 'status' })
  const check = element('button', { type: 'submit', class: 'choice' }, t('quiz.check'))
  const another = element('button', { type: 'button', class: 'choice' }, t('quiz.another'))
  const see = seeButton(context, t('cards.see'), `(${t('quiz.heading')})`, () => {
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

  let number
  let current
  store.follow(() => {
    if (store.state.quiz === number) return
    number = store.state.quiz
    current = question(number)
    const { a, b, dim } = current
    asked.replaceChildren(...prose(t('quiz.asked', tuple(a.shape), tuple(b.shape), dim)))
    options.replaceChildren(
      ...current.options.map(({ shape }, i) =>
        element(
          'label',
          {},
          element('input', { type: 'radio', name: 'quiz', value: i }),
          shape ? element('code', {}, tuple(shape)) : t('quiz.anError'),
        ),
      ),
    )
    feedback.replaceChildren()
    see.hidden = true
  })

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const chosen = current.options[new FormData(form).get('quiz') ?? -1]
    if (!chosen) return feedback.replaceChildren(element('p', {}, t('quiz.choose')))
    feedback.replaceChildren(
      element(
        'div',
        { class: chosen.isRight ? 'verdict right' : 'verdict wrong' },
        element('p', {}, ...prose(chosen.isRight ? t('quiz.isRight') : t('quiz.isWrong', chosen.why(t)))),
        element('p', {}, ...prose(current.answer(t))),
      ),
    )
    see.hidden = false
  })

  another.addEventListener('click', () => {
    store.update({ quiz: (number + 1) % QUESTIONS })
    options.querySelector('input').focus()
  })

  return element(
    'section',
    { class: 'quiz', 'aria-labelledby': heading.id },
    heading,
    element('p', { class: 'hint' }, t('quiz.lead')),
    form,
  )
}
