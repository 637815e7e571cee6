/** What `explain` says about A and B along one dim: its outputs, and the cells behind each, its lane. */
import { explain, tensor } from 'cosdim'
import { printedElements } from './numbers.js'

/* The axes of a matrix: where an index runs, what a lane along it is called, and what a change of it walks over. */
export const AXES = [
  { arrow: '↓', flow: 'down', letters: 'pqr' },
  { arrow: '→', flow: 'right', letters: 'uvw' },
]

export const cellKey = (operand, index) => `${operand}:${index}`
export const outputKey = (dim, index) => `dim${dim}:${index}`

/** An index with its running axis written as a slice: [:, 0]. */
const slice = (index, dim) => `[${index.map((i, axis) => (axis === dim ? ':' : i)).join(', ')}]`

/**
 * @param {number[][]} a
 * @param {number[][]} b
 */
export function lookAlong(dim, a, b, eps) {
  const A = tensor(a)
  const B = tensor(b)
  const explanation = explain(A, B, { dim, eps })
  const texts = printedElements(explanation.result)
  const { arrow, letters } = AXES[dim]
  const outputs = Array.from({ length: explanation.shape[0] }, (_, i) => {
    const working = explanation.at(i)
    const { terms } = working
    return {
      key: outputKey(dim, [i]),
      lane: i,
      name: `${letters[i]} ${arrow}`,
      text: texts[i],
      working,
      slices: [`A${slice(terms[0].index1, dim)}`, `B${slice(terms[0].index2, dim)}`],
      cells: terms.flatMap(({ index1, index2 }) => [cellKey('A', index1), cellKey('B', index2)]),
    }
  })
  return { dim, A, B, eps, shape: explanation.shape, printed: String(explanation.result), outputs }
}

/** The outputs of a view that a key stands for: itself, or those that a cell feeds. */
export const outputsFor = (view, key) =>
  view.outputs.filter((output) => output.key === key || output.cells.includes(key))
