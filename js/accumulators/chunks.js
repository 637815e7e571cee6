/** A corpus that arrives in chunks: from async iterables, and from streams in browsers that cannot iterate them. */
import { throwIfAborted, unlessAborted } from '../abort.js'
import { statusError } from '../error-messages.js'
import { makeTensor, operandsInSlices, rowsOf } from '../input/operand.js'
import { runInSlices } from '../slices.js'
import { iteratorOf } from '../streams.js'
import { Tensor } from '../tensor/tensor.js'
import { begin, best, endOf, offer } from './heaps.js'

/**
 * @typedef {object} Options
 * @property {number} eps
 * @property {import('../dtypes.js').DType} [dtype]
 * @property {AbortSignal} [signal]
 * @property {(progress: { done: number, total: number }) => void} [onProgress]
 */

/** @param {any} x */
export const isChunked = (x) => typeof x?.[Symbol.asyncIterator] === 'function' || typeof x?.getReader === 'function'

/**
 * The chunks, one when it is asked for. An abort does not wait for the next one. Whatever ends the loop, the source is told.
 * @param {any} source
 * @param {import('../abort.js').Signal} [signal]
 */
export async function* chunksOf(source, signal) {
  const iterator = source[Symbol.asyncIterator]?.() ?? iteratorOf(source)
  let isOver = false
  try {
    for (;;) {
      throwIfAborted(signal)
      const { done, value } = await unlessAborted(iterator.next(), signal)
      isOver = Boolean(done)
      if (isOver) return
      yield value
    }
  } finally {
    // Not awaited: a source that hangs must not hold up the abort.
    if (!isOver) Promise.resolve(iterator.return?.()).catch(() => {})
  }
}

/**
 * topkCosineSimilarityAsync of a corpus that arrives in chunks.
 * @param {string} where
 * @param {unknown} query
 * @param {unknown} corpus
 * @param {number} k
 * @param {Options} options
 */
export async function topkOfChunks(where, query, corpus, k, { eps, dtype, signal, onProgress }) {
  let state = begin(where, query, k, eps, dtype)
  const x = new Tensor(/** @type {import('../tensor/strided.js').Strided} */ (state.query))
  for await (const rows of chunksOf(corpus, signal)) {
    const [queries, read] = await runInSlices(
      (pause) => operandsInSlices(where, Object.entries({ query: x, corpus: rows }), dtype, pause),
      0,
      { signal },
    )
    const inputs = [queries, rowsOf(rows, read, queries)]
    const before = state
    state = await runInSlices((pause) => offer(where, before, inputs, endOf(before), pause), 0, { signal })
    onProgress?.({ done: endOf(state), total: Infinity })
  }
  const n = endOf(state)
  if (k > n) throw statusError('K', [k, n], { shapes: [] })
  if (n > 2 ** 31)
    throw new RangeError(`${where}: the corpus has ${n} rows, more than int32 can number: use topkAccumulator().`)
  const { values, indices, of, shape } = best(state)
  return { values: makeTensor(values, of, shape), indices: makeTensor(indices.map(Number), 'int32', shape) }
}
