/** Flows of BullMQ over a real PostgreSQL, and what can happen to them. */
import { after, afterEach, test } from 'node:test'
import { FAULTS } from './faults.js'
import { openLab } from './lab.js'

const lab = await openLab('postgres')
after(() => lab.close())
afterEach(() => lab.rest())

for (const [what, happens] of Object.entries(FAULTS)) test(what, { timeout: 30_000 }, () => happens(lab))
