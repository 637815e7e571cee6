/**
 * Line and branch coverage of c/ by the native tests: node tests/coverage/c.js. It fails below LEAST percent. c/host/wasm.c only
 * exists in WebAssembly: tests/js/exports.test.js calls each of its functions.
 */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const LEAST = 95
const root = fileURLToPath(new URL('../../', import.meta.url))
const [program, raw, profile] = ['test-c', 'all.profraw', 'all.profdata'].map((name) => `build/cover/${name}`)

/** @param {string[]} command @param {object} [options] */
const run = ([name, ...args], options) =>
  execFileSync(name, args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28, ...options })

run([program], { env: { ...process.env, LLVM_PROFILE_FILE: raw } })
run(['llvm-profdata', 'merge', raw, '-o', profile])
const { data } = JSON.parse(run(['llvm-cov', 'export', program, `-instr-profile=${profile}`, '-summary-only', 'c']))
const [{ files, totals }] = data

const row = (name, { lines, branches }) =>
  [name.padEnd(36), ...[lines, branches].map(({ percent }) => percent.toFixed(2).padStart(10))].join('')
console.log(`${''.padEnd(36)}     lines  branches`)
for (const { filename, summary } of files) console.log(row(filename.replace(root, ''), summary))
console.log(row('all', totals))

const below = ['lines', 'branches'].filter((kind) => totals[kind].percent < LEAST)
if (below.length) {
  console.log(`Below ${LEAST} %: ${below.join(' and ')}`)
  process.exitCode = 1
}
