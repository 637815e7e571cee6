/** Below the collapse: its picture for the clipboard, and the element's HTML for other pages. */

import { choice, element } from '../dom.js'
import { embedding } from './embedding.js'
import { imageOf } from './image.js'

const FILE = 'cosine-similarity.png'

/**
 * @param {import('../sections.js').Context} context
 * @param {HTMLElement} presses
 */
export function sharing(context, presses) {
  const { store, t } = context
  const said = element('p', { class: 'hint', 'aria-live': 'polite' })
  const { button, dialog } = embedding(context)
  const copy = choice(t('sharing.image'), async () => {
    said.textContent = ''
    const image = imageOf(presses, store.state)
    try {
      said.textContent = (await copied(image)) ? t('sharing.copied') : saved(await image, t)
    } catch (error) {
      console.warn(error)
      said.textContent = t('sharing.noImage')
    }
  })
  copy.classList.add('copy-image')
  let { state } = store
  store.follow(() => {
    if (state !== store.state) said.textContent = ''
    state = store.state
  })
  return element('div', { class: 'sharing' }, copy, button, said, dialog)
}

/** Whether the picture is in the clipboard now. Safari wants to be asked at once, before the picture is made. */
async function copied(image) {
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': image })])
    return true
  } catch {
    return false
  }
}

function saved(image, t) {
  const url = URL.createObjectURL(image)
  element('a', { href: url, download: FILE }).click()
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
  return t('sharing.saved')
}
