/** Where the collapse stands, from 0 to 1: moved by the reader, by playing, or by a link. */

import { createPlayer, hasLessMotion } from './player.js'

/* On arrival it plays once by itself, faster than on request: in less than five seconds. */
const ARRIVAL = 1.75

/** Unless the state says where: at the end, or, presented, at the start. */
const usualStage = ({ present }) => (present ? 0 : 1)
/** A screen of present mode. Other dims are shown where the press stands. */
const screenOf = ({ state: { present, beat }, dims }) => present && `${present} ${beat} ${dims}`

/**
 * @param {import('../../state/state.js').Store} store
 * @param {HTMLElement} root it ends when this leaves the page, because it is built anew in another language
 * @param {(now: number, isTold: boolean) => void} draw `isTold`: screen readers tell of it, because the
 *   reader asked for it
 */
export function createTimeline(store, root, draw) {
  let { stage } = store.state
  let { plays } = store
  let screen = screenOf(store)
  let now = stage ?? usualStage(store.state)
  /** Who moved it last: a reader is told of each stage, who made a choice only of what it comes to. */
  let mover = /** @type {'reader' | 'choice' | undefined} */ (undefined)
  const player = createPlayer(move, changed)

  function changed() {
    const hasStopped = store.isPlaying && !player.isPlaying
    draw(now, hasStopped && Boolean(mover))
    if (player.isPlaying && mover) reveal(store, root)
    if (now === 1 && mover && !player.isPlaying) rested()
    if (store.isPlaying !== player.isPlaying) store.point({ isPlaying: player.isPlaying })
  }

  function move(to) {
    if (!root.isConnected) return player.stop()
    // Going back to the start is not told.
    const isTold = player.isPlaying ? mover === 'reader' && to >= now : Boolean(mover)
    now = to
    draw(now, isTold)
  }
  /** Makes the place part of the state, and so of the link. While it moves, it is not. */
  function keep(to) {
    stage = to
    if (stage !== store.state.stage) store.update({ stage })
  }
  const rested = () => keep(now === usualStage(store.state) ? undefined : Math.round(now * 100) / 100)
  /** Stops without a word where it is. */
  function halt() {
    mover = undefined
    player.stop()
  }
  function go(to, by) {
    halt()
    mover = by
    move(to)
  }
  function play(from, by) {
    mover = by
    if (from === 0 || from === 1) keep(undefined)
    player.play(from)
  }

  return {
    now: () => now,
    /** The same for those who listen: what plays by itself changes nothing under a reader, who is at its end. */
    heard: () => (mover === 'reader' || !player.isPlaying ? now : 1),
    isPlaying: () => player.isPlaying,
    /** Whether its results are still to come, for those who listen. */
    isAwaited: () => now < 1 && (mover !== undefined || !player.isPlaying),
    rested,
    go: (to) => go(to, 'reader'),
    /** Plays for something that the reader chose. */
    play: () => play(0, 'choice'),
    toggle() {
      if (!player.isPlaying) return play(now, 'reader')
      player.stop()
      rested()
    },
    /** Goes where a link or the back button leads. Plays for another section, or goes to the end with less motion. */
    follow(isShown) {
      const isElsewhere = screen !== screenOf(store)
      const isAskedFor = isShown && plays !== store.plays
      screen = screenOf(store)
      plays = store.plays
      if (isAskedFor && !hasLessMotion()) return play(0, 'choice')
      if (isAskedFor) {
        reveal(store, root)
        go(1, 'choice')
        return rested()
      }
      if (stage === store.state.stage && !isElsewhere) return
      // On its way to a presenter's step it goes on to the next, and is told. Played on request, it stops there.
      const isFree = player.isPlaying && (stage ?? 0) < now
      stage = store.state.stage
      const to = stage ?? usualStage(store.state)
      if (screen && to > now && !isFree && !isElsewhere && !hasLessMotion()) {
        mover = 'reader'
        return player.play(now, 1, to)
      }
      now = to
      halt()
      if (!screen) return
      mover = 'reader'
      draw(now, now > 0 || !isElsewhere)
    },
    arrive: () => arrive(store, root, stage !== undefined, () => player.play(1, ARRIVAL)),
  }
}

/** Brings what plays into sight, above the controls, once it is drawn. Present mode has it in sight. */
const reveal = ({ state }, node) =>
  queueMicrotask(() => {
    const behavior = hasLessMotion() ? 'auto' : 'smooth'
    if (!state.present) node.scrollIntoView({ block: 'nearest', behavior })
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
