/**
 * Every public function, with hostile arguments that throw, call the package, detach, resize, dispose or fill the memory
 * while they are read. The outcome is a result or a clear error in bounded time; the next call is right, no other tensor
 * has changed, and no memory is lost.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as cosdim from 'cosdim'
import * as npy from 'cosdim/npy'
import fc from 'fast-check'
import { build, buildAll, FILE, MATCHING, ODD, VALUE } from './hostile.js'
import { isClear, MISCHIEF, mischiefOf } from './mischief.js'

/** @type {any} So that wrong arguments compile. */
const library = { ...cosdim, ...npy }
const { accumulator, memoryUsage, tensor, topkAccumulator } = library

const FINE = {
  dim: fc.constantFrom(0, 1, -1),
  eps: fc.constantFrom(0, 1),
  dtype: fc.constantFrom('float32', 'float64', 'float16'),
  normalize: fc.constantFrom('sum', 'softmax'),
}
const OPTIONS = fc.oneof(
  fc.constant(undefined),
  fc.record(FINE, { requiredKeys: [] }),
  fc.record(
    { ...FINE, dim: ODD, eps: ODD, out: VALUE, weights: VALUE, rows: ODD, shape: VALUE, firstRow: ODD },
    { requiredKeys: [] },
  ),
)
/* What each function takes; the rest of `options` is left out, since unknown ones are refused. */
const CALLS = {
  cosineSimilarity: ['dim', 'eps', 'dtype', 'out'],
  cosineSimilarityAsync: ['dim', 'eps', 'dtype'],
  pairwiseCosineSimilarity: ['eps', 'dtype', 'out'],
  pairwiseCosineSimilarityAsync: ['eps', 'dtype', 'out'],
  topkCosineSimilarity: ['eps', 'dtype'],
  topkCosineSimilarityAsync: ['eps', 'dtype'],
  cosineDistance: ['weights'],
  attentionDistribution: ['normalize'],
  explain: ['dim', 'eps'],
  tensor: ['dtype', 'shape'],
  Tensor: [],
  accumulator: ['dim', 'eps', 'dtype'],
  topkAccumulator: ['eps', 'dtype'],
  npyChunks: ['rows'],
  npyHeader: [],
  fromNpy: [],
  toNpy: [],
}
/* Classes that others make, and functions that take no data. */
const OTHERS = ['init', 'memoryUsage', 'Explanation']

const K = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(0, 1, 2) }, ODD)

async function consume(chunks) {
  const all = []
  for await (const chunk of chunks) all.push(chunk)
  return all
}

/** What is called, and then done with what it gives. @type {Record<string, (x: any, y: any, options: any, k: any) => any>} */
const USES = {
  topkCosineSimilarity: (x, y, options, k) => library.topkCosineSimilarity(x, y, k, options),
  topkCosineSimilarityAsync: (x, y, options, k) => library.topkCosineSimilarityAsync(x, y, k, options),
  cosineSimilarityAsync: (x, y, options, k) =>
    library.cosineSimilarityAsync(k === 1 ? streamOf(x) : x, k === 2 ? streamOf(y) : y, options),
  explain(x, y, options) {
    const explained = library.explain(x, y, options)
    const { shape } = explained.result
    return explained.at(...shape.map((size) => size - 1)).terms
  },
  tensor(x, y, options, k) {
    const made = library.tensor(x, options)
    for (const use of [
      () => made.view(-1),
      () => made.view(y),
      () => made.reshape(y),
      () => made.reshape(-1).to('wasm').dispose(),
      () => made.transpose(0, k),
      () => made.unsqueeze(k),
      () => made.size(k),
      () => made.item(),
      () => made.tolist(),
      () => JSON.stringify(made),
      () => `${made}`,
      () => made.length < 100 && [...made],
    ])
      attempt(use)
    return made
  },
  Tensor: (x) => `${new library.Tensor(x)}`,
  accumulator(x, y, options) {
    const sums = accumulator(options)
    for (const use of [() => sums.update(x, y), () => sums.update(y, x), () => sums.merge(x)]) attempt(use)
    attempt(() => accumulator.fromBytes(x).update(x, y).result())
    const copy = accumulator.fromBytes(sums.toBytes())
    return copy.merge(sums).result()
  },
  topkAccumulator(x, y, options, k) {
    const best = topkAccumulator(x, k, options)
    for (const use of [() => best.update(y), () => best.update(y, { firstRow: k }), () => best.merge(y)]) attempt(use)
    attempt(() => topkAccumulator.fromBytes(y, [1, 2]).update(x).result())
    const copy = topkAccumulator.fromBytes(best.toBytes(), x)
    return copy.update(y, { firstRow: 1e6 }).result()
  },
  npyChunks: (x, _, options, k) => consume(library.npyChunks(streamOf(x, k === 1 ? 1 : 2), options)),
  npyHeader: (x) => library.npyHeader(streamOf(x)),
  toNpy: (x) => library.fromNpy(library.toNpy(x)),
  fromNpy: (x) => library.fromNpy(x),
}

async function* streamOf(x, times = 2) {
  for (let i = 0; i < times; i++) yield x
}

/** The first error so far that is not clear. @type {any} */
let unclear

/** Runs what may throw, and checks what it throws. */
function attempt(call) {
  try {
    return call()
  } catch (error) {
    if (!isClear(error)) unclear ??= error
  }
}

const VALUES = Float32Array.from({ length: 240 }, (_, i) => Math.sin(i * i))
const MORE = Float32Array.from({ length: 240 }, (_, i) => Math.cos(3 * i))
const guard = tensor(VALUES).to('wasm')
const columns = { data: VALUES, shape: [40, 6], strides: [1, 40] }
const [A, B] = [columns, { data: MORE, shape: [40, 6] }]
const right = () => [
  [...library.cosineSimilarity(A, B).data],
  [...library.cosineSimilarity(A, B, { dim: 0 }).data],
  [...library.pairwiseCosineSimilarity([[1, 2, 3]], [[3, 2, 1]]).data],
  [...library.topkCosineSimilarity(MORE.subarray(0, 6), A, 3).indices.data],
  library.cosineDistance(VALUES, MORE),
  library
    .tensor([
      [1, 2],
      [3, 4],
    ])
    .transpose(0, 1)
    .reshape(-1)
    .tolist(),
]
const EXPECTED = right()

const CALL = fc.record({
  name: fc.constantFrom(...Object.keys(CALLS)),
  operands: fc.oneof(
    { weight: 4, arbitrary: MATCHING },
    { weight: 1, arbitrary: fc.tuple(FILE, FILE) },
    { weight: 3, arbitrary: fc.tuple(VALUE, fc.oneof(VALUE, fc.constant('the same'))) },
  ),
  k: K,
  options: OPTIONS,
  mischief: MISCHIEF,
})

/** Runs one hostile call to its end. */
async function run({ name, operands: [x, y], k, options, mischief }) {
  const made = mischiefOf(mischief, right)
  const start = performance.now()
  try {
    const x1 = build(x, made)
    const x2 = y === 'the same' ? x1 : build(y, made)
    const known =
      options && Object.fromEntries(Object.entries(options).filter(([option]) => CALLS[name].includes(option)))
    const use = USES[name] ?? ((x, y, options) => library[name](x, y, options))
    await use(x1, x2, known && buildAll(known, made), build(k, made))
  } catch (error) {
    if (!isClear(error)) unclear ??= error
  }
  for (const one of made.tensors) one.dispose()
  assert.ok(performance.now() - start < 5000, 'it takes too long')
}

test('every public function is called', () => {
  assert.deepEqual(Object.keys(library).sort(), [...Object.keys(CALLS), ...OTHERS].sort())
})

test('hostile arguments get a result or a clear error, and change nothing else', async () => {
  const used = memoryUsage().used
  await fc.assert(
    fc.asyncProperty(CALL, async (call) => {
      unclear = undefined
      await run(call)
      if (unclear) throw unclear
      assert.deepEqual(right(), EXPECTED)
      assert.deepEqual(guard.data, VALUES)
      assert.equal(memoryUsage().used, used, 'memory is lost')
    }),
    { includeErrorInReport: true, numRuns: Number(process.env.RUNS ?? 2000) },
  )
})
