/**
 * <cosine-dim>: what dim does in cosine_similarity, as an element for any page.
 *
 *   <script type="module" src="explorer.js"></script>
 *   <cosine-dim a="[[1, 2], [3, 4]]" b="[[5, 6], [7, 8]]" dim="0,1" lang="zh-Hans" hide="notes"></cosine-dim>
 *
 * Attributes: a, b    the inputs, nested lists of numbers, up to 4-D
 *             example the name of an example, in their place: 2x3, pairs, iris and others, see presets.js
 *             dim     the dims to show, side by side
 *             eps     1e-8, if there is none
 *             lang    en or zh-Hans
 *             target, behaviored    the one vector and the many, where the explorer ends
 *             code    the library whose code is shown: PyTorch, NumPy, SciPy or cosdim
 *             quiz    the number of the quiz's question
 *             hide    names of sections, see sections.js
 * Its content is shown while scripts load, and stays where they cannot run: put a worked example there.
 *
 * A page can keep an explorer's state in its URL: `hash` is the state as text, and can be set, `sharedHash` the same without
 * what the reader predicted; a `statechange` event says that the reader changed it, with `detail.isNavigation` for a change
 * that one wants to go back from. `ready` is a promise of whether the explorer runs.
 *
 * Style it by custom properties: --cosine-dim-font, -mono, -ink, -muted, -paper, -surface, -line, -control, -focus, -wrong,
 * -wrong-tint, and for lanes 0 to 5 -lane-0, -lane-0-tint, -lane-0-mark.
 */
import { init } from 'cosdim'
import { element } from './dom.js'
import { NAMES, readHash, readParameters, writeHash } from './hash.js'
import { createHistory } from './history.js'
import { linkByPointing } from './linking.js'
import { complaints } from './parts/complaints.js'
import { status } from './parts/status.js'
import { SECTIONS } from './sections.js'
import { createStore, INITIAL } from './state.js'
import { styleSheets } from './styles.js'
import { textsIn } from './texts.js'

class CosineDim extends HTMLElement {
  static observedAttributes = [...NAMES.keys()]

  #root = this.attachShadow({ mode: 'open' })
  /** What the attributes say. */
  #base = INITIAL
  /** Why attributes or a hash that came before the start could not be read. */
  #complaints = []
  /** The state while there is no store yet. */
  #early = INITIAL
  /** @type {import('./state.js').Store | undefined} */
  #store
  /** @type {ReturnType<typeof createHistory> | undefined} */
  #history
  /** The explorer that the reader was in last: keys then mean it, also where nothing in particular has the focus. */
  static #last
  #start

  constructor() {
    super()
    this.#root.append(element('slot'))
    this.ready = new Promise((resolve) => {
      this.#start = resolve
    })
  }

  connectedCallback() {
    document.addEventListener('keydown', this.#keyPressed)
    document.addEventListener('pointerdown', this.#touched)
    document.addEventListener('focusin', this.#touched)
    if (!this.#start) return
    const start = this.#start
    this.#start = undefined
    start(this.#begin())
  }

  disconnectedCallback() {
    document.removeEventListener('keydown', this.#keyPressed)
    document.removeEventListener('pointerdown', this.#touched)
    document.removeEventListener('focusin', this.#touched)
  }

  #touched = (event) => {
    if (event.target === this) CosineDim.#last = this
    this.#history?.rest()
  }

  #keyPressed = (event) => {
    if (event.defaultPrevented || !this.#store) return
    const within = event.target.closest?.('cosine-dim')
    // Esc unpins, wherever the focus is, except in another explorer, or where it means something else.
    if (event.key === 'Escape' && (within ?? this) === this) this.#store.pin(undefined)
    const isHere = within ? within === this : CosineDim.#last === this && !isEditable(event)
    const act = isHere && historyKey(event)
    if (!act) return
    event.preventDefault()
    this.#history?.[act]()
    // What had the focus may be gone.
    if (within && !this.#root.activeElement) this.#root.getElementById('panel-0')?.focus({ preventScroll: true })
  }

  /** An attribute says where a part of the state begins: setting one begins that part again. */
  attributeChangedCallback(name) {
    const { state, complaints } = readParameters(this.#attributes(), INITIAL)
    this.#base = state
    if (!this.#store) {
      this.#early = state
      this.#complaints = complaints
    } else {
      const parts = NAMES.get(name)?.parts ?? []
      this.#quietly(Object.fromEntries(parts.map((part) => [part, state[part]])), complaints)
    }
  }

  /** @returns {[string, string | undefined][]} */
  #attributes() {
    return [...NAMES.keys()]
      .filter((name) => this.hasAttribute(name))
      .map((name) => [name, this.getAttribute(name) ?? undefined])
  }

  /** The state, but for what the attributes say, as the text after # in a URL. */
  get hash() {
    return writeHash(this.#state, this.#base)
  }

  /** The same, to be given to others: what one has predicted would tell them the answers. */
  get sharedHash() {
    return writeHash({ ...this.#state, predicted: this.#base.predicted }, this.#base)
  }

  set hash(hash) {
    const { state, complaints } = readHash(hash, this.#base)
    if (this.#store) this.#quietly(state, complaints)
    else {
      this.#early = state
      this.#complaints.push(...complaints)
    }
  }

  /** The language that is shown; `lang` is the attribute, where it begins. */
  get language() {
    return this.#state.lang
  }

  set language(lang) {
    if (this.#store) this.#store.update({ lang }, { isNavigation: true })
    else this.#early = { ...this.#early, lang }
  }

  get #state() {
    return this.#store?.state ?? this.#early
  }

  /** Whether the page itself sets what changes: it need not be told. */
  #isQuiet = false

  #quietly(changes, complaints) {
    this.#isQuiet = true
    this.#store.update(changes, { complaints })
    this.#isQuiet = false
  }

  async #begin() {
    // What is set at once, as a hash is, belongs to the beginning.
    await undefined
    try {
      this.#root.adoptedStyleSheets = styleSheets()
      await init()
      this.#store = createStore(this.#early, (change) => this.#changed(change))
      this.#history = createHistory(this.#store)
      this.#store.complaints = this.#complaints
      this.#build()
      linkByPointing(this.#root, this.#store)
      this.#root.addEventListener('focusin', () => this.#history?.rest())
      return true
    } catch (error) {
      const t = textsIn(this.#early.lang)
      const { message } = /** @type {Error} */ (error)
      this.#root.prepend(element('p', { class: 'notice wrong', role: 'alert' }, t('failure.fixed', message)))
      return false
    }
  }

  #changed({ before, isNavigation }) {
    const { lang, hide } = this.#store.state
    if (lang !== before.lang || `${hide}` !== `${before.hide}`) this.#build()
    this.#history?.record(before, isNavigation)
    if (this.#isQuiet) return
    CosineDim.#last = this
    this.dispatchEvent(new CustomEvent('statechange', { detail: { isNavigation } }))
  }

  /** Makes all sections anew, in the language of the state. */
  #build() {
    const store = this.#store
    store.forget()
    const { lang, hide } = store.state
    const context = { store, t: textsIn(lang) }
    this.#root.replaceChildren(
      element(
        'div',
        { class: 'explorer', lang },
        complaints(context),
        ...SECTIONS.filter(({ name }) => !hide.includes(name)).map(({ create }) => create(context)),
        status(context),
      ),
    )
  }
}

/** Whether what has the focus takes texts, which have a history of their own. */
function isEditable(event) {
  const [origin] = event.composedPath()
  return origin.isContentEditable || origin.matches('input, textarea')
}

/** What a key asks of the history, if it does. A field whose text is no part of the state has one of its own. */
function historyKey(event) {
  const { key, ctrlKey, metaKey, shiftKey, altKey } = event
  const [origin] = event.composedPath()
  if (altKey || !(ctrlKey || metaKey) || origin.matches('[type=text]:not([data-part])')) return undefined
  if (key.toLowerCase() === 'z') return shiftKey ? 'redo' : 'undo'
  return key.toLowerCase() === 'y' && ctrlKey && !shiftKey ? 'redo' : undefined
}

customElements.define('cosine-dim', CosineDim)
