/**
 * The explorer's sections, in reading order. A section is one file in sections/ and one line here. Links and the
 * element's `hide` attribute refer to it by name.
 *
 * A section is { name, create(context) → element }. It is rebuilt when the language changes, so it keeps nothing
 * itself; anything that has to survive is in the store. `context` has
 *   store   the state and everything derived from it, see state/state.js: `store.follow(draw)`, `store.update({ … })`
 *   t       the texts in the reader's language: t(key, …), from texts/
 * The shadow root keeps ids and radio names separate from those of other explorers. Elements with data-key="dim0:1" or
 * "A:1,0" are highlighted and pinned together; see state/linking.js.
 */
import { angles } from './sections/angles.js'
import { attention } from './sections/attention.js'
import { cards } from './sections/cards.js'
import { code } from './sections/code.js'
import { collapse } from './sections/collapse.js'
import { inputs } from './sections/inputs.js'
import { notes } from './sections/notes.js'
import { panels } from './sections/panels.js'
import { predict } from './sections/predict.js'
import { quiz } from './sections/quiz.js'
import { stepper } from './sections/stepper.js'

/** @typedef {{ store: import('../state/state.js').Store, t: import('../texts/languages.js').Translate }} Context */

export const SECTIONS = [
  { name: 'collapse', create: collapse },
  { name: 'inputs', create: inputs },
  { name: 'predict', create: predict },
  { name: 'panels', create: panels },
  { name: 'stepper', create: stepper },
  { name: 'angles', create: angles },
  { name: 'code', create: code },
  { name: 'cards', create: cards },
  { name: 'attention', create: attention },
  { name: 'quiz', create: quiz },
  { name: 'notes', create: notes },
]

export const SECTION_NAMES = SECTIONS.map(({ name }) => name)
