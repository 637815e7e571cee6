/** The element as HTML, with the attributes that say what its state is. */
import { OTHER, written } from './hash.js'

const ENTITIES = { '&': '&amp;', '"': '&quot;', '<': '&lt;' }
const NOTHING = { shape: [0], cells: [] }

/**
 * @param {import('./state.js').State} state
 * @param {import('./state.js').State} base what the element shows without attributes
 */
export function writeMarkup(state, base) {
  // An attribute of two that belong together does not come alone.
  const others = [...written(state, base).keys()].flatMap((name) => OTHER[name] ?? [])
  const texts = written(state, { ...base, ...Object.fromEntries(others.map((name) => [name, NOTHING])) })
  const attributes = [...texts].map(([name, text]) => ` ${name}="${text.replace(/[&"<]/g, (sign) => ENTITIES[sign])}"`)
  return `<cosine-dim${attributes.join('')}></cosine-dim>`
}
