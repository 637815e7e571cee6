/** The commands whose inputs are read whole. */
import { attentionDistribution, cosineDistance, explain, pairwiseCosineSimilarityAsync } from 'cosdim'
import { working } from './explain.js'
import { whole } from './inputs.js'
import { progress } from './progress.js'
import { print, putNumber, putTensor } from './results.js'

/** @typedef {import('./commands.js').Command['run']} Run */
/** @typedef {import('cosdim').Tensor} Tensor */

/** @type {Run} */
export async function pairwise([a, b], options) {
  const { eps, dtype } = options
  const x1 = await whole(a, options)
  const x2 = b === undefined ? x1 : await whole(b, options)
  await putTensor(await pairwiseCosineSimilarityAsync(x1, x2, { eps, dtype, onProgress: progress.compute }), options)
}

/** @type {Run} */
export async function distance([u, v], options) {
  const read = async (/** @type {string} */ operand) =>
    vector(await whole(operand, { ...options, dtype: 'float64' }), operand)
  const weights = options.weights === undefined ? undefined : await read(options.weights)
  await putNumber(cosineDistance(await read(u), await read(v), { weights }), options)
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
  const read = (/** @type {string} */ operand) => whole(operand, options)
  const { normalize } = options
  await putTensor(attentionDistribution(await read(target), await read(rows), { normalize }), options)
}

/** @type {Run} */
export async function explained([a, b], options) {
  const { dim, eps } = options
  const explanation = explain(await whole(a, options), await whole(b, options), { dim, eps })
  await print(working(explanation, eps ?? 1e-8, options))
}
