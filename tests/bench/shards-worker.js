/** A process of `npm run bench:shards`: does what it is asked for, and answers with a figure, or with parts. */
import { open, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { tensor, topkCosineSimilarityAsync } from 'cosdim'
import { npyChunks } from 'cosdim/npy'
import { makeManifest, mergeParts, runTask, tasks } from 'cosdim/shards'

/**
 * @typedef {object} Plan
 * @property {string} folder
 * @property {number} shards
 * @property {number} rows of each
 * @property {'float32' | 'int8'} [dtype]
 * @property {number} [queries]
 */

const D = 768
const K = 10
const ELEMENTS = { float32: { descr: '<f4', Elements: Float32Array }, int8: { descr: '|i1', Elements: Int8Array } }

/** Writes a shard, of which only the last k rows have numbers: the rest of the file is sparse, and is read as zeros. */
async function writeShard(path, rows, dtype) {
  const { descr, Elements } = ELEMENTS[dtype]
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${rows}, ${D}), }`
  const header = Buffer.from(`\x93NUMPY\x01\0\x76\0${text.padEnd(117)}\n`, 'latin1')
  const last = new Elements(Math.min(K, rows) * D).map((_, i) => 100 * Math.sin(i))
  const handle = await open(path, 'w')
  await handle.write(header)
  await handle.write(last, 0, last.byteLength, header.length + rows * D * last.BYTES_PER_ELEMENT - last.byteLength)
  await handle.close()
}

/** @param {Plan} plan */
const pathsOf = ({ folder, shards }) => Array.from({ length: shards }, (_, i) => join(folder, `${i}.npy`))

/** The request of a plan, and its manifest. @param {Plan} plan */
async function read({ folder, queries = 1 }) {
  const query = Float32Array.from({ length: queries * D }, (_, i) => Math.cos(i))
  const shape = queries > 1 ? [queries, D] : [D]
  const request = /** @type {const} */ ({ operation: 'topk', query: tensor(query, { shape }), k: K })
  return { manifest: JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')), request }
}

/**
 * @param {import('../../types/shards.js').Task[]} list
 * @param {import('../../types/shards.js').ReadingOptions} [options]
 */
async function partsOf(list, options = { open }) {
  const parts = []
  for (const task of list) parts.push(await runTask(task, options))
  return parts
}

/** The ms of CPU that all threads of this process take. */
async function cpu(work) {
  await work() // so that the engine has compiled it
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** The most memory that this process has had, in MiB. */
const peak = async () => Number(/VmHWM:\s*(\d+) kB/.exec(await readFile('/proc/self/status', 'utf8'))?.[1]) / 1024

/** A reader that takes a while for each piece, as over a network. */
const slowly = (rate) =>
  async function* (path) {
    const handle = await open(path)
    try {
      for await (const piece of handle.createReadStream({ highWaterMark: 2 ** 20 })) {
        await sleep((1000 * piece.length) / rate)
        yield piece
      }
    } finally {
      await handle.close()
    }
  }

const WORK = {
  /** @param {Plan} plan */
  async write(plan) {
    const paths = pathsOf(plan)
    for (const path of paths) await writeShard(path, plan.rows, plan.dtype ?? 'float32')
    await writeFile(join(plan.folder, 'manifest.json'), JSON.stringify(await makeManifest(paths, { open })))
    return true
  },

  async overhead(plan) {
    const { manifest, request } = await read(plan)
    const ms = await cpu(async () => mergeParts(await partsOf(tasks(manifest, request)), manifest, request))
    return ms / plan.shards
  },

  async queued(plan) {
    const { flowCpu } = await import('./shards-queue.js') // which needs more memory than the rest is measured with
    const { manifest, request } = await read(plan)
    return (await flowCpu(manifest, request))[plan.of] / plan.shards
  },

  async perRow(plan) {
    const { manifest, request } = await read(plan)
    const ms = await cpu(() => partsOf(tasks(manifest, request)))
    return Math.round((1e6 * ms) / (plan.shards * plan.rows * (plan.queries ?? 1)))
  },

  async memory(plan) {
    const { manifest, request } = await read(plan)
    await partsOf(tasks(manifest, request))
    return peak()
  },

  async streamed(plan) {
    const { request } = await read(plan)
    const handle = await open(pathsOf(plan)[0])
    const { indices } = await topkCosineSimilarityAsync(request.query, npyChunks(handle), K)
    await handle.close()
    // The rest has the similarity 0.
    if (![...indices].includes(plan.rows - 1)) throw new Error(`The last row is missing: ${indices}`)
    return peak()
  },

  async merging(plan) {
    const { manifest, request } = await read(plan)
    const parts = await partsOf(tasks(manifest, request))
    return (await cpu(async () => mergeParts(parts, manifest, request))) / plan.shards
  },

  async size(plan) {
    const { manifest, request } = await read(plan)
    const [part] = await partsOf(tasks(manifest, request))
    return part.length
  },

  /**
   * Runs every `step`-th task, with a slow reader. The parts are sent as queues send them.
   * @param {Plan & { from: number, step: number, rate: number }} plan
   */
  async parts(plan) {
    const { from, step, rate } = plan
    const { manifest, request } = await read(plan)
    const own = tasks(manifest, request).filter((_, i) => i % step === from)
    const parts = await partsOf(own, { open: slowly(rate) })
    return parts.map((bytes) => Buffer.from(bytes).toString('base64'))
  },

  /** @param {Plan & { parts: string[] }} plan */
  async merge(plan) {
    const { manifest, request } = await read(plan)
    const bytes = plan.parts.map((text) => new Uint8Array(Buffer.from(text, 'base64')))
    return mergeParts(bytes, manifest, request).values.tolist()
  },
}

process.on('message', async (/** @type {any} */ { name, plan }) => {
  try {
    process.send?.({ result: await WORK[name](plan) })
  } catch (error) {
    process.send?.({ error: String(error) })
  }
})
process.send?.('ready')
