/**
 * A beat's choices: the answers to its question, phrases that mean a dim, or examples. One tap chooses, the press plays, and a
 * sentence says what to make of it. It is heard at once. It is seen after the press has shown why; until then, what was
 * chosen is.
 */

import { choicesIn, choose, isQuestion, shownChoice } from '../../model/beats.js'
import { choice, element, prose } from '../dom.js'

/**
 * @param {import('../sections.js').Context} context
 * @param {HTMLElement} more a link that stands beside them
 */
export function beatChoices({ store, t }, more) {
  const buttons = element('div', {
    class: 'choices',
    role: 'group',
    'aria-labelledby': 'story',
    'aria-describedby': 'story-words',
  })
  const said = element('div', { class: 'said', role: 'status' })
  let drawn
  /** @type {import('../../model/beats.js').Choice[]} */
  let choices = []
  let spoken
  let isSeen = false

  /** Whether the press plays is known once everything is drawn. */
  function say() {
    const isWaiting = drawn && isQuestion(drawn) && store.isPlaying
    const spoke = drawn && shownChoice(store, drawn)
    if (spoke !== spoken) {
      isSeen = false
      said.replaceChildren(...(spoke ? [verdict(spoke, t)] : []))
    }
    spoken = spoke
    // What was seen once stays.
    isSeen ||= !isWaiting
    said.firstElementChild?.classList.toggle('unseen', !isSeen)
    const marked = isSeen || !store.kept.isGiven ? spoke : undefined
    if (spoke && !isSeen) said.dataset.watch = t('story.watch', marked?.name(t))
    else delete said.dataset.watch
    choices.forEach((one, i) => {
      buttons.children[i].setAttribute('aria-pressed', `${one === marked}`)
    })
  }

  return {
    root: element('div', { class: 'answers' }, buttons, more, said),
    /** @param {import('../../model/beats.js').Beat} beat */
    draw(beat) {
      if (beat !== drawn) {
        drawn = beat
        choices = store.state.present ? (beat.choices ?? []) : choicesIn(beat)
        buttons.replaceChildren(...choices.map(({ name }, i) => choice(name(t), () => choose(store, beat, i))))
        buttons.parentElement?.toggleAttribute('hidden', !choices.length)
      }
      queueMicrotask(say)
    },
  }
}

function verdict({ isRight, says }, t) {
  const sentence = says(t)
  const kind = isRight === undefined ? '' : isRight ? 'right' : 'wrong'
  const words = { '': sentence, right: t('story.right', sentence), wrong: t('quiz.isWrong', sentence) }
  return element('p', { class: `verdict ${kind}` }, ...prose(words[kind]))
}
