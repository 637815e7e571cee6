/**
 * npm run mutants: changes one place of c/ or js/ after another, and looks whether a test fails. MUTANTS says how many are
 * drawn of all, SEED which ones, ONLY from which files, a regular expression; JOBS how many are tested at a time. Those in by-hand.js always take
 * part. Survivors are printed as they are met; those in equivalent.js are known to change nothing that a test could see.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { stream } from '../bench/data.js'
import { BY_HAND } from './by-hand.js'
import { readCoverage } from './coverage.js'
import { EQUIVALENT } from './equivalent.js'
import { linesOf, mutantsOf } from './generate.js'
import { Lab } from './kill.js'
import { inParallel } from './run.js'
import { ROOT } from './tree.js'

const LEAST = 95
const { MUTANTS = '200', SEED = '1', ONLY = '', JOBS = '2' } = process.env
const ONLY_THESE = new RegExp(ONLY)

/* c/cosdim.h has declarations only. The others are tested with servers and in browsers, which takes too long here. */
const LEFT_OUT = [':!js/bullmq', ':!js/workers/platform.js']
const listed = ['ls-files', 'c/*.c', 'c/*/*.h', 'js/*.js', ...LEFT_OUT]
const files = execFileSync('git', listed, { cwd: ROOT, encoding: 'utf8' }).trim().split('\n')
const sources = new Map(files.map((file) => [file, readFileSync(ROOT + file, 'utf8')]))
const sourceOf = (file) => String(sources.get(file))

/** Some of all, without repetition. @template T @param {T[]} all @param {number} n */
function draw(all, n) {
  const random = stream(Number(SEED))
  random() // the first number of a small seed is small
  for (let i = 0; i < Math.min(n, all.length); i++) {
    const other = i + Math.floor(random() * (all.length - i))
    ;[all[i], all[other]] = [all[other], all[i]]
  }
  return all.slice(0, n)
}

const byHand = BY_HAND.map(({ file, before, after }) => {
  const from = sourceOf(file).indexOf(before)
  if (from < 0 || sourceOf(file).indexOf(before, from + 1) >= 0) throw new Error(`${file} must say once: ${before}`)
  const line = sourceOf(file).slice(0, from).split('\n').length
  return { file, line, operator: 'by hand', from, to: from + before.length, text: after }
})
const isKnown = (mutant) => {
  const { above, before, after } = linesOf(sourceOf(mutant.file), mutant)
  return EQUIVALENT.some(
    (one) =>
      one.file === mutant.file &&
      one.before === before &&
      one.after === after &&
      (one.above === undefined || one.above === above),
  )
}

const generated = files.filter((file) => ONLY_THESE.test(file)).flatMap((file) => mutantsOf(file, sourceOf(file)))
// In the order of files, so that little is compiled twice.
const chosen = [...byHand.filter(({ file }) => ONLY_THESE.test(file)), ...draw([...generated], Number(MUTANTS))].sort(
  (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.from - b.from),
)
console.log(`${chosen.length} of ${generated.length + byHand.length} mutants, seed ${SEED}`)

/** @type {Map<string, Record<string, number>>} */
const table = new Map()
const count = (file, kind) => {
  const row = table.get(file) ?? {}
  table.set(file, { ...row, [kind]: (row[kind] ?? 0) + 1 })
}

const folder = `${ROOT}build/mutants/${process.pid}/`
const coverage = readCoverage()
const labs = Array.from({ length: Number(JOBS) }, (_, job) => new Lab(`${folder}${job}/`, coverage))
/** @type {Map<string, typeof chosen>} */
const byFile = new Map()
for (const mutant of chosen) byFile.set(mutant.file, [...(byFile.get(mutant.file) ?? []), mutant])
await inParallel([...byFile.values()], labs.length, async (mutants, job) => {
  for (const mutant of mutants) {
    const { before, after } = linesOf(sourceOf(mutant.file), mutant)
    const { outcome, by } = isKnown(mutant) ? { outcome: 'equivalent' } : await labs[job].judge(mutant)
    count(mutant.file, outcome)
    if (outcome === 'survived')
      console.log(`${mutant.file}:${mutant.line} survived (${mutant.operator})\n- ${before}\n+ ${after}`)
    else if (process.env.VERBOSE) console.log(`${mutant.file}:${mutant.line} ${outcome} ${by ?? ''}`)
  }
})

const KINDS = ['killed', 'survived', 'equivalent', 'invalid']
const sum = (kind) => [...table.values()].reduce((total, row) => total + (row[kind] ?? 0), 0)
const columns = (name, values) => name.padEnd(36) + values.map((value) => String(value).padStart(11)).join('')
console.log(columns('', KINDS))
for (const [file, row] of [...table].sort(([a], [b]) => (a < b ? -1 : 1)))
  console.log(
    columns(
      file,
      KINDS.map((kind) => row[kind] ?? 0),
    ),
  )
console.log(columns('all', KINDS.map(sum)))
const share = (100 * sum('killed')) / (sum('killed') + sum('survived'))
console.log(`${share.toFixed(1)} % of those that are not equivalent were killed`)
rmSync(folder, { recursive: true, force: true })
if (!(share >= LEAST)) process.exitCode = 1
