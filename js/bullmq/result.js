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
const FINAL = ['completed', 'failed', 'unknown']

const failed = (/** @type {string} */ id, /** @type {string} */ why) => new Error(`Flow ${id} failed: ${why}`)

/** @type {typeof import('../../types/bullmq.js').flowResult} */
export async function flowResult(queue, id, options) {
  const { signal, patience } = optionsOf('flowResult()', options, WAITING)
  let seen = ''
  let end = Date.now() + patience
  /** @type {unknown} */
  let cause
  while (Date.now() < end) {
    let look
    try {
      look = await unlessAborted(before(end, lookAt(queue, id)), signal)
      cause = undefined
    } catch (error) {
      throwIfAborted(signal)
      // The server may come back.
      cause = error
    }
    if (look?.isOver) return resultOf(queue, id)
    if (look?.failure) throw failed(id, look.failure)
    if (look && look.said !== seen) {
      seen = look.said
      end = Date.now() + patience
    }
    await unlessAborted(new Promise((resolve) => setTimeout(resolve, INTERVAL)), signal)
  }
  throw Object.assign(new Error(`Flow ${id}: nothing has happened for ${patience / 1000} s. ${seen}`), { cause })
}

/**
 * Whether the flow is over, and what it is waiting for. A shard that failed ends it even if there is nobody to merge.
 * @param {FlowQueue} queue
 * @param {string} id
 */
async function lookAt(queue, id) {
  const state = await queue.getJobState(id)
  const job = FINAL.includes(state) ? undefined : await queue.getJob(id)
  if (!job) return { isOver: true, said: '' }
  const failure = await failureOf(job)
  const { processed = 0, unprocessed = 0 } = await job.getDependenciesCount()
  const idle = unprocessed ? 'the queue of the shards' : `queue ${queue.name}`
  const said = `It is ${state}, ${processed} shards are done, ${unprocessed} are not: has ${idle} a worker?`
  return { isOver: false, failure, said }
}

/**
 * @param {FlowQueue} queue
 * @param {string} id
 * @returns {Promise<any>}
 */
async function resultOf(queue, id) {
  const job = await queue.getJob(id)
  if (!job)
    throw new Error(`Flow ${id} is not in queue ${queue.name}. Another queue, another server, or one that lost it?`)
  if (job.failedReason) throw failed(id, job.failedReason)
  const tensors = Object.entries(job.returnvalue).map(([name, x]) => [name, fromNpy(fromBase64('A result', x))])
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
