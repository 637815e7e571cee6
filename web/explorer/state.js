/**
 * One explorer's state: what its reader chose, all of it serialisable, and what follows from that. Parts draw what it says,
 * and are told when to.
 */
import { attentionOf, TARGETS } from './attention.js'
import { explanationsOf, outputsFor } from './explanations.js'
import { readElement, readEps } from './numbers.js'
import { askedView } from './predictions.js'
import { OPENING } from './questions.js'
import { hasSameShape } from './tensors.js'

/**
 * @typedef {object} State
 * @property {import('./tensors.js').TypedTensor} a as typed: a wrong text is kept, and flagged
 * @property {import('./tensors.js').TypedTensor} b
 * @property {string} eps as typed
 * @property {number[]} [dims] one panel for each; without, the usual ones for the inputs' rank
 * @property {string} [pinned] the key of the output or cell that was clicked, see explanations.js
 * @property {import('./tensors.js').TypedTensor} target one vector, compared with
 * @property {import('./tensors.js').TypedTensor} behaviored each of these
 * @property {string} code the library that code is shown for, a key of LIBRARIES in code.js
 * @property {number} quiz which question it is
 * @property {number} [step] where the stepper is, from 1
 * @property {{ dim: number, part: 'shape' | 'cells' }} [predict] the prediction that is under way
 * @property {string[]} predicted which are over, see predictions.js
 * @property {string} lang a key of LANGUAGES
 * @property {string[]} hide names of sections
 */

/**
 * A text and what it says: `value` and no problem, or a problem and no value; neither while it is typed and may become a
 * number. `good` is the last text that was right, if any; while one is at it, that of before.
 * @typedef {{ text: string, value?: number, problem?: (t: import('./texts.js').Translate) => string, good?: string }} Field
 */

/* As many as stand side by side and can still be compared. */
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

/* What the views are of, and what the attention is. */
const INPUTS = ['a', 'b', 'eps']
const TARGET_INPUTS = /** @type {('target' | 'behaviored')[]} */ (['target', 'behaviored'])

const usualDims = ({ a, b }) => (a.shape.length > 1 || b.shape.length > 1 ? [0, 1] : [0])

/**
 * @param {State} initial
 * @param {(change: { before: State, isNavigation: boolean }) => void} changed told after every change of the state itself
 */
export function createStore(initial, changed) {
  const followers = new Set()
  const store = {
    /** @type {State} never changed in place: use update() */
    state: initial,
    /** What the texts say. */
    fields: /** @type {{ a: Field[], b: Field[], eps: Field, target: Field[], behaviored: Field[] }} */ ({}),
    /** What explain says of the last good numbers, one for each of `dims`; none while there were no good ones. */
    views: [],
    /** The same for target and behaviored: what comes of their last good numbers, see attention.js. */
    attention: undefined,
    /** For each view, the place of the output whose working is shown. */
    shown: [],
    /** What a link's unreadable parts were: sentences to be. Gone with the next change. */
    complaints: [],
    /** Why what was pasted into an operand, opened or asked of it was refused: sentences to be, by the part of the state. */
    refusals: {},
    /** What sections keep while they are made anew in another language, and no link does: what is half answered, or unfolded. */
    kept: {},
    /** The keys of what the pointer is on, and of what has the focus. */
    hovered: undefined,
    focused: undefined,

    get dims() {
      return store.state.dims ?? usualDims(store.state)
    },
    /** The key of the output or cell that is looked at. What is pinned would tell what one is asked to predict. */
    get looked() {
      return store.hovered ?? store.focused ?? (askedView(store) ? undefined : store.state.pinned)
    },
    /** Whether what is typed has something wrong in it, so that the views are those of before. */
    get isStale() {
      return INPUTS.some((name) => wrongFields(name).length)
    },
    get isAttentionStale() {
      return TARGET_INPUTS.some((name) => wrongFields(name).length)
    },

    /**
     * The only way to change the state. A navigation, to a preset for one, can be gone back from.
     * @param {Partial<State>} changes
     * @param {{ isNavigation?: boolean, complaints?: typeof store.complaints }} [how]
     */
    update(changes, { isNavigation = false, complaints = [] } = {}) {
      const before = store.state
      store.state = { ...before, ...changes }
      store.complaints = complaints
      if (changes.a ?? changes.b) store.refusals = {}
      if (isNavigation) store.hovered = undefined
      derive(before)
      draw()
      changed({ before, isNavigation })
    },
    /** Types one text; `index` is the cell's place in `cells`. */
    type(name, index, text) {
      if (name === 'eps') return store.update({ eps: text })
      const { shape, cells } = store.state[name]
      store.update({ [name]: { shape, cells: cells.map((cell, i) => (i === index ? text : cell)) } })
    },
    /** The field that is typed in is another, or with undefined none: what was typed in the last is done. */
    edit(field) {
      const last = edited
      edited = field
      if (last && finish(last)) draw()
    },
    /** What the pointer is on, or has the focus, is another. */
    point(changes) {
      Object.assign(store, changes)
      draw()
    },
    refuse(part, say) {
      store.refusals = { ...store.refusals, [part]: say }
      draw()
    },
    /** Pins what is clicked, or lets it go; without a key, lets go. */
    pin(key) {
      if (key ?? store.state.pinned) store.update({ pinned: key === store.state.pinned ? undefined : key })
    },
    /** Calls `draw` now, and after every change. */
    follow(draw) {
      followers.add(draw)
      draw()
    },
    /** Forgets who follows, before all is made anew. */
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
   * Reads the texts that are others than before; whether there were any.
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

  /** What was typed in a field is the next good value; or it is wrong, which then is told. */
  function finish({ name, place }) {
    const { fields } = store
    const field = name === 'eps' ? fields.eps : fields[name][place]
    const { text, good, problem } = field ?? {}
    if (problem || text === good) return false
    const done = fieldOf(text, name === 'eps' ? readEps : readElement, { good })
    fields[name] = name === 'eps' ? done : fields[name].map((one, i) => (i === place ? done : one))
    return Boolean(done.problem)
  }

  /** The numbers that the views are of: the last ones that were all good. */
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
  return /** @type {Record<Part, import('./explanations.js').Numbers>} */ (Object.fromEntries(entries))
}
