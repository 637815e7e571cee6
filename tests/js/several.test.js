/** Several copies of the package in one process, and one in each of many threads: none sees the others' memory. */
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import * as cosdim from 'cosdim'
import { openWorkers } from 'cosdim/workers'

/** @type {any} */
const another = await import(String(new URL('../../dist/cosdim.js?another', import.meta.url)))
const required = createRequire(import.meta.url)('../../dist/cosdim.cjs')
const LIBRARIES = [/** @type {any} */ (cosdim), another, required]

const values = Float32Array.from({ length: 240 }, (_, i) => Math.sin(i * i))
const others = Float32Array.from({ length: 240 }, (_, i) => Math.cos(3 * i))
const shape = [40, 6]

/** Takes tensors of any copy. @type {Record<string, (library: any, x: any, y: any) => any>} */
const CALLS = {
  similarity: ({ cosineSimilarity }, x, y) => cosineSimilarity(x, y),
  columns: ({ cosineSimilarity }, x, y) => cosineSimilarity(x, y, { dim: 0, dtype: 'float64' }),
  pair: ({ cosineSimilarity }, x, y) => cosineSimilarity(x.reshape(-1), y.reshape(-1), { dim: 0 }),
  pairwise: ({ pairwiseCosineSimilarity }, x, y) => pairwiseCosineSimilarity(x, y),
  slices: ({ pairwiseCosineSimilarityAsync }, x, y) => pairwiseCosineSimilarityAsync(x, y),
  topk: ({ topkCosineSimilarity }, x, y) => topkCosineSimilarity(x, y, 3).indices,
  distance: ({ cosineDistance, tensor }, x, y) => tensor([cosineDistance(x.reshape(-1), y.reshape(-1))]),
  attention: ({ attentionDistribution }, x, y) => attentionDistribution([...x][3], y),
  list: ({ pairwiseCosineSimilarity }, x, y) => pairwiseCosineSimilarity([...x], [...y]),
  explain: ({ explain, tensor }, x, y) =>
    tensor(
      explain(x, y)
        .at(7)
        .terms.map(({ dot }) => dot),
    ),
  accumulator: ({ accumulator }, x, y) => accumulator({ dim: 0 }).update(x, y).update(y, x).result(),
  heaps: ({ topkAccumulator }, x, y) => topkAccumulator(x, 3).update(y).result().indices,
}

test('copies of the package take the tensors of each other, on either device', async () => {
  const guards = LIBRARIES.map(({ tensor }) => tensor(values).to('wasm'))
  for (const [name, call] of Object.entries(CALLS))
    for (const devices of [
      ['js', 'js'],
      ['wasm', 'js'],
      ['wasm', 'wasm'],
    ]) {
      const [first] = LIBRARIES
      const own = (library, data, k) => library.tensor(data, { shape }).to(devices[k])
      // A tensor of another copy is data with a shape, which is read as if it were on the js device.
      const expected = await call(first, first.tensor(values, { shape }), first.tensor(others, { shape }))
      for (const library of LIBRARIES)
        for (const of of LIBRARIES) {
          const [x, y] = [own(of, values, 0), own(of, others, 1)]
          const result = await call(library, x, y)
          for (const [i, value] of Array.from(result.data, Number).entries())
            assert.ok(Math.abs(value - Number(expected.data[i])) < 1e-6, `${name} ${devices}`)
          for (const one of [x, y]) one.dispose()
        }
    }
  for (const guard of guards) assert.deepEqual(guard.data, values)
  for (const guard of guards) guard.dispose()
})

test('copies of the package keep their memory to themselves', () => {
  const [{ tensor, accumulator, topkAccumulator }] = LIBRARIES
  const x = tensor(values, { shape }).to('wasm')
  const { used } = another.memoryUsage()
  const { memory, dtype, strides, offset } = x
  const message = /^memory must be that of another tensor on the wasm device\./
  assert.throws(() => new another.Tensor({ memory, dtype, shape, strides, offset }), { name: 'TypeError', message })
  const forged = Object.assign(Object.create(another.Tensor.prototype), { memory, dtype, shape, strides, offset })
  assert.throws(() => another.cosineSimilarity(forged, forged), { name: 'TypeError', message })
  assert.throws(
    () => another.accumulator().merge(accumulator()),
    /^TypeError: merge\(\) takes an accumulator, got an Accumulator\./,
  )
  assert.throws(
    () => another.topkAccumulator([1], 1).merge(topkAccumulator([1], 1)),
    /^TypeError: merge\(\) takes a top-k/,
  )
  assert.equal(another.memoryUsage().used, used)
  x.dispose()
})

/** What a thread computes of numbers of its own; runs here, too. */
const WORK = `(cosdim, seed) => {
  const { cosineSimilarity, pairwiseCosineSimilarity, tensor, topkCosineSimilarity } = cosdim
  const random = Float32Array.from({ length: 6000 }, () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return seed / 2 ** 32 - 0.5
  })
  const all = []
  const guard = tensor(random).to('wasm')
  for (let i = 0; i < 20; i++) {
    const x = tensor(random.subarray(10 * i, 10 * i + 3000), { shape: [30, 100] })
    const y = x.to('wasm')
    all.push(...cosineSimilarity(x, y.transpose(0, 1).reshape(30, 100)).data, ...cosineSimilarity(x, y, { dim: 0 }).data)
    all.push(...pairwiseCosineSimilarity(x, y).data.subarray(0, 50), ...topkCosineSimilarity(x, y, 3).indices.data)
    y.dispose()
  }
  if (!guard.data.every((value, i) => value === random[i])) throw new Error('the guard has changed')
  return all
}`

test('64 threads compute at once', async () => {
  const library = new URL('../../dist/cosdim.js', import.meta.url).href
  const script = `
    const { parentPort, workerData } = require('node:worker_threads')
    import(${JSON.stringify(library)}).then((cosdim) => parentPort.postMessage((${WORK})(cosdim, workerData)))`
  const work = new Function(`return ${WORK}`)()
  const answers = await Promise.all(
    Array.from({ length: 64 }, (_, seed) => {
      const worker = new Worker(script, { eval: true, workerData: seed })
      return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
    }),
  )
  for (const [seed, answer] of answers.entries()) assert.deepEqual(answer, work(cosdim, seed), `thread ${seed}`)
})

test('a corpus over 64 workers', async () => {
  const [n, d] = [400, 30]
  const corpus = Float32Array.from({ length: n * d }, (_, i) => Math.sin(i * i))
  const workers = await openWorkers(corpus, [n, d], { count: 64 })
  const queries = Array.from({ length: 20 }, (_, i) => corpus.slice(i * d, (i + 1) * d))
  const matrix = cosdim.tensor(corpus, { shape: [n, d] })
  const best = await Promise.all(queries.map((query) => workers.topk(query, 7)))
  const similarities = await Promise.all(queries.map((query) => workers.similarities(query)))
  for (const [i, query] of queries.entries()) {
    const { values, indices } = cosdim.topkCosineSimilarity(query, matrix, 7)
    assert.deepEqual([best[i].values.data, best[i].indices.data], [values.data, indices.data])
    assert.deepEqual(similarities[i].data, cosdim.cosineSimilarity(query, matrix).data)
  }
  await workers.close()
})
