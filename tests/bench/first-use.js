/** What the first use takes, in ms: the median over processes or pages in which nothing has been used before. */
import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { serve } from '../../scripts/serve.js'
import { closeBrowsers, newContext } from '../browser/browsers.js'
import { median } from './measure.js'
import { firstUse } from './once.js'

const RUNS = 11

/** What package.json gives to `import` in Node. */
const library = import.meta.resolve('cosdim')
const path = (file) => fileURLToPath(new URL(file, import.meta.url))

/** @typedef {Awaited<ReturnType<typeof firstUse>>} Taken */

/** @returns {Taken} */
export const onceInNode = () =>
  JSON.parse(execFileSync(process.execPath, [path('once.js'), library], { encoding: 'utf8' }))

/** @type {Taken[] | undefined} */
let inNode

/** @param {keyof Taken} what */
export function firstInNode(what) {
  inNode ??= Array.from({ length: RUNS }, onceInNode)
  return median(inNode.map((taken) => taken[what]))
}

/** The time of importing the library in proportion to its source, in ms a kB: what it can do takes time to parse. */
export const importOfEachKilobyte = () => (firstInNode('import') * 1000) / statSync(new URL(library)).size

/**
 * @param {string} name chromium or firefox
 * @returns {Promise<import('playwright-core').BrowserContext | undefined>} undefined without that browser
 */
export const freshContext = (name) =>
  newContext(name, {}).catch((error) => {
    if (!/executable doesn't exist/i.test(String(error))) throw error
  })

/** Undefined without Chromium. */
export async function firstCallInChromium() {
  const { server, url } = await serve(path('../../dist/'), 0)
  try {
    const calls = []
    for (let i = 0; i < RUNS; i++) {
      const context = await freshContext('chromium')
      if (!context) return
      const page = await context.newPage()
      await page.route('**/empty.html', (route) => route.fulfill({ contentType: 'text/html', body: '' }))
      await page.goto(`${url}empty.html`)
      calls.push((await page.evaluate(firstUse, `${url}cosdim.js`)).call)
      await context.close()
    }
    return median(calls)
  } finally {
    await closeBrowsers().catch(() => {}) // there may be none
    server.close()
  }
}
