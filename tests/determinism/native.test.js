/** The package in Node, and the C core compiled for this machine, compute the same bits. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import * as cosdim from 'cosdim'
import * as npy from 'cosdim/npy'
import { CODES, coreCases, EXPECTED, hashesOf } from './hash.js'

const build = fileURLToPath(new URL('../../build/', import.meta.url))

test('the package in Node', async () => {
  assert.deepEqual(await hashesOf({ ...cosdim, ...npy }), EXPECTED)
})

const OPERATIONS = ['similarity', 'pairwise', 'topk', 'distance', 'weighted', 'attention']

/** The cases as replay.c reads them: numbers as doubles, and bytes padded to a multiple of eight. */
function* partsOfCases() {
  const numbers = (...all) => Float64Array.from(all, Number)
  for (const { one, outputs } of coreCases(cosdim)) {
    const { op, operands, dim, eps, cast, k, resident, isExact } = one
    const code = cast ? CODES.indexOf(cast) : -1
    yield numbers(OPERATIONS.indexOf(op), operands.length, dim, eps, code, k, isExact, outputs.length)
    for (const [i, { data, dtype, shape, strides, offset }] of operands.entries()) {
      const axes = shape.flatMap((size, axis) => [size, strides[axis]])
      yield numbers(CODES.indexOf(dtype), shape.length, ...axes, (resident >> i) & 1, offset, data.length)
      yield data
    }
    for (const bytes of outputs) {
      yield numbers(bytes.length)
      yield bytes
    }
  }
}

test('the C core on this machine, with tiles of any size', () => {
  const file = `${build}determinism.bin`
  const parts = []
  for (const { buffer, byteOffset, byteLength } of partsOfCases())
    parts.push(new Uint8Array(buffer, byteOffset, byteLength), new Uint8Array(-byteLength & 7))
  writeFileSync(file, Buffer.concat(parts))
  const { stdout, stderr } = spawnSync(`${build}replay`, [file], { encoding: 'utf8' })
  assert.equal(stdout + stderr, `${EXPECTED.core}\n`)
})
