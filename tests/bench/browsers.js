/**
 * The main rows of the benchmark in Chromium and Firefox, beside a plain JavaScript loop in the same page.
 *
 *     npm run bench:browsers [-- words from a contest's name and size]
 *     npm run bench:browsers -- --runs 5          the medians of five runs
 *     BROWSERS=firefox npm run bench:browsers     in one of them
 */
import { fileURLToPath } from 'node:url'
import { serve } from '../../scripts/serve.js'
import { BROWSERS } from '../browser/browsers.js'
import { freshContext } from './first-use.js'
import { machine } from './machine.js'
import { chosen, commandLine, report } from './report.js'
import { columns, pair, pairwise, query, rows } from './works.js'

const LOOP = { 'plain JS': {} }

/** @type {import('./contests.js').Contest[]} */
const CONTESTS = [
  { name: 'rows', what: '64 × 768, in cache', per: 'row', work: rows(64, 768), against: LOOP },
  { name: 'rows', what: '20000 × 768', per: 'row', work: rows(20000, 768), against: LOOP },
  { name: 'one query', what: '768 with 20000 × 768', per: 'row', work: query(20000, 768), against: LOOP },
  { name: 'columns', what: '64 × 768, in cache', per: 'row', work: columns(64, 768), against: LOOP },
  { name: 'columns', what: '20000 × 768', per: 'row', work: columns(20000, 768), against: LOOP },
  { name: 'a pair of typed arrays', what: '768', per: 'call', work: pair(768), against: LOOP },
  {
    name: 'a pair of number[]',
    what: '768',
    per: 'call',
    work: pair(768, { lists: 'numbers' }),
    against: { 'by hand': {} },
  },
  { name: 'all pairs', what: '300 × 300 × 768', per: 'pair', work: pairwise(300), against: LOOP },
]

const { runs, words } = commandLine()
const { server, url } = await serve(fileURLToPath(new URL('../../', import.meta.url)), 0)

/**
 * Each contest has its own page, so that the loop is compiled for its arrays alone.
 * @param {import('playwright-core').BrowserContext} context
 * @returns {AsyncGenerator<import('./measure.js').Found>}
 */
async function* run(context) {
  for (const contest of chosen(CONTESTS, words)) {
    const { name, what, per } = contest
    const page = await context.newPage()
    await page.goto(`${url}tests/bench/page.html`)
    const found = await page.evaluate((contest) => /** @type {any} */ (globalThis).time(contest), contest)
    yield { name, what, per, ...found }
    await page.close()
  }
}

/** @param {string} name */
async function inBrowser(name) {
  const context = await freshContext(name)
  if (!context) return console.log(`\n${name}: not installed.`)
  const browser = context.browser()
  console.log(`\n${name} ${browser?.version()}`)
  try {
    await report(runs, () => run(context))
  } finally {
    await browser?.close()
  }
}

console.log(`${machine.cpu}, one thread. A ratio says how many times as fast as the loop cosdim is.`)
try {
  for (const name of BROWSERS) await inBrowser(name)
} finally {
  server.close()
}
