/**
 * Debian's Chromium, and its Firefox, which Playwright drives by WebDriver BiDi: both are the browsers that people have.
 * CHROMIUM and FIREFOX name others; BROWSERS=chromium or firefox takes the one.
 *
 * (Later versions of Playwright than 1.55 send commands of BiDi that Firefox 140, a bare Debian 12's, does not know.)
 */
import playwright from 'playwright-core'

const { chromium, _bidiFirefox: firefox } = playwright

export const BROWSERS = (process.env.BROWSERS ?? 'chromium,firefox').split(',')

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

const FIREFOX = { executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr' }

/** What a context can ask of Chromium, Firefox is told as it starts, by its preferences. */
const PREFERENCES = {
  colorScheme: ['layout.css.prefers-color-scheme.content-override', { dark: 0, light: 1 }],
  reducedMotion: ['ui.prefersReducedMotion', { reduce: 1, 'no-preference': 0 }],
  forcedColors: ['browser.display.document_color_use', { active: 2, none: 0 }],
  javaScriptEnabled: ['javascript.enabled', { true: true, false: false }],
  permissions: ['dom.events.testing.asyncClipboard', { 'clipboard-read,clipboard-write': true }],
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
  if (name === 'chromium') return (await launchOnce(chromium, CHROMIUM)).newContext(options)
  const { colorScheme = 'light', reducedMotion, forcedColors, javaScriptEnabled, permissions, ...rest } = options
  const asked = Object.entries({ colorScheme, reducedMotion, forcedColors, javaScriptEnabled, permissions })
  const firefoxUserPrefs = Object.fromEntries(
    asked
      .filter(([, value]) => value !== undefined)
      .map(([what, value]) => [PREFERENCES[what][0], PREFERENCES[what][1][value]]),
  )
  return (await launchOnce(firefox, { ...FIREFOX, firefoxUserPrefs })).newContext(rest)
}

export async function closeBrowsers() {
  for (const browser of launched.values()) await (await browser).close()
  launched.clear()
}
