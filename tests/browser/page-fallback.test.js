/** Without scripts, or without what the explorer needs, the worked example stands; the builds are what they should be. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { opened, pageTest, root, SEED } from './browser.js'

pageTest(
  'shows the worked example without scripts, and the same as with them',
  async (page) => {
    assert.deepEqual(await page.locator('cosine-dim .call output').allTextContents(), SEED)
    assert.ok(await page.locator('noscript p').isVisible())
    const texts = (of) =>
      of.locator('.call, .chips, .head, .value, .plain p, .line > .unseen, .angle, h3').allTextContents()
    const live = await opened.browser.newPage()
    try {
      await live.goto(opened.url)
      await live.waitForSelector('button.output')
      const trimmed = (all) => all.map((text) => text.trim())
      assert.deepEqual(
        trimmed(await texts(page.locator('cosine-dim .panels'))),
        trimmed(await texts(live.locator('.explorer .panels'))),
      )
    } finally {
      await live.close()
    }
  },
  { javaScriptEnabled: false },
)

test('says why it cannot compute, above the worked example', async () => {
  const page = await opened.browser.newPage()
  try {
    await page.addInitScript(() => {
      globalThis.WebAssembly = undefined
    })
    await page.goto(opened.url)
    await page.getByRole('alert').filter({ hasText: 'could not start to compute' }).waitFor()
    assert.deepEqual(await page.locator('cosine-dim .call output').allTextContents(), SEED)
    assert.equal(await page.locator('cosine-dim input').count(), 0)
  } finally {
    await page.close()
  }
})

test('the one file works from file://, under a policy of its own', async () => {
  const page = await opened.browser.newPage()
  const complaints = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) complaints.push(request.url())
  })
  try {
    await page.goto(`file://${root('dist/cosdim.html')}#lang=zh-Hans`)
    await page.locator('.explorer').waitFor()
    assert.deepEqual(await page.locator('.explorer .call output').allTextContents(), SEED)
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-Hans')
    assert.deepEqual(complaints, [])
  } finally {
    await page.close()
  }
})

test('the one file is at most 150 KB, gzipped', async () => {
  assert.ok(gzipSync(await readFile(root('dist/cosdim.html'))).length <= 150_000)
})

test('the element is one module that any page can load', async () => {
  const page = await opened.browser.newPage()
  try {
    const script = await readFile(root('dist/explorer.js'), 'utf8')
    await page.route('**/explorer.js', (route) => route.fulfill({ contentType: 'text/javascript', body: script }))
    await page.route('**/host.html', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><title>host</title><style>cosine-dim { --cosine-dim-ink: rgb(1, 2, 3) }</style>
          <cosine-dim a="[1, 0]" b="[0, 1]">1 and 0</cosine-dim><script type="module" src="explorer.js"></script>`,
      }),
    )
    await page.goto(`${opened.url}host.html`)
    await page.locator('.explorer').waitFor()
    assert.deepEqual(await page.locator('.explorer .call output').allTextContents(), ['tensor(0.)'])
    assert.equal(await page.locator('.explorer').evaluate((node) => getComputedStyle(node).color), 'rgb(1, 2, 3)')
  } finally {
    await page.close()
  }
})
