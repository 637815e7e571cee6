/** Similarities of inputs that arrive in slices along dim 0: the laws of accumulators, back-pressure, aborts and errors. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as cosdim from 'cosdim'
import { accumulator, cosineSimilarity, cosineSimilarityAsync, memoryUsage, tensor } from 'cosdim'
import { npyChunks, toNpy } from 'cosdim/npy'
import fc from 'fast-check'
import { stream } from '../bench/data.js'

/** @type {any} So that wrong arguments compile. */
const untyped = cosdim

/* Those of accumulators.test.js. */
const BOUND = { float16: 2 ** -11, float32: 2 * 2 ** -24, float64: 8 * 2 ** -53 }

const matrix = (n, columns, seed, dtype = 'float32') => {
  const random = stream(seed)
  const list = Array.from({ length: n }, () => Array.from({ length: columns }, () => random() - 0.5))
  return n
    ? tensor(list, { dtype: /** @type {any} */ (dtype) })
    : tensor({ data: [], shape: [0, columns] }, { dtype: /** @type {any} */ (dtype) })
}

/** Rows from `start` to `end`, as a view. */
const rows = ({ data, dtype, shape, strides, offset }, start, end) =>
  tensor({ data, dtype, shape: [end - start, ...shape.slice(1)], strides, offset: offset + start * strides[0] })

/** The slices of a tensor, and what was asked of them. */
function slices(x, cuts) {
  const seen = { asked: 0, given: 0, isStopped: false }
  const ends = [0, ...cuts.map((cut) => Math.min(cut, x.shape[0])), x.shape[0]].sort((a, b) => a - b)
  const parts = ends.slice(1).map((end, i) => rows(x, ends[i], end))
  const iterator = {
    async next() {
      seen.asked++
      const value = parts[seen.given]
      if (value) seen.given++
      return { done: !value, value }
    },
    async return() {
      seen.isStopped = true
      return { done: true, value: undefined }
    },
  }
  return { seen, parts, [Symbol.asyncIterator]: () => iterator }
}

const near = (got, expected) => {
  assert.deepEqual(got.shape, expected.shape)
  assert.equal(got.dtype, expected.dtype)
  for (const [i, x] of got.data.entries())
    assert.ok(Math.abs(x - expected.data[i]) <= BOUND[got.dtype], `${x} for ${expected.data[i]}`)
}

const cuts = fc.array(fc.nat(40), { maxLength: 5 })
const cases = fc.record({
  n: fc.nat(40),
  columns: fc.integer({ min: 1, max: 30 }),
  cuts1: cuts,
  cuts2: cuts,
  dtype: fc.constantFrom('float32', 'float64'),
  dim: fc.constantFrom(0, -2),
  seed: fc.nat(),
})

test('however the two are cut, the result is that of one call', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ n, columns, cuts1, cuts2, dtype, dim, seed }) => {
      const [a, b] = [matrix(n, columns, seed, dtype), matrix(n, columns, seed + 1, dtype)]
      near(await cosineSimilarityAsync(slices(a, cuts1), slices(b, cuts2), { dim }), cosineSimilarity(a, b, { dim }))
    }),
    { numRuns: 300 },
  )
})

test('equal slices have the bits of an accumulator, and x with itself is exactly 1', async () => {
  const [a, b] = [matrix(50, 7, 1), matrix(50, 7, 2)]
  const [one, other] = [slices(a, [3, 20]), slices(b, [3, 20])]
  const sums = accumulator({ dim: 0, eps: 0.5, dtype: 'float64' })
  for (const [i, part] of one.parts.entries()) sums.update(part, other.parts[i])
  const options = /** @type {const} */ ({ dim: 0, eps: 0.5, dtype: 'float64' })
  assert.deepEqual(await cosineSimilarityAsync(one, other, options), sums.result())
  assert.deepEqual(
    (await cosineSimilarityAsync(slices(a, [9]), slices(a, [30, 40]), { dim: 0 })).tolist(),
    Array(7).fill(1),
  )
})

test('whatever is not a stream is broadcast along dim 0', async () => {
  const [a, row] = [matrix(30, 5, 3), matrix(1, 5, 4)]
  for (const fixed of [row, row.view(5), [[2]], 2])
    for (const flip of [false, true]) {
      const order = (one, other) => (flip ? [other, one] : [one, other])
      const [x1, x2] = order(slices(a, [4, 4, 17]), fixed)
      const [whole1, whole2] = order(a, fixed)
      near(await cosineSimilarityAsync(x1, x2, { dim: 0 }), cosineSimilarity(whole1, whole2, { dim: 0 }))
    }
  const cube = tensor(a.data, { shape: [6, 5, 5] })
  near(
    await cosineSimilarityAsync(slices(cube, [2]), a.view(6, 5, 5).data.subarray(0, 5), { dim: -3 }),
    cosineSimilarity(cube, a.data.subarray(0, 5), { dim: 0 }),
  )
})

test('lists, vectors, streams that cannot be iterated and files', async () => {
  const [a, b] = [matrix(20, 4, 5), matrix(20, 4, 6)]
  const expected = cosineSimilarity(a, b, { dim: 0 })
  const lists = slices(a, [7]).parts.map((part) => part.tolist())
  async function* generate() {
    yield* lists
  }
  const fresh = /** @type {any} */ (ReadableStream).from(slices(b, [2, 5]).parts)
  near(await cosineSimilarityAsync(generate(), { getReader: () => fresh.getReader() }, { dim: 0 }), expected)
  const file = (x, rows) => npyChunks(new Blob([toNpy(x)]), { rows })
  near(await cosineSimilarityAsync(file(a, 3), file(b, 8), { dim: 0 }), expected)
  const [u, v] = [a.view(80), b.view(80)]
  near(
    await cosineSimilarityAsync(slices(u, [1, 50]), slices(v, [33]), { dim: -1 }),
    cosineSimilarity(u, v, { dim: 0 }),
  )
})

test('a slice is asked for when the one before is used up; rows are progress', async () => {
  const x = matrix(12, 3, 7)
  const [one, other] = [slices(x, [4, 8]), slices(x, [2, 4, 6, 8, 10])]
  const seen = []
  const onProgress = ({ done, total }) => seen.push([done, total, one.seen.asked, other.seen.asked])
  await cosineSimilarityAsync(one, other, { dim: 0, onProgress })
  assert.deepEqual(
    seen,
    [2, 4, 6, 8, 10, 12].map((done, i) => [done, Infinity, 1 + Math.floor(i / 2), i + 1]),
  )
})

test('an abort ends it at once, and both sources are told', async () => {
  const x = matrix(12, 3, 8)
  const [one, other] = [slices(x, [4, 8]), slices(x, [2])]
  const controller = new AbortController()
  const onProgress = () => controller.abort(new Error('enough'))
  const { signal } = controller
  await assert.rejects(cosineSimilarityAsync(one, other, { dim: 0, signal, onProgress }), /enough/)
  assert.ok(one.seen.isStopped && other.seen.isStopped)
  assert.deepEqual([one.seen.given, other.seen.given], [1, 1])

  const hanging = { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) }
  const late = new AbortController()
  setTimeout(() => late.abort(new Error('late')), 20)
  const waiting = slices(x, [4])
  await assert.rejects(cosineSimilarityAsync(waiting, hanging, { dim: 0, signal: late.signal }), /late/)
  assert.ok(waiting.seen.isStopped)
  const untouched = slices(x, [])
  await assert.rejects(cosineSimilarityAsync(untouched, [1, 2, 3], { dim: 0, signal: AbortSignal.abort() }), {
    name: 'AbortError',
  })
  assert.equal(untouched.seen.asked, 0)
  assert.equal(memoryUsage().used, 0)
})

test('what does not fit is an error that says what to do, and the sources are told', async () => {
  const x = matrix(12, 3, 9)
  const none = { async *[Symbol.asyncIterator]() {} }
  async function* breaking() {
    yield x
    throw new SyntaxError('the disk')
  }
  /** @type {[unknown, unknown, object, RegExp][]} */
  const refused = [
    [slices(x, [4]), slices(rows(x, 0, 11), []), {}, /x2 has 11 rows, and x1 has more/],
    [slices(rows(x, 0, 4), []), slices(x, [4]), {}, /x1 has 4 rows, and x2 has more/],
    [none, slices(x, []), {}, /x1 has 0 rows, and x2 has more/],
    [none, none, {}, /there were no slices/],
    [slices(x, []), x, {}, /x2 has shape \(12, 3\), and slices of x1 have \(12, 3\)\. Pass it in slices, too/],
    [matrix(1, 3, 1).unsqueeze(0), slices(x, []), {}, /x1 has shape \(1, 1, 3\)/],
    [
      slices(x, []),
      slices(tensor(x.data, { shape: [12, 3, 1] }), []),
      {},
      /equally many dims, not shapes \(12, 3\) and \(12, 3, 1\)/,
    ],
    [
      slices(x, []),
      slices(x, []),
      { dim: 1 },
      /dim is 1, along which each slice has results of its own\. Call cosineSimilarity/,
    ],
    [slices(x, []), slices(x, []), { dim: -1 }, /dim is -1/],
    [slices(x, []), slices(x, []), { dim: 2 }, /Dimension out of range \(expected to be in range of \[-2, 1\]/],
    [slices(x, []), slices(x, []), { eps: -1 }, /eps must be non-negative/],
    [
      slices(x, []),
      slices(matrix(12, 2, 1), []),
      {},
      /The size of tensor a \(3\) must match the size of tensor b \(2\)/,
    ],
    [
      slices(x, []),
      (async function* () {
        yield 'row'
      })(),
      {},
      /argument 'x2' \(position 2\) must be Tensor, not string/,
    ],
    [
      (async function* () {
        yield 1
      })(),
      [1],
      {},
      /a slice of x1 is a number, without rows/,
    ],
    [breaking(), slices(matrix(20, 3, 1), [6]), {}, /the disk/],
    [slices(x, []), slices(x, []), { out: x }, /unexpected keyword argument 'out'/],
    [
      slices(tensor(x, { dtype: 'float32' }), []),
      Int8Array.of(1, 2, 3),
      { dtype: 'int8' },
      /expected common dtype to be floating point/,
    ],
  ]
  for (const [x1, x2, options, message] of refused) {
    await assert.rejects(untyped.cosineSimilarityAsync(x1, x2, { dim: 0, ...options }), message)
    for (const { seen } of /** @type {any[]} */ ([x1, x2]))
      if (seen?.asked) assert.ok(seen.isStopped || seen.asked > seen.given, String(message))
  }
  assert.equal(memoryUsage().used, 0)
})

test('a bare Uint16Array beside float16 is ambiguous in slices, too', async () => {
  const halves = tensor(Uint16Array.of(0x3c00, 0xc000), { dtype: 'float16' })
  const bits = {
    async *[Symbol.asyncIterator]() {
      yield Uint16Array.of(0x3c00, 0xc000)
    },
  }
  await assert.rejects(
    cosineSimilarityAsync(slices(halves, []), bits, { dim: 0 }),
    /A Uint16Array beside float16 is ambiguous/,
  )
})
