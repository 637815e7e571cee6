/** Replaces a whole tensor: by pasting, by dropping a file, or by opening one. Unreadable input changes nothing. */

import { isNpy, readNpy } from '../../io/npy.js'
import { isTensor, readPasted } from '../../io/pasted.js'
import { Unreadable } from '../../model/tensors.js'
import { element } from '../dom.js'

/** Stores what `read` returns, or shows why it failed. */
function take({ store }, part, read) {
  try {
    store.update({ [part]: read(), pinned: undefined }, { isNavigation: true })
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    store.refuse(part, error.say)
  }
}

async function open(context, part, file) {
  if (!file) return
  const buffer = await file.arrayBuffer()
  take(context, part, () => (isNpy(buffer) ? readNpy(buffer) : readPasted(new TextDecoder().decode(buffer))))
}

export function fileButton(context, operand) {
  const { t } = context
  const file = element('input', { type: 'file', accept: '.npy,.csv,.tsv,.txt', 'aria-label': t('tools.file', operand) })
  file.addEventListener('change', async () => {
    await open(context, operand.toLowerCase(), file.files?.[0])
    file.value = ''
  })
  return element('label', { class: 'choice file' }, t('tools.open'), file)
}

/**
 * @param {import('../sections.js').Context} context
 * @param {string} operand
 * @param {HTMLElement} target accepts pastes and drops
 * @returns {HTMLElement} shows why the last input was refused
 */
export function intake(context, operand, target) {
  const { store, t } = context
  const part = operand.toLowerCase()
  const refusal = element('p', { class: 'message', role: 'alert' })

  target.addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    target.classList.add('is-target')
  })
  target.addEventListener('dragleave', () => target.classList.remove('is-target'))
  target.addEventListener('drop', (event) => {
    target.classList.remove('is-target')
    if (!event.dataTransfer?.files.length) return
    event.preventDefault()
    open(context, part, event.dataTransfer.files[0])
  })
  target.addEventListener('paste', (event) => {
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (!isTensor(text)) return
    event.preventDefault()
    take(context, part, () => readPasted(text))
    // The new tensor may not have the cell that was pasted into.
    const { activeElement } = /** @type {ShadowRoot} */ (target.getRootNode())
    if (!target.contains(activeElement)) target.querySelector('input')?.focus()
  })

  let refused
  store.follow(() => {
    const say = store.refusals[part]
    if (say !== refused) refusal.textContent = say ? t('paste.refused', operand, say(t)) : ''
    refused = say
  })
  return refusal
}
