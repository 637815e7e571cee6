/** What can happen to a flow, whatever server BullMQ has: a name, and what ends in the right answer or in a clear error. */
import assert from 'node:assert/strict'
import { open } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { cosineSimilarity, tensor, topkCosineSimilarity } from 'cosdim'
import { similarityFlow } from 'cosdim/bullmq'
import { bits, COLUMNS, damaged, numbers, writeCorpus } from './corpus.js'
import { startNode } from './processes.js'
import { soak } from './soak.js'

/** @typedef {Awaited<ReturnType<typeof import('./lab.js').openLab>>} Lab */

const LONG = 60_000
const THIRD = 'part-003.npy'
const submitter = fileURLToPath(new URL('submitter.js', import.meta.url))

/** @type {Record<string, (lab: Lab) => Promise<void>>} */
export const FAULTS = {
  async 'nothing happens'(lab) {
    lab.work()
    await lab.check(await lab.submit())
  },

  async 'similarities along dim 0'(lab) {
    const corpora = await Promise.all(
      [40, 80].map((seed) =>
        writeCorpus(({ data: { length }, shape }, i) => {
          const data = numbers(length, seed + i)
          if (i === seed / 20) data[5] = Number.NaN
          return tensor({ data, shape })
        }),
      ),
    )
    const [{ manifest }, { manifest: other }] = corpora
    lab.work()
    const flow = similarityFlow(manifest, { other, dtype: 'float64' })
    await lab.producer.add(/** @type {any} */ (flow))
    const result = await lab.result(flow.opts.jobId)
    for (const { remove } of corpora) remove()
    const once = cosineSimilarity(corpora[0].rows, corpora[1].rows, { dim: 0, dtype: 'float64' })
    assert.deepEqual(result.shape, [COLUMNS])
    for (const [i, x] of [...result].entries())
      assert.ok(i === 5 ? Number.isNaN(x) : Math.abs(x - once.data[i]) <= 16 * 2 ** -53)
  },

  async 'workers are killed in mid-shard, twice on the same one'(lab) {
    const id = await lab.submit()
    for (let deaths = 0; deaths < 2; deaths++) {
      const worker = lab.start({ slow: { [THIRD]: LONG } })
      await worker.said(/^open .*part-003/)
      await worker.kill()
    }
    lab.start()
    await lab.check(id)
  },

  async 'workers die on a shard until BullMQ gives up'(lab) {
    const id = await lab.submit()
    for (let deaths = 0; deaths < 2; deaths++) {
      const worker = lab.start({ slow: { [THIRD]: LONG }, maxStalledCount: 1 })
      await worker.said(/^open .*part-003/)
      await worker.kill()
    }
    lab.start({ maxStalledCount: 1 })
    await assert.rejects(lab.result(id), /1 of 36 shards failed\. Shard .*part-003\.npy: job stalled more than/)
  },

  async 'the merger is killed'(lab) {
    const id = await lab.submit()
    const worker = lab.start({ slowMerge: LONG })
    await worker.said(/^merge/)
    await worker.kill()
    lab.start()
    await lab.check(id)
  },

  async 'the first merge fails'(lab) {
    let failures = 0
    lab.work({
      merging(merge) {
        if (failures++ === 0) throw new Error('out of memory')
        return merge()
      },
    })
    await lab.check(await lab.submit())
    assert.equal(failures, 2)
  },

  async 'the submitter is killed, and another asks'(lab) {
    const { server, corpus } = lab
    const process = startNode(submitter, [server.url, JSON.stringify(corpus.manifest)])
    const id = await process.said(/./)
    await process.kill()
    lab.work()
    await lab.check(id)
  },

  async 'a worker is stopped until another has its job, and goes on'(lab) {
    const id = await lab.submit()
    const stopped = lab.start({ slow: { [THIRD]: 1500 } })
    await stopped.said(/^open .*part-003/)
    stopped.signal('SIGSTOP')
    const other = lab.start({ slow: { [THIRD]: 1500 }, slowMerge: 500 })
    await other.said(/^open .*part-003/)
    stopped.signal('SIGCONT')
    await lab.check(id)
    await stopped.said(/^lost .*part-003/)
    assert.equal(stopped.lines.filter((line) => /^completed .*part-003/.test(line)).length, 0)
  },

  async 'every tenth shard fails at first'(lab) {
    const failed = new Set()
    lab.work({
      opening(/** @type {string} */ path) {
        if (failed.has(path) || !/\d\d3\.npy$/.test(path)) return open(path)
        failed.add(path)
        throw new Error('connection reset')
      },
    })
    await lab.check(await lab.submit())
    assert.equal(failed.size, 4)
  },

  async 'one attempt in a hundred fails, and workers are killed'(lab) {
    const { killed } = await soak(lab, 14, async (done, kill) => {
      if (done % 5 === 0) await kill()
    })
    assert.equal(killed, 2)
  },

  async 'the server is killed, and started again'(lab) {
    const id = await lab.submit()
    const worker = lab.start({ slow: { npy: 40 } })
    await worker.said(/^open .*part-005/)
    await lab.server.kill()
    await lab.server.start()
    await lab.check(id)
  },

  async 'shards are not what the manifest says'(lab) {
    lab.work()
    for (const [what, [shard, message]] of Object.entries(damaged(lab.corpus))) {
      const { manifest } = lab.corpus
      const shards = manifest.shards.map((other, i) => (i === 5 ? { ...other, ...shard } : other))
      const id = await lab.submit({ manifest: { ...manifest, shards }, attempts: 1 })
      const error = await lab.result(id).catch((error) => error)
      assert.match(
        error.message,
        new RegExp(`1 of 36 shards failed. Shard ${shards[5].path}: .*${message.source}`),
        what,
      )
    }
  },

  async 'a result is kept for a while, and is gone once a later flow has ended'(lab) {
    lab.work()
    const old = await lab.submit({ keep: 1000 })
    const { manifest } = lab.corpus
    const shards = manifest.shards.map((shard, i) => (i === 5 ? { ...shard, crc32: 0 } : shard))
    const failed = await lab.submit({ manifest: { ...manifest, shards }, attempts: 1, keep: 1000 })
    await lab.check(old)
    await assert.rejects(lab.result(failed), /1 of 36 shards failed/)
    await lab.check(old) // whoever asks, and as often as they ask
    await delay(1100)
    await lab.check(await lab.submit({ keep: 1000 }))
    assert.deepEqual(await lab.merges.getJobCounts('failed', 'completed'), { failed: 1, completed: 1 })
    await assert.rejects(lab.result(old), /is not in queue cosdim-merge\. .*done longer ago than results are kept\?/)
  },

  async 'nobody merges'(lab) {
    lab.work({ merging: null })
    await assert.rejects(
      lab.result(await lab.submit(), 1500),
      /nothing has happened for 1.5 s. It is waiting, 36 shards are done, 0 are not: has queue cosdim-merge a worker\?/,
    )
    const { manifest } = lab.corpus
    const shards = manifest.shards.map((shard, i) => (i === 5 ? { ...shard, crc32: 0 } : shard))
    const id = await lab.submit({ manifest: { ...manifest, shards }, attempts: 1 })
    await assert.rejects(lab.result(id), /1 of 36 shards failed. Shard .*part-005.npy: its CRC-32/)
  },

  async 'a part is lost'(lab) {
    const id = await unmerged(lab)
    await lab.parts.remove(id, THIRD)
    lab.work({ shards: false })
    await assert.rejects(lab.result(id), /1 of 36 parts are missing, those of .*part-003.npy\./)
  },

  async 'a part is there twice'(lab) {
    const id = await unmerged(lab)
    await lab.parts.add(id, await lab.parts.get(id, THIRD))
    lab.work({ shards: false })
    await assert.rejects(lab.result(id), /the part of shard .*part-003.npy is there twice/)
  },

  async 'a part is damaged'(lab) {
    const id = await unmerged(lab)
    const part = await lab.parts.get(id, THIRD)
    const damaged = part.replace(/.{20}(?==*"$)/, (tail) => tail.split('').reverse().join(''))
    await lab.parts.set(id, THIRD, damaged)
    lab.work({ shards: false })
    await assert.rejects(lab.result(id), /these bytes are damaged/)
  },

  async 'nobody works'(lab) {
    const id = await lab.submit()
    await assert.rejects(lab.result(id, 1000), /0 shards are done, 36 are not: has the queue of the shards a worker\?/)
  },

  async 'a batch of 1024 queries'(lab) {
    const query = tensor({ data: numbers(1024 * COLUMNS, 9), shape: [1024, COLUMNS] })
    lab.work()
    const result = await lab.result(await lab.submit({ request: { query, k: 5 } }))
    assert.deepEqual(bits(result), bits(topkCosineSimilarity(query, lab.corpus.rows, 5)))
  },
}

/**
 * A flow whose shards are done and whose merge has not begun.
 * @param {Lab} lab
 */
async function unmerged(lab) {
  lab.work({ merging: null })
  const id = await lab.submit()
  while ((await lab.merges.getJobState(id)) !== 'waiting') await delay(20)
  return id
}
