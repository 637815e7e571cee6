/** `cosdim similarity`: of whole inputs, and of those that are streamed. */
import { cosineSimilarity, cosineSimilarityAsync } from 'cosdim'
import { inStep } from '../accumulators/in-step.js'
import { load, nameOf } from './inputs.js'
import { putRows, putTensor } from './results.js'
import { cut } from './rows.js'

/** @typedef {import('cosdim').Tensor} Tensor */
/** @typedef {{ shape: readonly number[], chunks: AsyncGenerator<Tensor, void, undefined> }} Stream */

/** @type {import('./commands.js').Command['run']} */
export async function similarity(operands, options, { progress }) {
  const { dim = 1, eps, dtype } = options
  const [x1, x2] = [await load(operands[0], options, progress), await load(operands[1], options, progress)]
  const settings = { dim, eps, dtype }
  if (!('chunks' in x1 || 'chunks' in x2))
    return putTensor(await cosineSimilarityAsync(x1, x2, { ...settings, onProgress: progress.compute }), options)
  const inputs = /** @type {any[]} */ ([asInput(x1, x2), asInput(x2, x1)])
  if (dim === 0 || dim === -Math.max(x1.shape.length, x2.shape.length))
    return putTensor(await cosineSimilarityAsync(inputs[0], inputs[1], settings), options)
  await putRows(rowByRow(operands.map(nameOf), inputs, settings), options)
}

/**
 * A stream, also of a tensor that has rows of its own; or a tensor that is broadcast along the rows of the other.
 * @param {Tensor | Stream} x
 * @param {Tensor | Stream} other
 */
function asInput(x, other) {
  if ('chunks' in x) return x.chunks
  const rank = other.shape.length
  return x.shape.length < rank || (x.shape.length === rank && x.shape[0] === 1) ? x : once(x)
}

/** @param {Tensor} x */
async function* once(x) {
  yield x
}

/**
 * The similarities along another dim than 0, from pairs of slices.
 * @param {string[]} names
 * @param {(Tensor | AsyncGenerator<Tensor>)[]} inputs
 * @param {{ dim: number, eps?: number, dtype?: any }} options
 */
async function* rowByRow(names, [x1, x2], options) {
  if (isStream(x1) && isStream(x2))
    for await (const [one, other] of inStep(names, [x1, x2], ({ shape }) => shape[0], cut))
      yield cosineSimilarity(one, other, options)
  else if (isStream(x1))
    for await (const slice of x1) yield cosineSimilarity(slice, /** @type {Tensor} */ (x2), options)
  else if (isStream(x2)) for await (const slice of x2) yield cosineSimilarity(x1, slice, options)
}

/**
 * @param {Tensor | AsyncGenerator<Tensor>} x
 * @returns {x is AsyncGenerator<Tensor>}
 */
const isStream = (x) => Symbol.asyncIterator in x
