/**
 * The state of one explorer: what the reader chose, all of it serialisable, and everything derived from it. The parts
 * of the explorer draw the state and are notified of changes.
 */
import { attentionOf } from '../model/attention.js'
import { isAsked } from '../model/beats.js'
import { explanationsOf, outputsFor } from '../model/explanations.js'
import { askedView } from '../model/predictions.js'
import { areNumbers, finishField, hasShapesOf, INPUTS, readTexts, TARGET_INPUTS, valuesOf, wrongIn } from './fields.js'

export { INITIAL } from './initial.js'

/**
 * @typedef {object} State
 * @property {import('../model/tensors.js').TypedTensor} a as typed; invalid text is kept and flagged
 * @property {import('../model/tensors.js').TypedTensor} b
 * @property {string} eps as typed
 * @property {string} beat the beat of the story that was chosen, a key of BEATS; see beatOf
 * @property {string} [section] the section that was gone to, a name of SECTIONS
 * @property {number[]} [dims] one panel for each; by default the usual dims for the inputs' rank
 * @property {string} [pinned] the key of the output or cell that was clicked, see explanations.js
 * @property {import('../model/tensors.js').TypedTensor} target one vector
 * @property {import('../model/tensors.js').TypedTensor} behaviored the rows to compare it with
 * @property {string} code the library whose code is shown, a key of LIBRARIES in code.js
 * @property {number} quiz the number of the question
 * @property {string} [card] the misconception whose example was opened, a key of MISCONCEPTIONS
 * @property {number} [step] the stepper's position, counted from 1
 * @property {number} [stage] where the collapse stands, from 0 to 1; at its end unless given
 * @property {{ dim: number, part: 'shape' | 'cells' }} [predict] the current prediction
 * @property {string[]} predicted finished predictions, see predictions.js
 * @property {string} lang a key of LANGUAGES
 * @property {string[]} hide names of sections
 * @property {string} [present] in present mode, the screen: `story`, or the name of a section
 */

/* More panels than this cannot be compared side by side. */
export const MOST_PANELS = 4

const usualDims = ({ a, b }) => (a.shape.length > 1 || b.shape.length > 1 ? [0, 1] : [0])

/** A store's parts before there are any numbers. @param {State} state */
const blank = (state) => ({
  /** Never modified in place: use update() */
  state,
  /** The state as the page set it, before the reader's changes. */
  given: state,
  /** The readings of the texts. */
  fields: /** @type {import('./fields.js').Fields} */ ({}),
  /**
   * explain's view of the last valid numbers, one for each of `dims`. Empty until there are valid numbers.
   * @type {any[]}
   */
  views: [],
  /**
   * The same for target and behaviored, see attention.js.
   * @type {any}
   */
  attention: undefined,
  /**
   * For each view, the index of the output whose working is shown.
   * @type {number[]}
   */
  shown: [],
  /**
   * Messages about attributes and parts of a link that could not be read. The next change clears them.
   * @type {Say[]}
   */
  complaints: [],
  /**
   * Why a paste, a file or a resize was refused: messages by part of the state.
   * @type {Record<string, Say>}
   */
  refusals: {},
  /**
   * What was left out of a paste or a file, in the same way.
   * @type {Record<string, Say>}
   */
  taken: {},
  /**
   * What sections keep while they are rebuilt in another language, and links leave out: unfinished answers, open folds.
   * @type {Record<string, any>}
   */
  kept: {},
  /**
   * How often something asked the collapse to play from its start, and whether it is playing.
   */
  plays: 0,
  isPlaying: false,
  /**
   * Whether the collapse will tell the results once it is at its end, and the views whose results were told.
   */
  isAwaited: false,
  /** @type {any[] | undefined} */
  told: undefined,
  /** What undo or redo left, until it is announced. @type {State | undefined} */
  restored: undefined,
  /**
   * The keys of what is hovered and what is focused.
   * @type {string | undefined}
   */
  hovered: undefined,
  /** @type {string | undefined} */
  focused: undefined,
})

/**
 * @param {State} initial
 * @param {(change: { before: State, isNavigation: boolean }) => void} changed called after every change of the state
 *   itself
 */
export function createStore(initial, changed) {
  const followers = new Set()
  /** @type {Hidden} */
  const hidden = {}
  const store = {
    ...blank(initial),

    get dims() {
      return store.state.dims ?? usualDims(store.state)
    },
    get isAsking() {
      return isAsking(store)
    },
    /** The key of the output or cell that is highlighted. A pin would give an answer away. */
    get looked() {
      return store.hovered ?? store.focused ?? (store.isAsking ? undefined : store.state.pinned)
    },
    /** Whether any input is invalid. The views are then those of the last valid inputs. */
    get isStale() {
      return wrongIn(store.fields, INPUTS).length > 0
    },
    get isAttentionStale() {
      return wrongIn(store.fields, TARGET_INPUTS).length > 0
    },

    /**
     * The only way to change the state. The back button undoes a navigation, such as loading an example.
     * @param {Partial<State>} changes
     * @param {{ isNavigation?: boolean, complaints?: Say[], taken?: Record<string, Say> }} [how] only the page has complaints
     */
    update(changes, { isNavigation = false, complaints, taken = {} } = {}) {
      const before = store.state
      store.state = { ...before, ...changes }
      if (complaints) Object.assign(store, { given: { ...store.given, ...changes }, shown: [] })
      store.complaints = complaints ?? []
      if (changes.a ?? changes.b) Object.assign(store, { refusals: {}, taken })
      if (isNavigation) store.hovered = undefined
      derive(store, before, hidden)
      draw()
      changed({ before, isNavigation })
    },
    /** Sets the text of one cell; `index` is its position in `cells`. */
    type(name, index, text) {
      store.update({ [name]: name === 'eps' ? text : withCell(store.state[name], index, text) })
    },
    /** Called when another field, or none, is being edited. Finishes the last one. */
    edit(field) {
      const last = hidden.edited
      hidden.edited = field
      if (last && finishField(store.fields, last)) draw()
    },
    /** Sets what is hovered or focused. */
    point(changes) {
      Object.assign(store, changes)
      draw()
    },
    /** Has the collapse play from its start. */
    play: () => store.point({ plays: store.plays + 1 }),
    refuse: (part, say) => store.point({ refusals: { ...store.refusals, [part]: say } }),
    /** Pins a key, or unpins it if it is pinned. Without a key, unpins. */
    pin(key) {
      if (key ?? store.state.pinned) store.update({ pinned: key === store.state.pinned ? undefined : key })
    },
    /** Calls `draw` now and after every change. */
    follow(draw) {
      followers.add(draw)
      draw()
    },
    /** Drops all followers before the sections are rebuilt. */
    forget: () => followers.clear(),
  }

  function draw() {
    store.shown = shownIn(store)
    for (const follower of followers) follower()
  }
  derive(store, initial, hidden)
  draw()
  return store
}

/** @typedef {ReturnType<typeof createStore>} Store */
/** @typedef {(t: import('../texts/languages.js').Translate) => string} Say */

/**
 * What a store keeps to itself: the field being edited, and the numbers that the views show, the last that were all
 * valid.
 * @typedef {{ edited?: import('./fields.js').Place, inputs?: import('../model/explanations.js').Inputs }} Hidden
 */

/** Whether a question is open, so that nothing may give its answer away: a prediction, or a beat's. */
const isAsking = (store) => Boolean(askedView(store)) || isAsked(store)

const withCell = ({ shape, cells }, index, text) => ({
  shape,
  cells: cells.map((cell, i) => (i === index ? text : cell)),
})

/**
 * Reads the texts that changed, and explains their numbers.
 * @param {ReturnType<typeof blank> & { dims: number[] }} store
 * @param {State} before
 * @param {Hidden} hidden
 */
function derive(store, before, hidden) {
  const { state, fields } = store
  if (readTexts(fields, INPUTS, state, before, hidden.edited)) {
    if (areNumbers(fields, INPUTS))
      hidden.inputs = { ...valuesOf(state, fields, ['a', 'b']), eps: /** @type {number} */ (fields.eps.value) }
    else if (hidden.inputs && !hasShapesOf(state, { a: hidden.inputs.a, b: hidden.inputs.b })) hidden.inputs = undefined
  }
  if (readTexts(fields, TARGET_INPUTS, state, before, hidden.edited)) {
    if (areNumbers(fields, TARGET_INPUTS)) store.attention = attentionOf(valuesOf(state, fields, TARGET_INPUTS))
    else if (store.attention && !hasShapesOf(state, store.attention.inputs)) store.attention = undefined
  }
  const { inputs } = hidden
  const wanted = inputs ? store.dims : []
  if (wanted.join() !== store.views.map(({ dim }) => dim).join() || store.views[0]?.inputs !== inputs)
    store.views = inputs ? explanationsOf(inputs, wanted, store.views) : []
}

/** The output last looked at in each view, or else the pinned one, or the one shown before. */
const shownIn = ({ views, looked, shown, state: { pinned } }) =>
  views.map((view, i) => {
    const [output] = [looked, pinned].flatMap((key) => outputsFor(view, key))
    return output?.lane ?? Math.min(shown[i] ?? 0, (view.outputs?.length ?? 1) - 1)
  })
