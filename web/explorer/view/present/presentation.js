/**
 * Present mode: a dialog that fills the window with one screen at a time. The keys of clickers, the arrow keys, Space and
 * two buttons step; Esc leaves.
 */

import { STORY } from '../../model/beats.js'
import { end, isCovered, placeIn, screensOf, step } from '../../model/screens.js'
import { STAGES } from '../collapse/stages.js'
import { element, svg } from '../dom.js'
import { isModified } from '../parts/rove.js'

const BACK = 'M14 3 5 11l9 8'
const ON = 'M8 3l9 8-9 8'
const WHOLE = 'M3 8V3h5M14 3h5v5M19 14v5h-5M8 19H3v-5'
const LEAVE = 'M4 4l14 14M18 4 4 18'

/* What clickers send works wherever the focus is; the rest only where no control wants it. */
const CLICKER = { PageDown: false, PageUp: true }
const KEYS = { ArrowRight: false, ArrowLeft: true, ' ': false }
const WANTS_ARROWS = 'input, select, textarea, [role=slider]'
const WANTS_SPACE = 'input, select, textarea, [role=slider], button, a, summary'

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
  const bar = presentBar(context, screens, go)
  const dialog = element(
    'dialog',
    { class: 'explorer presentation', lang: store.state.lang, 'aria-label': t('present.heading'), tabindex: -1 },
    bar.root,
    ...parts,
  )
  const collapse = parts.find(({ id }) => id === 'section-collapse')

  function go(isBack) {
    const isThere = collapse && !collapse.hasAttribute('data-aside')
    step(store, screens, { ats: isThere ? STAGES.map(({ at }) => at) : [], isBack })
    // A button that has gone, or is off now, has lost the focus.
    const { activeElement } = /** @type {ShadowRoot} */ (dialog.getRootNode())
    if (!activeElement?.checkVisibility?.() || activeElement.matches(':disabled')) dialog.focus({ preventScroll: true })
  }

  function onKey(event, keys) {
    const isBack = keys[event.key]
    if (event.defaultPrevented || isModified(event) || isBack === undefined) return
    event.preventDefault()
    event.stopPropagation()
    go(isBack)
  }
  dialog.addEventListener('keydown', (event) => onKey(event, CLICKER), { capture: true })
  dialog.addEventListener('keydown', (event) => {
    const wanted = event.key === ' ' ? WANTS_SPACE : WANTS_ARROWS
    if (!(/** @type {Element} */ (event.target).matches(wanted))) onKey(event, KEYS)
  })
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault()
    end(store)
  })

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
      part.toggleAttribute(
        'data-off',
        Boolean(part.id) && !(name === STORY ? ['story', 'collapse'] : [name]).includes(section),
      )
    }
    bar.draw(now)
    if (now !== place) dialog.scrollTo(0, 0)
    place = now
  })
  return dialog
}

/** A line above the screen: where one is, and what a key does, as buttons. */
function presentBar({ store, t, shown }, screens, go) {
  const where = element('p', { class: 'where', 'aria-hidden': 'true' })
  const said = element('p', { class: 'unseen', role: 'status' })
  const back = iconButton(t('present.back'), BACK, () => go(true))
  const on = iconButton(t('present.on'), ON, () => go(false))
  const whole = iconButton(t('present.whole'), WHOLE, () => {
    const { fullscreenElement, documentElement } = document
    if (fullscreenElement) document.exitFullscreen()
    else documentElement.requestFullscreen().catch(() => {})
  })
  whole.hidden = !document.fullscreenEnabled
  const leave = iconButton(t('present.leave'), LEAVE, () => end(store))
  const titleOf = ({ name, beat }) => (beat ? beat.title(t) : shown.find((one) => one.name === name)?.title(t))
  return {
    root: element(
      'div',
      { class: 'present-bar' },
      element('p', { class: 'sentence' }, t('present.sentence')),
      said,
      back,
      where,
      on,
      whole,
      leave,
    ),
    draw(place) {
      const count = `${place + 1} / ${screens.length}`
      if (where.textContent === count) return
      where.textContent = count
      said.textContent = t('present.said', place + 1, screens.length, titleOf(screens[place]) ?? t('collapse.heading'))
    },
  }
}

function iconButton(label, d, act) {
  const button = element(
    'button',
    { type: 'button', class: 'icon', 'aria-label': label, title: label },
    svg('svg', { viewBox: '0 0 22 22', 'aria-hidden': 'true' }, svg('path', { d })),
  )
  button.addEventListener('click', act)
  return button
}
