/** Replaces a whole tensor, by pasting or by opening a file. Unreadable input changes nothing. */

import { isNpy, readNpy, refuseArchive } from '../../io/npy.js'
import { decoded, isTensor, readPasted } from '../../io/pasted.js'
import { Unreadable } from '../../model/tensors.js'
import { element } from '../dom.js'

/** Stores what `read` returns and says what it left out, or shows why it failed. */
function take(store, part, read) {
  try {
    const { said, ...tensor } = read()
    store.update({ [part]: tensor, pinned: undefined }, { isNavigation: true, taken: { [part]: said } })
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    store.refuse(part, error.say)
  }
}

export async function open(store, part, file) {
  // A folder, and a file that has been removed, cannot be read.
  const buffer = await file.arrayBuffer().catch(() => undefined)
  take(store, part, () => {
    if (!buffer) throw new Unreadable((t) => t('file.unreadable'))
    refuseArchive(buffer)
    return isNpy(buffer) ? readNpy(buffer) : readPasted(decoded(buffer))
  })
}

const sentences = (said, t) => said.map((say) => say(t))

export function fileButton({ store, t }, operand) {
  const file = element('input', { type: 'file', accept: '.npy,.csv,.tsv,.txt', 'aria-label': t('tools.file', operand) })
  file.addEventListener('change', async () => {
    if (file.files?.[0]) await open(store, operand.toLowerCase(), file.files[0])
    file.value = ''
  })
  return element('label', { class: 'choice file', 'data-takes': operand.toLowerCase() }, t('tools.open'), file)
}

/**
 * Makes a place where a tensor can be pasted, and dropped as a file: see drops.js.
 * @param {import('../../state/state.js').Store} store
 * @param {string} part
 * @param {HTMLElement} target
 */
export function takeHere(store, part, target) {
  target.dataset.takes = part
  target.addEventListener('paste', (event) => {
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (!isTensor(text)) return
    event.preventDefault()
    take(store, part, () => readPasted(text))
    // The new tensor may not have the cell that was pasted into.
    const { activeElement } = /** @type {ShadowRoot} */ (target.getRootNode())
    if (!target.contains(activeElement)) target.querySelector('input')?.focus()
  })
}

/**
 * @param {import('../sections.js').Context} context
 * @param {string} operand
 * @param {HTMLElement} target
 * @returns {HTMLElement} shows why the last input was refused, or what was left out of it
 */
export function intake({ store, t }, operand, target) {
  const part = operand.toLowerCase()
  const refusal = element('p', { class: 'message', role: 'alert' })
  const remark = element('p', { class: 'remark', role: 'status' })
  takeHere(store, part, target)

  let refused
  let said
  store.follow(() => {
    const { [part]: no } = store.refusals
    const { [part]: now } = store.taken
    if (no !== refused) refusal.textContent = no ? t('paste.refused', operand, no(t)) : ''
    if (now !== said) remark.textContent = now?.length ? t('paste.taken', operand, sentences(now, t)) : ''
    refused = no
    said = now
  })
  return element('div', {}, refusal, remark)
}
