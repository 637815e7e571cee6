/**
 * Debian's Chromium, and its Firefox, which Playwright drives by WebDriver BiDi: both are the browsers that people have.
 * CHROMIUM and FIREFOX name others; BROWSERS=chromium or firefox takes the one, BROWSERS= none.
 *
 * (Later versions of Playwright than 1.55 send commands of BiDi that Firefox 140, a bare Debian 12's, does not know.)
 */
import playwright from 'playwright-core'

const { chromium, _bidiFirefox: firefox } = playwright

export const BROWSERS = (process.env.BROWSERS ?? 'chromium,firefox').split(',').filter(Boolean)

const CHROMIUM = {
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
}

const FIREFOX = {
  executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
  firefoxUserPrefs: {
    'dom.events.testing.asyncClipboard': true,
    // Pages of one origin in one process, and none ahead: a third off the time of opening one.
    'fission.autostart': false,
    'dom.ipc.processPrelaunch.enabled': false,
  },
}

/**
 * What a context can ask of Chromium, Firefox is told as it starts, by its preferences.
 * @type {Record<string, [string, Record<string, number | boolean>]>}
 */
const PREFERENCES = {
  colorScheme: ['layout.css.prefers-color-scheme.content-override', { dark: 0, light: 1 }],
  reducedMotion: ['ui.prefersReducedMotion', { reduce: 1, 'no-preference': 0 }],
  forcedColors: ['browser.display.document_color_use', { active: 2, none: 0 }],
  javaScriptEnabled: ['javascript.enabled', { true: true, false: false }],
}

/** The browsers that run, by what they were started with. */
const launched = new Map()

function launchOnce(type, settings) {
  const key = JSON.stringify(settings)
  if (!launched.has(key)) launched.set(key, type.launch(settings))
  return launched.get(key)
}

/**
 * A context of its own in one of the browsers.
 * @param {string} name chromium or firefox
 * @param {import('playwright-core').BrowserContextOptions} options
 */
export async function newContext(name, options) {
  const given = { colorScheme: 'light', reducedMotion: 'no-preference', ...options }
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

/** Of each browser the page that served last, with the options that it has. */
const resting = new Map()

async function newPage(name, options) {
  const context = await newContext(name, options)
  // Two browsers on a busy machine: iris has taken Firefox 10 s.
  context.setDefaultTimeout(30_000)
  return context.newPage()
}

/**
 * Does something with an empty page. One that served well serves again, since opening it would take half of a short test's
 * time (0.4 s of 0.8); one that is `alone` does not: what is done to it would stay.
 * @param {string} name chromium or firefox
 * @param {import('playwright-core').BrowserContextOptions} options
 * @param {boolean} alone
 * @param {(page: import('playwright-core').Page) => Promise<void>} use
 */
export async function withPage(name, { viewport = VIEWPORT, ...options }, alone, use) {
  const page = alone ? await newPage(name, options) : await takePage(name, options)
  let rests = false
  try {
    await page.setViewportSize(viewport)
    await use(page)
    if (!alone) {
      await clear(page)
      resting.set(name, { kind: JSON.stringify(options), page })
      rests = true
    }
  } finally {
    if (!rests) await page.context().close()
  }
}

/** The page that rests, if it has these options; else it makes room for one that has. */
async function takePage(name, options) {
  const last = resting.get(name)
  resting.delete(name)
  if (last?.kind === JSON.stringify(options)) return last.page
  await last?.page.context().close()
  return newPage(name, options)
}

async function clear(page) {
  for (const event of ['console', 'pageerror', 'request']) page.removeAllListeners(event)
  await page.mouse.move(0, 0)
  await page.goto('about:blank')
}

export async function closeBrowsers() {
  for (const browser of launched.values()) await (await browser).close()
  launched.clear()
  resting.clear()
}
