/** One target against many rows: their similarities, and two ways to turn those into a distribution. */
import { attentionDistribution, explain, tensor } from 'cosdim'
import { tuple } from '../view/dom.js'
import { cellKey, LOOKS } from './explanations.js'
import { printedElements } from './numbers.js'
import { indexesOf, typed } from './tensors.js'

/** The inputs shown first. */
export const TARGETS = {
  target: typed([1, 10], '0.9255 0.2194 0.837 0.5346 0.5152 0.4645 0.4926 0.9882 0.2783 0.9258'),
  behaviored: typed(
    [3, 10],
    '0.6874 0.4054 0.5739 0.8017 0.9861 0.0154 0.8513 0.8427 0.6669 0.0694 ' +
      '0.172 0.6793 0.7764 0.4583 0.8167 0.2718 0.9686 0.9301 0.2421 0.0811 ' +
      '0.2336 0.4783 0.5576 0.6518 0.9943 0.6766 0.0044 0.7935 0.2098 0.0719',
  ),
}

/** @typedef {(t: import('../texts/languages.js').Translate) => string} Say */
/** @typedef {import('../state/state.js').State} State */
/** @typedef {import('./explanations.js').Numbers} Numbers */

/** @type {{ name: Say, changes: Pick<State, 'target' | 'behaviored'> }[]} */
export const ATTENTION_EXAMPLES = [
  { name: (t) => t('attention.first'), changes: TARGETS },
  {
    name: (t) => t('attention.opposite'),
    changes: { target: typed([1, 2], '1 2'), behaviored: typed([3, 2], '2 3 3 1 -1 -1') },
  },
  {
    name: (t) => t('attention.cancelling'),
    changes: { target: typed([1, 2], '1 0'), behaviored: typed([3, 2], '2 0 0 1 -3 0') },
  },
  {
    name: (t) => t('attention.zero'),
    changes: { target: typed([1, 2], '0 0'), behaviored: typed([3, 2], '1 2 3 4 5 6') },
  },
]

/**
 * One column of the table: its numbers, the same as text, and their sum, with `total` as the sum's text.
 * @typedef {{ values: number[], texts: string[], printed: string, sum: number, total: string }} Column
 */

/** @typedef {{ target: Numbers, behaviored: Numbers }} Inputs */

/**
 * `outputs` has one entry per row, naming the cells behind its similarity.
 * @typedef {{ inputs: Inputs, error?: undefined, similarities: Column, sum: Column, softmax: Column,
 *   outputs: { key: string, look: number, cells: string[] }[] }} Shares
 */

/**
 * @param {Inputs} inputs
 * @returns {Shares | ({ inputs: Inputs, error: Say } & Partial<Omit<Shares, 'error'>>)}
 */
export function attentionOf(inputs) {
  const [target, behaviored] = [inputs.target, inputs.behaviored].map(({ shape, values }) =>
    tensor(values, { dtype: 'float32', shape }),
  )
  try {
    const sum = column(attentionDistribution(target, behaviored))
    const explanation = explain(target, behaviored, { dim: -1 })
    return {
      inputs,
      sum,
      softmax: column(attentionDistribution(target, behaviored, { normalize: 'softmax' })),
      similarities: column(explanation.result),
      outputs: indexesOf(explanation.shape).map(([row]) => ({
        key: cellKey('behaviored', row),
        look: row % LOOKS,
        cells: explanation
          .at(row)
          .terms.flatMap(({ index1, index2 }) => [cellKey('target', index1), cellKey('behaviored', index2)]),
      })),
    }
  } catch {
    return { inputs, error: (t) => t('attention.shapes', tuple(target.shape), tuple(behaviored.shape)) }
  }
}

/** The sum is taken as a dot product with ones, which explain can compute. */
function column(result) {
  const values = result.tolist()
  const ones = tensor(values.map(() => 1))
  const sum = explain(result, ones, { dim: 0 }).at().dot
  const texts = printedElements(String(tensor([...values, sum])))
  return { values, texts: texts.slice(0, -1), total: texts.at(-1), printed: String(result), sum }
}
