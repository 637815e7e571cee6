/** The keys of present mode: those of keyboards and of clickers. */

import { isModified } from '../parts/rove.js'

/* What clickers send works wherever the focus is; the rest only where no control wants it. */
const CLICKER = { PageDown: false, PageUp: true }
const KEYS = { ArrowRight: false, ArrowDown: false, ArrowLeft: true, ArrowUp: true, ' ': false }
/* Clickers blank the screen by a point or a B. */
const BLANK = ['.', 'b']
/* To another screen. */
const SCREENS = { n: false, p: true }
const WANTS_TEXT = 'input, select, textarea'
const WANTS_ARROWS = `${WANTS_TEXT}, pre`
const WANTS_SPACE = `${WANTS_TEXT}, button, a, summary`

/**
 * @param {HTMLDialogElement} dialog
 * @param {{ go: (isBack: boolean) => void, skip: (isBack: boolean) => void, leave: () => void, blank: (to: boolean) => void, isBlank: () => boolean }} acts
 */
export function listenToKeys(dialog, { go, skip, leave, blank, isBlank }) {
  function take(event) {
    event.preventDefault()
    event.stopPropagation()
  }

  function onKey(event, keys) {
    const isBack = keys[event.key]
    if (event.defaultPrevented || isModified(event) || isBack === undefined) return
    take(event)
    go(isBack)
  }
  dialog.addEventListener(
    'keydown',
    (event) => {
      const wantsText = /** @type {Element} */ (event.target).matches('[type=text], select, textarea')
      const letter = wantsText || isModified(event) ? '' : event.key.toLowerCase()
      const blanks = BLANK.includes(letter)
      const isBack = SCREENS[letter]
      if (!isBlank() && !blanks && isBack === undefined) return onKey(event, CLICKER)
      take(event)
      // Any key lights the screen again, and does no more.
      if (isBlank() || blanks) blank(!isBlank())
      else skip(isBack)
    },
    { capture: true },
  )
  dialog.addEventListener('click', () => isBlank() && blank(false), { capture: true })
  dialog.addEventListener('keydown', (event) => {
    const wanted = event.key === ' ' ? WANTS_SPACE : WANTS_ARROWS
    if (!(/** @type {Element} */ (event.target).matches(wanted))) onKey(event, KEYS)
  })
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault()
    if (isBlank()) blank(false)
    else leave()
  })
}
