/** cosdim/workers: a corpus over several workers, each of which answers for its rows. */
import { cosineSimilarity, tensor, topkAccumulator, topkCosineSimilarity } from 'cosdim'
import { statusError, tuple } from '../error-messages.js'
import { integer, optionsOf, TOPK } from '../input/options.js'
import { elementsOf, isShared, sendable } from './elements.js'
import { cores } from './platform.js'
import { openPool } from './pool.js'

/** @typedef {import('../../types/index.js').Tensor} Tensor */

/* With fewer rows, the results of top-k can differ in the last bit from those of one call. */
const LEAST_ROWS = 3

/**
 * The first rows of the parts, and the number of rows.
 * @param {number} n
 * @param {number} count
 */
function boundsOf(n, count) {
  const parts = Math.max(1, Math.min(count, Math.floor(n / LEAST_ROWS)))
  return Array.from({ length: parts + 1 }, (_, i) => Math.floor((i * n) / parts))
}

/** @type {typeof import('../../types/workers.js').openWorkers} */
export async function openWorkers(corpus, shape, options) {
  const where = 'openWorkers()'
  const { count = await cores() } = optionsOf(where, options, { count: undefined })
  if (integer(where, 'count', count) < 1) throw new RangeError(`${where}: count must be from 1 up, got ${count}.`)
  const rows = /** @type {Tensor} */ (tensor(corpus, { shape }))
  if (rows.shape.length !== 2)
    throw new RangeError(`${where}: the corpus must have shape (N, D), not ${tuple(rows.shape)}.`)
  const [n] = rows.shape
  if (n > 2 ** 31)
    throw new RangeError(`${where}: the corpus has ${n} rows, more than int32 can number: use topkAccumulator().`)
  const bounds = boundsOf(n, count)
  const data = elementsOf(rows)
  const pool = await openPool(bounds.length - 1)
  try {
    await pool.ask(partsOf(rows, data, bounds))
  } catch (error) {
    await pool.close()
    throw error
  }
  return /** @type {any} */ (workersOf(pool, rows.shape, emptyLike(rows, data), bounds))
}

/**
 * The first question to each worker. A SharedArrayBuffer is read by the workers; of other memory each gets a copy of its part.
 * @param {Tensor} rows
 * @param {any} data its elements, one after another
 * @param {number[]} bounds
 */
function partsOf({ dtype, shape: [, d] }, data, bounds) {
  return (/** @type {number} */ i) => {
    const [first, end] = [bounds[i], bounds[i + 1]]
    const part = data.subarray(first * d, end * d)
    const question = { kind: 'open', dtype, shape: [end - first, d], first }
    if (isShared(data)) return { question: { ...question, part } }
    const own = part.slice()
    return { question: { ...question, part: own }, transfer: [own.buffer] }
  }
}

/**
 * A corpus without rows. Arguments are tried on it before workers are asked, so that mistakes give the errors of one thread.
 * @param {Tensor} rows
 * @param {any} data
 */
const emptyLike = ({ dtype, shape: [, d] }, data) => tensor(data.slice(0, 0), { dtype, shape: [0, d] })

/**
 * @param {Awaited<ReturnType<typeof openPool>>} pool
 * @param {readonly number[]} shape
 * @param {any} sample
 * @param {number[]} bounds
 */
function workersOf(pool, [n, d], sample, bounds) {
  const close = () => pool.close()

  return {
    /**
     * @param {unknown} query
     * @param {any} [options]
     */
    async similarities(query, options) {
      const where = 'similarities()'
      checkQuery(where, query, d, 1)
      const checked = { ...optionsOf(where, options, TOPK), dim: -1 }
      const sent = sendable(query) // from here on: the query may read otherwise a second time
      const { dtype } = cosineSimilarity(/** @type {any} */ (sent), sample, checked)
      const question = { kind: 'similarities', query: sent, options: checked }
      const parts = await pool.ask(() => ({ question }))
      const all = new parts[0].constructor(n)
      for (const [i, part] of parts.entries()) all.set(part, bounds[i])
      return tensor(all, { dtype })
    },

    /**
     * @param {unknown} query
     * @param {number} k
     * @param {any} [options]
     */
    async topk(query, k, options) {
      const where = 'topk()'
      checkQuery(where, query, d, 2)
      if (integer(where, 'k', k) < 0 || k > n) throw statusError('K', [k, n], { shapes: [] })
      const checked = optionsOf(where, options, TOPK)
      const sent = sendable(query)
      topkCosineSimilarity(/** @type {any} */ (sent), sample, 0, checked)
      const question = { kind: 'topk', query: sent, k, options: checked }
      const parts = await pool.ask(() => ({ question }))
      const [best, ...others] = parts.map((bytes) => topkAccumulator.fromBytes(bytes))
      for (const other of others) best.merge(other)
      const { values, indices } = best.result()
      return { values, indices: tensor(Int32Array.from(indices.data, Number), { shape: indices.shape }) }
    },

    close,
    [Symbol.asyncDispose]: close,
  }
}

/**
 * @param {string} where
 * @param {unknown} query
 * @param {number} d
 * @param {number} most dims
 */
function checkQuery(where, query, d, most) {
  const { shape } = /** @type {Tensor} */ (tensor(/** @type {any} */ (query)))
  if (shape.length < 1 || shape.length > most || shape[shape.length - 1] !== d)
    throw new RangeError(
      `${where} takes a query of shape (${d},)${most > 1 ? ` or (Q, ${d})` : ''}, as long as the rows of the corpus, got ${tuple(shape)}.`,
    )
}
