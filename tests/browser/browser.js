/**
 * Shared by the browser tests: the served page, a test on its own page in each browser, and helpers to find things on
 * it.
 */
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { serve } from '../../scripts/serve.js'
import { textsIn } from '../../web/explorer/texts/languages.js'
import { BROWSERS, closeBrowsers, withPage } from './browsers.js'

export const root = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/**
 * The longest that a test may take, in ms; the slowest so far took 25 s. Without a limit, a page that never answers
 * would hang the run.
 */
const LONGEST = 120_000

/** The next test need not fetch and compile the same scripts again. */
const CACHED = { 'cache-control': 'max-age=3600' }

/** For each browser, the folder that it opens and the server of the page inside. */
const sites = new Map()

before(async () => {
  for (const browser of BROWSERS) {
    const folder = browser === 'firefox' ? copyForFirefox() : root('dist')
    const { server, url } = await serve(join(folder, 'page/'), 0, CACHED)
    server.unref() // a file without a test for this browser ends, too
    sites.set(browser, { folder, server, url })
  }
})

after(async () => {
  await closeBrowsers()
  for (const { server } of sites.values()) server.close()
  if (sites.has('firefox')) rmSync(sites.get('firefox').folder, { recursive: true })
})

/**
 * A copy of the page in all its forms, with policies that allow eval. Playwright uses eval to query a page in Firefox,
 * and Firefox 140 counts that as a violation by the page. Every other rule of the policies still applies. Chromium
 * opens the original files.
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

/** What a page waits for by default. Where it does not run, nothing is drawn later. */
const EXPLORER = '.explorer'

/** @typedef {import('playwright-core').Page & { follow: (hash: string) => Promise<void> }} TestPage */

/**
 * Runs a test in each browser, on its own page. The page must not log errors or warnings, break its content security
 * policy, or send requests elsewhere.
 * @param {string} name
 * @param {(page: TestPage) => Promise<void>} body
 * @param {import('playwright-core').BrowserContextOptions & {
 *   hash?: string, at?: string, file?: string, prepare?: (page: import('playwright-core').Page) => Promise<void>,
 *   waitFor?: string, alone?: boolean, reads?: boolean, mayComplain?: boolean, browsers?: string[],
 * }} [options] `hash` is appended to the address: the served page, `at` on the same server, or a `file` of dist/.
 *   `prepare` runs before the page loads. The test begins once `waitFor` is there. `alone` is for tests whose effects
 *   on the page would outlast them; `prepare` implies it. One that only `reads` leaves the page to the next that does,
 *   which follows a link to its hash. `mayComplain` is for tests of complaints. `browsers` are those that support what
 *   the test needs.
 */
export function pageTest(
  name,
  body,
  {
    hash = '',
    at = '',
    file,
    prepare,
    waitFor = EXPLORER,
    alone = Boolean(prepare),
    reads = false,
    mayComplain = false,
    browsers = BROWSERS,
    ...options
  } = {},
) {
  for (const browser of BROWSERS.filter((each) => browsers.includes(each)))
    test(`${name} (${browser})`, { timeout: LONGEST }, () => {
      const { folder, url } = sites.get(browser)
      const start = file ? pathToFileURL(join(folder, file)).href : new URL(at, url).href
      return withPage(browser, options, { alone, kept: reads ? start : undefined }, async (page, isLoaded) => {
        const own = Object.assign(page, {
          goBack: () => travel(page, 'back'),
          goForward: () => travel(page, 'forward'),
          follow: (hash) => follow(page, hash),
        })
        const complaints = complaintsOf(page, new URL('.', start).href)
        await prepare?.(page)
        if (isLoaded) await own.follow(hash)
        else await page.goto(start + hash)
        await page.locator(waitFor).first().waitFor()
        if (waitFor === EXPLORER) await settled(page)
        await body(own)
        if (!mayComplain) assert.deepEqual(complaints, [])
      })
    })
}

/** The presses are drawn once their room has been measured, which is in the first frame. */
const settled = (page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))

/**
 * Goes to a hash of the same document, as a link does. page.goto() would wait for Firefox to load the document, which
 * never happens.
 */
const follow = (page, hash) =>
  page.evaluate(
    (hash) =>
      new Promise((resolve) => {
        const before = location.hash
        addEventListener('hashchange', () => setTimeout(resolve), { once: true })
        location.hash = hash
        if (location.hash === before) resolve(undefined) // no hashchange follows if the hash stays the same
      }),
    hash,
  )

/** Back or forward within a document. Playwright does not always notice these in Firefox. */
const travel = (page, way) =>
  page.evaluate(
    (way) =>
      new Promise((resolve) => {
        addEventListener('popstate', () => setTimeout(resolve), { once: true })
        history[way]()
      }),
    way,
  )

/** Collects what the page logs and the requests that leave it. */
function complaintsOf(page, home) {
  const complaints = []
  page.on('console', (message) => {
    // Firefox's warnings are of the type warn.
    if (/^(error|warn)/.test(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => {
    if (!request.url().startsWith(home)) complaints.push(`request to ${request.url()}`)
  })
  return complaints
}

/**
 * Options of pageTest for a foreign page that embeds the element.
 * @param {string} body
 * @param {(script: string) => string} [change] what is served instead of the package's scripts
 */
export const host = (body, change = (script) => script) => ({
  at: 'host.html',
  prepare: async (page) => {
    for (const name of ['explorer.js', 'cosdim.js']) {
      const body = change(await readFile(root(`dist/${name}`), 'utf8'))
      await page.route(`**/${name}`, (route) => route.fulfill({ contentType: 'text/javascript', body }))
    }
    await page.route('**/host.html', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><title>host</title><link rel="icon" href="data:,">${body}
          <script type="module" src="explorer.js"></script>`,
      }),
    )
  },
})

export const panel = (page, dim) => page.getByRole('region', { name: `dim=${dim}` })
export const output = (page, dim, i) => panel(page, dim).locator('button.output').nth(i)
/**
 * A field of the editors below, or another one; and that of the same cell in the press. They are looked for where they are:
 * to look through the whole page takes Firefox a tenth of a second.
 */
export const cell = (page, name) => page.locator('.explorer :is(.inputs, .attention)').getByLabel(name, { exact: true })
export const half = (page, name) => page.locator('.explorer .halves').getByLabel(name, { exact: true })
export const preset = (page, name) => page.getByRole('button', { name, exact: true })
/** Opens the fold with sizes, files and eps. */
export const unfold = (page) =>
  page.locator('.explorer details.tools').evaluate((details) => details.toggleAttribute('open', true))
export async function setEps(page, text) {
  await unfold(page)
  await cell(page, 'eps').fill(text)
}
/** The printed results, without those of the worked example. */
export const printed = (page) => page.locator('.explorer .call output').allTextContents()
export const working = (page, dim) => panel(page, dim).locator('.line > .unseen').allTextContents()

/** How a formula is heard. What the words are is tested in tests/page/spoken.test.js. */
export const inWords = (formula) => textsIn('en')('spoken', formula)

/** Removes the focus from the explorer's focused element. */
export const blur = (page) =>
  page.evaluate(() => {
    const focused = /** @type {HTMLElement | null | undefined} */ (document.activeElement?.shadowRoot?.activeElement)
    focused?.blur()
  })

/**
 * Records what the status announces from now on, as a screen reader hears it. Returns a function that gives the
 * announcements so far.
 */
export async function listen(page) {
  await page.locator('.explorer > [role=status]').evaluate((status) => {
    globalThis.said = []
    new MutationObserver(() => globalThis.said.push(status.textContent)).observe(status, { childList: true })
  })
  return () => page.evaluate(() => globalThis.said)
}

/**
 * What is highlighted: the fields of A and B by name, and in a panel the drawn cells by value and the outputs by key.
 */
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

/**
 * Repeats an assertion until it holds, or for ten seconds: what is drawn in the next frame, or said after a pause, comes
 * late on a busy machine.
 * @param {() => Promise<void>} check
 */
export async function eventually(check) {
  const end = Date.now() + 10_000
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (!(error instanceof assert.AssertionError) || Date.now() > end) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** An element's text. Playwright's type also allows null. */
export const textOf = async (locator) => (await locator.textContent()) ?? ''

/** The box of a visible element. */
export async function boxOf(locator) {
  const box = await locator.boundingBox()
  assert.ok(box, `${locator} is not visible`)
  return box
}

/**
 * For tests of what is the same in every engine, such as words, numbers and the state: Chromium is enough. What engines do
 * in ways of their own is tested in both: layout, type, colours, keys, pointers, the focus, the clipboard, history, policies.
 * Where tests differ only in language, in size, or in mouse and keyboard, Firefox runs one of them.
 */
export const SAME = { browsers: ['chromium'] }

/** For tests of motion, of which other tests ask for less; see browsers.js. */
export const MOVING = { reducedMotion: /** @type {const} */ ('no-preference') }

/**
 * For those in which the pace does not matter. Each frame is 50 ms later than the last, however late it comes: what plays
 * takes a third of its time, and a busy machine leaves out no stage.
 */
export const HASTY = {
  ...MOVING,
  prepare: (/** @type {import('playwright-core').Page} */ page) =>
    page.addInitScript(() => {
      const request = requestAnimationFrame.bind(globalThis)
      let [last, time] = [0, 0]
      globalThis.requestAnimationFrame = (act) =>
        request((now) => {
          if (now !== last) time += 50
          last = now
          act(time)
        })
    }),
}

export const COLOR_SCHEMES = /** @type {const} */ (['light', 'dark'])

/** How many pixels the page is wider than the window. More than 0 means that it scrolls sideways. */
export const tooWide = (page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

/** Pastes a text into an element. Returns whether the browser would still do its own pasting. */
export const paste = (target, text) =>
  target.evaluate((node, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    // Firefox ignores clipboardData here and takes the text itself.
    const own = { clipboardData, data: text, dataType: 'text/plain' }
    return node.dispatchEvent(new ClipboardEvent('paste', { ...own, bubbles: true, composed: true, cancelable: true }))
  }, text)
