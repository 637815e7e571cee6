/** Flows of BullMQ over a real PostgreSQL: the example, and what can happen to them. */
import { after, afterEach, test } from 'node:test'
import { seed } from './chance.js'
import { FAULTS } from './faults.js'
import { openLab } from './lab.js'

const options = { timeout: 30_000 }
console.log(`SEED=${seed} repeats what happens at random.`)
const lab = await openLab('postgres')
after(() => lab.close())
afterEach(() => lab.rest())

test('the example gives the bits of one call', options, async () => {
  lab.example('bullmq-postgres.js', { DATABASE_URL: lab.server.url })
  await lab.check(await lab.submit())
})

for (const [what, happens] of Object.entries(FAULTS)) test(what, options, () => happens(lab))
