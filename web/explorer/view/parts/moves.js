/** The ways through the steps: Back, Next, Play, a button for each phase, and the arrow keys. */
import { choice, element } from '../dom.js'
import { player } from './player.js'
import { isModified } from './rove.js'
import { PHASES } from './steps.js'

/**
 * @param {import('../sections.js').Context} context
 * @param {(to: number, how?: { isNavigation: boolean }) => void} go goes to a step, and calls `update`
 */
export function stepMoves(context, go) {
  const { t } = context
  let at = 0
  /** @type {import('./steps.js').Step[]} */
  let steps = []
  const back = choice(t('stepper.back'), () => move(at - 1))
  const next = choice(t('stepper.next'), () => move(at + 1))
  const progress = element('p', { class: 'progress' })
  const phases = Object.entries(PHASES).map(([phase, name]) =>
    choice(name(t), () => move(steps.findIndex((step) => step.phase === phase))),
  )
  const { button: play, pause } = player(context, () => {
    go(isLast() ? 0 : at + 1)
    return { words: steps[at].words, isLast: isLast() }
  })
  const isLast = () => at === steps.length - 1

  /** A step by the reader, which the browser's back button undoes. */
  function move(to, isNavigation = true) {
    pause()
    if (steps[to]) go(to, { isNavigation })
  }

  return {
    buttons: element(
      'div',
      { class: 'choices moves', role: 'group', 'aria-label': t('stepper.moves') },
      back,
      next,
      play,
      progress,
    ),
    phases: element(
      'ol',
      { class: 'phases', 'aria-label': t('stepper.phases') },
      ...phases.map((one) => element('li', {}, one)),
    ),
    update(now, all) {
      at = now
      steps = all
      phases.forEach((one, i) => {
        if (Object.keys(PHASES)[i] === steps[at].phase) one.setAttribute('aria-current', 'step')
        else one.removeAttribute('aria-current')
      })
      // Not disabled: that would take the focus from a reader who reaches the end.
      back.setAttribute('aria-disabled', `${at === 0}`)
      next.setAttribute('aria-disabled', `${isLast()}`)
      progress.textContent = t('stepper.progress', at + 1, steps.length)
    },
    /** Steps with ← and →, except in the list of outputs. */
    keyPressed(event) {
      const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
      if (!way || event.target.matches('select') || isModified(event)) return
      event.preventDefault()
      // Holding a key down makes a single history entry.
      move(at + way, !event.repeat)
    },
  }
}
