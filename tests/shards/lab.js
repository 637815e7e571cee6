/** What tests of BullMQ share: a server, flows of a corpus, and workers. */
import assert from 'node:assert/strict'
import { open } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { tensor, topkCosineSimilarity } from 'cosdim'
import { flowResult, mergeProcessor, shardProcessor, topkFlow } from 'cosdim/bullmq'
import { bits, COLUMNS, numbers, writeCorpus } from './corpus.js'
import { partsOf } from './parts.js'
import { killAll, startNode } from './processes.js'
import { producerOf, queueOf, workerOf } from './queues.js'
import { startServer } from './servers.js'

const worker = fileURLToPath(new URL('worker.js', import.meta.url))
export const REQUEST = { query: tensor({ data: numbers(3 * COLUMNS, 7), shape: [3, COLUMNS] }), k: 12 }
/* How soon a job is taken from a worker that has died, and a worker asks a server again that did not answer. */
const QUICK = { lockDuration: 1000, stalledInterval: 500, runRetryDelay: 500 }

/**
 * @param {'redis' | 'postgres'} kind
 * @param {Parameters<typeof startServer>[1]} [wrap]
 */
export async function openLab(kind, wrap) {
  const server = await startServer(kind, wrap)
  const { url } = server
  const corpus = await writeCorpus((shard, i) => {
    if (i % 10 === 4) shard.data.fill(Number.NaN, 0, COLUMNS)
    return shard
  })
  const producer = producerOf(url)
  const merges = queueOf(url, 'cosdim-merge')
  const parts = partsOf(url)
  await merges.waitUntilReady()
  const expected = bits(topkCosineSimilarity(REQUEST.query, corpus.rows, REQUEST.k))
  let workers = []
  return {
    server,
    corpus,
    merges,
    parts,
    producer,
    expected,
    /** The id of a new flow. */
    async submit({ manifest = corpus.manifest, request = REQUEST, ...options } = /** @type {any} */ ({})) {
      const flow = topkFlow(manifest, request, options)
      await producer.add(/** @type {any} */ (flow))
      return flow.opts.jobId
    },
    /** @returns {Promise<any>} */
    result: (id, patience = 12_000) => flowResult(/** @type {any} */ (merges), id, { patience }),
    async check(id) {
      assert.deepEqual(bits(await this.result(id)), expected)
    },
    /** A worker that can be killed. */
    start: (options = {}) => startNode(worker, [JSON.stringify({ url, ...QUICK, ...options })]),
    /** One of examples/. */
    example: (name, env) => startNode(fileURLToPath(new URL(`../../examples/${name}`, import.meta.url)), [], env),
    /** Workers in this process, until the end of the test. `merging` surrounds a merge; null if nobody merges. */
    work({ shards = true, merging = (merge) => merge(), opening = open, ...options } = /** @type {any} */ ({})) {
      const merge = mergeProcessor()
      if (shards) workers.push(workerOf(url, 'cosdim-shards', shardProcessor({ open: opening }), options))
      if (merging) workers.push(workerOf(url, 'cosdim-merge', (job) => merging(() => merge(job)), options))
    },
    /** Between two tests: nobody works, and nothing is queued. */
    async rest() {
      killAll()
      await Promise.all(workers.map((worker) => worker.close(true)))
      workers = []
      const shards = queueOf(url, 'cosdim-shards')
      await merges.obliterate({ force: true })
      await shards.obliterate({ force: true })
      await shards.close()
    },
    async close() {
      killAll()
      await Promise.all([...workers, producer, merges, parts].map((x) => x.close(true)))
      await server.stop()
      corpus.remove()
    },
  }
}
