/**
 * A worker for BullMQ 6 over PostgreSQL. Start one for each core of each machine. All of them must see the shards. Submit as
 * bullmq-submit.js does, with `new FlowProducer({ connection }, createPostgresBackend)`, and a Queue made likewise.
 */
import { open } from 'node:fs/promises'
import { createPostgresBackend, Worker } from 'bullmq'
import { mergeProcessor, shardProcessor } from 'cosdim/bullmq'
import { reach, say } from './server.js'

const url = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'
await reach(url, 5432, 'Start PostgreSQL, or set DATABASE_URL.')
const connection = { connectionString: url, migrate: true }
const options = { connection, lockDuration: 60_000, maxStalledCount: 5 } // five workers may die of the same shard
const worker = (queue, processor) => new Worker(queue, processor, options, createPostgresBackend)
const shards = worker('cosdim-shards', shardProcessor({ open })).on('error', say)
const merges = worker('cosdim-merge', mergeProcessor()).on('error', say)
shards.on('lockRenewalFailed', (ids) => {
  for (const id of ids) shards.cancelJob(id) // another worker has it now
})
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => Promise.all([shards.close(), merges.close()])) // when their jobs are done
console.error('Waiting for work')
