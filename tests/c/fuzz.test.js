/** Runs the fuzzers over the committed corpus, and for a few seconds beyond it. `make fuzz` runs them for longer. */

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

for (const target of ['plan', 'merge'])
  test(`the fuzzer of ${target}`, () => {
    const found = mkdtempSync(join(tmpdir(), 'cosdim-fuzz-'))
    const { status, stderr } = spawnSync(
      `${root}build/fuzz-${target}`,
      ['-max_total_time=4', '-len_control=0', '-max_len=200', `-artifact_prefix=${found}/`, found].concat(
        `${root}tests/fuzz/corpus/${target}`,
      ),
      { encoding: 'utf8' },
    )
    assert.equal(status, 0, stderr.slice(-4000))
    assert.ok(Number(/#(\d+)\s+DONE/.exec(stderr)?.[1]) > 100, stderr.slice(-400))
    rmSync(found, { recursive: true })
  })
