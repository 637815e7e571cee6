/**
 * What a reader may predict about a view: the shape of its result, then which cells make one output. Also what to say
 * about a wrong guess.
 */
import { tuple } from '../view/dom.js'
import { dimNames, explanationsOf, outputsFor } from './explanations.js'
import { plausible } from './questions.js'

/** @typedef {(t: import('../texts/languages.js').Translate) => string} Say */

export const PARTS = ['shape', 'cells']

/** Which prediction it is, and how it ended: `0.2x3.right`. */
const predictionOf = ({ axis, common }) => `${axis}.${common.join('x')}.`
export const PREDICTED = /^\d\.(?:\d+(?:x\d+)*)?\.(?:right|skipped)$/

/** @param {'right' | 'skipped'} outcome */
export const withOutcome = (predicted, view, outcome) => [
  ...predicted.filter((one) => !one.startsWith(predictionOf(view))),
  `${predictionOf(view)}${outcome}`,
]

/** @returns {string | undefined} */
export const outcomeOf = (predicted, view) =>
  predicted.find((one) => one.startsWith(predictionOf(view)))?.slice(predictionOf(view).length)

/** Reads (2, 3), [2, 3], 2 3 and torch.Size([2, 3]). Undefined if the text is not a shape. */
export function readShape(text) {
  const sizes = text.replace(/^\s*torch\.Size/, '')
  return /\d|[([（]\s*[)\]）]/.test(sizes) && /^[\s\d,，()（）[\]]*$/.test(sizes)
    ? (sizes.match(/\d+/g) ?? []).map(Number)
    : undefined
}

/** Opens the question about the first dim that has not been predicted, with its result covered from the start. */
export function firstQuestion({ views, state: { predicted } }) {
  const view = views.find((one) => one.outputs?.length && !outcomeOf(predicted, one))
  return view ? { predict: /** @type {const} */ ({ dim: view.dim, part: 'shape' }), pinned: undefined } : {}
}

/** The view being predicted, if any. Nothing may reveal its result meanwhile. Present mode asks in the story instead. */
export const askedView = ({ state: { predict, hide, present }, views }) =>
  predict && !present && !hide.includes('predict')
    ? views.find(({ dim, outputs }) => dim === predict.dim && outputs?.length)
    : undefined

const isSame = (one, other) => `${one}` === `${other}`

/**
 * The same inputs along every other dim. These have results, because the shapes broadcast.
 * @param {import('./explanations.js').ViewWithResult} view
 */
function alongOthers({ inputs, common, axis }) {
  const dims = dimNames(common).map(({ dim }) => dim)
  const others = explanationsOf(
    inputs,
    dims.filter((dim) => dim !== axis),
  )
  return /** @type {import('./explanations.js').ViewWithResult[]} */ (others)
}

/** Whether another dim gives the same shape. */
export const isAmbiguous = (view) => alongOthers(view).some(({ shape }) => isSame(shape, view.shape))

/** @returns {Say | undefined} what is wrong with a shape, if anything */
export function faultOfShape(view, guess) {
  const { dim, axis, common, shape, A, B } = view
  if (isSame(guess, shape)) return undefined
  const other = alongOthers(view).find((one) => isSame(one.shape, guess))
  if (other) return (t) => t('predict.struck', other.axis, dim, axis)
  const known = plausible([A, B], dim).find((one) => isSame(one.shape, guess))
  return known?.why ?? ((t) => t('predict.strike', tuple(common)))
}

/* With more cells than this, only the shape is asked. */
const MOST_CELLS = 32

export const hasCells = ({ inputs, outputs }) =>
  inputs.a.values.length + inputs.b.values.length <= MOST_CELLS && outputs[0].working.terms.length > 0

/** The cell that the question starts from: the first cell of A in the middle output. */
export const givenCell = ({ outputs }) => outputs[Math.floor(outputs.length / 2)].cells[0]

const hasAll = (cells, marked) => cells.every((key) => marked.has(key))
const isExactly = ({ cells }, marked) => new Set(cells).size === marked.size && hasAll(cells, marked)

/**
 * Finds the output made of the marked cells. If there is none, says what is wrong, and rates each cell against the
 * output that the marked cells fit best. Only outputs that the given cell feeds are considered.
 * @param {Set<string>} marked keys of cells, including the given one
 * @returns {{ output: import('./explanations.js').Output, fault?: undefined, fits?: undefined }
 *   | { output?: undefined, fault: Say, fits: Map<string, 'right' | 'wrong' | 'missed'> }}
 */
export function judgeCells(view, given, marked) {
  const possible = outputsFor(view, given)
  const output = possible.find((one) => isExactly(one, marked))
  if (output) return { output }
  const found = (cells) => [...cells].filter((key) => marked.has(key)).length
  const [nearest] = possible.map(({ cells }) => new Set(cells)).sort((one, another) => found(another) - found(one))
  const others = [...new Set([...marked, ...nearest])].filter((key) => key !== given)
  const fit = (key) => (nearest.has(key) ? (marked.has(key) ? 'right' : 'missed') : 'wrong')
  return {
    fault: faultOfCells(view, given, marked, found(nearest) - 1, nearest.size - 1),
    fits: new Map(others.map((key) => [key, fit(key)])),
  }
}

function faultOfCells(view, given, marked, found, of) {
  const { dim, axis, flow } = view
  const other = alongOthers(view).find((one) => outputsFor(one, given).some((lane) => isExactly(lane, marked)))
  if (other) return (t) => t('predict.ran', other.axis, other.flow.flow, dim, axis, flow.flow)
  for (const [has, lacks] of ['AB', 'BA']) {
    const half = outputsFor(view, given).find(({ cells }) =>
      isExactly({ cells: [given, ...cells.filter((key) => key[0] === has)] }, marked),
    )
    if (half) return (t) => t('predict.half', has, lacks)
  }
  return (t) => t('predict.some', found, of, marked.size - 1 - found, axis, flow.flow)
}
