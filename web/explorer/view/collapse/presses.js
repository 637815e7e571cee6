/** A press for each dim, all in step under one scrubber, with the stage in words below. */

import { collapseOf } from '../../model/collapse.js'
import { element } from '../dom.js'
import { pressPanel } from './panel.js'
import { createPlayer, hasLessMotion } from './player.js'
import { characterIn, roomIn } from './room.js'
import { scrubber } from './scrubber.js'
import { STAGES, stageAt } from './stages.js'
import { stills } from './stills.js'
import { wordsOf } from './words.js'

/* On arrival it plays once by itself, faster than on request: in less than five seconds. */
const ARRIVAL = 1.75
/* How far the drawing is pulled from start to end, in pixels. */
const PULL = 600

/** @param {import('../sections.js').Context} context */
export function presses(context) {
  const { store, t } = context
  const sides = element('div', { class: 'presses' })
  const say = element('p', { class: 'say' })
  const said = element('p', { class: 'unseen', role: 'status' })
  const paper = element('div', { class: 'stills' })
  const player = createPlayer(move, draw)
  const controls = scrubber(context, { go, toggle, rested })

  let collapses = []
  let panels = []
  let views = []
  /** @type {Partial<ReturnType<typeof roomIn>>} */
  let room = {}
  let { stage } = store.state
  let now = stage ?? 1
  /** Whether the reader moves it. Only then is it told to screen readers. */
  let isAsked = false

  function go(to) {
    player.stop()
    isAsked = true
    move(to)
  }

  function toggle() {
    isAsked = true
    if (!player.isPlaying) return player.play(now)
    player.stop()
    rested()
  }

  function move(to) {
    now = to
    draw()
    if (now === 1 && isAsked) rested()
  }

  /** Makes the stage part of the state, and so of the link. While it moves, it is not. */
  function rested() {
    stage = now === 1 ? undefined : Math.round(now * 100) / 100
    if (stage !== store.state.stage) store.update({ stage })
  }

  function choose(dim) {
    isAsked = true
    if (`${store.dims}` !== `${dim}`) store.update({ dims: [dim] }, { isNavigation: true })
    focus()
    player.play(0)
  }

  function draw() {
    for (const panel of panels) panel.draw(now)
    controls.show(now, player.isPlaying)
    if (!collapses.length) return
    const { key, name } = STAGES[stageAt(now)]
    const sentence = wordsOf(t, key, collapses)
    if (sentence === say.textContent) return
    say.textContent = sentence
    if (isAsked) said.textContent = `${name(t)}. ${sentence}`
  }

  /** Builds the panels anew for other numbers, or in another room. */
  function build() {
    const fresh = roomIn(sides, views.length)
    const isSame = Object.entries(fresh).every(([name, value]) => room[name] === value)
    if (!sides.clientWidth || (isSame && panels.length)) return
    room = fresh
    const hadFocus = sides.contains(/** @type {ShadowRoot} */ (sides.getRootNode()).activeElement)
    panels = collapses.map((collapse) => pressPanel(context, collapse, fresh, choose))
    sides.style.setProperty('--sides', `${fresh.columns}`)
    sides.replaceChildren(...panels.map(({ root }) => root))
    draw()
    if (hadFocus) focus()
    if (hasLessMotion()) paper.replaceChildren(...stills(context, collapses, fresh.character))
  }

  /** The drawing itself can be pulled. */
  sides.addEventListener('pointermove', ({ buttons, movementX, target }) => {
    if (buttons === 1 && /** @type {Element} */ (target).closest('.press'))
      go(Math.min(1, Math.max(0, now + movementX / PULL)))
  })
  sides.addEventListener('pointerup', () => isAsked && !player.isPlaying && rested())

  const focus = () => sides.querySelector('input:checked')?.focus({ preventScroll: true })
  new ResizeObserver(build).observe(sides)
  arrive(store, sides, () => player.play(1, ARRIVAL))
  printed(paper, () => collapses, context)

  return {
    sides,
    controls: element('div', { class: 'controls' }, controls.root, say, said),
    paper,
    focus,
    /** @param {import('../../model/explanations.js').View[]} shown */
    show(shown) {
      if (stage !== store.state.stage) {
        stage = store.state.stage
        now = stage ?? 1
        player.stop()
        draw()
      }
      sides.toggleAttribute('data-stale', store.isStale)
      if (shown.length === views.length && shown.every((view, i) => view === views[i])) return
      views = shown
      collapses = shown.map(collapseOf)
      panels = []
      build()
    },
  }
}

/** Plays once when it comes into sight, unless a link says where to stand. */
function arrive(store, sides, play) {
  store.kept.hasArrived ||= store.state.stage !== undefined || hasLessMotion()
  if (store.kept.hasArrived) return
  const sight = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return
      sight.disconnect()
      if (store.kept.hasArrived || !sides.childElementCount) return
      store.kept.hasArrived = true
      play()
    },
    { threshold: 0.6 },
  )
  sight.observe(sides)
}

/** Fills the stills before printing. */
function printed(paper, collapsesNow, context) {
  addEventListener('beforeprint', function fill() {
    if (!paper.isConnected) return removeEventListener('beforeprint', fill)
    paper.replaceChildren(...stills(context, collapsesNow(), characterIn(paper)))
  })
}
