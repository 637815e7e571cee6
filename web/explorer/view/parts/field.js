/** A text field for a number. It passes what is typed to the state, and shows what is wrong with it in a message. */

import { LONGEST_TEXT } from '../../model/tensors.js'
import { element, quoting } from '../dom.js'

/**
 * @param {import('../sections.js').Context} context
 * @param {'a' | 'b' | 'eps'} part
 * @param {number} place the cell's index in `cells`
 * @param {string} label what the message calls the field
 * @param {Record<string, string>} attributes with an `id`, if there is another field for the same cell
 * @returns {{ input: HTMLInputElement, message: HTMLElement, update: () => void }} the caller places the message
 */
export function numberField({ store, t }, part, place, label, attributes) {
  const read = () => (part === 'eps' ? store.fields.eps : store.fields[part][place])
  const message = element('p', { class: 'message', id: `message-${attributes.id ?? `${part}-${place}`}`, hidden: true })
  const input = element('input', {
    type: 'text',
    autocomplete: 'off',
    spellcheck: 'false',
    maxlength: LONGEST_TEXT,
    'data-part': part,
    ...attributes,
  })

  /** Whether a click put the focus here. It then selects the number, as Tab does: to type replaces it. */
  let isFresh = false
  input.addEventListener('pointerdown', () => {
    isFresh = !input.matches(':focus')
  })
  input.addEventListener('click', () => {
    if (isFresh && input.selectionStart === input.selectionEnd) input.select()
    isFresh = false
  })
  const edit = () => store.edit({ name: part, place })
  input.addEventListener('focus', edit)
  input.addEventListener('blur', () => store.edit(undefined))
  input.addEventListener('input', () => store.type(part, place, input.value))
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') edit()
    const { text, good } = read()
    if (event.key !== 'Escape' || good === undefined || text === good) return
    event.preventDefault()
    store.type(part, place, good)
    input.select()
  })

  let drawn
  function update() {
    const field = read()
    if (field === drawn && input.value === field.text) return
    drawn = field
    const { text, problem } = field
    if (input.value !== text) input.value = text
    input.style.setProperty('--length', text.length)
    input.classList.toggle('wrong', problem !== undefined)
    message.hidden = problem === undefined
    const sentence = complaint(t, label, field)
    if (message.textContent !== sentence) message.replaceChildren(...quoting(sentence))
    for (const [attribute, value] of [
      ['aria-invalid', 'true'],
      ['aria-describedby', message.id],
    ])
      if (problem) input.setAttribute(attribute, value)
      else input.removeAttribute(attribute)
  }
  return { input, message, update }
}

/** What is wrong with a field, if anything, and how to restore its last valid value. */
export const complaint = (t, label, { problem, good }) =>
  problem ? t('field.wrong', label, problem(t)) + (good === undefined ? '' : t('field.restore', good)) : ''

/** A field of its own, with its message below. */
export function epsField(context) {
  const { store, t } = context
  const { input, message, update } = numberField(context, 'eps', 0, 'eps', { id: 'eps', class: 'eps' })
  store.follow(update)
  return element(
    'div',
    { class: 'setting' },
    element(
      'div',
      { class: 'choices' },
      element('label', { for: input.id }, element('code', {}, 'eps')),
      input,
      element('span', { class: 'hint' }, t('eps.hint')),
    ),
    message,
  )
}
