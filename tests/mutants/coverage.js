/** Which tests run a place of js/, as `npm run coverage` has seen. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { ROOT } from './tree.js'

const FOLDER = `${ROOT}build/coverage/`

/** @typedef {{ startOffset: number, endOffset: number, count: number }} Range */

/** @param {string} name @returns {string[]} */
const filesIn = (name) =>
  readdirSync(name, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(`${name}/${entry.name}`) : [`${name}/${entry.name}`],
  )

/** Ranges by file of js/, of the processes of one test. @param {string} folder */
function rangesIn(folder) {
  /** @type {Map<string, Range[][]>} */
  const all = new Map()
  for (const name of filesIn(folder))
    for (const { url, functions } of JSON.parse(readFileSync(name, 'utf8')).result) {
      const file = url.split('/build/coverage/tree/')[1]
      if (!file?.startsWith('js/')) continue
      if (!all.has(file)) all.set(file, [])
      all.get(file)?.push(functions.flatMap(({ ranges }) => ranges))
    }
  return all
}

/** The innermost range decides. @param {Range[]} ranges @param {number} at */
function isRun(ranges, at) {
  let inner
  for (const range of ranges)
    if (range.startOffset <= at && at < range.endOffset)
      if (!inner || range.endOffset - range.startOffset <= inner.endOffset - inner.startOffset) inner = range
  return Boolean(inner?.count)
}

/** A function that gives the tests that run a place, the quickest first. */
export function readCoverage() {
  if (!existsSync(`${FOLDER}tests/seconds.json`)) throw new Error('Run `npm run coverage` first.')
  /** @type {Record<string, number>} */
  const seconds = JSON.parse(readFileSync(`${FOLDER}tests/seconds.json`, 'utf8'))
  const tests = Object.entries(seconds)
    .sort(([, a], [, b]) => a - b)
    .map(([test]) => ({ test, ranges: rangesIn(`${FOLDER}tests/${test}`) }))
  return {
    seconds,
    /** @param {string} file @param {number} at */
    testsOf: (file, at) =>
      tests.filter(({ ranges }) => ranges.get(file)?.some((each) => isRun(each, at))).map(({ test }) => test),
  }
}
