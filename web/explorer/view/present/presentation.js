/**
 * Present mode: a dialog that fills the window with one screen at a time. The keys of clickers, the arrow keys, Space and
 * two buttons step; Esc leaves.
 */

import { STORY } from '../../model/beats.js'
import { end, goTo, isCovered, placeIn, screensOf, skip, step } from '../../model/screens.js'
import { hasLessMotion } from '../collapse/player.js'
import { STAGES } from '../collapse/stages.js'
import { element } from '../dom.js'
import { presentBar, SAID } from './bar.js'
import { listenToKeys } from './keys.js'
import { fitToWindow } from './scale.js'

const ATTRIBUTES = { class: 'explorer presentation', 'aria-describedby': SAID, tabindex: -1 }

/* What a key scrolls of a section's screen, and what is too little to scroll, in pixels. */
const PAGE = 0.8
const SLACK = 24

/**
 * @param {import('../sections.js').Context} context
 * @param {HTMLElement[]} parts everything that the explorer shows
 */
export function presentation(context, parts) {
  const { store, t, shown } = context
  const screens = screensOf(
    store.state,
    shown.map(({ name }) => name),
  )
  const leave = () => end(store)
  const bar = presentBar(context, screens, {
    go,
    jump: (screen) => keepFocus(() => goTo(store, screen)),
    leave,
  })
  const dialog = element(
    'dialog',
    { ...ATTRIBUTES, lang: store.state.lang, 'aria-label': t('present.heading') },
    bar.root,
    ...parts,
  )
  const collapse = parts.find(({ id }) => id === 'section-collapse')
  let at = 0
  let isBlank = false
  /** What a key says that leads nowhere, until something else is shown. */
  let edge = /** @type {{ note?: string, state?: object }} */ ({})
  dialog.addEventListener('stagechange', (event) => {
    at = /** @type {CustomEvent} */ (event).detail.stage
  })

  function go(isBack) {
    if (store.state.present !== STORY && hasPaged(dialog, isBack)) return
    const isThere = collapse && !collapse.hasAttribute('data-aside')
    const ats = isThere ? STAGES.map(({ at }) => at) : []
    keepFocus(() => step(store, screens, { ats, at, isBack }) || sayEdge(isBack))
  }

  function sayEdge(isBack) {
    edge = { note: isBack ? t('present.first') : t('present.last'), state: store.state }
    draw()
  }

  function draw() {
    const note = edge.state === store.state ? edge.note : undefined
    bar.draw(placeIn(screens, store.state), isBlank ? t('present.blank') : note)
  }

  /** A button that has gone after an act, or is off, has lost the focus. */
  function keepFocus(act) {
    act()
    const { activeElement } = /** @type {ShadowRoot} */ (dialog.getRootNode())
    if (!activeElement?.checkVisibility?.() || activeElement.matches(':disabled')) dialog.focus({ preventScroll: true })
  }

  function blank(to) {
    isBlank = to
    dialog.toggleAttribute('data-blank', to)
    draw()
  }

  const skipOne = (isBack) => keepFocus(() => skip(store, screens, isBack) || sayEdge(isBack))
  listenToKeys(dialog, { go, skip: skipOne, leave, blank, isBlank: () => isBlank })
  fitToWindow(dialog)

  let place
  store.follow(() => {
    const { present } = store.state
    if (!present) return
    const now = placeIn(screens, store.state)
    const { name } = screens[now]
    dialog.dataset.screen = name
    dialog.toggleAttribute('data-covered', isCovered(store))
    for (const part of parts) {
      const section = part.id.replace('section-', '')
      const isShown = (name === STORY ? ['story', 'collapse'] : [name]).includes(section)
      part.toggleAttribute('data-off', Boolean(part.id) && !isShown)
    }
    draw()
    if (now !== place) dialog.scrollTo(0, 0)
    place = now
  })
  return dialog
}

/** Whether a section had more to show: it is paged before it is left. */
function hasPaged(dialog, isBack) {
  const { scrollTop, scrollHeight, clientHeight } = dialog
  const left = isBack ? scrollTop : scrollHeight - clientHeight - scrollTop
  if (left < SLACK) return false
  dialog.scrollBy({ top: (isBack ? -PAGE : PAGE) * clientHeight, behavior: hasLessMotion() ? 'auto' : 'smooth' })
  return true
}
