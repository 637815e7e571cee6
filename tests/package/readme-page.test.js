/** Opens the README's blocks of HTML in Chromium, with this package in the place of the published one. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { closeBrowsers, withPage } from '../browser/browsers.js'
import { blocksIn, claimsOf } from './readme.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const PAGE = 'http://readme.test/'

after(closeBrowsers)

for (const { code, line } of blocksIn('html'))
  test(`README.md:${line} works on a page`, () =>
    withPage('chromium', {}, { alone: true }, async (page) => {
      const complaints = []
      page.on('pageerror', (error) => complaints.push(String(error)))
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
      await page.route(PAGE, (route) =>
        route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<link rel="icon" href="data:," />\n${code}` }),
      )
      await page.route('https://cdn.jsdelivr.net/npm/**', (route) =>
        route.fulfill({ path: root + new URL(route.request().url()).pathname.replace(/^\/npm\/[^/]+\//, '') }),
      )
      await page.goto(PAGE)
      for (const claim of claimsOf(code)) await page.getByText(claim, { exact: true }).waitFor()
      for (const [, result] of code.matchAll(/<p>(.*)<\/p>/g))
        await page.getByText(`tensor(${result})`).first().waitFor()
      const element = page.locator('cosine-dim')
      for (const one of await element.all())
        assert.equal(await one.evaluate((/** @type {any} */ explorer) => explorer.ready), true)
      assert.deepEqual(complaints, [])
    }))
