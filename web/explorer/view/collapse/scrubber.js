/** The scrubber: a slider along the stages, a button that plays and stops, and the stages by name. */

import { element, svg } from '../dom.js'
import { isModified } from '../parts/rove.js'
import { nextAfter, STAGES, snapped, stageAt } from './stages.js'

/** The id of the stage in words, which describe the slider. */
export const WORDS = 'stage-words'

const PLAY = 'M5 2 20 11 5 20z'
const STOP = 'M4 2h5v18H4zM13 2h5v18h-5z'

/** @typedef {{ go: (to: number) => void, toggle: () => void, rested: () => void }} Acts */

/**
 * @param {import('../sections.js').Context} context
 * @param {Acts} acts `rested` is called when the reader lets go
 */
export function scrubber({ t }, { go, toggle, rested }) {
  const icon = svg('path', { d: PLAY })
  const play = element(
    'button',
    { type: 'button', class: 'play-all' },
    svg('svg', { viewBox: '0 0 22 22', 'aria-hidden': 'true' }, icon),
  )
  const slider = element('input', {
    type: 'range',
    min: 0,
    max: 1,
    step: 'any',
    'aria-label': t('collapse.stage'),
    'aria-describedby': WORDS,
  })
  const stops = STAGES.map(({ at, name }) => {
    // The slider does the same by keyboard.
    const stop = element('button', { type: 'button', tabindex: -1 }, name(t))
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
    show(now, isPlaying) {
      const here = stageAt(now)
      slider.value = `${now}`
      slider.setAttribute('aria-valuetext', t('collapse.at', STAGES[here].name(t), here + 1, STAGES.length))
      slider.style.setProperty('--done', `${now}`)
      stops.forEach((stop, i) => {
        if (i === here) stop.setAttribute('aria-current', 'step')
        else stop.removeAttribute('aria-current')
      })
      icon.setAttribute('d', isPlaying ? STOP : PLAY)
      play.setAttribute('aria-label', isPlaying ? t('collapse.stop') : t('collapse.play'))
    },
  }
}

/** Where a key takes the slider: to the next stage, because what is between two has no words. */
function keyAct(key, now) {
  const here = snapped(now)
  const next = nextAfter(here)
  const last = STAGES.filter(({ at }) => at < here).at(-1)?.at ?? 0
  return {
    ArrowRight: next,
    ArrowUp: next,
    PageUp: next,
    ArrowLeft: last,
    ArrowDown: last,
    PageDown: last,
    Home: 0,
    End: 1,
  }[key]
}
