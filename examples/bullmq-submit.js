/** Asks the workers of bullmq-redis.js for the rows most similar to a query: node bullmq-submit.js QUERY.npy SHARD.npy… */
import { open, readFile } from 'node:fs/promises'
import { FlowProducer, Queue } from 'bullmq'
import { flowResult, topkFlow } from 'cosdim/bullmq'
import { fromNpy } from 'cosdim/npy'
import { makeManifest } from 'cosdim/shards'

const [query, ...paths] = process.argv.slice(2)
const connection = { url: process.env.REDIS_URL ?? 'redis://127.0.0.1:6379' }
const producer = new FlowProducer({ connection })
const merges = new Queue('cosdim-merge', { connection })

const manifest = await makeManifest(paths, { open }) // reads every shard: keep it as JSON, with the corpus
const flow = topkFlow(manifest, { query: fromNpy(await readFile(query)), k: 10 })
await producer.add(flow)
const { values, indices } = await flowResult(merges, flow.opts.jobId)
console.log(JSON.stringify({ indices, values }))
await Promise.all([producer.close(), merges.close()])
