/** Where the collapse stands, from 0 to 1: moved by the reader, by playing, or by a link. */

import { createPlayer, hasLessMotion } from './player.js'

/* On arrival it plays once by itself, faster than on request: in less than five seconds. */
const ARRIVAL = 1.75

/** Unless the state says where: at the end, or, presented, at the start. */
const usualStage = ({ present }) => (present ? 0 : 1)
/** A screen of present mode, and whether it asks. Other dims are shown where the press stands. */
const screenOf = ({ state: { present, beat }, dims, isAsking }) => present && `${present} ${beat} ${dims} ${isAsking}`

/**
 * @param {import('../../state/state.js').Store} store
 * @param {HTMLElement} root it ends when this leaves the page, because it is built anew in another language
 * @param {(now: number, isTold: boolean) => void} draw `isTold`: screen readers tell of it, because the reader asked for it
 */
export function createTimeline(store, root, draw) {
  let { stage } = store.state
  const news = newsOf(store)
  const place = createPlace(store, root, draw, rested)
  const { player } = place

  /** Makes the place part of the state, and so of the link. While it moves, it is not. */
  function keep(to) {
    stage = to
    if (stage !== store.state.stage) store.update({ stage })
  }
  function rested() {
    const { now } = place
    keep(now === usualStage(store.state) ? undefined : Math.round(now * 100) / 100)
  }
  function play(from, by) {
    if (from === 0 || from === 1) keep(undefined)
    place.play(from, by)
  }
  /** Plays for a choice, or goes to the end with less motion. */
  function show() {
    if (!hasLessMotion()) return play(0, 'choice')
    reveal(store, root)
    place.go(1, 'choice')
    rested()
  }
  /** Goes to where the state says, which a presenter is told. A presenter's step on is played, unless `isFree`. */
  function goToStage(isStep, isFree) {
    const to = stage ?? usualStage(store.state)
    if (isStep && to > place.now && !isFree && !hasLessMotion()) return place.play(place.now, 'reader', to)
    const { present } = store.state
    place.go(to, present ? 'reader' : undefined, Boolean(present) && (isStep || to > 0))
  }

  return {
    now: () => place.now,
    heard: place.heard,
    isPlaying: () => player.isPlaying,
    isAwaited: place.isAwaited,
    rested,
    go: (to) => place.go(to, 'reader'),
    /** Plays for something that the reader chose. */
    play: () => play(0, 'choice'),
    toggle() {
      if (!player.isPlaying) return play(place.now, 'reader')
      player.stop()
      rested()
    },
    /** Goes where a link or the back button leads. Plays for another section. */
    follow(isShown) {
      const { isAskedFor, isElsewhere } = news()
      if (isShown && isAskedFor) return show()
      if (stage === store.state.stage && !isElsewhere) return
      // On its way to a presenter's step it goes on to the next. Played on request, it stops there.
      const isFree = player.isPlaying && (stage ?? 0) < place.now
      stage = store.state.stage
      goToStage(Boolean(store.state.present) && !isElsewhere, isFree)
    },
    arrive: () => arrive(store, root, stage !== undefined, () => player.play(1, ARRIVAL)),
  }
}

/** Where it stands, how it moves, and who is told. */
function createPlace(store, root, draw, rested) {
  const player = createPlayer(move, changed)
  const place = {
    player,
    now: store.state.stage ?? usualStage(store.state),
    /** The same for those who listen: what plays by itself changes nothing under a reader, who is at its end. */
    heard: () => (mover === 'reader' || !player.isPlaying ? place.now : 1),
    /** Whether its results are still to come, for those who listen. */
    isAwaited: () => place.now < 1 && (mover !== undefined || !player.isPlaying),
    play(from, by, to = 1) {
      mover = by
      player.play(from, 1, to)
    },
    go(to, by, isTold = Boolean(by)) {
      // It stops without a word where it is.
      mover = undefined
      player.stop()
      mover = by
      move(to, isTold)
    },
  }
  /** Who moved it last: a reader is told of each stage, who made a choice only of what it comes to. */
  let mover = /** @type {'reader' | 'choice' | undefined} */ (undefined)

  function changed() {
    const { isPlaying } = player
    draw(place.now, store.isPlaying && !isPlaying && Boolean(mover))
    if (isPlaying && mover) reveal(store, root)
    if (place.now === 1 && mover && !isPlaying) rested()
    if (store.isPlaying !== isPlaying) store.point({ isPlaying })
  }

  // Going back to the start is not told.
  function move(to, isTold = mover === 'reader' && to > place.now) {
    if (!root.isConnected) return player.stop()
    place.now = to
    draw(to, isTold)
  }
  return place
}

/** What is new since the last time: another screen, or something to play for. */
function newsOf(store) {
  let { plays } = store
  let screen = screenOf(store)
  return () => {
    const news = { isAskedFor: plays !== store.plays, isElsewhere: screen !== screenOf(store) }
    plays = store.plays
    screen = screenOf(store)
    return news
  }
}

/**
 * Brings what plays into sight, above the controls, once it is drawn; together with the story's words, from their edge on,
 * if the window has room for both. Present mode has it in sight.
 */
const reveal = ({ state }, node) =>
  queueMicrotask(() => {
    if (state.present) return
    const behavior = hasLessMotion() ? 'auto' : 'smooth'
    const room = innerHeight - parseFloat(getComputedStyle(node).scrollMarginBottom)
    const { bottom } = node.getBoundingClientRect()
    const story = node.getRootNode().querySelector('.story:not([hidden])')
    const isWhole = story && bottom - story.getBoundingClientRect().top < room
    if (isWhole && bottom > room) story.scrollIntoView({ block: 'start', behavior })
    else node.scrollIntoView({ block: 'nearest', behavior })
  })

/** Plays once when it comes into sight, unless a link says where to stand. */
function arrive({ kept, state }, root, isPlaced, play) {
  kept.hasArrived ||= isPlaced || Boolean(state.present) || hasLessMotion()
  whenSeen(root, () => {
    if (!kept.hasArrived) play()
    kept.hasArrived = true
  })
}

/** Acts once most of an element, with something in it, is in sight. */
function whenSeen(node, act) {
  const sight = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting) || !node.childElementCount) return
      sight.disconnect()
      act()
    },
    { threshold: 0.6 },
  )
  sight.observe(node)
}
