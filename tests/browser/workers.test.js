/**
 * cosdim/workers in browsers: on pages that isolate themselves and so have SharedArrayBuffer, under strict policies, from a
 * CDN, and when workers die.
 */
import assert from 'node:assert/strict'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { cosineSimilarity, topkCosineSimilarity } from 'cosdim'
import { serve } from '../../scripts/serve.js'
import { BROWSERS, closeBrowsers, newContext } from './browsers.js'

const dist = fileURLToPath(new URL('../../dist/', import.meta.url))
/** @type {string} */
let folder
/** @type {{ server: import('node:http').Server, url: string }[]} */
let servers

const ISOLATING = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }
const OF_A_CDN = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }

/** Serves the folder, with some headers. */
async function served(headers) {
  const { server, url } = await serve(folder, 0)
  server.prependListener('request', (_, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  })
  return { server, url }
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cosdim-workers-'))
  await mkdir(join(folder, 'broken'))
  for (const name of ['cosdim.js', 'workers.js', 'worker.js']) await copyFile(dist + name, join(folder, name))
  for (const name of ['cosdim.js', 'workers.js']) await copyFile(dist + name, join(folder, 'broken', name))
  servers = await Promise.all([{}, ISOLATING, OF_A_CDN].map(served))
  const cdn = new URL(servers[2].url).origin
  const pages = {
    plain: '',
    strict: `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'`,
    'strict-with-cdn': `default-src 'none'; script-src ${cdn} 'wasm-unsafe-eval'; worker-src blob: ${cdn}`,
  }
  for (const [name, policy] of Object.entries(pages)) {
    const meta = policy && `<meta http-equiv="Content-Security-Policy" content="${policy}; img-src data:">`
    const html = `<!doctype html>${meta}<link rel="icon" href="data:,"><title>workers</title>`
    await writeFile(join(folder, `${name}.chromium.html`), html)
    // In Firefox, Playwright's evaluate() can be an eval() of the page.
    await writeFile(join(folder, `${name}.firefox.html`), html.replace('script-src ', "script-src 'unsafe-eval' "))
  }
})

after(async () => {
  await closeBrowsers()
  for (const { server } of servers ?? []) server.close()
  if (folder) await rm(folder, { recursive: true })
})

const [n, d] = [200, 20]
const corpus = Float32Array.from({ length: n * d }, (_, i) => ((i * 7919) % 1013) / 1013 - 0.4)

/** Runs in the page: compares the rows with the third, on two workers. */
async function search({ library, numbers, shape }) {
  const { openWorkers } = await import(library)
  const { length } = numbers
  const corpus = new Float32Array(globalThis.SharedArrayBuffer ? new SharedArrayBuffer(4 * length) : length)
  corpus.set(numbers)
  const query = corpus.slice(2 * shape[1], 3 * shape[1])
  const workers = await openWorkers(corpus, shape, { count: 2 })
  const [{ values, indices }, similarities] = await Promise.all([workers.topk(query, 10), workers.similarities(query)])
  const late = workers.topk(query, 10).catch(String)
  await workers.close()
  const lists = [values, indices, similarities].map((numbers) => [...numbers])
  return { isShared: Boolean(globalThis.SharedArrayBuffer), lists, late: await late }
}

/** What pages there are: which server they are from, and which one the library is from. */
const PAGES = {
  'a page': { page: 'plain' },
  'a page that isolates itself': { from: 1, page: 'plain' },
  'a page under a strict policy': { page: 'strict' },
  'a page with a copy on a CDN': { page: 'plain', library: 2 },
  'an isolated page with a copy on a CDN': { from: 1, page: 'plain', library: 2 },
  'a page under a strict policy with a copy on a CDN': { page: 'strict-with-cdn', library: 2 },
}

for (const browser of BROWSERS)
  for (const [name, { from = 0, page: file, library = from }] of Object.entries(PAGES))
    test(`${name} gets the results of one thread (${browser})`, async () => {
      const context = await newContext(browser, {})
      const page = await context.newPage()
      await page.goto(`${servers[from].url}${file}.${browser}.html`)
      const found = await page.evaluate(search, {
        library: `${servers[library].url}workers.js`,
        numbers: [...corpus],
        shape: [n, d],
      })
      assert.equal(found.isShared, from === 1)
      assert.match(found.late, /The workers are closed/)
      const [values, indices, similarities] = found.lists
      const [query, matrix] = [corpus.subarray(2 * d, 3 * d), { data: corpus, shape: [n, d] }]
      const alone = topkCosineSimilarity(query, matrix, 10)
      assert.deepEqual(values, [...alone.values])
      assert.deepEqual(indices, [...alone.indices])
      assert.deepEqual(similarities, [...cosineSimilarity(query, matrix)])
      await context.close()
    })

/** Runs in the page: the errors of workers that open their rows and then throw, and of those that cannot be loaded. */
async function die() {
  const { openWorkers } = await import(new URL('workers.js', location.href).href)
  const broken = await import(new URL('broken/workers.js', location.href).href)
  const missing = await broken.openWorkers([[1], [2]]).catch(String)
  const { Worker } = globalThis
  const script = `onmessage = ({ data }) => { if (data.kind === 'open') postMessage({}); else throw new Error('by accident') }`
  const dying = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))
  globalThis.Worker = class extends Worker {
    constructor() {
      super(dying)
    }
  }
  const workers = await openWorkers(new Float32Array(60), [20, 3], { count: 2 })
  const waiting = [workers.topk([1, 2, 3], 1), workers.similarities([1, 2, 3])].map((question) =>
    question.catch(String),
  )
  const said = await Promise.all(waiting)
  return { missing, said: [...said, await workers.topk([1, 2, 3], 1).catch(String)] }
}

for (const browser of BROWSERS)
  test(`workers that cannot start, or die, reject what waits and what comes later (${browser})`, async () => {
    const context = await newContext(browser, {})
    const page = await context.newPage()
    /** @type {string[]} */
    const uncaught = []
    page.on('pageerror', (error) => uncaught.push(String(error)))
    await page.goto(`${servers[0].url}plain.${browser}.html`)
    const { missing, said } = await page.evaluate(die)
    assert.match(missing, /Worker 1 of 1 has died, .*: its script, worker\.js .* could not be loaded\./)
    for (const message of said) assert.match(message, /Worker \d of 2 has died, .*: .*by accident/)
    assert.deepEqual(uncaught, [])
    await context.close()
  })
