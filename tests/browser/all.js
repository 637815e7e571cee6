/**
 * All tests of the page in one process per browser (chromium.js, firefox.js): starting a browser once instead of once per
 * file saves minutes. Each file also runs alone, in both browsers.
 * workers.test.js and webkit.test.js start browsers of their own.
 */
import { readdirSync } from 'node:fs'

const here = new URL('.', import.meta.url)
const APART = ['workers.test.js', 'webkit.test.js']
const files = readdirSync(here).filter((name) => name.endsWith('.test.js') && !APART.includes(name))
for (const file of files) await import(new URL(file, here).href)
