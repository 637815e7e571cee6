/**
 * The benchmark: prints a table of all figures and the marks (targets) they should reach, and writes build/bench.json.
 *
 *     npm run bench [-- words from a contest's name and size]
 *     PYTHON=python3 npm run bench      also runs PyTorch and NumPy, if that Python has them
 */
import { writeFileSync } from 'node:fs'
import { cosdim, rivals } from './contestants.js'
import { CONTESTS } from './contests.js'
import { inWords, machine } from './machine.js'
import { held, inTurn, median, ratio, slowest } from './measure.js'
import { startPythons } from './python.js'

const filter = process.argv.slice(2).join(' ')
const pythons = await startPythons()
const RIVALS = rivals(pythons)

/**
 * Times a contest: ns per unit of every contestant, and every rival's ratio to cosdim.
 * @param {import('./contests.js').Contest} contest which needs a clock
 */
async function timed({ work, against = {} }) {
  if (!work) throw new Error('A contest has work or a figure of its own.')
  const own = cosdim(work)
  const disposals = [own.dispose]
  const contestants = { cosdim: own.contestant }
  const units = { cosdim: work.units }
  /** @type {Record<string, Record<string, import('./measure.js').Contestant>[] | undefined>} */
  const resources = {}
  for (const [rival, { work: ofCosdim }] of Object.entries(against)) {
    if (ofCosdim) {
      const { contestant, dispose } = cosdim(ofCosdim)
      disposals.push(dispose)
      resources[rival] = [{ [rival]: contestant }]
      units[rival] = ofCosdim.units
    } else resources[rival] = await RIVALS[rival](work)
    Object.assign(contestants, ...(resources[rival] ?? []))
  }
  const taken = await inTurn(contestants)
  for (const dispose of disposals) dispose()
  const rounds = Object.fromEntries(
    Object.entries(taken).map(([name, ms]) => [name, ms.map((value) => (value * 1e6) / (units[name] ?? work.units))]),
  )
  const figures = Object.entries(against).map(([rival, mark]) => {
    const forms = resources[rival]?.map(Object.keys)
    if (!forms) return { rival, mark }
    const by = slowest(forms, rounds)
    const [a, b] = mark.time === undefined ? [rounds[by], rounds.cosdim] : [rounds.cosdim, rounds[by]]
    return { rival, by, mark, ns: median(rounds[by]), figure: ratio(a, b) }
  })
  return { ns: median(rounds.cosdim), figures, rounds }
}

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

const WIDTHS = [34, 30, 20, 48, 10, 20]
const line = (...cells) =>
  console.log(
    cells
      .map((cell, i) => cell.padEnd(WIDTHS[i] ?? 0))
      .join(' ')
      .trimEnd(),
  )

/**
 * @param {import('./contests.js').Contest} contest
 * @param {{ own?: number, mark?: import('./measure.js').Mark, ns?: number, figures?: any[] }} found
 */
function show({ name, what, per }, { own, mark, ns, figures = [] }) {
  const shown = own === undefined ? 'not run' : `${Number(own.toPrecision(own < 100 ? 3 : 9))} ${per}`
  if (mark) line(name, what, shown, '', '', wanted(mark), verdict(mark, own))
  figures.forEach(({ rival, by, mark: own, figure }, i) => {
    const form = by === undefined || by === rival ? rival : `${rival}: ${by}`
    const first = i ? ['', '', ''] : [name, what, `${digits(ns)} ns per ${per}`]
    line(...first, form, figure === undefined ? 'not run' : digits(figure), wanted(own), verdict(own, figure))
  })
}

console.log(`${inWords()}. A ratio says how many times as fast cosdim is, or what part of a limit it reaches.\n`)
line('what', '', 'cosdim', 'against', 'ratio', 'mark')
const contests = []
for (const contest of CONTESTS.filter(({ name, what }) => `${name} ${what}`.includes(filter))) {
  const { name, what, per, own, mark } = contest
  const figures = own ? { own: await own(), mark } : await timed(contest)
  show(contest, figures)
  contests.push({ name, what, per, ...figures })
}
const verdicts = contests.flatMap(({ own, mark, figures }) =>
  mark ? [verdict(mark, own)] : figures.map((one) => verdict(one.mark, one.figure)),
)
const tally = (word) => verdicts.filter((one) => one === word).length
console.log(`\n${tally('held')} marks held, ${tally('NOT HELD')} not.`)

pythons.fresh?.end()
pythons.reused?.end()
const json = { date: new Date().toISOString(), machine, python: pythons.fresh?.versions ?? null, contests }
writeFileSync(new URL('../../build/bench.json', import.meta.url), `${JSON.stringify(json, null, 1)}\n`)
