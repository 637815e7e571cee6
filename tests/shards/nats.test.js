/** The examples for NATS JetStream, with a real server. */
import assert from 'node:assert/strict'
import { after, afterEach, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { tensor, topkCosineSimilarity } from 'cosdim'
import { prepare, result, submit } from '../../examples/nats-submit.js'
import { bits, COLUMNS, numbers, writeCorpus } from './corpus.js'
import { killAll, startNode } from './processes.js'
import { startServer } from './servers.js'

const example = fileURLToPath(new URL('../../examples/nats.js', import.meta.url))
const server = await startServer('nats')
const { manifest, rows, remove } = await writeCorpus((shard, i) => {
  if (i % 10 === 4) shard.data.fill(Number.NaN, 0, COLUMNS)
  return shard
})
const connection = await connect({ servers: server.url, maxReconnectAttempts: -1, reconnectTimeWait: 100 })
await prepare(connection, { patience: 2000 })
const request = { operation: 'topk', query: tensor({ data: numbers(3 * COLUMNS, 7), shape: [3, COLUMNS] }), k: 12 }
const expected = bits(topkCosineSimilarity(request.query, rows, request.k))

const THIRD = 'part-003.npy'
const slow = new URL('slow.js', import.meta.url).href
/** A worker to which some files are slow. */
const work = (end = 'none', milliseconds = 0) =>
  startNode(example, [], { NATS_URL: server.url, NODE_OPTIONS: `--import ${slow}`, SLOW: end, MS: `${milliseconds}` })
const ask = (id, milliseconds = 20_000, of = manifest) =>
  result(connection, id, of, request, { signal: AbortSignal.timeout(milliseconds) })
const check = async (id) => assert.deepEqual(bits(await ask(id)), expected)

after(async () => {
  killAll()
  await connection.close()
  await server.stop()
  remove()
})
afterEach(async () => {
  killAll()
  await (await jetstreamManager(connection)).streams.purge('tasks')
})

const options = { timeout: 30_000 }

test('two workers give the bits of one call', options, async () => {
  await submit(connection, 'two', manifest, request)
  work()
  work()
  await check('two')
})

test('a worker is killed in mid-shard', options, async () => {
  await submit(connection, 'killed', manifest, request)
  const worker = work(THIRD, 60_000)
  await worker.said(/^open/)
  await worker.kill()
  work()
  await check('killed')
})

test('a worker is stopped until another has its task, and goes on', options, async () => {
  await submit(connection, 'stopped', manifest, request)
  const stopped = work(THIRD, 1500)
  await stopped.said(/^open/)
  stopped.signal('SIGSTOP')
  const other = work(THIRD, 1500)
  await other.said(/^open/)
  stopped.signal('SIGCONT')
  await check('stopped')
})

test('the server is killed, and started again', options, async () => {
  await submit(connection, 'restarted', manifest, request)
  const asked = check('restarted')
  const worker = work('.npy', 40)
  await worker.said(/part-005/)
  await server.kill()
  await server.start()
  await asked
})

test('a shard is not what the manifest says', options, async () => {
  const shards = manifest.shards.map((shard, i) => (i === 5 ? { ...shard, crc32: 0 } : shard))
  const changed = { ...manifest, shards }
  await submit(connection, 'changed', changed, request)
  work()
  await assert.rejects(ask('changed', 20_000, changed), /^Error: Shard .*part-005.npy: its CRC-32 is/)
})

test('nobody works', options, async () => {
  await submit(connection, 'nobody', manifest, request)
  await assert.rejects(ask('nobody', 500), /36 of 36 parts are missing, those of .*part-000.npy/)
})
