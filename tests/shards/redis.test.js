/** Flows of BullMQ over a real Redis, and what can happen to them. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { topkCosineSimilarity } from 'cosdim'
import { toNpy } from 'cosdim/npy'
import Redis from 'ioredis'
import { blocksIn, uncommented } from '../package/readme.js'
import { seed } from './chance.js'
import { diskOf, onSmallDisk } from './disks.js'
import { FAULTS } from './faults.js'
import { openLab, REQUEST } from './lab.js'
import { dying } from './servers.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const options = { timeout: 60_000 }
console.log(`SEED=${seed} repeats what happens at random.`)
const lab = await openLab('redis')
const redis = new Redis(lab.server.url, { maxRetriesPerRequest: null }).on('error', () => {})
after(async () => {
  redis.disconnect()
  await lab.close()
})
afterEach(() => lab.rest())

for (const [what, happens] of Object.entries(FAULTS)) test(what, options, () => happens(lab))

test('the steps in the README', options, async () => {
  const { code } = blocksIn('sh').find(({ code }) => code.includes('REDIS_URL')) ?? assert.fail()
  const folder = mkdtempSync(join(tmpdir(), 'cosdim-steps-'))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(root, join(folder, 'node_modules/cosdim'))
  symlinkSync(lab.corpus.folder, join(folder, 'shards'))
  writeFileSync(join(folder, 'query.npy'), toNpy(REQUEST.query))
  const steps = uncommented(code)
    .replace(/^npm install .*/m, '')
    .replace('npx cosdim', 'node node_modules/cosdim/dist/cli.js')
    .replace(/redis:\S+/, lab.server.url)
    .replace(/^(?=node .*&$)/m, `${dying().join(' ')} `)
  const said = await promisify(execFile)('sh', ['-ec', `${steps}kill $!`], { cwd: folder })
  rmSync(folder, { recursive: true })
  const { values, indices } = topkCosineSimilarity(REQUEST.query, lab.corpus.rows, 10)
  assert.deepEqual(JSON.parse(said.stdout), JSON.parse(JSON.stringify({ indices, values })))
})

/** What a call gives, once it is what is asked for. */
async function eventually(call, isSo = (_result) => true) {
  for (;;) {
    const result = await call().catch(() => {})
    if (result && isSo(result)) return result
    await delay(50)
  }
}

/** ioredis says of a transaction only that it has failed, and keeps the reason. */
const refused = (reason) => (error) => reason.test(error.previousErrors?.[0].message ?? error.message)

test('the memory of Redis is full, and there is more again', options, async () => {
  await redis.config('SET', 'maxmemory-policy', 'noeviction')
  await redis.config('SET', 'maxmemory', '1mb')
  await assert.rejects(lab.submit(), refused(/OOM command not allowed when used memory > 'maxmemory'/))
  await redis.config('SET', 'maxmemory', '0')
  const id = await lab.submit()
  const worker = lab.start({ slow: { npy: 20 } })
  await worker.said(/^open .*part-003/)
  await redis.config('SET', 'maxmemory', '1mb')
  await assert.rejects(lab.result(id, 1500), /nothing has happened for 1.5 s/)
  await redis.config('SET', 'maxmemory', '0')
  await lab.check(id)
})

test('the disk of Redis is full, and there is room again', options, async (t) => {
  const small = await openLab('redis', onSmallDisk('2m'))
  t.after(() => small.close())
  const redis = new Redis(small.server.url).on('error', () => {})
  t.after(() => redis.disconnect())
  const disk = diskOf(small.server)
  const isWritten = (how) => (info) => info.includes(`aof_last_write_status:${how}`)
  const fill = async () => {
    disk.fill()
    await eventually(async () => {
      await redis.set('x', 'y'.repeat(5000)).catch(() => {})
      return redis.info('persistence')
    }, isWritten('err'))
  }
  const empty = async () => {
    disk.empty()
    await eventually(() => redis.info('persistence'), isWritten('ok'))
  }
  await fill()
  await assert.rejects(small.submit(), refused(/MISCONF .*No space left on device/))
  await empty()
  const id = await small.submit()
  const worker = small.start({ slow: { npy: 20 } })
  await worker.said(/^open .*part-003/)
  await fill()
  await assert.rejects(small.result(id, 1500), /nothing has happened for 1.5 s/)
  await empty()
  await small.check(id)
})
