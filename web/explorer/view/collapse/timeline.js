/** Where the collapse stands, from 0 to 1: moved by the reader, by playing, or by a link. */

import { createPlayer, hasLessMotion } from './player.js'

/* On arrival it plays once by itself, faster than on request: in less than five seconds. */
const ARRIVAL = 1.75

/** Unless the state says where: at the end, or, presented, at the start. */
const usualStage = ({ present }) => (present ? 0 : 1)

/**
 * @param {import('../../state/state.js').Store} store
 * @param {HTMLElement} root it ends when this leaves the page, because it is built anew in another language
 * @param {(now: number, isTold: boolean) => void} draw `isTold`: the reader asked for it, so screen readers tell of it
 */
export function createTimeline(store, root, draw) {
  let { stage } = store.state
  let { plays } = store
  let now = stage ?? usualStage(store.state)
  let isAsked = false
  /** Whether the reader goes from stage to stage, and not something that says itself what it comes to. */
  let isLed = false
  const player = createPlayer(move, changed)

  function changed() {
    draw(now, false)
    if (now === 1 && isAsked && !player.isPlaying) rested()
    if (store.isPlaying !== player.isPlaying) store.point({ isPlaying: player.isPlaying })
  }

  function move(to) {
    if (!root.isConnected) return player.stop()
    // Going back to the start is not told.
    const isRewinding = player.isPlaying && to < now
    now = to
    draw(now, isLed && !isRewinding)
  }

  /** Makes the place part of the state, and so of the link. While it moves, it is not. */
  function rested() {
    stage = now === usualStage(store.state) ? undefined : Math.round(now * 100) / 100
    if (stage !== store.state.stage) store.update({ stage })
  }

  return {
    get now() {
      return now
    },
    /** The same for those who listen: what plays by itself changes nothing under a reader, who is at its end. */
    get heard() {
      return isLed || !player.isPlaying ? now : 1
    },
    get isPlaying() {
      return player.isPlaying
    },
    rested,
    go(to, isByReader = true) {
      player.stop()
      isAsked = true
      isLed = isByReader
      move(to)
    },
    /** Plays for something that the reader chose. */
    play(from = now) {
      isAsked = true
      isLed = false
      player.play(from)
    },
    toggle() {
      isAsked = isLed = true
      if (!player.isPlaying) return player.play(now)
      player.stop()
      rested()
    },
    /** Goes where a link or the back button leads. Plays for another section, or goes to the end with less motion. */
    follow(isShown) {
      if (plays !== store.plays) {
        plays = store.plays
        if (isShown) return hasLessMotion() ? this.go(1, false) : this.play(0)
      }
      if (stage === store.state.stage) return
      stage = store.state.stage
      const to = stage ?? usualStage(store.state)
      // A presenter's step is told, as a reader's is.
      if (store.state.present) isAsked = isLed = true
      if (store.state.present && to > now && !hasLessMotion()) return player.play(now, 1, to)
      now = to
      if (store.state.present) draw(now, true)
      player.stop()
    },
    arrive: () => arrive(store, root, stage, player),
  }
}

/** Plays once when it comes into sight, unless a link says where to stand. */
function arrive({ kept, state }, root, stage, player) {
  kept.hasArrived ||= stage !== undefined || Boolean(state.present) || hasLessMotion()
  whenSeen(root, () => {
    if (!kept.hasArrived) player.play(1, ARRIVAL)
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
