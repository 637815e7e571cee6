/** A press for each dim, all in step under one scrubber, with the stage in words below. */

import { collapseOf } from '../../model/collapse.js'
import { element, tuple } from '../dom.js'
import { announcer } from '../parts/announcer.js'
import { sizeOfPrinted } from '../space/printed.js'
import { tableButton } from '../space/tables.js'
import { turning } from '../space/turn.js'
import { pressPanel } from './panel.js'
import { hasLessMotion } from './player.js'
import { characterIn, roomIn } from './room.js'
import { scrubber } from './scrubber.js'
import { STAGES, stageAt } from './stages.js'
import { stills } from './stills.js'
import { createTimeline } from './timeline.js'
import { wordsOf } from './words.js'

/* How far the drawing is pulled from start to end, in pixels. */
const PULL = 600
/* The stills are many drawings. They follow an edit once typing rests this long, in ms. */
const REST = 200

const OUTWARDS = { bubbles: true, composed: true }

/** @param {any[]} views */
const rankOf = ([view]) => view?.common.length

/** @param {import('../sections.js').Context} context */
export function presses(context) {
  const { store } = context
  const sides = element('div', { class: 'presses' })
  const timeline = createTimeline(store, sides, draw)
  const controls = scrubber(context, timeline)
  const sentence = stageInWords(context)
  const paper = stillsOf(context)
  const tellPage = stageTold(sides)
  const tables = tableButton(context, sides)
  const turn = turning(context, () => draw(timeline.now(), false))

  let collapses = []
  let panels = []
  let views = []
  let isAsked = false
  let room = /** @type {ReturnType<typeof roomIn>} */ ({})

  function choose(dim) {
    if (`${store.dims}` !== `${dim}`) store.update({ dims: [dim] }, { isNavigation: true })
    focus()
    timeline.play()
  }

  function draw(now, isTold) {
    const [t, heard] = isAsked ? [0, 0] : [now, timeline.heard()]
    for (const panel of panels) panel.draw(t, turn.now, heard)
    controls.show(t, timeline.isPlaying())
    tellPage(t)
    if (collapses.length) sentence.show(STAGES[stageAt(t)], STAGES[stageAt(heard)], collapses, isTold)
  }

  /** Builds the panels anew for other numbers, or in another room. To measure the room takes time. */
  function build(fresh = roomIn(sides, collapses)) {
    const isSame = Object.entries(fresh).every(([name, value]) => room[name] === value)
    if (fresh.width <= 0 || (isSame && panels.length)) return
    room = fresh
    const hadFocus = sides.contains(/** @type {ShadowRoot} */ (sides.getRootNode()).activeElement)
    panels = collapses.map((collapse) => pressPanel(context, collapse, fresh, isAsked ? undefined : choose))
    arrange(sides, collapses, fresh)
    sides.replaceChildren(...panels.map(({ root }) => root))
    tables.update()
    draw(timeline.now(), false)
    if (hadFocus) focus()
    paper.show(isAsked ? [] : collapses)
  }

  const focus = () =>
    /** @type {HTMLElement | null} */ (sides.querySelector('input:checked'))?.focus({ preventScroll: true })
  canBePulled(sides, timeline, turn)
  new ResizeObserver(() => build()).observe(sides)
  timeline.arrive()
  return {
    sides,
    inSpace: [tables.root, turn.root],
    controls: element('div', { class: 'controls' }, controls.root, ...sentence.nodes),
    paper: paper.root,
    focus,
    /**
     * @param {import('../../model/explanations.js').ViewWithResult[]} shown
     * @param {boolean} isAsking whether their outcome is asked, so that they stay at the start
     */
    show(shown, isAsking) {
      sides.toggleAttribute('data-stale', store.isStale)
      const isSame = shown.length === views.length && shown.every((view, i) => view === views[i])
      if (!isSame || isAsking !== isAsked) {
        // The stage of present mode leaves more or less room.
        const isRoomKnown =
          !store.state.present && panels.length > 0 && shown.length === views.length && rankOf(shown) === rankOf(views)
        views = shown
        isAsked = isAsking
        // It has no reason to play by itself once a question was asked.
        store.kept.hasArrived ||= isAsked
        collapses = shown.map(collapseOf)
        panels = []
        build(isRoomKnown ? room : undefined)
      }
      timeline.follow(views.length > 0)
    },
  }
}

/** Has the panels stand, and print, as the room allows. */
function arrange(sides, collapses, room) {
  sides.style.setProperty('--sides', `${room.columns}`)
  sides.style.setProperty('--aside', `${room.aside ?? 0}px`)
  sides.style.setProperty('--printed', `${sizeOfPrinted(collapses, room)}px`)
  sides.toggleAttribute('data-solo', collapses.length === 1)
}

/** Tells the page of the stage, whenever it changes. */
function stageTold(sides) {
  let told
  return (stage) => {
    if (stage !== told) sides.dispatchEvent(new CustomEvent('stagechange', { detail: { stage }, ...OUTWARDS }))
    told = stage
  }
}

/** Every stage side by side: on paper, and with less motion. */
function stillsOf(context) {
  const root = element('div', { class: 'stills' })
  let collapses = []
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting
  const fill = () => root.replaceChildren(...stills(context, collapses, characterIn(root)))
  addEventListener('beforeprint', function print() {
    if (!root.isConnected) return removeEventListener('beforeprint', print)
    fill()
  })
  return {
    root,
    show(shown) {
      collapses = shown
      clearTimeout(waiting)
      if (hasLessMotion() && shown.length && root.childElementCount) waiting = setTimeout(fill, REST)
      else if (hasLessMotion()) fill()
    },
  }
}

/** Writes a shape that a line does not break. */
const unbroken = (shape) => tuple(shape).replaceAll(' ', '\u00a0')

/** The sentence is seen, and can be read, all the time. It is told when the reader gets to another stage. */
function stageInWords({ t }) {
  const seen = element('p', { class: 'say', 'aria-hidden': 'true' })
  const read = element('p', { class: 'unseen' })
  const told = announcer()
  const write = (node, sentence) => {
    if (node.textContent !== sentence) node.textContent = sentence
  }
  let last
  return {
    nodes: [seen, read, told.root],
    show({ key, name }, heard, collapses, isTold) {
      write(seen, wordsOf(t, key, collapses, unbroken))
      const sentence = t(
        'spoken',
        wordsOf(t, heard.key, collapses, (shape) => t('spoken.shape', shape)),
      )
      write(read, sentence)
      if (isTold && key !== last) told.say(`${name(t)}. ${sentence}`)
      last = key
    },
  }
}

/** The drawing itself can be pulled sideways. A block turns. */
function canBePulled(sides, timeline, turn) {
  let isPulled = false
  let wasPulled = false
  sides.addEventListener('pointermove', ({ buttons, movementX, target }) => {
    const drawing = /** @type {Element} */ (target).closest('.press')
    if (buttons !== 1 || !drawing) return
    if (drawing.matches('.block')) return turn.drag(movementX)
    isPulled = true
    timeline.go(Math.min(1, Math.max(0, timeline.now() + movementX / PULL)))
  })
  addEventListener('pointerup', function release() {
    if (!sides.isConnected) return removeEventListener('pointerup', release)
    if (isPulled) timeline.rested()
    wasPulled = isPulled
    isPulled = false
  })
  // What is pulled is not clicked, which would pin it.
  sides.addEventListener('click', (event) => {
    if (wasPulled) event.stopPropagation()
    wasPulled = false
  })
}
