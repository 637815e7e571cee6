/**
 * The state of one explorer: what the reader chose, all of it serialisable, and everything derived from it. The parts
 * of the explorer draw the state and are notified of changes.
 */
import { attentionOf, TARGETS } from '../model/attention.js'
import { explanationsOf, outputsFor } from '../model/explanations.js'
import { askedView } from '../model/predictions.js'
import { OPENING } from '../model/questions.js'
import { areNumbers, finishField, hasShapesOf, INPUTS, readTexts, TARGET_INPUTS, valuesOf, wrongIn } from './fields.js'

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
 * @property {string} [card] the misconception whose example was opened, a key of MISCONCEPTIONS
 * @property {number} [step] the stepper's position, counted from 1
 * @property {{ dim: number, part: 'shape' | 'cells' }} [predict] the current prediction
 * @property {string[]} predicted finished predictions, see predictions.js
 * @property {string} lang a key of LANGUAGES
 * @property {string[]} hide names of sections
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
  card: undefined,
  predict: undefined,
  predicted: [],
  ...TARGETS,
  code: 'PyTorch',
  quiz: OPENING[0],
  lang: 'en',
  hide: [],
})

const usualDims = ({ a, b }) => (a.shape.length > 1 || b.shape.length > 1 ? [0, 1] : [0])

export class Store {
  /** @type {State} never modified in place: use update() */
  state
  /** The state as the page set it, before the reader's changes. */
  given
  /** The readings of the texts. */
  fields = /** @type {import('./fields.js').Fields} */ ({})
  /**
   * explain's view of the last valid numbers, one for each of `dims`. Empty until there are valid numbers.
   * @type {any[]}
   */
  views = []
  /**
   * The same for target and behaviored, see attention.js.
   * @type {any}
   */
  attention
  /**
   * For each view, the index of the output whose working is shown.
   * @type {number[]}
   */
  shown = []
  /**
   * Messages about attributes and parts of a link that could not be read. The next change clears them.
   * @type {((t: import('../texts/languages.js').Translate) => string)[]}
   */
  complaints = []
  /**
   * Why a paste, a file or a resize was refused: messages by part of the state.
   * @type {Record<string, (t: import('../texts/languages.js').Translate) => string>}
   */
  refusals = {}
  /**
   * What sections keep while they are rebuilt in another language, and links leave out: unfinished answers, open folds.
   * @type {Record<string, any>}
   */
  kept = {}
  /**
   * The keys of what is hovered and what is focused.
   * @type {string | undefined}
   */
  hovered
  /** @type {string | undefined} */
  focused

  #changed
  #followers = new Set()
  /** @type {import('./fields.js').Place | undefined} */
  #edited
  /**
   * The numbers that the views show: the last that were all valid.
   * @type {import('../model/explanations.js').Inputs | undefined}
   */
  #inputs

  /**
   * @param {State} initial
   * @param {(change: { before: State, isNavigation: boolean }) => void} changed called after every change of the state
   *   itself
   */
  constructor(initial, changed) {
    this.state = initial
    this.given = initial
    this.#changed = changed
    this.#derive(initial)
    this.#draw()
  }

  get dims() {
    return this.state.dims ?? usualDims(this.state)
  }

  /**
   * The key of the output or cell that is highlighted. A pin is ignored during a prediction, because it would give the
   * answer away.
   */
  get looked() {
    return this.hovered ?? this.focused ?? (askedView(this) ? undefined : this.state.pinned)
  }

  /** Whether any input is invalid. The views are then those of the last valid inputs. */
  get isStale() {
    return wrongIn(this.fields, INPUTS).length > 0
  }

  get isAttentionStale() {
    return wrongIn(this.fields, TARGET_INPUTS).length > 0
  }

  /**
   * The only way to change the state. The back button undoes a navigation, such as loading an example.
   * @param {Partial<State>} changes
   * @param {{ isNavigation?: boolean, complaints?: Store['complaints'] }} [how] only the page has complaints
   */
  update(changes, { isNavigation = false, complaints } = {}) {
    const before = this.state
    this.state = { ...before, ...changes }
    if (complaints) this.given = { ...this.given, ...changes }
    this.complaints = complaints ?? []
    if (changes.a ?? changes.b) this.refusals = {}
    if (isNavigation) this.hovered = undefined
    this.#derive(before)
    this.#draw()
    this.#changed({ before, isNavigation })
  }

  /** Sets the text of one cell; `index` is its position in `cells`. */
  type(name, index, text) {
    if (name === 'eps') return this.update({ eps: text })
    const { shape, cells } = this.state[name]
    this.update({ [name]: { shape, cells: cells.map((cell, i) => (i === index ? text : cell)) } })
  }

  /** Called when another field, or none, is being edited. Finishes the last one. */
  edit(field) {
    const last = this.#edited
    this.#edited = field
    if (last && finishField(this.fields, last)) this.#draw()
  }

  /** Sets what is hovered or focused. */
  point(changes) {
    Object.assign(this, changes)
    this.#draw()
  }

  refuse(part, say) {
    this.refusals = { ...this.refusals, [part]: say }
    this.#draw()
  }

  /** Pins a key, or unpins it if it is pinned. Without a key, unpins. */
  pin(key) {
    if (key ?? this.state.pinned) this.update({ pinned: key === this.state.pinned ? undefined : key })
  }

  /** Calls `draw` now and after every change. */
  follow(draw) {
    this.#followers.add(draw)
    draw()
  }

  /** Drops all followers before the sections are rebuilt. */
  forget() {
    this.#followers.clear()
  }

  #derive(before) {
    const { state, fields } = this
    if (readTexts(fields, INPUTS, state, before, this.#edited)) {
      if (areNumbers(fields, INPUTS))
        this.#inputs = { ...valuesOf(state, fields, ['a', 'b']), eps: /** @type {number} */ (fields.eps.value) }
      else if (this.#inputs && !hasShapesOf(state, { a: this.#inputs.a, b: this.#inputs.b })) this.#inputs = undefined
    }
    if (readTexts(fields, TARGET_INPUTS, state, before, this.#edited)) {
      if (areNumbers(fields, TARGET_INPUTS)) this.attention = attentionOf(valuesOf(state, fields, TARGET_INPUTS))
      else if (this.attention && !hasShapesOf(state, this.attention.inputs)) this.attention = undefined
    }
    const inputs = this.#inputs
    const wanted = inputs ? this.dims : []
    if (wanted.join() !== this.views.map(({ dim }) => dim).join() || this.views[0]?.inputs !== inputs)
      this.views = inputs ? explanationsOf(inputs, wanted, this.views) : []
  }

  #draw() {
    this.shown = this.views.map((view, i) => {
      const [output] = [this.looked, this.state.pinned].flatMap((key) => outputsFor(view, key))
      return output?.lane ?? Math.min(this.shown[i] ?? 0, (view.outputs?.length ?? 1) - 1)
    })
    for (const follower of this.#followers) follower()
  }
}
