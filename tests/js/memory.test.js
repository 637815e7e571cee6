/** Inputs are staged through a fixed scratch, so WebAssembly memory does not grow with them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importWith } from './instance.js'

let memory
/** @type {any} */
let wasm
const { cosineSimilarity, cosineDistance, attentionDistribution } = await importWith((exports) => {
  memory = exports.memory
  wasm = exports
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

test('no block reaches the last page of 4 GiB, where its end would wrap around to 0', () => {
  const big = [1, 2].map(() => wasm.allocate(2 ** 31 - 2 * MiB) >>> 0)
  const small = []
  for (let block = wasm.allocate(MiB / 32) >>> 0; block; block = wasm.allocate(MiB / 32) >>> 0) small.push(block)
  const end = Math.max(...small) + MiB / 32
  assert.ok(big.every(Boolean) && end > 2 ** 32 - 4 * MiB, `${end} is not near 4 GiB`)
  assert.ok(end <= 65535 * 65536 && memory.buffer.byteLength <= 65535 * 65536, `${end}`)
  for (const block of [...big, ...small]) wasm.release(block)
})
