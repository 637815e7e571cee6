/** The example for workers, in Node: the same bits as on one thread. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cosineSimilarity, tensor, topkCosineSimilarity } from 'cosdim'
import { openWorkers } from '../../examples/workers.js'
import { stream } from '../bench/data.js'

const random = stream(8)
const [n, d] = [10_001, 50]
const numbers = Float32Array.from({ length: n * d }, () => random() - 0.4)
numbers.set(numbers.subarray(0, d), 9000 * d) // a tie between two parts
numbers[500 * d] = NaN
const shared = new Float32Array(new SharedArrayBuffer(numbers.byteLength))
shared.set(numbers)

for (const [name, corpus] of Object.entries({ 'a SharedArrayBuffer': shared, 'an ArrayBuffer': numbers }))
  for (const count of [1, 3])
    test(`${count} workers over ${name}`, async () => {
      const workers = await openWorkers(corpus, [n, d], count)
      try {
        const matrix = tensor(numbers, { shape: [n, d] })
        for (const row of [0, 7, 10_000]) {
          const query = numbers.slice(row * d, (row + 1) * d)
          for (const k of [0, 1, 5, n]) {
            const { values, indices } = topkCosineSimilarity(query, matrix, k)
            assert.deepEqual(await workers.topk(query, k), { values: values.data, indices: indices.data })
          }
          assert.deepEqual(await workers.similarities(query), cosineSimilarity(query, matrix).data)
        }
        await assert.rejects(workers.topk(numbers.slice(0, 3), 1), /takes a query of shape/)
        const query = numbers.slice(0, d)
        const [best, similarities] = await Promise.all([workers.topk(query, 2), workers.similarities(query)])
        assert.equal(best.indices[1], 0)
        assert.equal(similarities[9000], 1)
      } finally {
        workers.close()
      }
    })

test('fewer rows than workers', async () => {
  const workers = await openWorkers(numbers.slice(0, 3 * d), [3, d], 8)
  try {
    assert.equal((await workers.topk(numbers.slice(d, 2 * d), 3)).indices[0], 1)
  } finally {
    workers.close()
  }
})
