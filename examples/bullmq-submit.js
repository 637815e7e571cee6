/** Asks the workers of bullmq-redis.js for the rows most similar to a query: node bullmq-submit.js QUERY.npy MANIFEST.json */
import { readFile } from 'node:fs/promises'
import { FlowProducer, Queue } from 'bullmq'
import { flowResult, topkFlow } from 'cosdim/bullmq'
import { fromNpy } from 'cosdim/npy'
import { fail, reach, say } from './server.js'

const [query, manifest] = process.argv.slice(2)
if (!manifest) fail(new Error('bullmq-submit.js takes a query and a manifest: QUERY.npy MANIFEST.json'))
const read = (path, parse) =>
  readFile(path)
    .then((file) => parse(file))
    .catch(({ message }) => fail(new Error(`${path}: ${message}`)))
const flow = topkFlow(await read(manifest, JSON.parse), { query: await read(query, fromNpy), k: 10 })

const url = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379'
await reach(url, 6379, 'Start redis-server, or set REDIS_URL.')
const producer = new FlowProducer({ connection: { url } }).on('error', say)
const merges = new Queue('cosdim-merge', { connection: { url } }).on('error', say)
await producer.add(flow)
console.error(`Waiting for ${flow.children.length} shards`)
const { values, indices } = await flowResult(merges, flow.opts.jobId)
console.log(JSON.stringify({ indices, values }))
await Promise.all([producer.close(), merges.close()])
