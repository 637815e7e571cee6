/** What the drawing shows at a stage, as tables: for those who do not see it, and where cubes hide numbers. */

import { TABLES } from '../../model/collapse.js'
import { element, spoken } from '../dom.js'
import { AXES } from '../space/camera.js'
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
  if (isSpatial && key === 'apart') return element('div', {}, ...layers(t, collapse))
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

/** A matrix, with its indexes along two axes. */
function matrix(t, caption, axes, [rows, columns], textAt) {
  const heads = (axis, count) => Array.from({ length: count }, (_, i) => t('space.index', axis, i))
  return table(
    t,
    caption,
    heads(axes[1], columns),
    heads(axes[0], rows).map((head, i) => [head, ...Array.from({ length: columns }, (_, j) => textAt(i, j))]),
  )
}

/** For each layer of A and of B, a table of its rows and columns. */
function layers(t, { common, lanes }) {
  const [count, ...sizes] = common
  const pairs = new Map(lanes.flatMap((lane) => lane.pairs.map((pair) => [`${pair.index}`, pair])))
  return ['A', 'B'].flatMap((operand) =>
    Array.from({ length: count }, (_, layer) =>
      matrix(
        t,
        t('space.layer', operand, layer),
        [1, 2],
        sizes,
        (i, j) => pairs.get(`${[layer, i, j]}`)[operand.toLowerCase()],
      ),
    ),
  )
}

/** The results where they stand. */
function results(t, { dim, axis, shape, lanes }) {
  const texts = new Map(lanes.map(({ index, result }) => [`${index}`, result]))
  const axes = AXES.filter((each) => each !== axis)
  const caption = t('space.result', dim, t('spoken.shape', shape), axes)
  return matrix(t, caption, axes, shape, (i, j) => texts.get(`${[i, j]}`))
}
