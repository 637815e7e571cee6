/** The scrubber: a slider along the stages, a button that plays and stops, and the stages by name. */

import { element, svg } from '../dom.js'
import { isModified } from '../parts/rove.js'
import { STAGES, snapped, stageAt } from './stages.js'

const STEP = 0.02
const PLAY = 'M5 2 20 11 5 20z'
const STOP = 'M4 2h5v18H4zM13 2h5v18h-5z'

/** @typedef {{ go: (t: number) => void, toggle: () => void, rested: () => void }} Acts */

/**
 * @param {import('../sections.js').Context} context
 * @param {Acts} acts `rested` is called when the reader lets go
 */
export function scrubber({ t: words }, { go, toggle, rested }) {
  const icon = svg('path', { d: PLAY })
  const play = element(
    'button',
    { type: 'button', class: 'play-all' },
    svg('svg', { viewBox: '0 0 22 22', 'aria-hidden': 'true' }, icon),
  )
  const slider = element('input', { type: 'range', min: 0, max: 1, step: 'any', 'aria-label': words('collapse.stage') })
  const stops = STAGES.map(({ at, name }) => {
    // The slider does the same by keyboard.
    const stop = element('button', { type: 'button', tabindex: -1 }, name(words))
    stop.style.left = `${at * 100}%`
    stop.addEventListener('click', () => {
      go(at)
      rested()
    })
    return stop
  })
  play.addEventListener('click', toggle)
  slider.addEventListener('input', () => go(snapped(Number(slider.value))))
  slider.addEventListener('change', rested)
  slider.addEventListener('keydown', (event) => {
    if (isModified(event)) return
    const act = keyAct(event.key, Number(slider.value))
    if (event.key !== ' ' && act === undefined) return
    event.preventDefault()
    if (act === undefined) return toggle()
    go(act)
    rested()
  })
  const root = element(
    'div',
    { class: 'scrubber' },
    play,
    element('div', { class: 'track' }, slider, element('div', { class: 'stops' }, ...stops)),
  )
  return {
    root,
    show(t, isPlaying) {
      const here = stageAt(t)
      slider.value = `${t}`
      slider.setAttribute('aria-valuetext', STAGES[here].name(words))
      slider.style.setProperty('--done', `${t}`)
      stops.forEach((stop, i) => {
        if (i === here) stop.setAttribute('aria-current', 'step')
        else stop.removeAttribute('aria-current')
      })
      icon.setAttribute('d', isPlaying ? STOP : PLAY)
      play.setAttribute('aria-label', words(isPlaying ? 'collapse.stop' : 'collapse.play'))
    },
  }
}

/** Where a key takes the slider, as sliders are used to: Page Up and Page Down by a stage. */
function keyAct(key, t) {
  const here = stageAt(t)
  const isAtStage = STAGES[here].at === snapped(t)
  const stage = (place) => STAGES[Math.min(Math.max(place, 0), STAGES.length - 1)].at
  const by = (step) => Math.min(1, Math.max(0, snapped(Math.round((t + step) * 100) / 100)))
  return {
    ArrowRight: by(STEP),
    ArrowUp: by(STEP),
    ArrowLeft: by(-STEP),
    ArrowDown: by(-STEP),
    PageUp: stage(isAtStage ? here + 1 : here),
    PageDown: stage(here - 1),
    Home: 0,
    End: 1,
  }[key]
}
