/** What a stage does, in a sentence: as seen, and as heard. */

import { TABLES } from '../../model/collapse.js'
import { resultsIn } from '../parts/results.js'

/* After these, the numbers of the first output are heard. */
const NUMBERED = ['multiply', 'add', 'divide']
/* More characters are too long to listen to at each stage. */
const LONGEST = 48

/** A shape and what becomes of it along a dim. */
const changes = (collapses, write) =>
  collapses.map(({ dim, axis, common, shape }) => [dim, axis, write(common), write(shape)])

/** What each dim adds together, and what that leaves: of three axes a shape, else a count. */
const added = (collapses, write) =>
  collapses.map(({ dim, axis, common, shape, lanes }) => {
    const rank = common.length
    return { dim, axis, rank, size: common[axis], left: rank === 3 ? write(shape) : lanes.length }
  })

/** The first vectors that are compared along each dim. */
const partnersIn = (collapses) =>
  collapses.map(({ dim, axis, common, lanes }) => [dim, axis, common.length, lanes[0].index])

/**
 * @param {import('../../texts/languages.js').Translate} t
 * @param {string} key of a stage
 * @param {import('../../model/collapse.js').Collapse[]} collapses those that are shown
 * @param {(shape: number[]) => string} write writes a shape
 */
export function wordsOf(t, key, collapses, write) {
  const [{ repeated, common }] = collapses
  const repeats = repeated.length ? t('collapse.repeated', repeated, write(common)) : ''
  switch (key) {
    case 'apart':
      return t('collapse.apartWords') + repeats
    case 'pair':
      return t('collapse.pairWords', partnersIn(collapses)) + repeats
    case 'multiply':
      return t('collapse.multiplyWords')
    case 'add':
      return t('collapse.addWords', added(collapses, write))
    case 'divide': {
      const clamped = collapses.find(({ isClamped }) => isClamped)
      return t('collapse.divideWords') + (clamped ? t('collapse.clamped', clamped.eps) : '')
    }
    default: {
      const [one, other] = changes(collapses, write)
      if (!other) return t('collapse.gone', ...one.slice(1))
      if (common.length === 3) return goneInSpace(t, changes(collapses, write))
      return one[3] === other[3] ? t('collapse.square', one[2], one[3]) : t('collapse.both', one, other)
    }
  }
}

/**
 * The same for those who do not see the drawing, with numbers.
 * @param {import('../../texts/languages.js').Translate} t
 * @param {string} key of a stage
 * @param {import('../../model/collapse.js').Collapse[]} collapses
 */
export function heardOf(t, key, collapses) {
  const sentence = wordsOf(t, key, collapses, (shape) => t('spoken.shape', shape))
  return t('spoken', sentence + (key === 'cosine' ? resultsOf(t, collapses) : firstNumbers(t, key, collapses[0])))
}

/** Of the first output, if they are few. */
function firstNumbers(t, key, { lanes }) {
  const [numbers] = TABLES[key].say(lanes[0])
  return NUMBERED.includes(key) && numbers.length <= LONGEST ? t('heard.first', numbers) : ''
}

function resultsOf(t, collapses) {
  const texts = ({ lanes }) => lanes.map(({ result }) => result)
  return collapses.map((one) => ` ${resultsIn(t, one.dim, one.shape, texts(one))}`).join('')
}

function goneInSpace(t, all) {
  const [[, , common, shape]] = all
  return all.every((one) => one[3] === shape)
    ? t('space.equal', common, shape)
    : t(
        'space.gone',
        common,
        all.map(([dim, , , left]) => [dim, left]),
      )
}
