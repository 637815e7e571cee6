/**
 * The explorer's sections, in reading order. A section is one file in sections/ and one line here. Links and the
 * element's `hide` attribute refer to it by name.
 *
 * A section is { name, title(t), create(context) → element, … }. It is rebuilt when the language changes, so it keeps nothing
 * itself; anything that has to survive is in the store. `context` has
 *   store   the state and everything derived from it, see state/state.js: `store.follow(draw)`, `store.update({ … })`
 *   t       the texts in the reader's language: t(key, …), from texts/
 *   shown   the sections that are not hidden
 *   markup  the element as HTML, in the state that it is in
 * The shadow root keeps ids and radio names separate from those of other explorers. Elements with data-key="dim0:1" or
 * "A:1,0" are highlighted and pinned together; see state/linking.js.
 */
import { firstQuestion } from '../model/predictions.js'
import { angles } from './sections/angles.js'
import { attention } from './sections/attention.js'
import { cards } from './sections/cards.js'
import { code } from './sections/code.js'
import { collapse } from './sections/collapse.js'
import { contents } from './sections/contents.js'
import { inputs } from './sections/inputs.js'
import { notes } from './sections/notes.js'
import { panels } from './sections/panels.js'
import { predict } from './sections/predict.js'
import { quiz } from './sections/quiz.js'
import { stepper } from './sections/stepper.js'
import { story } from './sections/story.js'

/**
 * @typedef {object} Section
 * @property {string} name
 * @property {(t: import('../texts/languages.js').Translate) => string} title
 * @property {(context: Context) => HTMLElement} create
 * @property {(store: import('../state/state.js').Store) => Partial<import('../state/state.js').State>} [begin] what changes
 *   for those who go there from the table of contents
 */
/**
 * @typedef {object} Context
 * @property {import('../state/state.js').Store} store
 * @property {import('../texts/languages.js').Translate} t
 * @property {Section[]} shown
 * @property {() => string} markup
 */

/** @type {Section[]} */
export const SECTIONS = [
  { name: 'story', title: (t) => t('story.heading'), create: story },
  { name: 'collapse', title: (t) => t('collapse.heading'), create: collapse },
  { name: 'inputs', title: (t) => t('inputs.heading'), create: inputs },
  { name: 'contents', title: (t) => t('contents.heading'), create: contents },
  { name: 'predict', title: (t) => t('predict.heading'), create: predict, begin: firstQuestion },
  { name: 'panels', title: (t) => t('panels.heading'), create: panels },
  { name: 'stepper', title: (t) => t('stepper.heading'), create: stepper },
  { name: 'angles', title: (t) => t('angles.heading'), create: angles },
  { name: 'code', title: (t) => t('code.heading'), create: code },
  { name: 'cards', title: (t) => t('cards.heading'), create: cards },
  { name: 'attention', title: (t) => t('attention.heading'), create: attention },
  { name: 'quiz', title: (t) => t('quiz.heading'), create: quiz },
  { name: 'notes', title: (t) => t('notes.heading'), create: notes },
]

export const SECTION_NAMES = SECTIONS.map(({ name }) => name)
