/**
 * The benchmark: prints a table of all figures and the marks (targets) they should reach, and writes build/bench.json.
 *
 *     npm run bench [-- words from a contest's name and size]
 *     npm run bench -- --runs 5         the medians of five runs, by which marks are judged
 *     PYTHON=python3 npm run bench      also runs PyTorch and NumPy, if that Python has them
 *
 * Every run has a fresh process, since how well an engine compiles a loop can depend on what has run before.
 */
import { fork } from 'node:child_process'
import { on, once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { inWords, machine } from './machine.js'
import { commandLine, report } from './report.js'

const { runs, words } = commandLine()
const path = (file) => fileURLToPath(new URL(file, import.meta.url))

/** @returns {AsyncGenerator<import('./measure.js').Found>} */
async function* run() {
  const child = fork(path('run.js'), [words], { serialization: 'advanced' })
  const ended = once(child, 'exit')
  for await (const [found] of on(child, 'message', { close: ['disconnect'] })) yield found
  const [code] = await ended
  if (code !== 0) throw new Error(`A run ended with ${code}.`)
}

console.log(`${inWords()}. A ratio says how many times as fast cosdim is, or what part of a limit it reaches.`)
console.log(runs > 1 ? `Medians of ${runs} runs.\n` : '')
const json = { date: new Date().toISOString(), machine, ...(await report(runs, run)) }
writeFileSync(path('../../build/bench.json'), `${JSON.stringify(json, null, 1)}\n`)
