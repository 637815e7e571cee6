/**
 * A worker of BullMQ whose options come as JSON, for tests that kill it. It tells what it begins, and what it loses.
 *
 * `slow` is how long a shard takes, in ms, by the end of its name; `slowMerge` how long a merge takes.
 */
import { open } from 'node:fs/promises'
import { argv } from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import { mergeProcessor, shardProcessor } from 'cosdim/bullmq'
import { workerOf } from './queues.js'

const { url, slow = {}, slowMerge = 0, ...options } = JSON.parse(argv[2])
const say = (...words) => console.log(words.join(' '))

const process = shardProcessor({
  async open(path) {
    say('open', path)
    const [, ms = 0] = Object.entries(slow).find(([end]) => path.endsWith(end)) ?? []
    await delay(ms)
    return open(path)
  },
})
const merge = mergeProcessor()
const shards = workerOf(url, 'cosdim-shards', process, options)
shards.on('lockRenewalFailed', (ids) => say('lost', ids))
shards.on('completed', ({ id }) => say('completed', id))
shards.on('failed', (job, error) => say('failed', job?.id, error.message))
workerOf(
  url,
  'cosdim-merge',
  async (job) => {
    say('merge', job.id)
    await delay(slowMerge)
    return merge(job)
  },
  options,
)
