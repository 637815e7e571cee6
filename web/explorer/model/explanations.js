/**
 * What `explain` says about A and B along a dim: the common shape, the outputs, and the lane behind each output. A lane
 * is the two vectors that an output compares, one in A and one in B.
 *
 * Pointing, pinning and links refer to outputs and cells by key: `dim0:1` is output [1] along axis 0, `A:1,0` is the
 * cell A[1, 0].
 */
import { explain, tensor } from 'cosdim'
import { printedElements } from './numbers.js'
import { indexesOf, MAX_CELLS } from './tensors.js'

/* The direction in which an index runs, counted from the last axis: along a row, down a column, from block to block. */
const FLOWS = [
  { arrow: '→', flow: 'right' },
  { arrow: '↓', flow: 'down' },
  { arrow: '', flow: 'deep' },
  { arrow: '', flow: 'deep' },
]
/* The number of colours and patterns in view/styles/lanes.css. */
export const LOOKS = 6

/** The direction in which an axis is drawn, for a tensor of the given rank. */
export const flowOf = (axis, rank) => FLOWS[Math.max(rank, 1) - 1 - axis]

export const cellKey = (operand, index) => `${operand}:${index}`
export const outputKey = (axis, index) => `dim${axis}:${index}`
export const KEY = /^(?:[AB]|target|behaviored|dim[0-3]):(?:\d+(?:,\d+)*)?$/

/** The two names, nonnegative and negative, of each legal dim. */
export const dimNames = (common) =>
  (common.length ? common : [1]).map((_, axis, { length }) => ({ dim: axis, negative: axis - length }))

/** All legal dims in ascending order. */
export const legalDims = (common) =>
  dimNames(common)
    .flatMap(({ dim, negative }) => [dim, negative])
    .sort((one, other) => one - other)

/** Whether two dims name the same axis. */
export const isSameAxis = (one, other, common) =>
  dimNames(common).some(({ dim, negative }) => [one, other].every((name) => name === dim || name === negative))

/**
 * @typedef {object} Output
 * @property {string} key
 * @property {number[]} index
 * @property {number} lane its position among the outputs
 * @property {number} look which colour and pattern it has
 * @property {(t: import('../texts/languages.js').Translate) => string} name what it is: a row, a column, or [:, 0, 1]
 * @property {string} text as PyTorch prints it
 * @property {[string, string]} slices what it compares, as PyTorch writes it: ['A[:, 0]', 'B[:, 0]']
 * @property {string[]} cells keys
 * @property {ReturnType<import('cosdim').Explanation['at']>} working
 */

/** @typedef {{ shape: number[], values: number[] }} Numbers */
/** @typedef {{ a: Numbers, b: Numbers, eps: number }} Inputs */

/**
 * What is known about one dim. If the shapes do not broadcast, `common` is missing. On any error, everything after
 * `error` is.
 * @typedef {object} View
 * @property {number} dim as chosen, negative or not
 * @property {Inputs} inputs
 * @property {import('cosdim').Tensor} A
 * @property {import('cosdim').Tensor} B
 * @property {number[]} [common] the broadcast shape
 * @property {string | ((t: import('../texts/languages.js').Translate) => string)} [error] the package's message, or one of the
 *   page's
 * @property {number} [axis] dim, counted from the front
 * @property {{ arrow: string, flow: 'right' | 'down' | 'deep' }} [flow]
 * @property {object} [lanes] the parts of the outputs that depend only on the shapes; the same object until the shapes
 *   change
 * @property {number[]} [shape] the result's
 * @property {import('cosdim').Tensor} [result]
 * @property {string} [printed] the result, as PyTorch prints it
 * @property {Output[]} [outputs]
 */

/** @typedef {Required<Omit<View, 'error'>>} ViewWithResult */

/**
 * @param {Inputs} inputs
 * @param {number[]} dims
 * @param {View[]} [before] earlier views; their lanes are reused where the shapes are the same
 * @returns {View[]}
 */
export function explanationsOf(inputs, dims, before = []) {
  const { a, b, eps } = inputs
  const [A, B] = [a, b].map(({ shape, values }) => tensor(values, { dtype: 'float32', shape }))
  const common = commonShape(A, B)
  return dims.map((dim) => {
    const view = { dim, inputs, A, B, common }
    try {
      const explanation = explain(A, B, { dim, eps })
      if (common && common.reduce((count, size) => count * size, 1) > MAX_CELLS)
        return { ...view, error: (t) => t('tensor.tooMany', MAX_CELLS) }
      const { dim: axis } = dimNames(common).find((names) => dim === names.dim || dim === names.negative)
      const known = before.find((other) => other.axis === axis && sameShapes(other, view))
      return { ...view, axis, ...resultOf(explanation, known?.lanes ?? lanesOf(explanation, axis, view)) }
    } catch (error) {
      return { ...view, error: /** @type {Error} */ (error).message }
    }
  })
}

/** Adds a last dim of size 1 to reduce along. The result then has the broadcast shape. Undefined if there is none. */
export function commonShape(A, B) {
  try {
    return [...explain(A.unsqueeze(-1), B.unsqueeze(-1), { dim: -1 }).shape]
  } catch {
    return undefined
  }
}

const sameShapes = (one, other) => `${one.A.shape};${one.B.shape}` === `${other.A.shape};${other.B.shape}`

/** The parts of the outputs that depend only on the shapes, and so survive an edit of a number. */
function lanesOf(explanation, axis, { A, B, common }) {
  const flow = flowOf(axis, common.length)
  const outputs = indexesOf(explanation.shape).map((index, lane) => {
    const { terms } = explanation.at(...index)
    return {
      key: outputKey(axis, index),
      index,
      lane,
      look: lane % LOOKS,
      name: (t) => t('lane.name', axis, common.length, index),
      slices: [`A${slice(terms[0].index1, axis, common, A)}`, `B${slice(terms[0].index2, axis, common, B)}`],
      cells: terms.flatMap(({ index1, index2 }) => [cellKey('A', index1), cellKey('B', index2)]),
    }
  })
  return { flow, outputs }
}

/** Adds the numbers. An output's working is computed on first use. */
function resultOf(explanation, lanes) {
  const { shape, result } = explanation
  const printed = String(result)
  const texts = printedElements(printed)
  const outputs = lanes.outputs.map((output, lane) => {
    let working
    return {
      ...output,
      text: texts[lane],
      get working() {
        working ??= explanation.at(...output.index)
        return working
      },
    }
  })
  return { lanes, flow: lanes.flow, shape, result, printed, outputs }
}

/**
 * Writes an index with its running axis as a slice: [:, 0]. An operand that lacks the axis contributes one number,
 * repeated.
 */
function slice(index, axis, common, { shape }) {
  const missing = common.length - shape.length
  return index.length ? `[${index.map((i, own) => (own + missing === axis ? ':' : i)).join(', ')}]` : ''
}

/** The outputs that a key refers to: the output itself, or those that a cell feeds. */
export const outputsFor = (view, key) =>
  key === undefined ? [] : (view.outputs ?? []).filter((output) => output.key === key || output.cells.includes(key))

/* Where float32 ends, and where it begins to lose digits. */
const LARGEST = 3.4028234663852886e38
const SMALLEST = 2 ** -126

/**
 * Whether a sum of squares of nonzero numbers is outside of float32's range. PyTorch's result then differs: it takes the
 * norm in float32, and gets inf or 0.
 */
export const isBeyondFloat32 = (views) =>
  views.some(({ A, B, outputs = [] }) => {
    // Computing every working takes time, so look at the numbers first.
    const isExtreme = (value) => value !== 0 && Math.abs(Math.log10(Math.abs(value))) > 16
    if (![A, B].some(({ data }) => data.some(isExtreme))) return false
    return outputs.some(({ working: { norm1, norm2, clamped1, clamped2 } }) =>
      [
        [norm1, clamped1],
        [norm2, clamped2],
      ].some(([norm, clamped]) => norm ** 2 > LARGEST || (norm ** 2 < SMALLEST && norm > 0 && norm === clamped)),
    )
  })

/** The index of an output's term in the common shape. */
export function indexIn(output, term, axis, common) {
  const index = [...output.index]
  if (common.length) index.splice(axis, 0, term)
  return index
}

/**
 * Maps every index of the common shape to the output it feeds and to its element in each operand. An element that
 * broadcasting repeats is a ghost everywhere but at its first index.
 * @param {ViewWithResult} view
 */
export function placesOf({ axis, common, outputs }) {
  const places = new Map()
  for (const output of outputs)
    output.working.terms.forEach((term, t) => {
      const index = indexIn(output, t, axis, common)
      const end = t === 0 ? 'first' : t === output.working.terms.length - 1 ? 'last' : undefined
      const cell = (operand, own, value) => ({ key: cellKey(operand, own), value, isGhost: false })
      places.set(`${index}`, {
        index,
        output,
        end,
        A: cell('A', term.index1, term.x1),
        B: cell('B', term.index2, term.x2),
      })
    })
  const seen = new Set()
  for (const index of indexesOf(common)) {
    const place = places.get(`${index}`)
    for (const cell of [place.A, place.B]) {
      cell.isGhost = seen.has(cell.key)
      seen.add(cell.key)
    }
  }
  return places
}
