/** Present mode: which screens there are, and what the next key does. A screen is a beat of the story, or a section. */
import { BEATS, beatOf, isAsked, isTold, STORY } from './beats.js'

/** @typedef {{ name: string, beat?: import('./beats.js').Beat }} Screen */

/** Not a screen of their own. The story's screen stands for the collapse, which is always there. */
const PARTS = [STORY, 'collapse', 'contents']
/** Sections with results, which are covered until the next key. */
const COVERED = ['panels', 'angles', 'attention']

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

/** Whether a section's results are still covered. */
export const isCovered = ({ state, kept }) => COVERED.includes(state.present) && kept.uncovered !== state.present

/**
 * What going to a screen changes: it begins with its results hidden, or, on the way back, as it was left. Numbers that were
 * changed in a beat stay.
 * @param {Screen} screen
 */
function changesTo({ name, beat }, state, isBack) {
  if (name !== STORY) return { present: name }
  const numbers = beat && beat !== beatOf(state) ? beat.changes : {}
  return { ...numbers, present: STORY, stage: isBack ? 1 : undefined }
}

/**
 * A step on or back. Within a screen it answers a question, goes to another stage, or uncovers the results.
 * @param {import('../state/state.js').Store} store
 * @param {Screen[]} screens
 * @param {{ ats: number[], isBack?: boolean }} how where the stages of the collapse are, if it is there
 */
export function step(store, screens, { ats, isBack = false }) {
  const { state, kept } = store
  if (state.present === STORY) {
    if (!isBack && isAsked(store)) return answer(store)
    const now = state.stage ?? 0
    const stage = isBack ? ats.filter((at) => at < now).at(-1) : ats.find((at) => at > now)
    if (stage !== undefined) return store.update({ stage })
  } else if (isCovered(store) !== isBack && COVERED.includes(state.present)) {
    kept.uncovered = isBack ? undefined : state.present
    return store.point({})
  }
  const screen = screens[placeIn(screens, state) + (isBack ? -1 : 1)]
  if (!screen) return
  kept.uncovered = isBack ? screen.name : undefined
  if (screen.beat && !isBack) kept.chosen = { ...kept.chosen, [screen.beat.key]: undefined }
  store.update(changesTo(screen, state, isBack))
}

/** Gives the right answer to the beat's question. */
function answer(store) {
  const { key, choices = [] } = beatOf(store.state)
  store.kept.chosen = { ...store.kept.chosen, [key]: choices.findIndex(({ isRight }) => isRight) }
  store.point({})
}

/**
 * @param {import('../state/state.js').Store} store
 * @param {string[]} hide all sections that are not chosen
 */
export function begin(store, hide) {
  store.kept.before = store.state
  store.kept.chosen = undefined
  const numbers = isTold({ hide }) ? BEATS[0].changes : {}
  store.update({ ...numbers, hide, present: STORY, stage: undefined }, { isNavigation: true })
}

/** Afterwards everything is as before, unless it began with a link. @param {import('../state/state.js').Store} store */
export function end(store) {
  const { state, kept } = store
  const stage = state.stage === 1 ? undefined : state.stage
  store.update({ ...state, stage, ...kept.before, lang: state.lang, present: undefined }, { isNavigation: true })
  kept.before = undefined
}
