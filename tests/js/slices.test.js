/** Long work in slices: the same bits while other calls use the package, and nothing leaked when it ends early. */
import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import * as cosdim from 'cosdim'
import {
  cosineSimilarity,
  cosineSimilarityAsync,
  memoryUsage,
  pairwiseCosineSimilarity,
  pairwiseCosineSimilarityAsync,
  tensor,
  topkCosineSimilarity,
  topkCosineSimilarityAsync,
} from 'cosdim'
import { stream } from '../bench/data.js'

/** @type {any} So that wrong arguments compile. */
const untyped = cosdim

const random = stream(31)
const matrix = (n, d) =>
  tensor(
    Float32Array.from({ length: n * d }, () => random() - 0.3),
    { shape: [n, d] },
  )

/* A clock that does not depend on the machine: a slice ends when the clock has been read three times. */
let clock = 0
mock.method(performance, 'now', () => (clock += 4))

/* Many tiles each, so several slices. */
const x = matrix(700, 300)
const corpus = matrix(20_000, 200)
const queries = matrix(20, 200)

/** Options that abort after so many slices. */
function abortAfter(slices, reason) {
  const controller = new AbortController()
  let left = slices
  const onProgress = () => {
    if (--left === 0) controller.abort(reason)
  }
  return { signal: controller.signal, onProgress }
}

test('several at once, with other calls in between, give the same bits', async () => {
  const alone = /** @type {const} */ ([
    pairwiseCosineSimilarity(x),
    topkCosineSimilarity(queries, corpus, 30),
    pairwiseCosineSimilarity(x, undefined, { dtype: 'float64', eps: 3 }),
    cosineSimilarity(corpus, queries.data.subarray(0, 200)),
    cosineSimilarity(corpus, corpus, { dim: 0 }),
  ])
  let isDone = false
  const others = (async () => {
    const wanted = cosineSimilarity(corpus, queries.view(1, 20, 200).data.subarray(0, 200)).data
    let calls = 0
    for (; !isDone; calls++) {
      await new Promise((resolve) => setImmediate(resolve))
      assert.deepEqual(cosineSimilarity(corpus, queries.data.subarray(0, 200)).data, wanted)
      corpus.to('wasm').dispose()
    }
    return calls
  })()
  const resident = x.to('wasm')
  const got = await Promise.all([
    pairwiseCosineSimilarityAsync(x),
    topkCosineSimilarityAsync(queries, corpus, 30),
    pairwiseCosineSimilarityAsync(resident, undefined, { dtype: 'float64', eps: 3 }),
    cosineSimilarityAsync(corpus, queries.data.subarray(0, 200)),
    cosineSimilarityAsync(corpus, corpus, { dim: 0 }),
  ])
  isDone = true
  resident.dispose()
  assert.ok((await others) >= 3, 'other calls had their turns')
  assert.deepEqual(got[0], alone[0])
  assert.deepEqual(got[1], alone[1])
  assert.deepEqual(got[2].data, alone[2].data)
  assert.deepEqual(got.slice(3), alone.slice(3))
})

test('progress never goes back, and ends with all rows', async () => {
  for (const [call, total] of /** @type {const} */ ([
    [(options) => pairwiseCosineSimilarityAsync(x, undefined, options), 700],
    [(options) => topkCosineSimilarityAsync(queries, corpus, 3, options), 20_000],
    [(options) => cosineSimilarityAsync(queries.data.subarray(0, 200), corpus, options), 20_000],
  ])) {
    const seen = []
    await call({ onProgress: (progress) => seen.push(progress) })
    assert.ok(seen.length >= 3, `${seen.length} slices`)
    seen.forEach((progress, i) => {
      assert.equal(progress.total, total)
      assert.ok(progress.done >= (seen[i - 1]?.done ?? 0) && progress.done <= total)
    })
    assert.equal(seen.at(-1).done, total)
  }
})

test('a signal that fired before or fires during the work ends it with its reason, and nothing leaks', async () => {
  const reason = new Error('enough')
  const { used } = memoryUsage()
  for (const call of [
    (options) => pairwiseCosineSimilarityAsync(x, undefined, options),
    (options) => topkCosineSimilarityAsync(queries, corpus, 3, options),
    (options) => cosineSimilarityAsync(corpus, corpus, options),
  ]) {
    await assert.rejects(call({ signal: AbortSignal.abort() }), { name: 'AbortError' })
    await assert.rejects(call({ signal: AbortSignal.abort(reason) }), reason)
    for (const slices of [1, 2]) await assert.rejects(call(abortAfter(slices, reason)), reason)
    assert.equal(memoryUsage().used, used)
  }
})

test('an error thrown by onProgress ends it, and nothing leaks', async () => {
  const { used } = memoryUsage()
  const onProgress = () => {
    throw new SyntaxError('mine')
  }
  await assert.rejects(topkCosineSimilarityAsync(queries, corpus, 3, { onProgress }), SyntaxError)
  assert.equal(memoryUsage().used, used)
})

test('an operand or an out that disappears during the work is an error, and nothing leaks', async () => {
  const { used } = memoryUsage()
  const resident = x.to('wasm')
  await assert.rejects(
    pairwiseCosineSimilarityAsync(resident, undefined, { onProgress: () => resident.dispose() }),
    /disposed/,
  )
  const passing = matrix(700, 300)
  await assert.rejects(
    pairwiseCosineSimilarityAsync(passing, undefined, {
      onProgress: () => structuredClone(passing.data.buffer, { transfer: [passing.data.buffer] }),
    }),
    /reads elements 0 to 209999, but its data has 0/,
  )
  const out = new Float32Array(700 * 700)
  await assert.rejects(
    pairwiseCosineSimilarityAsync(x, undefined, {
      out,
      onProgress: () => structuredClone(out.buffer, { transfer: [out.buffer] }),
    }),
    /reads elements 0 to 489999, but its data has 0/,
  )
  assert.equal(memoryUsage().used, used)
})

test('out takes the result', async () => {
  const out = new Float32Array(700 * 700)
  const result = await pairwiseCosineSimilarityAsync(x, undefined, { out })
  assert.equal(result.data, out)
  assert.deepEqual(out, pairwiseCosineSimilarity(x).data)
})

test('mistakes reject with the same errors as without slices', async () => {
  await assert.rejects(pairwiseCosineSimilarityAsync(x, [1, 2]), /takes x1 of shape \(N, D\)/)
  await assert.rejects(cosineSimilarityAsync(x, corpus), /The size of tensor a \(300\) must match/)
  await assert.rejects(topkCosineSimilarityAsync(queries, corpus, -1), /selected index k out of range/)
  await assert.rejects(
    untyped.pairwiseCosineSimilarityAsync(x, x, { signal: true }),
    /^TypeError: pairwiseCosineSimilarityAsync\(\): signal must be an AbortSignal, got true\.$/,
  )
  await assert.rejects(
    untyped.topkCosineSimilarityAsync(queries, corpus, 1, { onProgress: 1 }),
    /^TypeError: topkCosineSimilarityAsync\(\): onProgress must be a function, got 1\.$/,
  )
})

for (const missing of [['setImmediate'], ['setImmediate', 'MessageChannel']])
  test(`it pauses in engines without ${missing.join(' and ')}`, async () => {
    const own = missing.map((name) => Object.getOwnPropertyDescriptor(globalThis, name) ?? {})
    for (const name of missing) Object.defineProperty(globalThis, name, { value: undefined, configurable: true })
    const { topkCosineSimilarityAsync } = await import(
      `${new URL('../../dist/cosdim.js', import.meta.url)}?without=${missing}`
    )
    for (const [i, name] of missing.entries()) Object.defineProperty(globalThis, name, own[i])
    let slices = 0
    const { values } = await topkCosineSimilarityAsync(queries, corpus, 3, { onProgress: () => slices++ })
    assert.ok(slices > 2, `${slices} slices`)
    assert.deepEqual(values.data, topkCosineSimilarity(queries, corpus, 3).values.data)
  })

test('fake timers do not stop it', async () => {
  mock.timers.enable({ apis: ['setImmediate', 'setTimeout'] })
  let slices = 0
  await topkCosineSimilarityAsync(queries, corpus, 3, { onProgress: () => slices++ })
  mock.timers.reset()
  assert.ok(slices > 2, `${slices} slices`)
})
