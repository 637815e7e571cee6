/** The C program in examples/ builds as cosdim.h says, as C and as C++, and prints the tutorial's results. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const run = (command) => execFileSync('sh', ['-c', command], { cwd: root, encoding: 'utf8' })

const header = readFileSync(`${root}c/cosdim.h`, 'utf8')
const build = header.match(/^ \* {5}(cc .*)$/m)?.[1] ?? ''
const expected = 'dim=0: 0.9558 0.9839\ndim=1: 0.9734 0.9972\n'

mkdirSync(`${root}build`, { recursive: true })

test("the header's build line makes examples/similarity.c", () => {
  run(`${build.replace(/^cc/, 'clang')} -o build/similarity`)
  assert.equal(run('build/similarity'), expected)
})

test('a C++ program links with the core', () => {
  run('clang -x c++ -Wall -Wextra -Werror -Ic -c examples/similarity.c -o build/similarity.o')
  run(`${build.replace(/^cc/, 'clang').replace('examples/similarity.c', 'build/similarity.o')} -o build/similarity-c++`)
  assert.equal(run('build/similarity-c++'), expected)
})

test("the header's version is the package's", () => {
  const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
  assert.match(header, new RegExp(`^#define COSDIM_VERSION "${version.replaceAll('.', '\\.')}"$`, 'm'))
})
