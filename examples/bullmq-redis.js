/** A worker for BullMQ over Redis or Valkey. Start one for each core of each machine. All of them must see the shards. */
import { open } from 'node:fs/promises'
import { Worker } from 'bullmq'
import { mergeProcessor, shardProcessor } from 'cosdim/bullmq'
import { reach, say } from './server.js'

const url = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379'
await reach(url, 6379, 'Start redis-server, or set REDIS_URL.')
const options = { connection: { url }, lockDuration: 60_000, maxStalledCount: 5 } // five workers may die of the same shard
const shards = new Worker('cosdim-shards', shardProcessor({ open }), options).on('error', say)
const merges = new Worker('cosdim-merge', mergeProcessor(), options).on('error', say)
shards.on('lockRenewalFailed', (ids) => {
  for (const id of ids) shards.cancelJob(id) // another worker has it now
})
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => Promise.all([shards.close(), merges.close()])) // when their jobs are done
console.error('Waiting for work')
