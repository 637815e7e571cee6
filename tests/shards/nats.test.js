/** The examples for NATS JetStream, with a real server, and what can happen to them. */
import assert from 'node:assert/strict'
import { after, afterEach, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { cosineSimilarity, tensor, topkCosineSimilarity } from 'cosdim'
import { prepare, result, submit } from '../../examples/nats-submit.js'
import { seed } from './chance.js'
import { bits, COLUMNS, damaged, numbers, writeCorpus } from './corpus.js'
import { diskOf, onSmallDisk } from './disks.js'
import { killAll, startNode } from './processes.js'
import { startServer } from './servers.js'

const example = fileURLToPath(new URL('../../examples/nats.js', import.meta.url))
const server = await startServer('nats')
const corpus = await writeCorpus((shard, i) => {
  if (i % 10 === 4) shard.data.fill(Number.NaN, 0, COLUMNS)
  return shard
})
const { manifest, rows, remove } = corpus
const connection = await connect({ servers: server.url, maxReconnectAttempts: -1, reconnectTimeWait: 100 })
await prepare(connection, { patience: 2000 })
const request = { operation: 'topk', query: tensor({ data: numbers(3 * COLUMNS, 7), shape: [3, COLUMNS] }), k: 12 }
const expected = bits(topkCosineSimilarity(request.query, rows, request.k))

const THIRD = 'part-003.npy'
const slow = new URL('slow.js', import.meta.url).href
/** A worker to which something happens: slow.js says what. */
const work = (happens = {}) =>
  startNode(example, [], { NATS_URL: server.url, NODE_OPTIONS: `--import ${slow}`, ...happens })
/** @returns {Promise<any>} */
const ask = (id, { milliseconds = 20_000, ...other } = /** @type {any} */ ({})) => {
  const of = { manifest, request, ...other }
  return result(connection, id, of.manifest, of.request, { signal: AbortSignal.timeout(milliseconds) })
}
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

const options = { timeout: 60_000 }
console.log(`SEED=${seed} repeats what happens at random.`)

test('two workers give the bits of one call', options, async () => {
  await submit(connection, 'two', manifest, request)
  work()
  work()
  await check('two')
})

test('similarities along dim 0', options, async () => {
  const other = await writeCorpus((shard, i) =>
    tensor({ data: numbers(shard.data.length, 90 + i), shape: shard.shape }),
  )
  const request = { operation: 'cosineSimilarity', other: other.manifest, dtype: 'float64' }
  await submit(connection, 'similar', manifest, request)
  work()
  const similarities = await ask('similar', { request })
  other.remove()
  const once = cosineSimilarity(rows, other.rows, { dim: 0, dtype: 'float64' })
  for (const [i, x] of [...similarities].entries())
    assert.ok(Number.isNaN(x) ? Number.isNaN(once.data[i]) : Math.abs(x - once.data[i]) <= 16 * 2 ** -53)
})

test('a batch of 1024 queries', options, async () => {
  const query = tensor({ data: numbers(1024 * COLUMNS, 9), shape: [1024, COLUMNS] })
  const request = { operation: 'topk', query, k: 5 }
  await submit(connection, 'batch', manifest, request)
  work()
  assert.deepEqual(bits(await ask('batch', { request })), bits(topkCosineSimilarity(query, rows, 5)))
})

test('workers are killed in mid-shard, twice on the same one', options, async () => {
  await submit(connection, 'killed', manifest, request)
  for (let deaths = 0; deaths < 2; deaths++) {
    const worker = work({ SLOW: THIRD, MS: '60000' })
    await worker.said(/^open/)
    await worker.kill()
  }
  work()
  await check('killed')
})

test('every tenth shard fails at first', options, async () => {
  await submit(connection, 'failing', manifest, request)
  const { lines } = work({ FIRST: '3.npy' })
  await check('failing')
  assert.equal(lines.filter((line) => /^fail .*3\.npy$/.test(line)).length, 4)
})

test('one attempt in a hundred fails, and workers are killed', options, async () => {
  const ids = Array.from({ length: 10 }, (_, i) => `unlucky-${i}`)
  for (const id of ids) await submit(connection, id, manifest, request)
  const worker = work({ LUCK: `${seed}`, SLOW: THIRD, MS: '10' })
  work({ LUCK: `${seed + 1}` })
  await worker.said(/^open/)
  await worker.kill()
  work({ LUCK: `${seed + 2}` })
  for (const id of ids) await check(id)
})

test('the submitter is killed, and another asks', options, async () => {
  const submitter = await connect({ servers: server.url })
  await submit(submitter, 'left', manifest, request)
  await submitter.close()
  work()
  await check('left')
  await check('left')
})

test('a worker is stopped until another has its task, and goes on', options, async () => {
  await submit(connection, 'stopped', manifest, request)
  const stopped = work({ SLOW: THIRD, MS: '1500' })
  await stopped.said(/^open/)
  stopped.signal('SIGSTOP')
  const other = work({ SLOW: THIRD, MS: '1500' })
  await other.said(/^open/)
  stopped.signal('SIGCONT')
  await check('stopped')
})

test('the server is killed, and started again', options, async () => {
  await submit(connection, 'restarted', manifest, request)
  const asked = check('restarted')
  const worker = work({ SLOW: '.npy', MS: '40' })
  await worker.said(/part-005/)
  await server.kill()
  await server.start()
  await asked
})

test('shards are not what the manifest says', options, async () => {
  work()
  for (const [what, [shard, message]] of Object.entries(damaged(corpus))) {
    const shards = manifest.shards.map((other, i) => (i === 5 ? { ...other, ...shard } : other))
    const changed = { ...manifest, shards }
    await submit(connection, what, changed, request)
    await assert.rejects(
      ask(what, { manifest: changed }),
      new RegExp(`^Error: Shard ${shards[5].path}: .*${message.source}`),
      what,
    )
  }
})

/** The subject of the answer about a shard, and the answer, once all are there. */
async function answered(id, i) {
  await submit(connection, id, manifest, request)
  const worker = work()
  await ask(id)
  await worker.kill()
  const subject = `answers.${id}.${i}.part`
  const message = await (await jetstreamManager(connection)).streams.getMessage('answers', { last_by_subj: subject })
  return { subject, data: message?.data ?? assert.fail(subject) }
}

test('a part is lost', options, async () => {
  const { subject } = await answered('lost', 3)
  await (await jetstreamManager(connection)).streams.purge('answers', { filter: subject })
  await assert.rejects(ask('lost', { milliseconds: 500 }), /1 of 36 parts are missing, those of .*part-003\.npy\./)
})

test('a part is there twice', options, async () => {
  const { subject, data } = await answered('twice', 3)
  const { streams } = await jetstreamManager(connection)
  for (const i of [0, 3]) await streams.purge('answers', { filter: subject.replace('.3.', `.${i}.`) })
  for (const i of [0, 3]) await jetstream(connection).publish(subject.replace('.3.', `.${i}.`), data)
  await assert.rejects(ask('twice'), /the part of shard .*part-003\.npy is there twice/)
})

test('a part is damaged', options, async () => {
  const { subject, data } = await answered('damaged', 3)
  await jetstream(connection).publish(
    subject,
    data.map((byte, i) => (i === 90 ? byte ^ 1 : byte)),
  )
  await assert.rejects(ask('damaged'), /these bytes are damaged/)
})

test('nobody works', options, async () => {
  await submit(connection, 'nobody', manifest, request)
  await assert.rejects(ask('nobody', { milliseconds: 500 }), /36 of 36 parts are missing, those of .*part-000.npy/)
})

test('the disk of the server is full, and there is room again', options, async (t) => {
  const small = await startServer('nats', onSmallDisk('4m'))
  t.after(() => small.stop())
  const connection = await connect({ servers: small.url })
  t.after(() => connection.close())
  await prepare(connection, { patience: 1000 })
  const ask = (id, milliseconds = 10_000) =>
    result(connection, id, manifest, request, { signal: AbortSignal.timeout(milliseconds) })
  const disk = diskOf(small)
  disk.fill()
  await assert.rejects(submit(connection, 'refused', manifest, request), /no space left on device/)
  disk.empty()
  await submit(connection, 'roomy', manifest, request)
  const worker = work({ NATS_URL: small.url, SLOW: '.npy', MS: '20' })
  assert.deepEqual(bits(await ask('roomy')), expected)
  // A server that cannot write an answer ends JetStream, and has to be started again.
  await submit(connection, 'stuck', manifest, request)
  await worker.said(/part-003/, 36)
  disk.fill()
  await assert.rejects(ask('stuck', 2000), /of 36 parts are missing, those of .*part-/)
})
