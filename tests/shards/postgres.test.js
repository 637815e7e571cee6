/** Flows of BullMQ over a real PostgreSQL: the example, and what can happen to them. */
import assert from 'node:assert/strict'
import { after, afterEach, test } from 'node:test'
import { seed } from './chance.js'
import { diskOf, onSmallDisk } from './disks.js'
import { FAULTS } from './faults.js'
import { openLab } from './lab.js'

const options = { timeout: 60_000 }
console.log(`SEED=${seed} repeats what happens at random.`)
const lab = await openLab('postgres')
after(() => lab.close())
afterEach(() => lab.rest())

test('the example gives the bits of one call', options, async () => {
  lab.example('bullmq-postgres.js', { DATABASE_URL: lab.server.url })
  await lab.check(await lab.submit())
})

for (const [what, happens] of Object.entries(FAULTS)) test(what, options, () => happens(lab))

test('the disk of the server is full, and there is room again', { timeout: 60_000 }, async (t) => {
  const small = await openLab('postgres', onSmallDisk('100m'))
  t.after(() => small.close())
  const disk = diskOf(small.server)
  disk.fill()
  await assert.rejects(async () => {
    for (;;) await small.submit() // until the pages that it has are used up
  }, /No space left on device/)
  disk.empty()
  await small.rest()
  const id = await small.submit()
  const worker = small.start({ slow: { npy: 20 } })
  await worker.said(/^open .*part-003/)
  disk.fill()
  await worker.said(/^open .*part-010/)
  disk.empty()
  await small.check(id)
})
