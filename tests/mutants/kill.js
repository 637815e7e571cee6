/** Builds what a mutant changes, and runs tests until one fails. */
import { cpSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { mutate } from './generate.js'
import { run } from './run.js'
import { copyTree, ROOT } from './tree.js'

/**
 * In seconds. What waits for the other programs of a busy machine may take long; what has no end is killed. `native` counts
 * the time of the processor, of which the longest subject takes 6 s.
 */
const LIMITS = { build: 300, native: 20, least: 20, factor: 8 }

/** The native tests, the quickest first. */
const SUBJECTS = (
  'merging magnitudes copies views refusals selves arguments heap halves topk conversion operations pair short_vectors ' +
  'slices similarity nonfinite integers kernels'
).split(' ')

/** Tests of js/ that run most of c/, for what the native tests do not see. */
const TESTS_OF_C =
  'exports golden calls resident results boundary accumulators slices topk pair pairwise laws inputs hostile halves memory stack'
    .split(' ')
    .map((name) => `tests/js/${name}.test.js`)

/** @typedef {'killed' | 'survived' | 'invalid'} Outcome */

/** No program any more. */
const INVALID = { outcome: /** @type {const} */ ('invalid') }

/** A tree in which mutants live, one at a time. */
export class Lab {
  /** @param {string} folder @param {ReturnType<typeof import('./coverage.js').readCoverage>} coverage */
  constructor(folder, coverage) {
    this.folder = folder
    this.coverage = coverage
    copyTree(folder)
    for (const part of ['cover', 'native', 'wasm'])
      cpSync(`${ROOT}build/${part}`, `${folder}build/${part}`, { recursive: true, preserveTimestamps: true })
    const now = new Date()
    utimesSync(`${folder}dist/cosdim.wasm`, now, now)
  }

  /** @param {import('./generate.js').Mutant} mutant @returns {Promise<{ outcome: Outcome, by?: string }>} */
  async judge(mutant) {
    const path = this.folder + mutant.file
    const source = readFileSync(path, 'utf8')
    writeFileSync(path, mutate(source, mutant))
    try {
      return await (mutant.file.startsWith('c/') ? this.judgeC(mutant) : this.judgeJs(mutant))
    } finally {
      writeFileSync(path, source)
    }
  }

  /** @param {string[]} tests */
  async firstFailure(tests) {
    for (const test of tests) {
      const seconds = Math.max(LIMITS.least, LIMITS.factor * this.coverage.seconds[test])
      const { ok } = await run(['node', test], { cwd: this.folder, seconds })
      if (!ok) return { outcome: /** @type {const} */ ('killed'), by: test }
    }
    return { outcome: /** @type {const} */ ('survived') }
  }

  async judgeJs({ file, from, operator }) {
    const { ok } = await run(['node', '--check', file], { cwd: this.folder, seconds: LIMITS.build })
    // V8 counts what follows a logical operator together with it.
    const at = operator === 'logical' ? from - 1 : from
    return ok ? this.firstFailure(this.coverage.testsOf(file, at)) : INVALID
  }

  make(target) {
    const env = { EMCC_CFLAGS: '-w' } // a mutant may leave a variable unused
    return run(['make', target, 'CC_NATIVE=clang -w'], { cwd: this.folder, seconds: LIMITS.build, env })
  }

  /** The native tests as they are quickest; then under the sanitizers, which see what else is read. */
  async judgeNatively() {
    for (const program of ['build/cover/test-c', 'build/native/test-c']) {
      if (!(await this.make(program)).ok) return INVALID
      const options = { cwd: this.folder, seconds: LIMITS.build, env: { LLVM_PROFILE_FILE: '/dev/null' } }
      for (const subject of SUBJECTS) {
        const { ok } = await run(['sh', '-c', `ulimit -t ${LIMITS.native} && exec ${program} ${subject}`], options)
        if (!ok) return { outcome: /** @type {const} */ ('killed'), by: `${program} ${subject}` }
      }
    }
  }

  async judgeC({ file }) {
    const natively = file.endsWith('/wasm.c') ? undefined : await this.judgeNatively()
    if (natively) return natively
    if (!(await this.make('dist/cosdim.wasm')).ok) return INVALID
    return this.firstFailure(TESTS_OF_C)
  }
}
