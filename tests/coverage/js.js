/**
 * Line and branch coverage of js/: node tests/coverage/js.js TEST…. It fails below LEAST percent. What each test covers is kept
 * in build/coverage/tests/, from which `npm run mutants` knows which tests to run.
 */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { inParallel, run } from '../mutants/run.js'
import { copyTree, ROOT } from '../mutants/tree.js'

const LEAST = 95
const FOLDER = `${ROOT}build/coverage/`
const TREE = `${FOLDER}tree/`
const JOBS = Number(process.env.JOBS ?? 2)

copyTree(TREE)
rmSync(`${FOLDER}tests`, { recursive: true, force: true })
rmSync(`${FOLDER}all`, { recursive: true, force: true })
mkdirSync(`${FOLDER}all`, { recursive: true })

/** @type {Record<string, number>} */
const seconds = {}
await inParallel(process.argv.slice(2), JOBS, async (test) => {
  const folder = `${FOLDER}tests/${test}`
  const began = performance.now()
  const { ok, output } = await run(['node', test], { cwd: TREE, seconds: 600, env: { NODE_V8_COVERAGE: folder } })
  seconds[test] = (performance.now() - began) / 1000
  if (!ok) {
    console.log(`${test} failed:\n${output.slice(-4000)}`)
    process.exitCode = 1
  }
  for (const file of readdirSync(folder)) copyFileSync(`${folder}/${file}`, `${FOLDER}all/${file}`)
})
writeFileSync(`${FOLDER}tests/seconds.json`, JSON.stringify(seconds, null, 2))

const least = ['lines', 'branches'].flatMap((kind) => [`--${kind}`, String(LEAST)])
execFileSync(
  `${ROOT}node_modules/.bin/c8`,
  [
    'report',
    '--temp-directory',
    '../all',
    '--all',
    '--include',
    'js/**',
    '--exclude',
    '**/*.d.ts',
    '--check-coverage',
    ...least,
  ],
  { cwd: TREE, stdio: 'inherit' },
)
