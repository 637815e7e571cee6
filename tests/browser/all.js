/**
 * The tests of the page, in two processes per browser (chromium-1.js, …): starting a browser once instead of once per file
 * saves minutes, and two halves end sooner than a whole that goes on alone. Each file also runs alone, in both browsers.
 * workers.test.js and webkit.test.js start browsers of their own. page-axe.test.js has its own process because it takes
 * minutes of CPU time. What is heard, and which step follows which, is the same in every engine.
 */
import { readdirSync } from 'node:fs'

const here = new URL('.', import.meta.url)
const APART = ['workers.test.js', 'webkit.test.js', 'page-axe.test.js']
const IN_CHROMIUM = ['page-heard.test.js', 'page-present-steps.test.js']
const files = readdirSync(here)
  .filter((name) => name.endsWith('.test.js') && !APART.includes(name))
  .sort()

/**
 * @param {string} browser
 * @param {number} half 1 or 2
 */
export async function run(browser, half) {
  process.env.BROWSERS = browser
  const own = files.filter((name) => browser === 'chromium' || !IN_CHROMIUM.includes(name))
  for (const file of own.filter((_, i) => i % 2 === half - 1)) await import(new URL(file, here).href)
}
