/** The example for workers, in a browser. Only pages that isolate themselves have SharedArrayBuffer. */
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { topkCosineSimilarity } from 'cosdim'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { serve } from '../../scripts/serve.js'

const examples = fileURLToPath(new URL('../../examples/', import.meta.url))
let browser, directory, served

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cosdim-workers-'))
  await build({
    entryPoints: [`${examples}workers.js`, `${examples}worker.js`],
    outdir: directory,
    bundle: true,
    format: 'esm',
    external: ['node:worker_threads'],
  })
  await writeFile(join(directory, 'index.html'), '<!doctype html><title>workers</title>')
  served = await serve(directory, 0)
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--no-first-run'],
  })
})

after(async () => {
  await browser?.close()
  served?.server.close()
  if (directory) await rm(directory, { recursive: true })
})

/** Runs in the page: searches made-up rows for the ten most similar to the third. */
async function search() {
  const { openWorkers } = await import(new URL('workers.js', location.href).href)
  const [n, d] = [1000, 20]
  const buffer = globalThis.SharedArrayBuffer ? new SharedArrayBuffer(4 * n * d) : new ArrayBuffer(4 * n * d)
  const corpus = new Float32Array(buffer)
  for (let i = 0; i < n * d; i++) corpus[i] = Math.fround(((i * 7919) % 1013) / 1013 - 0.4)
  const workers = await openWorkers(corpus, [n, d], 2)
  const query = corpus.slice(2 * d, 3 * d)
  const { values, indices } = await workers.topk(query, 10)
  workers.close()
  return { isShared: Boolean(globalThis.SharedArrayBuffer), query, corpus: [...corpus], values, indices }
}

for (const isolated of [true, false])
  test(`workers give the same top 10 on a page that ${isolated ? 'isolates itself' : 'does not isolate itself'}`, async () => {
    const page = await browser.newPage()
    if (isolated)
      await page.route('**/*', async (route) => {
        const response = await route.fetch()
        const headers = {
          ...response.headers(),
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-embedder-policy': 'require-corp',
        }
        await route.fulfill({ response, headers })
      })
    await page.goto(served.url)
    const { isShared, query, corpus, values, indices } = await page.evaluate(search)
    assert.equal(isShared, isolated)
    const alone = topkCosineSimilarity(
      Float32Array.from(Object.values(query)),
      { data: Float32Array.from(corpus), shape: [1000, 20] },
      10,
    )
    assert.deepEqual(Object.values(values), [...alone.values.data])
    assert.deepEqual(Object.values(indices), [...alone.indices.data])
    await page.close()
  })
