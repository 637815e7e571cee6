/** What the browser tests share: the page served, a test on a page of its own in each browser, and where things are on it. */
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { serve } from '../../scripts/serve.js'
import { BROWSERS, closeBrowsers, withPage } from './browsers.js'

export const root = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** What a test takes at most, in ms; the longest has taken 25 s. A page that is asked something may never answer. */
const LONGEST = 120_000

/** For each browser the folder of what it opens, and where the page in it is served. */
const sites = new Map()

before(async () => {
  for (const browser of BROWSERS) {
    const folder = browser === 'firefox' ? copyForFirefox() : root('dist')
    sites.set(browser, { folder, ...(await serve(join(folder, 'page/'), 0)) })
  }
})

after(async () => {
  await closeBrowsers()
  for (const { server } of sites.values()) server.close()
  if (sites.has('firefox')) rmSync(sites.get('firefox').folder, { recursive: true })
})

/**
 * The page in its forms, its policies allowing eval: by that Playwright asks a page anything, which Firefox 140 holds
 * against the page. All else of the policies holds here too; Chromium opens the files as they are.
 */
function copyForFirefox() {
  const folder = mkdtempSync(join(tmpdir(), 'cosdim-'))
  for (const name of ['page', 'cosdim.html']) cpSync(root(`dist/${name}`), join(folder, name), { recursive: true })
  for (const name of ['page/index.html', 'cosdim.html']) {
    const file = join(folder, name)
    writeFileSync(file, readFileSync(file, 'utf8').replace('script-src ', "script-src 'unsafe-eval' "))
  }
  return folder
}

/** @typedef {import('playwright-core').Page & { follow: (hash: string) => Promise<void> }} TestPage */

/**
 * A test in each browser, on a page of its own, which must not complain, break its content security policy, or ask another
 * host.
 * @param {string} name
 * @param {(page: TestPage) => Promise<void>} body
 * @param {import('playwright-core').BrowserContextOptions & {
 *   hash?: string, at?: string, file?: string, prepare?: (page: import('playwright-core').Page) => Promise<void>, waitFor?: string,
 *   alone?: boolean, mayComplain?: boolean, browsers?: string[],
 * }} [options] `hash` is where it starts, on the page served, the one `at` another address there, or a `file` of dist/; `prepare`
 *   comes before; the test begins when `waitFor` is there; it is `alone` where it does to the page what would stay, as who
 *   prepares it does; when it `mayComplain`, that is what is tested; `browsers` are those that can do what it needs
 */
export function pageTest(
  name,
  body,
  {
    hash = '',
    at = '',
    file,
    prepare,
    waitFor = '.explorer',
    alone = Boolean(prepare),
    mayComplain = false,
    browsers = BROWSERS,
    ...options
  } = {},
) {
  for (const browser of BROWSERS.filter((each) => browsers.includes(each)))
    test(`${name} (${browser})`, { timeout: LONGEST }, () =>
      withPage(browser, options, alone, async (page) => {
        const own = Object.assign(page, {
          goBack: () => travel(page, 'back'),
          goForward: () => travel(page, 'forward'),
          follow: (hash) => follow(page, hash),
        })
        const { folder, url } = sites.get(browser)
        const start = file ? pathToFileURL(join(folder, file)).href : new URL(at, url).href
        const complaints = complaintsOf(page, new URL('.', start).href)
        await prepare?.(page)
        await page.goto(start + hash)
        await page.locator(waitFor).first().waitFor()
        await body(own)
        if (!mayComplain) assert.deepEqual(complaints, [])
      }),
    )
}

/** Goes to a hash of the same document, as by a link: Playwright waits for Firefox to load it, which it does not. */
const follow = (page, hash) =>
  page.evaluate(
    (hash) =>
      new Promise((resolve) => {
        const before = location.hash
        addEventListener('hashchange', () => setTimeout(resolve), { once: true })
        location.hash = hash
        if (location.hash === before) resolve(undefined) // “#” or nothing is the same to the event
      }),
    hash,
  )

/** Back or forward in one document, which Playwright does not always hear of from Firefox. */
const travel = (page, way) =>
  page.evaluate(
    (way) =>
      new Promise((resolve) => {
        addEventListener('popstate', () => setTimeout(resolve), { once: true })
        history[way]()
      }),
    way,
  )

/** What a page complains about, and the requests that leave it. */
function complaintsOf(page, home) {
  const complaints = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => {
    if (!request.url().startsWith(home)) complaints.push(`a request to ${request.url()}`)
  })
  return complaints
}

export const panel = (page, dim) => page.getByRole('region', { name: `dim=${dim}` })
export const output = (page, dim, i) => panel(page, dim).locator('button.output').nth(i)
export const cell = (page, name) => page.getByLabel(name, { exact: true })
export const preset = (page, name) => page.getByRole('button', { name, exact: true })
/** Unfolds sizes, files and eps, if they are not. */
export const unfold = (page) =>
  page.locator('.explorer details.tools').evaluate((details) => details.toggleAttribute('open', true))
export async function setEps(page, text) {
  await unfold(page)
  await cell(page, 'eps').fill(text)
}
/** The results, as printed, without those of the worked example. */
export const printed = (page) => page.locator('.explorer .call output').allTextContents()
export const working = (page, dim) => panel(page, dim).locator('.line > .unseen').allTextContents()

/** Takes the focus from what has it in the explorer. */
export const blur = (page) =>
  page.evaluate(() => {
    const focused = /** @type {HTMLElement | null | undefined} */ (document.activeElement?.shadowRoot?.activeElement)
    focused?.blur()
  })

/** Hears what the status says from now on, as a screen reader does; gives what has been said so far. */
export async function listen(page) {
  await page.locator('.explorer > [role=status]').evaluate((status) => {
    globalThis.said = []
    new MutationObserver(() => globalThis.said.push(status.textContent)).observe(status, { childList: true })
  })
  return () => page.evaluate(() => globalThis.said)
}

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

/** The text of an element; a comment or a document would have none. */
export const textOf = async (locator) => (await locator.textContent()) ?? ''

/** Where a visible element is. */
export async function boxOf(locator) {
  const box = await locator.boundingBox()
  assert.ok(box, `${locator} is not visible`)
  return box
}

export const COLOR_SCHEMES = /** @type {const} */ (['light', 'dark'])

/** By how many pixels the page is wider than the window; more than 0 scrolls sideways. */
export const tooWide = (page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

/** Pastes a text where a target is; gives whether the browser would then do so itself. */
export const paste = (target, text) =>
  target.evaluate((node, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    // Firefox knows no clipboardData here, and takes the text itself.
    const own = { clipboardData, data: text, dataType: 'text/plain' }
    return node.dispatchEvent(new ClipboardEvent('paste', { ...own, bubbles: true, composed: true, cancelable: true }))
  }, text)
