/** Flows of BullMQ over a real Redis, and what can happen to them. */
import assert from 'node:assert/strict'
import { after, afterEach, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import IORedis from 'ioredis'
import { FAULTS } from './faults.js'
import { openLab } from './lab.js'

const lab = await openLab('redis')
const redis = new IORedis(lab.server.url, { maxRetriesPerRequest: null }).on('error', () => {})
after(async () => {
  redis.disconnect()
  await lab.close()
})
afterEach(() => lab.rest())

const options = { timeout: 30_000 }

for (const [what, happens] of Object.entries(FAULTS)) test(what, options, () => happens(lab))
