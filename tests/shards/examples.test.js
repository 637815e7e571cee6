/** The examples, when something is missing: one line that says what to do, and exit code 1. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { tensor } from 'cosdim'
import { toNpy } from 'cosdim/npy'
import { makeManifest } from 'cosdim/shards'

const folder = mkdtempSync(join(tmpdir(), 'cosdim-examples-'))
after(() => rmSync(folder, { recursive: true }))
const write = (name, content) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const shard = write('shard.npy', toNpy(tensor({ data: new Float32Array(60), shape: [20, 3] })))
const query = write('query.npy', toNpy([1, 2, 3]))
const short = write('short.npy', toNpy([1, 2]))
const manifest = write('manifest.json', JSON.stringify(await makeManifest([shard], { open })))
const broken = write('broken.json', '{ "version": 1,\n')

/** A port where nobody answers: it was free a moment ago. */
const server = createServer().listen(0, '127.0.0.1')
await new Promise((resolve) => server.once('listening', resolve))
const { port } = /** @type {any} */ (server.address())
await new Promise((resolve) => server.close(resolve))
const at = `127.0.0.1:${port}`
const env = {
  ...process.env,
  REDIS_URL: `redis://user:secret@${at}`,
  DATABASE_URL: `postgres://${at}/postgres`,
  NATS_URL: `nats://${at}`,
}

/** @type {[string[], RegExp][]} */
const WRONG = [
  [['bullmq-redis.js'], /^No server answers at 127\.0\.0\.1:\d+\. Start redis-server, or set REDIS_URL\.$/],
  [['bullmq-postgres.js'], /^No server answers at .* Start PostgreSQL, or set DATABASE_URL\.$/],
  [['nats.js'], /^No server answers at .* Start nats-server -js, or set NATS_URL\.$/],
  [['bullmq-submit.js', query, manifest], /^No server answers at .* Start redis-server, or set REDIS_URL\.$/],
  [['bullmq-submit.js'], /takes a query and a manifest: QUERY\.npy MANIFEST\.json$/],
  [['bullmq-submit.js', query, `${folder}/none.json`], /none\.json: ENOENT: no such file or directory/],
  [['bullmq-submit.js', short, manifest], /got \(2,\) and \(20, 3\)\. The query is 2 long, the rows of the corpus 3/],
  [['bullmq-submit.js', manifest, manifest], /manifest\.json: This is not a \.npy file/],
  [['bullmq-submit.js', query, broken], /broken\.json: .*JSON/],
]

for (const [[name, ...args], said] of WRONG)
  test(`${name}: ${said}`, () => {
    const path = fileURLToPath(new URL(`../../examples/${name}`, import.meta.url))
    const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], {
      env,
      encoding: 'utf8',
      timeout: 20_000,
    })
    assert.deepEqual([status, stdout, stderr.split('\n').length], [1, '', 2], stderr)
    assert.match(stderr.trimEnd(), said)
    assert.doesNotMatch(stderr, /secret/)
  })
