/** A press for each dim, all in step under one scrubber, with the stage in words below. */

import { element, tuple } from '../dom.js'
import { announcer } from '../parts/announcer.js'
import { patch } from '../patch.js'
import { tableButton } from '../space/tables.js'
import { turning } from '../space/turn.js'
import { pressPanels } from './panels.js'
import { hasLessMotion } from './player.js'
import { characterIn } from './room.js'
import { scrubber, WORDS } from './scrubber.js'
import { STAGES, stageAt } from './stages.js'
import { stills } from './stills.js'
import { createTimeline } from './timeline.js'
import { heardOf, wordsOf } from './words.js'

/* How far the drawing is pulled from start to end, in pixels. */
const PULL = 600
/* The stills are many drawings. They follow an edit once typing rests this long, in ms. */
const REST = 200

const OUTWARDS = { bubbles: true, composed: true }

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
  const panels = pressPanels(context, sides, { choose, changed })

  function choose(dim) {
    if (`${store.dims}` !== `${dim}`) store.update({ dims: [dim] }, { isNavigation: true })
    panels.focus()
    timeline.play()
  }

  function changed() {
    tables.update()
    draw(timeline.now(), false)
    paper.show(panels.isAsked ? [] : panels.collapses)
  }

  function draw(now, isTold) {
    const { collapses, isAsked } = panels
    const [t, heard] = isAsked ? [0, 0] : [now, timeline.heard()]
    panels.draw(t, turn.now, heard)
    controls.show(t, timeline.isPlaying())
    tellPage(t)
    store.isAwaited = collapses.length > 0 && timeline.isAwaited()
    if (!collapses.length) return
    const isWhole = sentence.show(STAGES[stageAt(t)], STAGES[stageAt(heard)], collapses, {
      isTold,
      isPlaying: timeline.isPlaying(),
    })
    if (isTold && isWhole) store.told = store.views
  }

  canBePulled(sides, timeline, turn)
  timeline.arrive()
  return {
    sides,
    inSpace: [tables.root, turn.root],
    controls: element('div', { class: 'controls' }, controls.root, ...sentence.nodes),
    paper: paper.root,
    focus: panels.focus,
    /**
     * @param {import('../../model/explanations.js').ViewWithResult[]} views
     * @param {boolean} isAsking whether their outcome is asked, so that they stay at the start
     */
    show(views, isAsking) {
      sides.toggleAttribute('data-stale', store.isStale)
      // It has no reason to play by itself once a question was asked.
      store.kept.hasArrived ||= isAsking
      panels.show(views, isAsking)
      timeline.follow(views.length > 0)
    },
  }
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
  const fill = () => patch(root, ...stills(context, collapses, characterIn(root)))
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

/* Shapes, indices, and numbers with what they count in Chinese: no line breaks in them. */
const WHOLE = /\[[^\]]*\]|\([^)]*\)|第 \d+ .|\d+ 个/g
const unbroken = (sentence) => sentence.replace(WHOLE, (part) => part.replaceAll(' ', '\u00a0'))

/**
 * The sentence is seen, and can be read, all the time. It is told when the reader gets to another stage; while it plays,
 * only the stage's name is, because sentences would pile up.
 */
function stageInWords({ t }) {
  const seen = element('p', { class: 'say', 'aria-hidden': 'true' })
  const read = element('p', { class: 'unseen', id: WORDS })
  const told = announcer()
  const write = (node, sentence) => {
    if (node.textContent !== sentence) node.textContent = sentence
  }
  /** What was told, as long as the same stage of the same collapses is shown. */
  let last
  let known
  return {
    nodes: [seen, read, told.root],
    /** @returns whether the results can be heard */
    show({ key, name }, heard, collapses, { isTold, isPlaying }) {
      write(seen, unbroken(wordsOf(t, key, collapses, tuple)))
      write(read, heardOf(t, heard.key, collapses))
      const words = isPlaying ? name(t) : read.textContent
      const isOther = collapses !== known?.collapses || key !== known.key
      if (isOther) last = undefined
      known = { collapses, key }
      // After what a choice says itself.
      if (isTold && words !== last && (isOther || !isPlaying)) queueMicrotask(() => told.say(words))
      if (isTold) last = words
      return !isPlaying && key === 'cosine'
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
