/** Present mode: which screens there are, and what the next key does. A screen is a beat of the story, or a section. */
import { BEATS, beatOf, choose, chosenIn, isAsked, isQuestion, isTold, STORY } from './beats.js'
import { MISCONCEPTIONS, viewsOf } from './misconceptions.js'
import { nextQuestion, question } from './questions.js'

/** @typedef {{ name: string, beat?: import('./beats.js').Beat }} Screen */
/** @typedef {import('../state/state.js').Store} Store */
/**
 * @typedef {object} Way
 * @property {number[]} ats where the stages of the collapse are, if it is there
 * @property {number} [at] where it stands
 * @property {boolean} [isBack]
 */

/** Not a screen of their own. The story's screen stands for the collapse, which is always there, and asks what to predict. */
const PARTS = [STORY, 'collapse', 'contents', 'predict', 'notes']
/** Sections with results, which are covered until the next key. */
const COVERED = ['panels', 'angles', 'attention', 'code']
const QUIZ = 'quiz'
/* One at a time, each in two steps: what one may believe, and what is true. */
export const CARDS = 'cards'
const CARD_STEPS = 2 * MISCONCEPTIONS.length

/** The steps of the lesson, if each film is watched to its end. */
export const LESSON_STEPS = 18

/** The sections that can have a screen. @param {string[]} names of all sections */
export const presentable = (names) => names.filter((name) => !PARTS.includes(name))

/**
 * @param {import('../state/state.js').State} state
 * @param {string[]} sections those that are chosen
 * @returns {Screen[]}
 */
export function screensOf(state, sections) {
  const told = isTold(state) ? BEATS.map((beat) => ({ name: STORY, beat })) : [{ name: STORY }]
  return [...told, ...presentable(sections).map((name) => ({ name }))]
}

/** The place of the screen that is shown. */
export function placeIn(screens, state) {
  const beat = beatOf(state)
  const place = screens.findIndex((one) =>
    state.present === STORY ? one.name === STORY && (one.beat ?? beat) === beat : one.name === state.present,
  )
  return Math.max(place, 0)
}

const rightIn = (choices) => choices.findIndex(({ isRight }) => isRight)

/** The place of the card that is presented. */
export const cardIn = ({ kept }) => Math.floor((kept.cardStep ?? 0) / 2)

/** What the card that is presented says: what one may believe, or what is true. */
export function cardWords(store) {
  const { wrong, truth, shown } = MISCONCEPTIONS[cardIn(store)]
  return isCovered(store) ? wrong : (t) => t('spoken', truth(t, viewsOf(shown)))
}

/** Whether a section's results, a card's truth, or the quiz's answer, are still covered. */
export function isCovered({ state, kept }) {
  if (state.present === CARDS) return (kept.cardStep ?? 0) % 2 === 0
  if (state.present !== QUIZ) return COVERED.includes(state.present) && kept.uncovered !== state.present
  return kept.quiz?.number !== state.quiz || kept.quiz.checked !== rightIn(question(state.quiz).options)
}

/**
 * A step on, or back, which undoes it. Within a screen it answers a question, says the next phrase, moves the press, or
 * uncovers the results.
 * @param {Store} store
 * @param {Screen[]} screens
 * @param {Way} way
 * @returns whether there was one
 */
export function step(store, screens, way) {
  const { state } = store
  const stepIn =
    { [STORY]: stepInStory, [CARDS]: stepInCards, [QUIZ]: stepInQuiz }[state.present ?? ''] ?? stepInSection
  return stepIn(store, way) || skip(store, screens, way.isBack, way.isBack)
}

/**
 * To the next screen, or to the one before: to its beginning, or as it was left.
 * @returns whether there is one
 */
export function skip(store, screens, isBack, isAsLeft = false) {
  const screen = screens[placeIn(screens, store.state) + (isBack ? -1 : 1)]
  if (screen) goTo(store, screen, isAsLeft)
  return Boolean(screen)
}

/** Whether there was a step within the story's screen. */
function stepInStory(store, { ats, at = 0, isBack = false }) {
  const { state } = store
  const beat = beatOf(state)
  if (isTold(state) && isQuestion(beat) && (isBack ? chosenIn(store, beat) : isAsked(store))) {
    if (isBack) unsay(store, beat)
    else choose(store, beat, rightIn(beat.choices), true)
    return true
  }
  const isWhole = isTold(state) && beat !== BEATS[0]
  const stops = ats.filter((_, i) => !isWhole || i === 0 || i === ats.length - 1)
  const last = stops[stops.length - 1]
  const stage = state.stage ?? 0
  if (isTold(state) && beat.choices && !isQuestion(beat)) return sayPhrase(store, beat, isBack)
  // While it plays it is further than the state says, or on its way there.
  const now = store.isPlaying ? Math.max(stage, at) : stage
  const next = isBack ? stops.filter((one) => one < now).at(-1) : stops.find((one) => one > now)
  if (next === undefined) return false
  // One key for the whole film, and the next one for its end. The first screen has shown each stage.
  if (isWhole && now === 0 && next === last && !store.isPlaying) store.play()
  else store.update({ stage: next })
  return true
}

/**
 * Says the next phrase, or the one before.
 * @param {Store} store
 * @param {import('./beats.js').Beat} beat
 * @param {boolean} isBack
 */
function sayPhrase(store, beat, isBack) {
  const { key, choices = [] } = beat
  const place = (store.kept.chosen?.[key] ?? -1) + (isBack ? -1 : 1)
  if (place < -1 || place === choices.length) return false
  if (place >= 0) choose(store, beat, place)
  else unsay(store, beat)
  return true
}

/** Takes back what was chosen. @param {Store} store @param {import('./beats.js').Beat} beat */
function unsay(store, { key, changes }) {
  store.kept.chosen = { ...store.kept.chosen, [key]: undefined }
  store.update({ dims: changes.dims, stage: undefined })
}

/** Whether there was a step within a section's screen. */
function stepInSection(store, { isBack = false }) {
  const { state, kept } = store
  if (isCovered(store) === isBack || !COVERED.includes(state.present)) return false
  kept.uncovered = isBack ? undefined : state.present
  store.point({})
  return true
}

function stepInCards(store, { isBack = false }) {
  const next = (store.kept.cardStep ?? 0) + (isBack ? -1 : 1)
  if (next < 0 || next === CARD_STEPS) return false
  store.kept.cardStep = next
  store.point({})
  return true
}

/** The answer, and then another question, without an end. */
function stepInQuiz(store, { isBack = false }) {
  const { state, kept } = store
  const { asked = [] } = kept
  const isAnswered = !isCovered(store)
  const isOther = isAnswered !== isBack
  if (isOther && isBack && !asked.length) return false
  const quiz = isOther ? (isBack ? asked.at(-1) : nextQuestion(state.quiz)) : state.quiz
  if (isOther) kept.asked = isBack ? asked.slice(0, -1) : [...asked, state.quiz]
  kept.quiz = isAnswered ? undefined : answered(quiz)
  store.update({ quiz })
  return true
}

/** The quiz, with the right answer given by the page. */
function answered(number) {
  const right = rightIn(question(number).options)
  return { number, chosen: right, checked: right, isChecked: true, isGiven: true }
}

/**
 * Goes to a screen. It begins with its results hidden, or, on the way back, as it was left.
 * @param {Store} store
 * @param {Screen} screen
 * @param {boolean} [isBack]
 */
export function goTo(store, screen, isBack = false) {
  const { state, kept } = store
  if (state.present === STORY) kept.left = [state.a, state.b]
  kept.uncovered = isBack ? screen.name : undefined
  if (!isBack && screen.beat) kept.chosen = { ...kept.chosen, [screen.beat.key]: undefined }
  if (!isBack && screen.name === QUIZ) kept.quiz = kept.asked = undefined
  if (screen.name === CARDS) kept.cardStep = isBack ? CARD_STEPS - 1 : 0
  store.update(changesTo(screen, store, isBack))
}

/**
 * What going to a screen changes. Numbers that were changed in a beat stay, and what they give is hidden anew.
 * @param {Screen} screen
 * @param {Store} store
 * @param {boolean} isBack
 */
function changesTo({ name, beat }, store, isBack) {
  const { state, kept } = store
  if (name !== STORY) return { present: name }
  const isSame = state.present === STORY || !kept.left || (kept.left[0] === state.a && kept.left[1] === state.b)
  const numbers = beat && beat !== beatOf(state) ? beat.changes : {}
  const { dims } = (isBack && beat && chosenIn(store, beat)?.changes) || {}
  return { ...numbers, ...(dims && { dims }), present: STORY, stage: isBack && isSame ? 1 : undefined }
}

/**
 * Where it begins: at the screen that was left last, or else at the first.
 * @param {Pick<Store, 'kept'>} store
 * @param {string[]} hide all sections that are not chosen
 * @returns {{ present: string, beat: import('./beats.js').Beat }}
 */
export function startOf({ kept: { ended } }, hide) {
  return ended && !hide.includes(ended.present) ? ended : { present: STORY, beat: BEATS[0] }
}

/**
 * @param {Store} store
 * @param {string[]} hide all sections that are not chosen
 */
export function begin(store, hide) {
  const { kept, state } = store
  kept.before = state
  kept.chosen = kept.uncovered = undefined
  const { present, beat } = startOf(store, hide)
  const numbers = isTold({ hide }) ? beat.changes : {}
  store.update({ ...numbers, hide, present, stage: undefined }, { isNavigation: true })
}

/** Afterwards everything is as before, unless it began with a link. @param {Store} store */
export function end(store) {
  const { state, kept } = store
  kept.ended = { present: state.present, beat: beatOf(state) }
  const stage = state.stage === 1 ? undefined : state.stage
  store.update({ ...state, stage, ...kept.before, lang: state.lang, present: undefined }, { isNavigation: true })
  kept.before = undefined
}
