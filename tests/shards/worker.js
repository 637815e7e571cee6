/**
 * A worker of BullMQ whose options come as JSON, for tests that kill it. It tells what it begins, and what it loses.
 *
 * `slow` is how long a shard takes, in ms, by the end of its name; `slowMerge` how long a merge takes. With a `luck`, which is a
 * seed, one attempt in a hundred fails.
 */
import { open } from 'node:fs/promises'
import { argv } from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import { mergeProcessor, shardProcessor } from 'cosdim/bullmq'
import { mayFail } from './chance.js'
import { workerOf } from './queues.js'

const { url, slow = {}, slowMerge = 0, luck, ...options } = JSON.parse(argv[2])
const say = (...words) => console.log(words.join(' '))

/** @param {{ id?: string, attemptsMade: number }} job */
function attempt({ id, attemptsMade }) {
  if (luck !== undefined) mayFail(luck, id, attemptsMade)
}

const process = shardProcessor({
  async open(path) {
    say('open', path)
    const [, ms = 0] = Object.entries(slow).find(([end]) => path.endsWith(end)) ?? []
    await delay(ms)
    return open(path)
  },
})
const merge = mergeProcessor()
const shards = workerOf(
  url,
  'cosdim-shards',
  (job, token, signal) => {
    attempt(job)
    return process(job, token, signal)
  },
  options,
)
shards.on('lockRenewalFailed', (ids) => say('lost', ids))
shards.on('completed', ({ id }) => say('completed', id))
shards.on('failed', (job, error) => say('failed', job?.id, error.message))
const merges = workerOf(
  url,
  'cosdim-merge',
  async (job) => {
    say('merge', job.id)
    attempt(job)
    await delay(slowMerge)
    return merge(job)
  },
  options,
)
merges.on('failed', (job, error) => say('failed', job?.id, error.message))
