/** What the drawing shows at a stage, as tables: for those who do not see it, and where cubes hide numbers. */

import { TABLES } from '../../model/collapse.js'
import { element, spoken } from '../dom.js'
import { STAGES } from './stages.js'

/** The name of a lane, as the drawing and its table have it. */
export const laneName = (t, { axis, common }, lane) =>
  common.length === 1 ? t('collapse.vector') : t('lane.name', axis, common.length, lane.index)

/**
 * @param {import('../sections.js').Context} context
 * @param {import('../../model/collapse.js').Collapse} collapse
 * @param {string} key of a stage
 */
export function twin({ t }, collapse, key) {
  const { dim, common, lanes } = collapse
  const { heads, say } = TABLES[key]
  const caption = t('collapse.caption', dim, STAGES.find((stage) => stage.key === key)?.name(t))
  const isSpatial = common.length === 3
  if (isSpatial && key === 'apart') return element('div', {}, ...sheets(t, collapse))
  const rows = lanes.map((lane) => [laneName(t, collapse, lane), ...say(lane)])
  const whole = table(t, caption, heads, rows)
  return isSpatial && key === 'cosine' ? element('div', {}, results(t, collapse), whole) : whole
}

/** A table whose rows begin with their names. */
function table(t, caption, heads, rows) {
  const head = (text, scope) => element('th', { scope }, ...spoken(t, text))
  return element(
    'table',
    {},
    element('caption', {}, caption),
    element('thead', {}, element('tr', {}, element('td'), ...heads.map((text) => head(text, 'col')))),
    element(
      'tbody',
      {},
      ...rows.map(([name, ...cells]) =>
        element('tr', {}, head(name, 'row'), ...cells.map((text) => element('td', {}, ...spoken(t, text)))),
      ),
    ),
  )
}

/** A matrix, with its indexes. */
const matrix = (t, caption, [rows, columns], textAt) =>
  table(
    t,
    caption,
    Array.from({ length: columns }, (_, j) => `${j}`),
    Array.from({ length: rows }, (_, i) => [`${i}`, ...Array.from({ length: columns }, (_, j) => textAt(i, j))]),
  )

/** The sheets of A and of B: rows and columns, as they lie in the block. */
function sheets(t, { common, lanes }) {
  const [count, ...sizes] = common
  const pairs = new Map(lanes.flatMap((lane) => lane.pairs.map((pair) => [`${pair.index}`, pair])))
  return ['A', 'B'].flatMap((operand) =>
    Array.from({ length: count }, (_, sheet) =>
      matrix(
        t,
        t('space.sheet', operand, sheet),
        sizes,
        (i, j) => pairs.get(`${[sheet, i, j]}`)[operand.toLowerCase()],
      ),
    ),
  )
}

/** The results where they stand. */
function results(t, { dim, shape, lanes }) {
  const texts = new Map(lanes.map(({ index, result }) => [`${index}`, result]))
  return matrix(t, t('space.result', dim, t('spoken.shape', shape)), shape, (i, j) => texts.get(`${[i, j]}`))
}
