/** `cosdim similarity`: of whole inputs, and of those that are streamed. */
import { accumulator, cosineSimilarity, cosineSimilarityAsync } from 'cosdim'
import { inStep } from '../accumulators/in-step.js'
import { load, nameOf } from './inputs.js'
import { progress } from './progress.js'
import { putRows, putTensor } from './results.js'
import { cut } from './rows.js'

/** @typedef {import('cosdim').Tensor} Tensor */
/** @typedef {{ shape: readonly number[], chunks: AsyncGenerator<Tensor, void, undefined> }} Stream */

/** @type {import('./commands.js').Command['run']} */
export async function similarity(operands, options) {
  const { dim = 1, eps, dtype } = options
  const settings = { dim, eps, dtype }
  const [x1, x2] = [await load(operands[0], options), await load(operands[1], options)]
  if (!('chunks' in x1 || 'chunks' in x2))
    return putTensor(await cosineSimilarityAsync(x1, x2, { ...settings, onProgress: progress.compute }), options)
  const slices = slicesOf(operands.map(nameOf), x1, x2)
  if (dim !== 0 && dim !== -Math.max(x1.shape.length, x2.shape.length))
    return putRows(rowByRow(slices, settings), options)
  const sums = accumulator(settings)
  for await (const [one, other] of slices) sums.update(one, other)
  await putTensor(sums.result(), options)
}

/**
 * Slices of both with the same rows.
 * @param {string[]} names
 * @param {Tensor | Stream} x1
 * @param {Tensor | Stream} x2
 * @returns {AsyncGenerator<[Tensor, Tensor], void, undefined>}
 */
async function* slicesOf(names, x1, x2) {
  if (isBroadcast(x1, x2)) for await (const slice of rowsOf(x2)) yield [x1, slice]
  else if (isBroadcast(x2, x1)) for await (const slice of rowsOf(x1)) yield [slice, x2]
  else if (x1.shape.length !== x2.shape.length)
    throw new RangeError(
      `${names[0]} has ${x1.shape.length} dims, ${names[1]} ${x2.shape.length}. Beside a file as long as this, only one that is small can be broadcast.`,
    )
  else yield* inStep(names, [rowsOf(x1), rowsOf(x2)], ({ shape }) => shape[0], cut)
}

/**
 * Whether the first one is a tensor that is the same for all rows of the other.
 * @param {Tensor | Stream} x
 * @param {Tensor | Stream} other
 * @returns {x is Tensor}
 */
const isBroadcast = (x, { shape: { length } }) =>
  !('chunks' in x) && (x.shape.length < length || (x.shape.length === length && x.shape[0] === 1))

/** @param {Tensor | Stream} x */
async function* rowsOf(x) {
  if ('chunks' in x) yield* x.chunks
  else yield x
}

/**
 * The similarities along another dim than 0.
 * @param {AsyncIterable<[Tensor, Tensor]>} slices
 * @param {{ dim: number, eps?: number, dtype?: any }} options
 */
async function* rowByRow(slices, options) {
  for await (const [one, other] of slices) yield cosineSimilarity(one, other, options)
}
