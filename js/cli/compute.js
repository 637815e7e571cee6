/** The commands whose inputs are read whole. */
import { attentionDistribution, cosineDistance, explain, pairwiseCosineSimilarityAsync } from 'cosdim'
import { attempt } from './errors.js'
import { working } from './explain.js'
import { comparing, whole } from './inputs.js'
import { progress } from './progress.js'
import { print, putNumber, putTensor } from './results.js'

/** @typedef {import('./commands.js').Command['run']} Run */
/** @typedef {import('cosdim').Tensor} Tensor */

/** @type {Run} */
export async function pairwise([a, b], options) {
  const { eps, dtype } = options
  const x1 = await whole(a, options)
  const x2 = b === undefined ? x1 : await whole(b, options)
  const settings = { eps, dtype, onProgress: progress.compute }
  await putTensor(await comparing([a, b ?? a], () => pairwiseCosineSimilarityAsync(x1, x2, settings)), options)
}

/** @type {Run} */
export async function distance([u, v], options) {
  const read = async (/** @type {string} */ operand) =>
    vector(await whole(operand, { ...options, dtype: 'float64' }), operand)
  const operands = [u, v, ...(options.weights === undefined ? [] : [options.weights])]
  const [x1, x2, weights] = await Promise.all(operands.map(read))
  await putNumber(await comparing(operands, () => cosineDistance(x1, x2, { weights })), options)
}

/**
 * A table can have no vectors, only one row or one column.
 * @param {Tensor} x
 * @param {string} operand
 */
function vector(x, operand) {
  const isTable = x.shape.length === 2 && x.shape.includes(1) && !/^\s*\[|\.(npy|json)$/.test(operand)
  return isTable ? x.reshape(-1) : x
}

/** @type {Run} */
export async function attention([target, rows], options) {
  const { normalize } = options
  const [x, behaviored] = [await whole(target, options), await whole(rows, options)]
  const result = await comparing([target, rows], () => attentionDistribution(x, behaviored, { normalize }))
  await putTensor(result, options)
}

/** @type {Run} */
export async function explained([a, b], options) {
  const { dim, eps, at } = options
  const [x1, x2] = [await whole(a, options), await whole(b, options)]
  const explanation = await comparing([a, b], () => explain(x1, x2, { dim, eps }))
  await print(await attempt(`--at ${at}`, () => working(explanation, eps ?? 1e-8, options)))
}
