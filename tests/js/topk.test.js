/** The k most similar rows, against all pairs sorted as torch.topk sorts, in every dtype, layout and device. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memoryUsage, pairwiseCosineSimilarity, tensor, topkCosineSimilarity } from 'cosdim'
import fc from 'fast-check'

/** @returns {number[][]} */
const lists = (x) => x.tolist()

/** Few different numbers, so that some similarities are equal and some rows zero. */
const matrix = (rows, columns) =>
  fc
    .record({
      dtype: fc.constantFrom('float16', 'float32', 'float64', 'int8'),
      values: fc.array(fc.constantFrom(0, 0, 1, 2, -1, -3), { minLength: 11, maxLength: 37 }),
      isTransposed: fc.boolean(),
      device: fc.constantFrom('js', 'wasm'),
      hole: fc.option(fc.nat(rows * columns * 20)),
    })
    .map(({ dtype, values, isTransposed, device, hole }) => {
      /** @type {number[]} */
      const numbers = Array.from({ length: rows * columns }, (_, i) => values[(i * i + i) % values.length])
      if (hole !== null && hole < numbers.length && dtype !== 'int8') numbers[hole] = NaN
      const shape = isTransposed ? [columns, rows] : [rows, columns]
      const x = tensor(numbers, { dtype }).view(...shape)
      return (isTransposed ? x.transpose(0, 1) : x).to(device)
    })

const sizes = fc.record({ queries: fc.integer({ min: 1, max: 5 }), n: fc.integer({ min: 1, max: 70 }), d: fc.nat(9) })

/** The first k in the order of torch.topk, the lower index first among equals. */
function ranked(similarities, k) {
  const rank = (x) => (Number.isNaN(x) ? Infinity : x)
  const order = (a, b) => (rank(b[0]) === rank(a[0]) ? a[1] - b[1] : rank(b[0]) - rank(a[0]))
  return similarities
    .map((value, index) => [value, index])
    .sort(order)
    .slice(0, k)
}

test('top k equals the first k of all pairs, sorted', () => {
  const questions = sizes.chain(({ queries, n, d }) =>
    fc.record({ query: matrix(queries, d), corpus: matrix(n, d), k: fc.nat(n), eps: fc.constantFrom(1e-8, 0, 2) }),
  )
  fc.assert(
    fc.property(questions, ({ query, corpus, k, eps }) => {
      /** @type {{ eps: number, dtype?: 'float32' }} */
      const options = query.dtype === 'int8' && corpus.dtype === 'int8' ? { eps, dtype: 'float32' } : { eps }
      const all = pairwiseCosineSimilarity(query, corpus, options)
      const { values, indices } = topkCosineSimilarity(query, corpus, k, options)
      assert.deepEqual(
        [values.shape, indices.shape],
        [
          [query.shape[0], k],
          [query.shape[0], k],
        ],
      )
      assert.deepEqual([values.dtype, indices.dtype], [all.dtype, 'int32'])
      const wanted = lists(all).map((row) => ranked(row, k))
      assert.deepEqual(
        values.tolist(),
        wanted.map((row) => row.map(([value]) => value)),
      )
      assert.deepEqual(
        indices.tolist(),
        wanted.map((row) => row.map(([, index]) => index)),
      )
      for (const x of [query, corpus]) x.dispose()
    }),
    { numRuns: 400 },
  )
})

test('a corpus of many tiles: rows and columns, resident and not', () => {
  const [n, d, k] = [30_000, 24, 50]
  const data = Float32Array.from({ length: n * d }, (_, i) => Math.sin(i * i))
  const query = tensor(data.subarray(240, 480), { shape: [10, d] })
  const wanted = lists(pairwiseCosineSimilarity(query, { data, shape: [n, d] })).map((row) =>
    ranked(row, k).map(([, index]) => index),
  )
  const rows = tensor(data, { shape: [n, d] })
  const columns = tensor(new Float32Array(n * d), { shape: [d, n] })
  for (let i = 0; i < n * d; i++) columns.data[(i % d) * n + Math.floor(i / d)] = data[i]
  for (const corpus of [rows, rows.to('wasm'), columns.transpose(0, 1), columns.to('wasm').transpose(0, 1)]) {
    assert.deepEqual(topkCosineSimilarity(query, corpus, k).indices.tolist(), wanted)
    for (let i = 0; i < 10; i++) {
      const one = tensor(data.subarray(240 + i * d, 240 + (i + 1) * d))
      const { values, indices } = topkCosineSimilarity(one, corpus, k)
      assert.deepEqual(indices.tolist(), wanted[i])
      assert.equal(values.data[0], 1)
    }
    corpus.dispose()
  }
})

test('its memory is released, also after a mistake', () => {
  const { used } = memoryUsage()
  const corpus = { data: new Float32Array(300).fill(1), shape: [100, 3] }
  for (let i = 0; i < 1000; i++) topkCosineSimilarity([1, 2, 3], corpus, i % 101)
  assert.throws(() => topkCosineSimilarity([1, 2, 3], corpus, 101))
  assert.throws(() => topkCosineSimilarity([1, 2], corpus, 1))
  assert.equal(memoryUsage().used, used)
})
