/** The line above a screen of present mode: where one is, a menu of all screens, and what a key does, as buttons. */

import { wordsIn } from '../../model/beats.js'
import { CARDS, cardWords } from '../../model/screens.js'
import { element, svg } from '../dom.js'

const BACK = 'M14 3 5 11l9 8'
const ON = 'M8 3l9 8-9 8'
const WHOLE = 'M3 8V3h5M14 3h5v5M19 14v5h-5M8 19H3v-5'
const LEAVE = 'M4 4l14 14M18 4 4 18'

/* The id of the dialog's description: screen readers read the first screen when the dialog gets the focus. */
export const SAID = 'said'

/**
 * @param {import('../sections.js').Context} context
 * @param {import('../../model/screens.js').Screen[]} screens
 * @param {{ go: (isBack: boolean) => void, jump: (screen: import('../../model/screens.js').Screen) => void, leave: () => void }} acts
 */
export function presentBar({ store, t, shown }, screens, { go, jump, leave }) {
  /** @param {import('../../model/screens.js').Screen} screen */
  const titleOf = ({ name, beat }) =>
    beat ? beat.title(t) : (shown.find((one) => one.name === name)?.title(t) ?? t('collapse.heading'))
  const said = element('p', { class: 'unseen', role: 'status', id: SAID })
  const sentence = element('p', { class: 'sentence' })
  // On a stage it stands here, so that the press has its line.
  const title = element('p', { class: 'title', 'aria-hidden': 'true' })
  const menu = screenMenu(t, screens.map(titleOf), (place) => jump(screens[place]))
  const whole = iconButton(t('present.whole'), WHOLE, () => {
    const { fullscreenElement, documentElement } = document
    if (fullscreenElement) document.exitFullscreen()
    else documentElement.requestFullscreen().catch(() => {})
  })
  whole.hidden = !document.fullscreenEnabled
  return {
    root: element(
      'div',
      { class: 'present-bar' },
      title,
      sentence,
      said,
      iconButton(t('present.back'), BACK, () => go(true)),
      menu.root,
      iconButton(t('present.on'), ON, () => go(false)),
      whole,
      iconButton(t('present.leave'), LEAVE, leave),
    ),
    /** @param {number} place @param {string} [note] what is said instead */
    draw(place, note) {
      menu.draw(place)
      title.textContent = screens[place].beat?.title(t) ?? ''
      const { name, beat } = screens[place]
      // The words of a beat are part of what it asks, and a card is read as it is shown.
      const say = beat ? wordsIn(store, beat) : name === CARDS && cardWords(store)
      const words = [titleOf(screens[place]), ...(say ? [say(t)] : [])].join(' – ')
      const heard = note ?? t('present.said', place + 1, screens.length, words).replace(/[`*]/g, '')
      if (said.textContent !== heard) said.textContent = heard
      // What the screen says itself is not said above it.
      const rule = t('present.sentence')
      sentence.textContent = note ?? (heard.includes(rule) ? '' : rule)
      sentence.toggleAttribute('data-note', Boolean(note))
    },
  }
}

/** The number of the screen, which opens a list of all. */
function screenMenu(t, titles, choose) {
  const where = element('summary', { class: 'where', title: t('present.screens') })
  const buttons = titles.map((title, i) => {
    const button = element('button', { type: 'button' }, element('span', {}, `${i + 1}`), ` ${title}`)
    button.addEventListener('click', () => {
      root.open = false
      choose(i)
    })
    return button
  })
  const root = element(
    'details',
    { class: 'screens' },
    where,
    element('ol', {}, ...buttons.map((button) => element('li', {}, button))),
  )
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !root.open) return
    // Esc closes the list, and no more.
    event.preventDefault()
    event.stopPropagation()
    root.open = false
    where.focus()
  })
  root.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget && !root.contains(/** @type {Node} */ (relatedTarget))) root.open = false
  })
  return {
    root,
    draw(place) {
      const count = `${place + 1} / ${titles.length}`
      if (where.textContent === count) return
      where.textContent = count
      root.open = false
      buttons.forEach((button, i) => {
        if (i === place) button.setAttribute('aria-current', 'step')
        else button.removeAttribute('aria-current')
      })
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
