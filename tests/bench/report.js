/** What the commands have in common: their arguments, and the table of what they found. */
import { parseArgs } from 'node:util'
import { held, overRuns } from './measure.js'

/** The arguments: `--runs`, and words that choose contests. */
export function commandLine() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { runs: { type: 'string', default: '1' } },
  })
  const runs = Number(values.runs)
  if (!(Number.isInteger(runs) && runs >= 1)) throw new RangeError(`--runs takes a number from 1, not ${values.runs}`)
  return { runs, words: positionals.join(' ') }
}

/**
 * The contests with these words in their name and size.
 * @template {{ name: string, what: string }} T
 * @param {T[]} contests
 * @param {string} words
 */
export const chosen = (contests, words) => contests.filter(({ name, what }) => `${name} ${what}`.includes(words))

const digits = (value) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3))
const verdict = (mark, figure) => {
  const answer = figure === undefined ? undefined : held(mark, figure)
  return answer === undefined ? '' : answer ? 'held' : 'NOT HELD'
}

/** @param {import('./measure.js').Mark} mark */
function wanted({ fast, time, flat, atMost }) {
  if (fast !== undefined) return `≥ ${fast}`
  if (time !== undefined) return `≤ ${time} of its time`
  if (flat !== undefined) return `1 ± ${flat}`
  return atMost === undefined ? '' : `≤ ${atMost}`
}

const WIDTHS = [34, 30, 22, 48, 10, 20]
const line = (...cells) =>
  console.log(
    cells
      .map((cell, i) => cell.padEnd(WIDTHS[i] ?? 0))
      .join(' ')
      .trimEnd(),
  )

/** @param {import('./measure.js').Found} found */
function show({ name, what, per, own, mark, ns, figures = [] }) {
  const shown = own === undefined ? 'not run' : `${Number(own.toPrecision(own < 100 ? 3 : 9))} ${per}`
  if (mark) line(name, what, shown, '', '', wanted(mark), verdict(mark, own))
  figures.forEach(({ rival, by, mark: own, figure }, i) => {
    const form = by === undefined || by === rival ? rival : `${rival}: ${by}`
    const first = i ? ['', '', ''] : [name, what, `${digits(ns)} ns per ${per}`]
    line(...first, form, figure === undefined ? 'not run' : digits(figure), wanted(own), verdict(own, figure))
  })
}

/**
 * Prints a table of the medians over several runs, a contest's as soon as the last run has found it.
 * @param {number} runs
 * @param {() => AsyncIterable<import('./measure.js').Found>} start starts a run
 * @returns the medians, and what each run found
 */
export async function report(runs, start) {
  line('what', '', 'cosdim', 'against', 'ratio', 'mark')
  /** @type {import('./measure.js').Found[][]} */
  const all = Array.from({ length: runs }, () => [])
  const medians = []
  for (const [i, run] of all.entries()) {
    if (runs > 1) console.error(`run ${i + 1} of ${runs}`)
    for await (const found of start()) {
      run.push(found)
      if (i < runs - 1) continue
      const ofAll = overRuns(all.map((one) => one[run.length - 1]))
      show(ofAll)
      medians.push(ofAll)
    }
  }
  const verdicts = medians.flatMap(({ own, mark, figures = [] }) =>
    mark ? [verdict(mark, own)] : figures.map((one) => verdict(one.mark, one.figure)),
  )
  const tally = (word) => verdicts.filter((one) => one === word).length
  if (verdicts.some(Boolean)) console.log(`\n${tally('held')} marks held, ${tally('NOT HELD')} not.`)
  return { medians, runs: all }
}
