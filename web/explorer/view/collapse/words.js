/** What a stage does, in a sentence. */

import { tuple } from '../dom.js'

/** A shape and what becomes of it along a dim. */
const changes = (collapses) => collapses.map(({ dim, axis, common, shape }) => [dim, axis, tuple(common), tuple(shape)])

/** The first vectors that are compared along each dim. */
const partnersIn = (collapses) =>
  collapses.map(({ dim, axis, common, lanes }) => [dim, axis, common.length, lanes[0].index])

/**
 * @param {import('../../texts/languages.js').Translate} t
 * @param {string} key of a stage
 * @param {import('../../model/collapse.js').Collapse[]} collapses those that are shown
 */
export function wordsOf(t, key, collapses) {
  const [first, second] = collapses
  const isSpatial = first.common.length === 3
  switch (key) {
    case 'apart':
      return t('collapse.apartWords')
    case 'pair':
      return t('collapse.pairWords', partnersIn(collapses))
    case 'multiply':
      return t('collapse.multiplyWords')
    case 'add':
      if (isSpatial) return addedInSpace(t, collapses)
      return second
        ? t('collapse.addBoth', first.dim, second.dim, first.isDown)
        : t('collapse.addOne', first.axis, first.common.length)
    case 'divide': {
      const clamped = collapses.find(({ isClamped }) => isClamped)
      return t('collapse.divideWords') + (clamped ? t('collapse.clamped', clamped.eps) : '')
    }
    default: {
      const [one, other] = changes(collapses)
      if (!other) return t('collapse.gone', ...one.slice(1))
      if (isSpatial) return goneInSpace(t, changes(collapses))
      return one[3] === other[3] ? t('collapse.square', one[2], one[3]) : t('collapse.both', one, other)
    }
  }
}

function addedInSpace(t, collapses) {
  const sizes = collapses.map(({ dim, axis, common }) => [dim, axis, common[axis]])
  return sizes.length === 1 ? t('space.addOne', ...sizes[0].slice(1)) : t('space.add', sizes)
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
