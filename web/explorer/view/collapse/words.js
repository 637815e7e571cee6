/** What a stage does, in a sentence. */

import { tuple } from '../dom.js'

/** A shape and what becomes of it along a dim. */
const changes = (collapses) => collapses.map(({ dim, axis, common, shape }) => [dim, axis, tuple(common), tuple(shape)])

/**
 * @param {import('../../texts/languages.js').Translate} t
 * @param {string} key of a stage
 * @param {import('../../model/collapse.js').Collapse[]} collapses those that are shown
 */
export function wordsOf(t, key, collapses) {
  const [first, second] = collapses
  switch (key) {
    case 'apart':
      return t('collapse.apartWords')
    case 'pair':
      return t('collapse.pairWords')
    case 'multiply':
      return t('collapse.multiplyWords')
    case 'add':
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
      return one[3] === other[3] ? t('collapse.square', one[2], one[3]) : t('collapse.both', one, other)
    }
  }
}
