/** cosineSimilarityAsync of inputs of which one or both arrive in slices along dim 0. */
import { tuple } from '../error-messages.js'
import { operandInSlices, together } from '../input/operand.js'
import { runInSlices } from '../slices.js'
import { relaid } from '../tensor/strided.js'
import { chunksOf, isChunked } from './chunks.js'
import { inStep } from './in-step.js'
import { add, EMPTY, resultOf } from './sums.js'

/** @typedef {import('./chunks.js').Options & { dim: number }} Options */
/** @typedef {{ given: unknown, x: import('../tensor/strided.js').Strided }} Slice `given` is what was read as `x` */

const NAMES = ['x1', 'x2']

/**
 * @param {string} where
 * @param {unknown[]} inputs x1 and x2
 * @param {Options} options
 */
export async function similarityOfSlices(where, inputs, options) {
  const { dim, eps, dtype, signal, onProgress } = options
  const areStreams = inputs.map(isChunked)
  /** @type {import('./sums.js').State} */
  let state = { dim, eps, dtype, ...EMPTY }
  let done = 0
  for await (const slices of pairsOf(where, inputs, areStreams, options)) {
    const operands = together(
      slices.map(({ given }) => given),
      slices.map(({ x }) => x),
    )
    const shapes = operands.map(({ shape }) => shape)
    checkShapes(where, shapes, areStreams, dim)
    const before = state
    state = await runInSlices((pause) => add(where, before, operands, pause), 0, { signal })
    done += shapes[areStreams.indexOf(true)][0]
    onProgress?.({ done, total: Infinity })
  }
  if (!state.layout) throw new RangeError(`${where}: there were no slices.`)
  return resultOf(state)
}

/**
 * Slices of x1 and x2 with the same rows. What is not a stream is the same in each pair.
 * @param {string} where
 * @param {unknown[]} inputs
 * @param {boolean[]} areStreams
 * @param {Options} options
 * @returns {AsyncGenerator<Slice[], void, undefined>}
 */
async function* pairsOf(where, inputs, areStreams, { dtype, signal }) {
  const read = async (/** @type {number} */ i, given = inputs[i]) => ({
    given,
    x: await runInSlices((pause) => operandInSlices(where, NAMES[i], i + 1, given, dtype, pause), 0, { signal }),
  })
  async function* slicesOf(/** @type {number} */ i) {
    for await (const given of chunksOf(inputs[i], signal)) {
      const slice = await read(i, given)
      if (slice.x.shape.length === 0)
        throw new RangeError(`${where}: a slice of ${NAMES[i]} is a number, without rows.`)
      yield slice
    }
  }
  if (areStreams[0] && areStreams[1]) return yield* inStep(NAMES, [slicesOf(0), slicesOf(1)], rowsOf, cut)
  const at = areStreams.indexOf(true)
  const same = await read(1 - at)
  for await (const slice of slicesOf(at)) yield at === 0 ? [slice, same] : [same, slice]
}

/** @param {Slice} slice */
const rowsOf = ({ x }) => x.shape[0]

/**
 * @param {Slice} slice
 * @param {number} start
 * @param {number} end
 * @returns {Slice}
 */
function cut({ given, x }, start, end) {
  const { dtype, shape, strides, offset } = x
  return {
    given,
    x: relaid(x, { dtype, shape: [end - start, ...shape.slice(1)], strides }, offset + start * strides[0]),
  }
}

/**
 * RangeError unless dim 0 of the slices is the one that is reduced, and whatever is not a stream is broadcast along it.
 * @param {string} where
 * @param {(readonly number[])[]} shapes
 * @param {boolean[]} areStreams
 * @param {number} dim
 */
function checkShapes(where, shapes, areStreams, dim) {
  const at = areStreams.indexOf(true)
  const [shape, other] = [shapes[at], shapes[1 - at]]
  const rank = shape.length
  if (areStreams[1 - at] && other.length !== rank)
    throw new RangeError(
      `${where}: slices of x1 and x2 must have equally many dims, not shapes ${shapes.map(tuple).join(' and ')}.`,
    )
  if (!areStreams[1 - at] && (other.length > rank || (other.length === rank && other[0] !== 1)))
    throw new RangeError(
      `${where}: ${NAMES[1 - at]} has shape ${tuple(other)}, and slices of ${NAMES[at]} have ${tuple(shape)}. ` +
        'Pass it in slices, too, or with one row, which is broadcast.',
    )
  if (dim > -rank && dim < rank && dim !== 0)
    throw new RangeError(
      `${where}: slices are along dim 0, and dim is ${dim}, along which each slice has results of its own. ` +
        'Call cosineSimilarity() with each slice, or pass { dim: 0 }.',
    )
}
