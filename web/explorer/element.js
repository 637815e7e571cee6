/**
 * <cosine-dim>: shows what dim does in cosine_similarity. It works on any page. Published, explorer.js imports cosdim.js,
 * which lies beside it.
 *
 *   <script type="module" src="explorer.js"></script>
 *   <cosine-dim a="[[1, 2], [3, 4]]" b="[[5, 6], [7, 8]]" dim="0,1" lang="zh-Hans" hide="notes"></cosine-dim>
 *
 * types/explorer.d.ts is its manual: attributes, properties, events, styling.
 *
 * The element's content shows while scripts load, and stays if they cannot run; a line above it then says why.
 */
import { init } from 'cosdim'
import { STORY } from './model/beats.js'
import { begin, startOf } from './model/screens.js'
import { NAMES, readAttributes, readHash, writeHash } from './state/hash.js'
import { createHistory } from './state/history.js'
import { linkByPointing } from './state/linking.js'
import { writeMarkup } from './state/markup.js'
import { createStore, INITIAL } from './state/state.js'
import { textsIn } from './texts/languages.js'
import { element } from './view/dom.js'
import { failure } from './view/failure.js'
import { goToSection } from './view/parts/anchor.js'
import { complaints } from './view/parts/complaints.js'
import { takeDrops } from './view/parts/drops.js'
import { status } from './view/parts/status.js'
import { presentation } from './view/present/presentation.js'
import { SECTION_NAMES, SECTIONS } from './view/sections.js'
import { styleSheets } from './view/styles.js'

/* A server, which renders pages that import this module, has no HTMLElement. */
class CosineDim extends (globalThis.HTMLElement ?? Object) {
  static observedAttributes = [...NAMES.keys()]

  #root = this.attachShadow({ mode: 'open' })
  /** The state that the attributes describe. */
  #base = INITIAL
  /** Errors in the attributes or the hash from before the store existed. */
  #complaints = []
  /** The state until there is a store. */
  #early = INITIAL
  /** @type {import('./state/state.js').Store | undefined} */
  #store
  /** @type {ReturnType<typeof createHistory> | undefined} */
  #history
  /** What had the focus when present mode began. */
  #opener
  /** Why the explorer does not run. */
  #error
  /** The explorer last used. Keys go to it when nothing has the focus. */
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
    // Esc unpins wherever the focus is, unless it is in another explorer or the key was already handled.
    if (event.key === 'Escape' && (within ?? this) === this) this.#store.pin(undefined)
    const isHere = within ? within === this : CosineDim.#last === this && !isEditable(event)
    const act = isHere && historyKey(event)
    if (!act) return
    event.preventDefault()
    this.#history?.[act]()
    // The focused element may have been removed.
    if (within && !this.#root.activeElement) this.#root.getElementById('panel-0')?.focus({ preventScroll: true })
  }

  /** An attribute sets where part of the state starts, so changing it resets that part. */
  async attributeChangedCallback(name) {
    const { state, complaints } = readAttributes(this.#attributes(), INITIAL)
    this.#base = state
    if (!this.#store) {
      this.#early = state
      this.#complaints = complaints
    } else {
      const parts = NAMES.get(name)?.parts ?? []
      this.#quietly(Object.fromEntries(parts.map((part) => [part, state[part]])), complaints)
    }
    // Attributes are often set one after the other. For the developer, only what is wrong in the end counts.
    await undefined
    if (this.#base === state) for (const say of complaints) console.warn(say(textsIn('en')), this)
  }

  /** @returns {[string, string | undefined][]} */
  #attributes() {
    return [...NAMES.keys()]
      .filter((name) => this.hasAttribute(name))
      .map((name) => [name, this.getAttribute(name) ?? undefined])
  }

  /** The state as the text after # in a URL, without what the attributes already say. */
  get hash() {
    return writeHash(this.#state, this.#base)
  }

  /** The hash for sharing. It leaves out the reader's predictions, which would give the answers away. */
  get sharedHash() {
    return writeHash({ ...this.#state, predicted: this.#base.predicted }, this.#base)
  }

  /** The element as HTML that shows the same, without the reader's predictions. */
  get sharedMarkup() {
    return writeMarkup({ ...this.#state, predicted: INITIAL.predicted }, INITIAL)
  }

  set hash(hash) {
    const { state, complaints } = readHash(hash, this.#base)
    if (this.#store) this.#quietly(state, complaints)
    else {
      this.#early = state
      this.#complaints = [...this.#complaints, ...complaints]
    }
  }

  /** @param {string[]} sections */
  startPresenting(sections = []) {
    if (this.#store) begin(this.#store, allBut(sections))
  }

  /** @param {string[]} sections */
  presentingStart(sections = []) {
    const { present, beat } = startOf(this.#store ?? { kept: {} }, allBut(sections))
    return present === STORY ? beat.key : present
  }

  goTo(section) {
    const all = [section, ...SECTION_NAMES]
    const there = all.find((name) => this.#root.getElementById(`section-${name}`)?.hidden === false)
    if (!this.#store || !there) return
    this.#store.update({ section: there }, { isNavigation: true })
    goToSection(this.#root, there)
  }

  /** The language shown. */
  get language() {
    return this.#state.lang
  }

  set language(lang) {
    if (this.#store) this.#store.update({ lang }, { isNavigation: true })
    else this.#early = { ...this.#early, lang }
    if (this.#error) this.#sayWhy()
  }

  get #state() {
    return this.#store?.state ?? this.#early
  }

  /** True while the page itself changes the state; it gets no event for that. */
  #isQuiet = false

  #quietly(changes, complaints) {
    this.#isQuiet = true
    this.#store.update(changes, { complaints })
    this.#isQuiet = false
  }

  async #begin() {
    // Whatever the page sets in the same task, such as a hash, belongs to the initial state.
    await undefined
    try {
      this.#root.adoptedStyleSheets = styleSheets()
      await init()
      this.#store = createStore(this.#early, (change) => this.#changed(change))
      this.#history = createHistory(this.#store)
      this.#store.complaints = this.#complaints
      this.#build()
      this.#follow(undefined)
      linkByPointing(this.#root, this.#store)
      takeDrops(this.#root, this.#store)
      this.#root.addEventListener('focusin', () => this.#history?.rest())
      return true
    } catch (error) {
      console.error(error)
      this.#store = undefined
      this.#error = error
      this.#sayWhy()
      return false
    }
  }

  /** Leaves the element's own content, below a line that says why. */
  #sayWhy() {
    const hasExample = this.innerHTML.trim() !== ''
    this.#root.replaceChildren(failure(this.#early.lang, this.#error, hasExample), element('slot'))
  }

  #changed({ before, isNavigation }) {
    const built = ({ lang, hide, present }) => [lang, hide, Boolean(present)].join()
    if (built(this.#store.state) !== built(before)) this.#build()
    this.#history?.record(before, isNavigation)
    if (this.#isQuiet) return this.#follow(before.section)
    CosineDim.#last = this
    this.dispatchEvent(new CustomEvent('statechange', { detail: { isNavigation } }))
  }

  /** Goes to the section that the page's link names, once everything there has its size. */
  #follow(before) {
    const { section } = this.#store.state
    if (section && section !== before)
      requestAnimationFrame(() => requestAnimationFrame(() => goToSection(this.#root, section)))
  }

  /** Rebuilds all sections in the current language. */
  #build() {
    const store = this.#store
    store.forget()
    const { lang, hide, present } = store.state
    const shown = SECTIONS.filter(({ name }) => !hide.includes(name))
    const context = { store, t: textsIn(lang), shown, markup: () => this.sharedMarkup }
    const sectionOf = ({ name, create }) => Object.assign(create(context), { id: `section-${name}` })
    const parts = [complaints(context), ...shown.map(sectionOf), status(context)]
    const before = present ? document.activeElement : undefined
    const root = present ? presentation(context, parts) : element('div', { class: 'explorer', lang }, ...parts)
    this.#root.replaceChildren(root)
    if (root instanceof HTMLDialogElement) {
      root.showModal()
      root.focus()
    }
    // Where the reader was when it began.
    this.#opener = present ? (this.#opener ?? before) : this.#opener?.focus()
  }
}

/** What present mode hides. */
const allBut = (sections) => SECTION_NAMES.filter((name) => ![STORY, 'collapse', ...sections].includes(name))

/** Whether the focused element takes text, and so has its own undo. */
function isEditable(event) {
  const [origin] = event.composedPath()
  return origin.isContentEditable || origin.matches('input, textarea')
}

/** The history action for a key, if any. A text field outside the state keeps its own undo. */
function historyKey(event) {
  const { key, ctrlKey, metaKey, shiftKey, altKey } = event
  const [origin] = event.composedPath()
  if (altKey || !(ctrlKey || metaKey) || origin.matches('[type=text]:not([data-part])')) return undefined
  if (key.toLowerCase() === 'z') return shiftKey ? 'redo' : 'undo'
  return key.toLowerCase() === 'y' && ctrlKey && !shiftKey ? 'redo' : undefined
}

/** Defines the element, unless there is no page to define it for, or another copy of this module has defined it. */
export function define() {
  const { customElements } = globalThis
  if (customElements && !customElements.get('cosine-dim')) customElements.define('cosine-dim', CosineDim)
}
