/** Plays something step by step: a button that starts and pauses, and the pauses in which a step can be read. */
import { choice } from '../dom.js'

/*
 * How long a step is shown, in ms: LOOK for its numbers, plus WORD for each word, which is 240 words a minute. Two
 * Chinese characters count as one word.
 */
const LOOK = 1000
const WORD = 250
const timeFor = (words) => LOOK + WORD * words.match(/\p{Script=Han}{1,2}|[^\s\p{Script=Han}]+/gu).length

/**
 * @param {import('../sections.js').Context} context
 * @param {() => { words: string, isLast: boolean }} advance goes to the next step, or from the last to the first
 */
export function player({ t }, advance) {
  const lessMotion = matchMedia('(prefers-reduced-motion: reduce)')
  let timer
  const button = choice(t('stepper.play'), () => (timer ? pause() : start()))
  button.classList.add('play')

  /** Advances now, and keeps going until the end. */
  function start() {
    const { words, isLast } = advance()
    button.textContent = t('stepper.pause')
    timer = setTimeout(() => (button.isConnected && !lessMotion.matches ? start() : pause()), timeFor(words))
    if (isLast) pause()
  }

  function pause() {
    clearTimeout(timer)
    timer = undefined
    button.textContent = t('stepper.play')
  }
  return { button, pause }
}
