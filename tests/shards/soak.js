/**
 * Many flows, while one attempt in a hundred fails and workers are killed: `npm run soak:flows` does a thousand, and
 * `node tests/shards/soak.js FLOWS [redis | postgres]` as many as it is told. SEED=… fails the same attempts again.
 */
import assert from 'node:assert/strict'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import { tensor, topkCosineSimilarity } from 'cosdim'
import { chance, seed } from './chance.js'
import { bits, COLUMNS, numbers } from './corpus.js'
import { openLab } from './lab.js'

/* How many flows there are at a time, and who works at them. */
const AT_ONCE = 8
const WORKERS = 2
/* A worker is dead after as long, in ms: the machine may be busy. */
const SILENCE = { lockDuration: 3000, stalledInterval: 1500, maxStalledCount: 20 }
/* In seconds. */
const KILL_EVERY = 10

/**
 * Flows whose results are checked to the bit, and what happened meanwhile.
 * @param {Awaited<ReturnType<typeof openLab>>} lab
 * @param {number} flows
 * @param {(done: number, kill: () => Promise<void>) => Promise<void> | undefined} onFlow is called when a flow is done
 */
export async function soak(lab, flows, onFlow) {
  const start = () => lab.start({ luck: seed, ...SILENCE })
  const workers = Array.from({ length: WORKERS }, start)
  const dead = []
  async function kill() {
    const i = Math.floor(chance(seed, 'killed', dead.length) * WORKERS)
    const worker = workers[i]
    dead.push(worker)
    workers[i] = start()
    await worker.kill()
  }
  let [begun, done] = [0, 0]
  const submitting = Array.from({ length: AT_ONCE }, async () => {
    while (begun < flows) {
      const flow = begun++
      const query = tensor({ data: numbers(2 * COLUMNS, flow + 1), shape: [2, COLUMNS] })
      const id = await lab.submit({ id: `soak-${seed}-${flow}`, attempts: 6, request: { query, k: 7 } })
      assert.deepEqual(bits(await lab.result(id, 60_000)), bits(topkCosineSimilarity(query, lab.corpus.rows, 7)))
      await onFlow(++done, kill)
    }
  })
  await Promise.all(submitting)
  const said = [...dead, ...workers].flatMap(({ lines }) => lines)
  return { killed: dead.length, failed: said.filter((line) => line.endsWith('bad luck')).length }
}

async function main([flows = 1000, kind = 'redis']) {
  console.log(`SEED=${seed} repeats it.`)
  const lab = await openLab(/** @type {any} */ (kind))
  const began = performance.now()
  const seconds = () => Math.round((performance.now() - began) / 1000)
  let killedAt = 0
  const { killed, failed } = await soak(lab, Number(flows), async (done, kill) => {
    if (done % 100 === 0) console.log(`${done} flows after ${seconds()} s`)
    if (seconds() < killedAt + KILL_EVERY) return
    killedAt = seconds()
    await kill()
  })
  const jobs = Number(flows) * (lab.corpus.paths.length + 1)
  console.log(
    `${flows} flows, ${jobs} jobs, ${seconds()} s: all right to the bit. ${failed} attempts failed, ${killed} workers were killed.`,
  )
  await lab.close()
}

if (argv[1] === fileURLToPath(import.meta.url)) await main(/** @type {any} */ (argv.slice(2)))
