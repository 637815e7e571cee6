/**
 * Debian's Chromium and Firefox, which are released browsers rather than Playwright's builds. Chromium's headless shell has
 * the same engine without the windows that `chromium --headless` keeps for nobody, which took a fifth of its time.
 * Playwright drives Firefox over WebDriver BiDi. CHROMIUM and FIREFOX set other paths; BROWSERS=chromium or
 * BROWSERS=firefox selects one.
 *
 * Playwright versions after 1.55 send BiDi commands that Firefox 140, the one in Debian 12, does not know.
 */
import playwright from 'playwright-core'

const { chromium, _bidiFirefox: firefox } = playwright

export const BROWSERS = (process.env.BROWSERS ?? 'chromium,firefox').split(',')

const CHROMIUM = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    // Pages live for a second or two: optimizing their scripts costs more than it saves. WebAssembly is optimized as usual.
    '--js-flags=--no-opt,--no-maglev',
  ],
}

const FIREFOX = {
  executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
  firefoxUserPrefs: {
    'dom.events.testing.asyncClipboard': true,
    // One process for pages of the same origin, and none started ahead. Opening a page takes a third less time.
    'fission.autostart': false,
    'dom.ipc.processPrelaunch.enabled': false,
  },
}

/**
 * Chromium gets these options per context. Firefox gets them as preferences when it starts.
 * @type {Record<string, [string, Record<string, number | boolean>]>}
 */
const PREFERENCES = {
  colorScheme: ['layout.css.prefers-color-scheme.content-override', { dark: 0, light: 1 }],
  reducedMotion: ['ui.prefersReducedMotion', { reduce: 1, 'no-preference': 0 }],
  forcedColors: ['browser.display.document_color_use', { active: 2, none: 0 }],
  javaScriptEnabled: ['javascript.enabled', { true: true, false: false }],
}

/** With motion, the collapse plays for five seconds on arrival. Tests of motion ask for it. */
const USUAL = { colorScheme: /** @type {const} */ ('light'), reducedMotion: /** @type {const} */ ('reduce') }

/** The running browsers, by the settings they were started with. */
const launched = new Map()

function launchOnce(type, settings) {
  const key = JSON.stringify(settings)
  if (!launched.has(key)) launched.set(key, type.launch(settings))
  return launched.get(key)
}

/**
 * Opens a new context in one of the browsers.
 * @param {string} name chromium or firefox
 * @param {import('playwright-core').BrowserContextOptions} options
 */
export async function newContext(name, options) {
  const given = { ...USUAL, ...options }
  if (name === 'chromium') {
    const permissions = ['clipboard-read', 'clipboard-write']
    return (await launchOnce(chromium, CHROMIUM)).newContext({ ...given, permissions })
  }
  const firefoxUserPrefs = { ...FIREFOX.firefoxUserPrefs }
  for (const [what, [preference, values]] of Object.entries(PREFERENCES)) {
    if (what in given) firefoxUserPrefs[preference] = values[given[what]]
    delete given[what]
  }
  return (await launchOnce(firefox, { ...FIREFOX, firefoxUserPrefs })).newContext(given)
}

const VIEWPORT = { width: 1280, height: 720 }

/** For each browser, the page of the last test, with its options, and the document if it is still there. */
const resting = new Map()

async function newPage(name, options) {
  const context = await newContext(name, options)
  // Both browsers run at once, and the machine may be busy: iris has taken Firefox 10 s.
  context.setDefaultTimeout(30_000)
  return context.newPage()
}

/**
 * Runs a function with an empty page. The page is reused, because opening one would take half of a short test's time
 * (0.4 s of 0.8). A page used `alone` is closed instead, because the test's effects on it would last.
 * @param {string} name chromium or firefox
 * @param {import('playwright-core').BrowserContextOptions} options
 * @param {{ alone: boolean, kept?: string }} lasting `kept` is the document that the test leaves as it was. It is not
 *   loaded again if the next test keeps it as well.
 * @param {(page: import('playwright-core').Page, isLoaded: boolean) => Promise<void>} use
 */
export async function withPage(name, { viewport = VIEWPORT, ...asked }, { alone, kept }, use) {
  const options = { ...USUAL, ...asked }
  const { page, left } = alone ? { page: await newPage(name, options) } : await takePage(name, options)
  const isLoaded = left !== undefined && left === kept
  let rests = false
  try {
    if (left && !isLoaded) await page.goto('about:blank')
    await page.setViewportSize(viewport)
    await use(page, isLoaded)
    if (!alone) {
      for (const event of ['console', 'pageerror', 'request']) page.removeAllListeners(event)
      await page.mouse.move(0, 0)
      if (!kept) await page.goto('about:blank')
      resting.set(name, { kind: JSON.stringify(options), page, left: kept })
      rests = true
    }
  } finally {
    if (!rests) await page.context().close()
  }
}

/** Reuses the last page if it has the same options. Otherwise closes it and opens another. */
async function takePage(name, options) {
  const last = resting.get(name)
  resting.delete(name)
  if (last?.kind === JSON.stringify(options)) return last
  await last?.page.context().close()
  return { page: await newPage(name, options), left: undefined }
}

export async function closeBrowsers() {
  for (const browser of launched.values()) await (await browser).close()
  launched.clear()
  resting.clear()
}
