/** Plays the collapse: moves t through the stages at their pace, or, with reduced motion, from stage to stage. */

import { nextAfter, tAfter, timeTo, WHOLE_TIME } from './stages.js'

export const hasLessMotion = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/* How long a stage stands when nothing moves in between, and how long going back to the start takes, in ms. */
const STILL = 1500
const REWIND = 450

/**
 * @param {(t: number) => void} show called for every t on the way
 * @param {() => void} changed called when playing starts or stops
 */
export function createPlayer(show, changed) {
  /** @type {(() => void) | undefined} */
  let cancel

  function stop() {
    cancel?.()
    cancel = undefined
    changed()
  }

  /**
   * @param {number} t where to start; at the end it goes back first
   * @param {number} [speed]
   * @param {number} [to] where to stop
   */
  function play(t, speed = 1, to = 1) {
    cancel?.()
    if (hasLessMotion()) step(t === 1 ? 0 : t)
    else if (t === 1)
      run(
        0,
        REWIND,
        1,
        (time) => 1 - time / REWIND,
        () => play(0, speed),
      )
    else run(timeTo(t), to === 1 ? WHOLE_TIME : timeTo(to), speed, tAfter, stop)
    changed()
  }

  /** Runs a clock from one time to another. */
  function run(from, to, speed, tAt, end) {
    let start
    const next = () => {
      const id = requestAnimationFrame(frame)
      cancel = () => cancelAnimationFrame(id)
    }
    const frame = (now) => {
      if (hasLessMotion()) return stop()
      start ??= now
      const time = Math.min(to, from + (now - start) * speed)
      next()
      show(tAt(time))
      if (time === to) {
        cancel?.()
        end()
      }
    }
    next()
  }

  function step(t) {
    const id = setTimeout(() => {
      const at = nextAfter(t)
      if (at < 1) step(at)
      else {
        show(at)
        stop()
      }
    }, STILL)
    cancel = () => clearTimeout(id)
    show(t)
  }

  return {
    play,
    stop,
    get isPlaying() {
      return cancel !== undefined
    },
  }
}
