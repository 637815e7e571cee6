/** `cosdim similarity`: of whole inputs, and of those that are streamed. */
import { accumulator, cosineSimilarity, cosineSimilarityAsync } from 'cosdim'
import { inStep } from '../accumulators/in-step.js'
import { inWhole } from '../in-whole.js'
import { comparing, load, nameOf } from './inputs.js'
import { progress } from './progress.js'
import { putRows, putTensor } from './results.js'
import { cut } from './rows.js'

/** @typedef {import('cosdim').Tensor} Tensor */
/** @typedef {Exclude<Awaited<ReturnType<typeof load>>, Tensor>} Stream */

/** @type {import('./commands.js').Command['run']} */
export async function similarity(operands, options) {
  const { dim = 1, eps, dtype } = options
  const settings = { dim, eps, dtype }
  const [x1, x2] = [await load(operands[0], options), await load(operands[1], options)]
  if (!('chunks' in x1 || 'chunks' in x2)) {
    const onProgress = progress.compute
    const result = await comparing(operands, () => cosineSimilarityAsync(x1, x2, { ...settings, onProgress }))
    return putTensor(result, options)
  }
  const compared = comparingSlices(operands, x1, x2)
  if (dim !== 0 && dim !== -Math.max(x1.shape.length, x2.shape.length))
    return putRows(
      compared((one, other) => cosineSimilarity(one, other, settings)),
      options,
    )
  const sums = accumulator(settings)
  for await (const _ of compared((one, other) => sums.update(one, other)));
  await putTensor(sums.result(), options)
}

/**
 * A function that gives what `use` gives for each pair of slices.
 * @param {string[]} operands
 * @param {Tensor | Stream} x1
 * @param {Tensor | Stream} x2
 */
const comparingSlices = (operands, x1, x2) =>
  /**
   * @template T
   * @param {(one: Tensor, other: Tensor) => T} use
   */
  async function* (use) {
    for await (const [one, other] of slicesOf(operands.map(nameOf), x1, x2)) {
      const shapes = /** @type {import('../in-whole.js').Shapes} */ ([
        [one.shape, rowsOf(x1)],
        [other.shape, rowsOf(x2)],
      ])
      yield comparing(operands, () => inWhole(shapes, () => use(one, other)))
    }
  }

/** How many rows there are, if that is known before. @param {Tensor | Stream} x */
const rowsOf = (x) => ('chunks' in x ? x.rows : x.shape[0])

/**
 * Slices of both with the same rows.
 * @param {string[]} names
 * @param {Tensor | Stream} x1
 * @param {Tensor | Stream} x2
 * @returns {AsyncGenerator<[Tensor, Tensor], void, undefined>}
 */
async function* slicesOf(names, x1, x2) {
  if (isBroadcast(x1, x2)) for await (const slice of partsOf(x2)) yield [x1, slice]
  else if (isBroadcast(x2, x1)) for await (const slice of partsOf(x1)) yield [slice, x2]
  else if (x1.shape.length !== x2.shape.length)
    throw new RangeError(
      `${names[0]} has ${x1.shape.length} dims, ${names[1]} ${x2.shape.length}. Beside a file as long as this, only one that is small can be broadcast.`,
    )
  else yield* inStep(names, [partsOf(x1), partsOf(x2)], ({ shape }) => shape[0], cut)
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
async function* partsOf(x) {
  if ('chunks' in x) yield* x.chunks
  else yield x
}
