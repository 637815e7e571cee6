/**
 * The state of one explorer: what the reader chose, all of it serialisable, and everything derived from it. The parts
 * of the explorer draw the state and are notified of changes.
 */
import { attentionOf, TARGETS } from '../model/attention.js'
import { explanationsOf, outputsFor } from '../model/explanations.js'
import { readElement, readEps } from '../model/numbers.js'
import { askedView } from '../model/predictions.js'
import { OPENING } from '../model/questions.js'
import { hasSameShape } from '../model/tensors.js'

/**
 * @typedef {object} State
 * @property {import('../model/tensors.js').TypedTensor} a as typed; invalid text is kept and flagged
 * @property {import('../model/tensors.js').TypedTensor} b
 * @property {string} eps as typed
 * @property {number[]} [dims] one panel for each; by default the usual dims for the inputs' rank
 * @property {string} [pinned] the key of the output or cell that was clicked, see explanations.js
 * @property {import('../model/tensors.js').TypedTensor} target one vector
 * @property {import('../model/tensors.js').TypedTensor} behaviored the rows to compare it with
 * @property {string} code the library whose code is shown, a key of LIBRARIES in code.js
 * @property {number} quiz the number of the question
 * @property {number} [step] the stepper's position, counted from 1
 * @property {{ dim: number, part: 'shape' | 'cells' }} [predict] the current prediction
 * @property {string[]} predicted finished predictions, see predictions.js
 * @property {string} lang a key of LANGUAGES
 * @property {string[]} hide names of sections
 */

/**
 * A text and its reading: a `value` or a `problem`, or neither while typing may still make it a number. `good` is the
 * last valid text; while a field is edited, it is the last one from before.
 * @typedef {{ text: string, value?: number, problem?: (t: import('../texts/languages.js').Translate) => string, good?: string }} Field
 */

/* More panels than this cannot be compared side by side. */
export const MOST_PANELS = 4

/** @type {State} */
export const INITIAL = Object.freeze({
  a: { shape: [2, 2], cells: ['1', '2', '3', '4'] },
  b: { shape: [2, 2], cells: ['5', '6', '7', '8'] },
  eps: '1e-8',
  dims: undefined,
  pinned: undefined,
  step: undefined,
  predict: undefined,
  predicted: [],
  ...TARGETS,
  code: 'PyTorch',
  quiz: OPENING[0],
  lang: 'en',
  hide: [],
})

/* The parts of the state that the views depend on, and those that the attention depends on. */
const INPUTS = ['a', 'b', 'eps']
const TARGET_INPUTS = /** @type {('target' | 'behaviored')[]} */ (['target', 'behaviored'])

const usualDims = ({ a, b }) => (a.shape.length > 1 || b.shape.length > 1 ? [0, 1] : [0])

/**
 * @param {State} initial
 * @param {(change: { before: State, isNavigation: boolean }) => void} changed called after every change of the state
 *   itself
 */
export function createStore(initial, changed) {
  const followers = new Set()
  const store = {
    /** @type {State} never modified in place: use update() */
    state: initial,
    /** The readings of the texts. */
    fields: /** @type {{ a: Field[], b: Field[], eps: Field, target: Field[], behaviored: Field[] }} */ ({}),
    /** explain's view of the last valid numbers, one for each of `dims`. Empty until there are valid numbers. */
    views: [],
    /** The same for target and behaviored, see attention.js. */
    attention: undefined,
    /** For each view, the index of the output whose working is shown. */
    shown: [],
    /** Messages about attributes and parts of a link that could not be read. The next change clears them. */
    complaints: [],
    /** The state as the page set it, before the reader's changes. */
    given: initial,
    /** Why a paste, a file or a resize was refused: messages by part of the state. */
    refusals: {},
    /** What was left out of a paste or a file, in the same way. */
    taken: {},
    /**
     * What sections keep while they are rebuilt in another language, and links leave out: unfinished answers, open
     * folds.
     */
    kept: {},
    /** The keys of what is hovered and what is focused. */
    hovered: undefined,
    focused: undefined,

    get dims() {
      return store.state.dims ?? usualDims(store.state)
    },
    /**
     * The key of the output or cell that is highlighted. A pin is ignored during a prediction, because it would give
     * the answer away.
     */
    get looked() {
      return store.hovered ?? store.focused ?? (askedView(store) ? undefined : store.state.pinned)
    },
    /** Whether any input is invalid. The views are then those of the last valid inputs. */
    get isStale() {
      return INPUTS.some((name) => wrongFields(name).length)
    },
    get isAttentionStale() {
      return TARGET_INPUTS.some((name) => wrongFields(name).length)
    },

    /**
     * The only way to change the state. The back button undoes a navigation, such as loading an example.
     * @param {Partial<State>} changes
     * @param {{ isNavigation?: boolean, complaints?: typeof store.complaints, taken?: typeof store.taken }} [how] only
     *   the page has complaints
     */
    update(changes, { isNavigation = false, complaints, taken = {} } = {}) {
      const before = store.state
      store.state = { ...before, ...changes }
      if (complaints) store.given = { ...store.given, ...changes }
      store.complaints = complaints ?? []
      if (changes.a ?? changes.b) Object.assign(store, { refusals: {}, taken })
      if (isNavigation) store.hovered = undefined
      derive(before)
      draw()
      changed({ before, isNavigation })
    },
    /** Sets the text of one cell; `index` is its position in `cells`. */
    type(name, index, text) {
      if (name === 'eps') return store.update({ eps: text })
      const { shape, cells } = store.state[name]
      store.update({ [name]: { shape, cells: cells.map((cell, i) => (i === index ? text : cell)) } })
    },
    /** Called when another field, or none, is being edited. Finishes the last one. */
    edit(field) {
      const last = edited
      edited = field
      if (last && finish(last)) draw()
    },
    /** Sets what is hovered or focused. */
    point(changes) {
      Object.assign(store, changes)
      draw()
    },
    refuse(part, say) {
      store.refusals = { ...store.refusals, [part]: say }
      draw()
    },
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
    forget() {
      followers.clear()
    },
  }

  /** @type {{ name: string, place: number } | undefined} */
  let edited

  const wrongFields = (name) => [store.fields[name]].flat().filter(({ problem }) => problem)
  const areNumbers = (names) =>
    names.every((name) => [store.fields[name]].flat().every(({ value }) => value !== undefined))
  const areShapesOf = (numbers) => Object.entries(numbers).every(([name, one]) => hasSameShape(one, store.state[name]))

  /**
   * Reads the texts that changed. Returns whether there were any.
   * @param {string[]} names
   * @param {State} before
   */
  function read(names, before) {
    const { state, fields } = store
    const others = names.filter((name) => !fields[name] || state[name] !== before[name])
    for (const name of others) {
      const place = edited?.name === name ? edited.place : undefined
      fields[name] =
        name === 'eps'
          ? fieldOf(state.eps, readEps, fields.eps, place === 0)
          : fieldsOf(state[name], before[name], fields[name], place)
    }
    return others.length > 0
  }

  /**
   * Ends the editing of a field: its text becomes the last valid one, or is flagged. Returns whether it was flagged.
   */
  function finish({ name, place }) {
    const { fields } = store
    const field = name === 'eps' ? fields.eps : fields[name][place]
    const { text, good, problem } = field ?? {}
    if (problem || text === good) return false
    const done = fieldOf(text, name === 'eps' ? readEps : readElement, { good })
    fields[name] = name === 'eps' ? done : fields[name].map((one, i) => (i === place ? done : one))
    return Boolean(done.problem)
  }

  /** The numbers that the views show: the last that were all valid. */
  let inputs

  function derive(before) {
    if (read(INPUTS, before)) {
      if (areNumbers(INPUTS)) inputs = { ...valuesOf(store, ['a', 'b']), eps: store.fields.eps.value }
      else if (inputs && !areShapesOf({ a: inputs.a, b: inputs.b })) inputs = undefined
    }
    if (read(TARGET_INPUTS, before)) {
      if (areNumbers(TARGET_INPUTS)) store.attention = attentionOf(valuesOf(store, TARGET_INPUTS))
      else if (store.attention && !areShapesOf(store.attention.inputs)) store.attention = undefined
    }
    const wanted = inputs ? store.dims : []
    if (wanted.join() !== store.views.map(({ dim }) => dim).join() || store.views[0]?.inputs !== inputs)
      store.views = inputs ? explanationsOf(inputs, wanted, store.views) : []
  }

  function draw() {
    store.shown = store.views.map((view, i) => {
      const [output] = [store.looked, store.state.pinned].flatMap((key) => outputsFor(view, key))
      return output?.lane ?? Math.min(store.shown[i] ?? 0, (view.outputs?.length ?? 1) - 1)
    })
    for (const follower of followers) follower()
  }

  derive(initial)
  draw()
  return store
}

/** @typedef {ReturnType<typeof createStore>} Store */

function fieldOf(text, read, before, isEdited) {
  if (before?.text === text) return before
  const { value, problem, isBeginning } = read(text)
  return {
    text,
    value,
    problem: isEdited && isBeginning ? undefined : problem,
    good: problem || (isEdited && before) ? before?.good : text,
  }
}

function fieldsOf(tensor, before, fields, edited) {
  const kept = hasSameShape(tensor, before) ? fields : undefined
  return tensor.cells.map((text, i) => fieldOf(text, readElement, kept?.[i], i === edited))
}

/**
 * @template {'a' | 'b' | 'target' | 'behaviored'} Part
 * @param {Store} store
 * @param {Part[]} names
 */
function valuesOf({ state, fields }, names) {
  const entries = names.map((name) => [
    name,
    { shape: state[name].shape, values: fields[name].map(({ value }) => value) },
  ])
  return /** @type {Record<Part, import('../model/explanations.js').Numbers>} */ (Object.fromEntries(entries))
}
