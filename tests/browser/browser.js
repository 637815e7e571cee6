/** What the browser tests share: a browser, the page served, a test on a page of its own, and where things are on it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { serve } from '../../scripts/serve.js'

export const root = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** What `before` opens. */
export const opened = { browser: undefined, url: undefined }
let site

before(async () => {
  site = await serve(root('dist/page/'), 0)
  opened.url = site.url
  opened.browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
})

after(async () => {
  await opened.browser?.close()
  site?.server.close()
})

/**
 * A test on a page of its own, which must not complain, break its content security policy, or ask another host.
 * @param {string} name
 * @param {(page: import('playwright-core').Page) => Promise<void>} body
 * @param {import('playwright-core').BrowserContextOptions & { hash?: string }} [options] `hash` is where it starts
 */
export function pageTest(name, body, { hash = '', ...options } = {}) {
  test(name, async () => {
    const context = await opened.browser.newContext(options)
    context.setDefaultTimeout(10_000)
    const page = await context.newPage()
    const complaints = []
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('request', (request) => {
      if (!request.url().startsWith(opened.url)) complaints.push(`a request to ${request.url()}`)
    })
    try {
      await page.goto(opened.url + hash)
      if (options.javaScriptEnabled !== false) await page.locator('.explorer').waitFor()
      await body(page)
      assert.deepEqual(complaints, [])
    } finally {
      await context.close()
    }
  })
}

export const panel = (page, dim) => page.getByRole('region', { name: `dim=${dim}` })
export const output = (page, dim, i) => panel(page, dim).getByRole('button').nth(i)
export const cell = (page, name) => page.getByLabel(name, { exact: true })
export const preset = (page, name) => page.getByRole('button', { name, exact: true })
/** The results, as printed, without those of the worked example. */
export const printed = (page) => page.locator('.explorer .call output').allTextContents()
export const working = (page, dim) => panel(page, dim).locator('.line > .unseen').allTextContents()

/** What is lit: the fields of A and B by name, and of a panel its drawn cells by value and its outputs. */
export const litFields = (page) =>
  page
    .locator('.matrix [data-lit] input')
    .evaluateAll((inputs) => inputs.map((input) => input.getAttribute('aria-label')))
export const litCells = (page, dim) => panel(page, dim).locator('.cell[data-lit] .value').allTextContents()
export const litOutputs = (page, dim) =>
  panel(page, dim)
    .locator('button[data-lit]')
    .evaluateAll((buttons) => buttons.map((button) => button.dataset.key))

export const SEED = ['tensor([0.9558, 0.9839])', 'tensor([0.9734, 0.9972])']
