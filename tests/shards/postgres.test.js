/** Flows of BullMQ over a real PostgreSQL: the example, and the main faults. */
import { after, afterEach, test } from 'node:test'
import { FAULTS } from './faults.js'
import { openLab } from './lab.js'

const MAIN = [
  'workers are killed in mid-shard, twice on the same one',
  'the merger is killed',
  'a worker is stopped until another has its job, and goes on',
  'the server is killed, and started again',
  'shards are not what the manifest says',
  'nobody merges',
]
const options = { timeout: 30_000 }
const lab = await openLab('postgres')
after(() => lab.close())
afterEach(() => lab.rest())

test('the example gives the bits of one call', options, async () => {
  lab.example('bullmq-postgres.js', { DATABASE_URL: lab.server.url })
  await lab.check(await lab.submit())
})

for (const what of MAIN) test(what, options, () => FAULTS[what](lab))
