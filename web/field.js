/** A text field for a number: what is typed goes to the state, and what is wrong with it is said below. */
import { element } from './dom.js'
import { edit, follow, state } from './state.js'

/**
 * @param {string} key the field's in the state
 * @param {string} label what a message calls it
 * @param {Record<string, string>} attributes
 * @returns {{ input: HTMLInputElement, message: HTMLElement, update: () => void }} the message may stand elsewhere
 */
export function numberField(key, label, attributes) {
  const id = `message-${key}`
  const message = element('p', { class: 'message', id, hidden: true })
  const input = element('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', ...attributes })

  input.addEventListener('input', () => edit(key, input.value))
  input.addEventListener('keydown', (event) => {
    const { text, good } = state.fields[key]
    if (event.key !== 'Escape' || text === good.text) return
    event.preventDefault()
    edit(key, good.text)
    input.select()
  })

  function update() {
    const { text, problem, good } = state.fields[key]
    if (input.value !== text) input.value = text
    input.classList.toggle('wrong', problem !== undefined)
    message.hidden = problem === undefined
    const sentence =
      problem === undefined ? '' : `${label} ${problem} The last good value was ${good.text}; Esc brings it back.`
    if (message.textContent !== sentence) message.textContent = sentence
    for (const [attribute, value] of [
      ['aria-invalid', 'true'],
      ['aria-describedby', id],
    ])
      if (problem) input.setAttribute(attribute, value)
      else input.removeAttribute(attribute)
  }
  return { input, message, update }
}

/** A field that stands by itself, with its message under it. */
export function eps() {
  const { input, message, update } = numberField('eps', 'eps', { id: 'eps', class: 'eps' })
  follow(update)
  return element(
    'div',
    { class: 'setting' },
    element(
      'div',
      { class: 'choices' },
      element('label', { for: 'eps' }, element('code', {}, 'eps')),
      input,
      element('span', { class: 'hint' }, 'the least that a norm counts as'),
    ),
    message,
  )
}
