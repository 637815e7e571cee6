/** Inputs are staged through a fixed scratch, so WebAssembly memory does not grow with them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importWith } from './instance.js'

let memory
const { cosineSimilarity, cosineDistance, attentionDistribution } = await importWith((exports) => {
  memory = exports.memory
})

const MiB = 2 ** 20

test('inputs of 64 MiB, along either dim, need at most 4 MiB', () => {
  const [rows, columns] = [4096, 4096]
  const data = Float32Array.from({ length: rows * columns }, (_, i) => (i % 251) - 125)
  const x = { data, shape: [rows, columns] }
  for (const dim of [0, 1]) {
    const result = cosineSimilarity(x, x, { dim })
    assert.ok(result.data.every((similarity) => similarity === 1))
  }
  cosineSimilarity({ data, shape: [1, rows * columns] }, x.data)
  cosineSimilarity(x, { data, shape: [rows, columns] }, { dtype: 'float64' })
  cosineDistance(data, data, { weights: data.map(Math.abs) })
  attentionDistribution(data.subarray(0, 16), { data, shape: [(rows * columns) / 16, 16] }, { normalize: 'softmax' })
  assert.ok(memory.buffer.byteLength <= 4 * MiB, `${memory.buffer.byteLength / MiB} MiB`)
})

test('a thousand mistakes do not grow the memory', () => {
  const before = memory.buffer.byteLength
  for (let i = 0; i < 1000; i++) assert.throws(() => cosineSimilarity([1, 2], [[1, 2, 3]]))
  assert.equal(memory.buffer.byteLength, before)
})
