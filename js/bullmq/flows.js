/** Flows: a job that merges, whose children are the jobs of the shards. */
import { tasks } from 'cosdim/shards'
import { shown } from '../error-messages.js'
import { optionsOf } from '../input/options.js'

/** @typedef {import('../../types/shards.js').Task} Task */

const DAY = 86_400_000
const FLOW = { id: undefined, shardQueue: 'cosdim-shards', mergeQueue: 'cosdim-merge', attempts: 3, keep: DAY }
/* Before an attempt after the first one, in ms: doubled each time. */
const BACKOFF = 500

/** @type {typeof import('../../types/bullmq.js').topkFlow} */
export const topkFlow = (manifest, request, options) =>
  flow('topkFlow()', manifest, { ...request, operation: 'topk' }, options)

/** @type {typeof import('../../types/bullmq.js').similarityFlow} */
export const similarityFlow = (manifest, request, options) =>
  flow('similarityFlow()', manifest, { ...request, operation: 'cosineSimilarity' }, options)

/** BullMQ gives an id that it knows the job of that id, with its old result. */
const newId = () => [Date.now(), Math.random() * 2 ** 52].map((x) => x.toString(36)).join('-')

/** BullMQ's keys are ids joined by ":". @param {string} text */
const withoutColons = (text) => text.replace(/:/g, '%3A')

/**
 * @param {string} where
 * @param {import('../../types/shards.js').Manifest} manifest
 * @param {any} request
 * @param {unknown} options
 */
function flow(where, manifest, request, options) {
  const checked = optionsOf(where, options, FLOW)
  const { id = `${request.operation}-${newId()}`, shardQueue, mergeQueue, attempts, keep } = checked
  if (typeof id !== 'string' || /^\d*$|:/.test(id))
    throw new TypeError(`${where}: id must be a text without ":" that is not a number, got ${shown(id)}.`)
  if (typeof keep !== 'number' || !(keep > 0))
    throw new TypeError(`${where}: keep must be a number of milliseconds above 0, got ${shown(keep)}.`)
  const kept = { age: keep / 1000 }
  const common = { attempts, backoff: { type: 'exponential', delay: BACKOFF }, removeOnFail: kept }
  const all = tasks(manifest, request)
  return {
    name: request.operation,
    queueName: mergeQueue,
    data: { manifest, request: { ...request, ...all[0].request } },
    opts: { jobId: id, removeOnComplete: kept, ...common },
    children: all.map((task, i) => ({
      name: 'shard',
      queueName: shardQueue,
      data: task,
      opts: {
        jobId: `${id}.${i}.${withoutColons(task.shards[0].path)}`,
        // The merge begins when a child has failed, too, and says which one and why. Otherwise it would wait for ever.
        continueParentOnFailure: true,
        // Its part is kept with the parent.
        removeOnComplete: true,
        ...common,
      },
    })),
  }
}

/**
 * What failed, as a sentence that names a shard; nothing while no shard has failed.
 * @param {import('../../types/bullmq.js').MergeJob} job
 */
export async function failureOf(job) {
  const failures = Object.entries(await job.getIgnoredChildrenFailures())
  if (failures.length === 0) return
  const [[key, reason]] = failures
  const { shards } = job.data.manifest
  const path = shardOfKey(key, shards)
  const why = reason.includes(path) ? reason : `Shard ${path}: ${reason}`
  return `${failures.length} of ${shards.length} shards failed. ${why}`
}

/**
 * The shard of a child, by its key, which ends in its id.
 * @param {string} key
 * @param {readonly import('../../types/shards.js').ShardFile[]} shards
 */
function shardOfKey(key, shards) {
  const id = key.slice(key.lastIndexOf(':') + 1)
  return shards.find(({ path }, i) => id.endsWith(`.${i}.${withoutColons(path)}`))?.path ?? id
}
