/** A worker for BullMQ over Redis or Valkey. Start one for each core of each machine. All of them must see the shards. */
import { open } from 'node:fs/promises'
import { Worker } from 'bullmq'
import { mergeProcessor, shardProcessor } from 'cosdim/bullmq'

const connection = { url: process.env.REDIS_URL ?? 'redis://127.0.0.1:6379' }
const options = { connection, lockDuration: 60_000, maxStalledCount: 5 } // five workers may die of the same shard
const shards = new Worker('cosdim-shards', shardProcessor({ open }), options).on('error', console.error)
const merges = new Worker('cosdim-merge', mergeProcessor(), options).on('error', console.error)
shards.on('lockRenewalFailed', (ids) => {
  for (const id of ids) shards.cancelJob(id) // another worker has it now
})
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => Promise.all([shards.close(), merges.close()])) // when their jobs are done
