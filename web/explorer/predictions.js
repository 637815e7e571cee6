/** What a reader may predict of a view, its result's shape and then which numbers meet, and what a wrong guess says. */
import { tuple } from './dom.js'
import { dimNames, explanationsOf, outputsFor } from './explanations.js'
import { plausible } from './questions.js'

/** @typedef {(t: import('./texts.js').Translate) => string} Say */

export const PARTS = ['shape', 'cells']

/** Which prediction, and how it ended: `0.2x3.right`. */
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

/** (2, 3), [2, 3], 2 3, torch.Size([2, 3]); undefined for what is no shape. */
export function readShape(text) {
  const sizes = text.replace(/^\s*torch\.Size/, '')
  return /\d|[([（]\s*[)\]）]/.test(sizes) && /^[\s\d,，()（）[\]]*$/.test(sizes)
    ? (sizes.match(/\d+/g) ?? []).map(Number)
    : undefined
}

const isSame = (one, other) => `${one}` === `${other}`

const alongOthers = ({ inputs, common, axis }) =>
  explanationsOf(
    inputs,
    dimNames(common)
      .map(({ dim }) => dim)
      .filter((dim) => dim !== axis),
  )

/** Whether another dim gives the same shape. */
export const isAmbiguous = (view) => alongOthers(view).some(({ shape }) => isSame(shape, view.shape))

/** @returns {Say | undefined} what is wrong about a shape, if anything is */
export function faultOfShape(view, guess) {
  const { dim, axis, common, shape, A, B } = view
  if (isSame(guess, shape)) return undefined
  const other = alongOthers(view).find((one) => isSame(one.shape, guess))
  if (other) return (t) => t('predict.struck', other.axis, dim, axis)
  const known = plausible([A, B], dim).find((one) => isSame(one.shape, guess))
  return known?.why ?? ((t) => t('predict.strike', tuple(common)))
}

/* More cells are not looked through one by one. */
const MOST_CELLS = 32

export const hasCells = ({ inputs, outputs }) =>
  inputs.a.values.length + inputs.b.values.length <= MOST_CELLS && outputs[0].working.terms.length > 0

/** The cell whose companions are to be found: the first of A in an output of the middle. */
export const givenCell = ({ outputs }) => outputs[Math.floor(outputs.length / 2)].cells[0]

const hasAll = (cells, marked) => cells.every((key) => marked.has(key))
const isExactly = ({ cells }, marked) => new Set(cells).size === marked.size && hasAll(cells, marked)

/**
 * @param {Set<string>} marked keys of cells, the given one included
 * @returns {{ output?: import('./explanations.js').Output, fault?: Say }}
 */
export function judgeCells(view, given, marked) {
  const { dim, axis, flow } = view
  const possible = outputsFor(view, given)
  const output = possible.find((one) => isExactly(one, marked))
  if (output) return { output }
  const other = alongOthers(view).find((one) => outputsFor(one, given).some((lane) => isExactly(lane, marked)))
  if (other) return { fault: (t) => t('predict.ran', other.axis, other.flow.flow, dim, axis, flow.flow) }
  for (const [has, lacks] of ['AB', 'BA']) {
    const half = possible.find(({ cells }) =>
      isExactly({ cells: [given, ...cells.filter((key) => key[0] === has)] }, marked),
    )
    if (half) return { fault: (t) => t('predict.half', has, lacks) }
  }
  const [nearest] = possible
    .map(({ cells }) => new Set(cells))
    .map((cells) => ({ of: cells.size - 1, found: [...marked].filter((key) => cells.has(key)).length - 1 }))
    .sort((one, another) => another.found - one.found)
  const extra = marked.size - 1 - nearest.found
  return { fault: (t) => t('predict.some', nearest.found, nearest.of, extra, axis, flow.flow) }
}
