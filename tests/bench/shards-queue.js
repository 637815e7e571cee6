/** What a queue adds: the CPU that a flow of BullMQ takes, in this process and in Redis. */
import { readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { flowResult, mergeProcessor, shardProcessor, topkFlow } from 'cosdim/bullmq'
import { producerOf, queueOf, workerOf } from '../shards/queues.js'
import { startServer } from '../shards/servers.js'

/* Linux counts CPU in units of 10 ms. */
const TICK = 10

/** The ms of CPU that another process has taken. */
function cpuOf(pid) {
  const [, fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
  const [user, system] = fields.split(' ').slice(11, 13).map(Number)
  return (user + system) * TICK
}

/**
 * Runs a flow, then another one that is measured, in ms of CPU.
 * @param {any} manifest
 * @param {any} request
 */
export async function flowCpu(manifest, request) {
  const server = await startServer('redis')
  const { url } = server
  const producer = producerOf(url)
  const merges = queueOf(url, 'cosdim-merge')
  const workers = [
    workerOf(url, 'cosdim-shards', shardProcessor({ open }), { lockDuration: 60_000 }),
    workerOf(url, 'cosdim-merge', mergeProcessor()),
  ]
  const flow = async () => {
    const { opts } = await producer.add(topkFlow(manifest, request)).then(({ job }) => job)
    await flowResult(merges, opts.jobId)
  }
  await flow()
  const before = { workers: process.cpuUsage(), redis: cpuOf(server.pid()) }
  await flow()
  const { user, system } = process.cpuUsage(before.workers)
  const taken = { workers: (user + system) / 1000, redis: cpuOf(server.pid()) - before.redis }
  await Promise.all([producer, merges, ...workers].map((one) => one.close()))
  await server.stop()
  return taken
}
