/** A lane's terms as a table, filled in up to the current step. */

import { minus, printed } from '../../model/numbers.js'
import { element, spoken } from '../dom.js'
import { scrolls } from './scroller.js'

/** Each column's heading, and its field in a term. */
const COLUMNS = {
  a: ['a', 'x1'],
  b: ['b', 'x2'],
  product: ['a · b', 'product'],
  dot: ['Σ a · b', 'dot'],
  square1: ['a²', 'square1'],
  norm1Squared: ['Σ a²', 'norm1Squared'],
  square2: ['b²', 'square2'],
  norm2Squared: ['Σ b²', 'norm2Squared'],
}
/* Columns that are given from the start. The others are computed step by step. */
const GIVEN = ['a', 'b']

/**
 * @param {import('../../texts/languages.js').Translate} t
 * @param {import('../../model/explanations.js').ViewWithResult} view
 * @param {import('../../model/explanations.js').Output} output
 * @param {Required<import('./steps.js').Step>} step
 */
export function termsTable(t, { axis, flow }, output, { columns, now }) {
  const heads = [t('inputs.axis', axis, flow.arrow), ...columns.map((column) => COLUMNS[column][0])]
  const box = element(
    'div',
    { class: 'terms' },
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, ...spoken(t, head)))),
      ),
      element(
        'tbody',
        {},
        ...output.working.terms.map((term, i) =>
          element(
            'tr',
            { 'data-now': i >= now.from && i <= now.to },
            element('th', { scope: 'row' }, `${i}`),
            ...columns.map((column) =>
              element('td', {}, GIVEN.includes(column) || i <= now.to ? minus(printed(term[COLUMNS[column][1]])) : ''),
            ),
          ),
        ),
      ),
    ),
  )
  return scrolls(box, t('spoken', t('stepper.table', output.slices)))
}
