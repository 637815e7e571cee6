/**
 * The story: five beats, told on the press. A beat sets A, B and the dims. Some have choices, each with a sentence: the
 * answers to a question, phrases that mean a dim, or examples. A new beat needs an entry here, and its texts.
 */
import { beginning, PRESETS } from './presets.js'
import { hasSameShape, typed } from './tensors.js'

/** The story's name as a section, and as a screen. */
export const STORY = 'story'

/** @typedef {(t: import('../texts/languages.js').Translate) => string} Say */
/** @typedef {import('../state/state.js').State} State */

/**
 * @typedef {object} Choice
 * @property {Say} name
 * @property {Say} says what is said once it is chosen
 * @property {boolean} [isRight] given if the choices answer a question
 * @property {Partial<State>} [changes] what a phrase means, or an example shows
 */

/**
 * @typedef {object} Beat
 * @property {string} key its name in links
 * @property {Say} title
 * @property {Say} [lead] what the button that leads here says
 * @property {(t: import('../texts/languages.js').Translate, dims: number[]) => string} words two short sentences at most,
 *   about the dims that are shown
 * @property {Say} [asks] what a presenter's screen says instead, before anything is shown
 * @property {Say} [ends] and what it says once the press is at its end
 * @property {Partial<State> & Pick<State, 'a' | 'b' | 'beat'>} changes
 * @property {Choice[]} [choices]
 * @property {Choice[]} [examples] for those who read on their own
 */

const numbersOf = (name) => {
  const { a, b } = /** @type {import('./presets.js').Preset} */ (PRESETS.find(({ key }) => key === name)).changes
  return { a, b }
}

/** A beat starts over, as an example does. */
const started = ({ key, changes }) => beginning({ stage: undefined, predict: undefined, ...changes, beat: key })

/** @type {Beat[]} */
export const BEATS = [
  {
    key: 'square',
    title: (t) => t('story.square'),
    words: (t) => t('story.squareWords'),
    asks: (t) => t('present.squareAsks'),
    changes: numbersOf('2x2'),
  },
  {
    key: 'which',
    title: (t) => t('story.which'),
    lead: (t) => t('story.whichLead'),
    words: (t, dims) => t('story.whichWords', dims),
    changes: { ...numbersOf('2x3'), dims: [0] },
    choices: [
      { name: () => '2', isRight: false, says: (t) => t('story.whichTwo') },
      { name: () => '3', isRight: true, says: (t) => t('story.whichThree') },
      { name: () => '6', isRight: false, says: (t) => t('story.whichSix') },
      { name: (t) => t('story.anError'), isRight: false, says: (t) => t('story.whichError') },
    ],
  },
  {
    key: 'names',
    title: (t) => t('story.names'),
    lead: (t) => t('story.namesLead'),
    words: (t) => t('story.namesWords'),
    changes: numbersOf('2x3'),
    choices: [
      { name: (t) => t('story.perRow'), changes: { dims: [1] }, says: (t) => t('story.perRowSays') },
      { name: (t) => t('story.overRows'), changes: { dims: [0] }, says: (t) => t('story.overRowsSays') },
      { name: (t) => t('story.alongRow'), changes: { dims: [1] }, says: (t) => t('story.alongRowSays') },
      { name: (t) => t('story.perColumn'), changes: { dims: [0] }, says: (t) => t('story.perColumnSays') },
      { name: (t) => t('story.numpy'), changes: { dims: [0] }, says: (t) => t('story.numpySays') },
      { name: () => 'dim=-1', changes: { dims: [-1] }, says: (t) => t('story.lastSays') },
    ],
  },
  {
    key: 'three',
    title: (t) => t('story.three'),
    lead: (t) => t('story.threeLead'),
    words: (t, dims) => t('story.threeWords', dims),
    changes: { ...numbersOf('2x3x4'), dims: [1] },
    choices: [
      { name: () => '(3, 4)', isRight: false, says: (t) => t('story.threeFirst') },
      { name: () => '(2, 4)', isRight: true, says: (t) => t('story.threeMiddle') },
      { name: () => '(2, 3)', isRight: false, says: (t) => t('story.threeLast') },
      { name: () => '(2, 1, 4)', isRight: false, says: (t) => t('story.threeKept') },
    ],
  },
  {
    key: 'own',
    title: (t) => t('story.own'),
    lead: (t) => t('story.ownLead'),
    words: (t) => t('story.ownWords'),
    asks: (t) => t('collapse.invite'),
    ends: (t) => `*${t('present.sentence')}*`,
    changes: numbersOf('3x2'),
    examples: [
      {
        name: (t) => t('story.broadcast'),
        changes: { a: numbersOf('2x3').b, b: typed([3], '1 2 2'), dims: [0, 1] },
        says: (t) => t('story.broadcastSays'),
      },
      { name: () => 'dim=2', changes: { ...numbersOf('2x3'), dims: [2] }, says: (t) => t('story.noDimSays') },
    ],
  },
].map((beat) => ({ ...beat, changes: started(beat) }))

/** The beat that was chosen, as long as A and B have its shapes: what it says is true of any numbers. */
export const toldBeat = ({ beat, a, b }) =>
  BEATS.find(({ key, changes }) => key === beat && hasSameShape(a, changes.a) && hasSameShape(b, changes.b))

/** The beat that the reader is at. With other shapes, that is the last. */
export const beatOf = (state) => toldBeat(state) ?? BEATS[BEATS.length - 1]

/**
 * What a beat says. A presenter's screen asks first, and may say something else in the end.
 * @returns {Say}
 */
export function wordsIn({ state: { present, stage }, isPlaying, dims }, { words, asks = words, ends = asks }) {
  const say = !present ? words : stage === 1 && !isPlaying ? ends : asks
  return (t) => say(t, dims)
}

/** The story is told on the press. */
export const isTold = ({ hide }) => !hide.includes(STORY) && !hide.includes('collapse')

/** @param {Beat} beat */
export const isQuestion = ({ choices = [] }) => choices.some(({ isRight }) => isRight)

/**
 * The choice that the reader made, if any. Links leave it out, so a link asks anew.
 * @param {{ kept: Record<string, any> }} store
 * @param {Beat} beat
 */
export const chosenIn = ({ kept }, beat) => choicesIn(beat)[kept.chosen?.[beat.key]]

/** Everything that can be chosen. @param {Beat} beat */
export const choicesIn = ({ choices = [], examples = [] }) => [...choices, ...examples]

/**
 * The choice that was made, as long as the press shows what it says: its dim, and an example's shapes.
 * @param {import('../state/state.js').Store} store
 * @param {Beat} beat
 */
export function shownChoice(store, beat) {
  const chosen = chosenIn(store, beat)
  const { a, b, dims } = { ...beat.changes, ...chosen?.changes }
  const { state } = store
  return hasSameShape(a, state.a) && hasSameShape(b, state.b) && `${store.dims}` === `${dims}` ? chosen : undefined
}

/**
 * Chooses an answer, a phrase or an example. The press plays it; a presenter's phrases are shown at their end.
 * @param {import('../state/state.js').Store} store
 * @param {Beat} beat
 * @param {number} i
 * @param {boolean} [isGiven] whether the page chooses: what it chose is marked once the press has shown why
 */
export function choose(store, beat, i, isGiven = false) {
  const { key } = beat
  const { changes } = choicesIn(beat)[i]
  const isPresented = Boolean(store.state.present)
  const stage = isPresented ? 1 : undefined
  store.kept.chosen = { ...store.kept.chosen, [key]: i }
  store.kept.isGiven = isGiven
  if (changes) store.update({ pinned: undefined, ...changes, beat: key, stage }, { isNavigation: !isPresented })
  if (!changes || !isPresented) store.play()
}

/** Whether the beat's question is open. It is about the beat's dims. Other screens than the story's do not ask it. */
export function isAsked(store) {
  const { state } = store
  const beat = beatOf(state)
  const isOpen = isTold(state) && isQuestion(beat) && !chosenIn(store, beat)
  const isShown = !state.present || state.present === STORY
  return isOpen && isShown && `${state.dims}` === `${beat.changes.dims}`
}
