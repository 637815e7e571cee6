/** Runs the fuzzers over the committed corpus, and for a few seconds beyond it. `make fuzz` runs them for longer. */

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const [, names] = /** @type {RegExpMatchArray} */ (/^FUZZERS := (.*)$/m.exec(readFileSync(`${root}Makefile`, 'utf8')))

for (const target of names.split(' '))
  test(`the fuzzer of ${target}`, () => {
    const found = mkdtempSync(join(tmpdir(), 'cosdim-fuzz-'))
    const { status, stderr } = spawnSync(
      `${root}build/fuzz-${target}`,
      [
        '-max_total_time=2',
        '-len_control=0',
        '-max_len=400',
        '-entropic=0',
        `-artifact_prefix=${found}/`,
        found,
      ].concat(`${root}tests/fuzz/corpus/${target}`),
      { encoding: 'utf8' },
    )
    assert.equal(status, 0, stderr.slice(-4000))
    assert.ok(Number(/#(\d+)\s+DONE/.exec(stderr)?.[1]) > 100, stderr.slice(-400))
    rmSync(found, { recursive: true })
  })

test('the fuzzer of the exports calls each of them', () => {
  const source =
    readFileSync(`${root}tests/fuzz/exports.c`, 'utf8') + readFileSync(`${root}tests/fuzz/hostile.h`, 'utf8')
  const host = readFileSync(`${root}c/host/wasm.c`, 'utf8')
  const exported = Array.from(host.matchAll(/\bEXPORT\((\w+)\)\(/g), ([, name]) => name)
  assert.ok(exported.length > 40)
  for (const name of exported) assert.match(source, new RegExp(`\\b${name}\\(|CALL\\(${name},`), name)
})
