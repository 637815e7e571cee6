/** A worker for BullMQ over Redis or Valkey. Start one for each core of each machine; all of them must see the shards' files. */
import { open } from 'node:fs/promises'
import { Worker } from 'bullmq'
import { mergeProcessor, shardProcessor } from 'cosdim/bullmq'

const connection = { url: process.env.REDIS_URL ?? 'redis://127.0.0.1:6379' }
const options = { connection, lockDuration: 60_000, maxStalledCount: 5 } // workers may die five times on a shard
const shards = new Worker('cosdim-shards', shardProcessor({ open }), options)
new Worker('cosdim-merge', mergeProcessor(), options).on('error', console.error)
shards.on('error', console.error)
shards.on('lockRenewalFailed', (ids) => ids.forEach((id) => shards.cancelJob(id))) // it is another worker's now
