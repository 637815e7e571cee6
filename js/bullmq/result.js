/** flowResult(): waits for a flow, but not for ever. */
import { fromNpy } from 'cosdim/npy'
import { throwIfAborted, unlessAborted } from '../abort.js'
import { optionsOf } from '../input/options.js'
import { fromBase64 } from '../shards/base64.js'
import { failureOf } from './flows.js'

/** @typedef {import('../../types/bullmq.js').FlowQueue} FlowQueue */

const WAITING = { signal: undefined, patience: 600_000 }
/* Between two looks, in ms. They miss nothing; BullMQ's events can be missed. */
const INTERVAL = 200

/** @type {typeof import('../../types/bullmq.js').flowResult} */
export async function flowResult(queue, id, options) {
  const { signal, patience } = optionsOf('flowResult()', options, WAITING)
  let seen = ''
  let end = Date.now() + patience
  /** @type {unknown} */
  let cause
  const look = lookingAt(queue, id)
  while (Date.now() < end) {
    let now
    try {
      now = await unlessAborted(before(end, look()), signal)
      cause = undefined
    } catch (error) {
      throwIfAborted(signal)
      // The server may come back.
      cause = error
    }
    if (now?.returned) return tensorsOf(now.returned)
    if (now?.failure) throw new Error(`Flow ${id} ${now.failure}`)
    if (now?.waiting && now.waiting !== seen) {
      seen = now.waiting
      end = Date.now() + patience
    }
    await unlessAborted(new Promise((resolve) => setTimeout(resolve, INTERVAL)), signal)
  }
  throw Object.assign(new Error(`Flow ${id}: nothing has happened for ${patience / 1000} s. ${seen}`), { cause })
}

/**
 * A function that gives what the flow returned, why it failed, or what it is waiting for. A shard that failed ends it even if
 * there is nobody to merge.
 * @param {FlowQueue} queue
 * @param {string} id
 * @returns {() => Promise<{ returned?: Record<string, string>, failure?: string, waiting?: string }>}
 */
function lookingAt(queue, id) {
  /** @type {import('../../types/bullmq.js').FinishedJob | undefined} */
  let job
  return async () => {
    const state = await queue.getJobState(id)
    const isOver = state === 'completed' || state === 'failed'
    // Its data may be large, so it is not fetched each time.
    if (!job || isOver) job = await queue.getJob(id)
    if (!job)
      return {
        failure: `is not in queue ${queue.name}. Is it another queue, or was it done longer ago than results are kept?`,
      }
    if (state === 'completed') return { returned: job.returnvalue }
    const failure = isOver ? job.failedReason : await failureOf(job)
    if (failure) return { failure: `failed: ${failure}` }
    const { processed = 0, unprocessed = 0 } = await job.getDependenciesCount()
    const idle = unprocessed ? 'the queue of the shards' : `queue ${queue.name}`
    return {
      waiting: `It is ${state}, ${processed} shards are done, ${unprocessed} are not: has ${idle} a worker?`,
    }
  }
}

/** @param {Record<string, string>} returned what mergeProcessor() gave @returns {any} */
function tensorsOf(returned) {
  const tensors = Object.entries(returned).map(([name, x]) => [name, fromNpy(fromBase64('A result', x))])
  const { similarities, ...ranked } = Object.fromEntries(tensors)
  return similarities ?? ranked
}

/**
 * What a promise gives, unless it takes too long.
 * @template T
 * @param {number} end
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
async function before(end, promise) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('The server does not answer.')), Math.max(0, end - Date.now()))
  })
  try {
    return await /** @type {Promise<T>} */ (Promise.race([promise, late]))
  } finally {
    clearTimeout(timer)
  }
}
