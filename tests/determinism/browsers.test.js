/** Chromium, Firefox and WebKit compute the same bits as Node. */
import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { serve } from '../../scripts/serve.js'
import { BROWSERS, closeBrowsers, newContext } from '../browser/browsers.js'
import { startWebKit } from '../browser/webkit.js'
import { EXPECTED } from './hash.js'

const PAGE = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title></title>
<script type="module">
  import * as cosdim from './cosdim.js'
  import * as npy from './npy.js'
  import { hashesOf } from './hash.js'
  document.title = await hashesOf({ ...cosdim, ...npy }).then(JSON.stringify, String)
</script>`

const folder = mkdtempSync(join(tmpdir(), 'cosdim-determinism-'))
/** @type {Awaited<ReturnType<typeof serve>>} */
let site

before(async () => {
  for (const path of ['dist/cosdim.js', 'dist/npy.js', 'tests/determinism/hash.js'])
    copyFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), join(folder, path.split('/').at(-1) ?? ''))
  writeFileSync(join(folder, 'index.html'), PAGE)
  site = await serve(folder, 0)
})

after(async () => {
  await closeBrowsers()
  site.server.close()
  rmSync(folder, { recursive: true })
})

for (const browser of BROWSERS)
  test(`the package in ${browser}`, { timeout: 60_000 }, async () => {
    const page = await (await newContext(browser, {})).newPage()
    await page.goto(site.url)
    await page.waitForFunction(() => document.title)
    assert.equal(await page.title(), JSON.stringify(EXPECTED))
  })

test('the package in webkit', { timeout: 60_000 }, async (t) => {
  const found = async () => {
    const webkit = await startWebKit({})
    t.after(webkit.end)
    await webkit.goto(site.url)
    return webkit.waitFor(() => document.title)
  }
  // MiniBrowser itself has died once in a dozen runs, which says nothing of the package.
  const title = await found().catch((error) => {
    if (!/invalid session id/.test(error.message)) throw error
    return found()
  })
  assert.equal(title, JSON.stringify(EXPECTED))
})
