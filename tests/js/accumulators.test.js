/** Accumulators: the laws of merging, bytes, and what they refuse. golden.test.js has PyTorch's numbers in slices. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32 } from 'node:zlib'
import {
  accumulator,
  cosineSimilarity,
  memoryUsage,
  tensor,
  topkAccumulator,
  topkCosineSimilarity,
  topkCosineSimilarityAsync,
} from 'cosdim'
import fc from 'fast-check'

const random = (seed) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return state / 2 ** 31
  }
}
const DTYPES = /** @type {const} */ (['float16', 'float32', 'float64'])
/* Bounds of the package: 2 units of a float32's last place, as random data has; the merged sums of float64 round once more. */
const BOUND = { float16: 2 ** -11, float32: 2 * 2 ** -24, float64: 8 * 2 ** -53 }

/** The rows of a matrix from `start` to `end`. */
const rows = ({ data, shape: [, columns], dtype }, start, end) =>
  tensor(data.subarray(start * columns, end * columns), { shape: [end - start, columns], dtype })

const matrix = (n, columns, dtype, seed) => {
  const next = random(seed)
  return tensor(
    Array.from({ length: n }, () => Array.from({ length: columns }, next)),
    { dtype },
  )
}

const cases = fc.record({
  n: fc.integer({ min: 1, max: 60 }),
  columns: fc.integer({ min: 1, max: 40 }),
  cuts: fc.array(fc.nat(60), { maxLength: 5 }),
  dtype: fc.constantFrom(...DTYPES),
  seed: fc.integer(),
  order: fc.array(fc.nat(9), { minLength: 6, maxLength: 6 }),
})

const slicesOf = (a, b, n, cuts) => {
  const ends = [0, ...cuts.map((cut) => Math.min(cut, n)), n].sort((x, y) => x - y)
  return ends.slice(1).map((end, i) => [rows(a, ends[i], end), rows(b, ends[i], end)])
}

const near = (got, expected, bound) => {
  assert.deepEqual(got.shape, expected.shape)
  assert.equal(got.dtype, expected.dtype)
  const [one, other] = [got, expected].map((t) => [t.tolist()].flat())
  one.forEach((x, i) => {
    assert.ok(Math.abs(x - other[i]) <= bound, `${x} for ${other[i]}`)
  })
}

test('any split and any order of merging gives the similarities of one call', () => {
  fc.assert(
    fc.property(cases, ({ n, columns, cuts, dtype, seed, order }) => {
      const [a, b] = [matrix(n, columns, dtype, seed), matrix(n, columns, dtype, seed + 1)]
      const parts = slicesOf(a, b, n, cuts).map(([x1, x2]) => accumulator({ dim: 0 }).update(x1, x2))
      for (let at = 0; parts.length > 1; at++) {
        const [part] = parts.splice(order[at] % parts.length, 1)
        parts[order[at] % parts.length].merge(part)
      }
      near(parts[0].result(), cosineSimilarity(a, b, { dim: 0 }), BOUND[dtype])
    }),
    { numRuns: 300 },
  )
})

test('what rounding dropped of each part is kept: thousands of terms below half a unit of the first', () => {
  const [parts, tiny] = [4096, 2 ** -54]
  const expected = (1 + parts * tiny) / Math.sqrt((1 + parts * tiny ** 2) * (1 + parts))
  const one = (x) => accumulator({ dim: 0 }).update(Float64Array.of(x), Float64Array.of(1))
  const [updated, merged] = [one(1), one(1)]
  for (let i = 0; i < parts; i++) {
    updated.update(Float64Array.of(tiny), Float64Array.of(1))
    merged.merge(one(tiny))
  }
  for (const sums of [updated, merged]) assert.ok(Math.abs(sums.result().item() / expected - 1) <= 4 * 2 ** -53)
})

test('the same slices in the same order give the same bits, and two merge alike in either order', () => {
  fc.assert(
    fc.property(cases, ({ n, columns, cuts, dtype, seed }) => {
      const [a, b] = [matrix(n, columns, dtype, seed), matrix(n, columns, dtype, seed + 1)]
      const slices = slicesOf(a, b, n, cuts)
      const all = () => slices.reduce((sums, [x1, x2]) => sums.update(x1, x2), accumulator({ dim: 0 }))
      assert.deepEqual(all().toBytes(), all().toBytes())
      const [first, last] = [slices[0], slices[slices.length - 1]].map(
        ([x1, x2]) =>
          () =>
            accumulator({ dim: 0 }).update(x1, x2),
      )
      assert.deepEqual(first().merge(last()).toBytes(), last().merge(first()).toBytes())
    }),
    { numRuns: 200 },
  )
})

test('slices along the last dim, with the other input broadcast, and with weights of 2^±600', () => {
  const [a, b] = [matrix(5, 40, 'float64', 1), matrix(1, 40, 'float64', 2)]
  const cut = (x, start, end, factor) =>
    tensor(
      [...x].map((row) =>
        row
          .tolist()
          .slice(start, end)
          .map((v) => v * factor),
      ),
      { dtype: 'float64' },
    )
  for (const factor of [1, 2 ** 600, 2 ** -600]) {
    const sums = accumulator({ dim: -1, eps: 0 })
    for (const [start, end] of [
      [0, 7],
      [7, 7],
      [7, 40],
    ])
      sums.update(cut(a, start, end, factor), cut(b, start, end, 1))
    near(sums.result(), cosineSimilarity(a, b, { dim: -1, eps: 0 }), BOUND.float64)
  }
})

test('without terms the similarity is 0; zeros are divided by eps', () => {
  const empty = new Float32Array(0)
  assert.equal(accumulator({ dim: 0, eps: 0 }).update(empty, empty).result().item(), 0)
  const zeros = new Float32Array(3)
  assert.equal(accumulator({ dim: 0 }).update(zeros, zeros).result().item(), 0)
  assert.ok(Number.isNaN(accumulator({ dim: 0, eps: 0 }).update(empty, empty).update(zeros, zeros).result().item()))
})

test('bytes go to another accumulator and back, before and after the first slice', () => {
  const [a, b] = [matrix(30, 8, 'float32', 3), matrix(30, 8, 'float32', 4)]
  const all = accumulator({ dim: 0, eps: Infinity, dtype: 'float64' })
  assert.deepEqual(accumulator.fromBytes(all.toBytes()).toBytes(), all.toBytes())
  all.update(a, b)
  const bytes = all.toBytes()
  assert.deepEqual(accumulator.fromBytes(bytes).result(), all.result())
  assert.deepEqual(accumulator.fromBytes(Buffer.from(bytes)).toBytes(), bytes)
  assert.deepEqual(all.reset().toBytes(), accumulator({ dim: 0, eps: Infinity, dtype: 'float64' }).toBytes())
})

test('damaged, foreign and shortened bytes are refused, whatever is wrong with them', () => {
  const bytes = accumulator({ dim: 0 })
    .update(matrix(3, 4, 'float32', 5), matrix(3, 4, 'float32', 6))
    .toBytes()
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const damaged = bytes.slice()
      damaged[at] ^= flip
      assert.throws(() => accumulator.fromBytes(damaged), { name: 'RangeError', message: /these bytes/ })
    }),
    { numRuns: 500 },
  )
  fc.assert(
    fc.property(fc.uint8Array(), fc.nat(bytes.length - 1), (noise, length) => {
      assert.throws(() => accumulator.fromBytes(noise), RangeError)
      assert.throws(() => accumulator.fromBytes(bytes.slice(0, length)), RangeError)
    }),
    { numRuns: 500 },
  )
  for (const no of [undefined, 'cosdim', [...bytes], bytes.buffer])
    assert.throws(() => accumulator.fromBytes(/** @type {any} */ (no)), { name: 'TypeError', message: /Uint8Array/ })
})

const aligned = (n) => Math.ceil(n / 8) * 8
/** Where the numbers begin and what the header says. The format is that of js/accumulators/bytes.js. */
function partsOf(bytes) {
  const end = 16 + new DataView(bytes.buffer).getUint32(12, true)
  return { header: JSON.parse(Buffer.from(bytes.subarray(16, end)).toString()), numbers: bytes.subarray(aligned(end)) }
}

/** Bytes with another header, and the right checksum. */
function forged(bytes, header) {
  const text = JSON.stringify(header)
  const start = aligned(16 + text.length)
  const forged = Buffer.concat([bytes.subarray(0, 16), Buffer.alloc(start - 16), partsOf(bytes).numbers])
  forged.write(text, 16)
  forged.writeUInt32LE(text.length, 12)
  forged.writeUInt32LE(crc32(forged.subarray(12)), 8)
  return forged
}

/* The size of a cosdim_sums, which ends with two exponents. */
const SUMS = 56

/** The bytes of two outputs, with another exponent and the right checksum. */
function withExponent(exponent, at) {
  const forged = Buffer.from(
    accumulator({ dim: 0, dtype: 'float64' })
      .update([[1, 2]], [[3, 4]])
      .toBytes(),
  )
  forged.writeInt32LE(exponent, forged.length - 2 * SUMS + at)
  forged.writeUInt32LE(crc32(forged.subarray(12)), 8)
  return forged
}

test('sums with exponents that no float64 has are refused', () => {
  for (const at of [48, 52, SUMS + 48, SUMS + 52]) {
    for (const exponent of [-(2 ** 31), -1075, 1024, 2 ** 31 - 1])
      assert.throws(() => accumulator.fromBytes(withExponent(exponent, at)), {
        name: 'RangeError',
        message: /these bytes are inconsistent: an exponent is -?\d+/,
      })
    const [smallest, largest] = [-1074, 1023].map((exponent) => accumulator.fromBytes(withExponent(exponent, at)))
    assert.ok(smallest.merge(largest).result())
  }
})

test('forged bytes are refused, or give a result, and nothing else happens', () => {
  const rows = matrix(6, 4, 'float32', 5)
  const kinds = [
    { from: accumulator.fromBytes, bytes: accumulator({ dim: 0, dtype: 'float32' }).update(rows, rows).toBytes() },
    { from: topkAccumulator.fromBytes, bytes: topkAccumulator(rows, 2, { dtype: 'float32' }).update(rows).toBytes() },
  ]
  const wrong = {
    k: [-1, 0.5, 2 ** 31, '2', null, { toString: null }],
    dim: [0.5, '0', null, [0]],
    eps: [-1, 'x', '-1', null, '1e-8x'],
    dtype: ['float', 'toString', 3, null, { toString: null }],
    of: ['int32', 'x', 0, null, { toString: null }],
    shape: [[-1], [3], [2 ** 53], [1, 2, 3], 'x', {}, null],
    ranges: [
      [0, 6],
      [[0]],
      [[-1, 6]],
      [[0.5, 6]],
      [
        [0, 4],
        [3, 6],
      ],
      null,
      {},
    ],
    any: [0, 'true', null],
  }
  for (const { from, bytes } of kinds) {
    const { header } = partsOf(bytes)
    assert.deepEqual(from(forged(bytes, header)).toBytes(), bytes)
    for (const other of [null, 1, 'x', [], {}])
      assert.throws(() => from(forged(bytes, other)), { name: 'RangeError', message: /these bytes are inconsistent/ })
    for (const [field, values] of Object.entries(wrong))
      for (const value of field in header ? values : [])
        assert.throws(
          () => from(forged(bytes, { ...header, [field]: value })),
          { name: 'RangeError', message: /: (these bytes are inconsistent: |rows 3 to 3 are in two shards)/ },
          `${field} ${JSON.stringify(value)}`,
        )
  }
  const fields = fc.constantFrom(...Object.keys(wrong))
  const values = fc.oneof(fc.jsonValue(), fc.integer(), fc.array(fc.integer()), fc.constant(2 ** 53 - 1))
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fields, values, ({ from, bytes }, field, value) => {
      let read
      try {
        read = from(forged(bytes, { ...partsOf(bytes).header, [field]: value }))
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        assert.match(error.message, /fromBytes\(\): /)
        return
      }
      read.result()
      assert.ok(read.toBytes())
    }),
    { numRuns: 1000 },
  )
  assert.equal(memoryUsage().used, 0)
})

test('what does not fit is refused, and changes nothing', () => {
  const [a, b] = [matrix(6, 4, 'float32', 7), matrix(6, 4, 'float32', 8)]
  const sums = accumulator({ dim: 0 }).update(a, b)
  const before = sums.toBytes()
  /** @type {[() => unknown, RegExp][]} */
  const refused = [
    [() => sums.update(a, [1, 2, 3]), /The size of tensor a \(4\) must match the size of tensor b \(3\)/],
    [() => sums.update([[1, 2]], [[3, 4]]), /has shape \(2,\), that of those before \(4,\)/],
    [() => sums.update(matrix(1, 4, 'float64', 9), b), /is float64, that of those before float32/],
    [() => sums.merge(accumulator()), /dim 0 and 1/],
    [() => sums.merge(accumulator({ dim: 0, eps: 1 })), /eps 1e-8 and 1\./],
    [() => sums.merge(/** @type {any} */ (before)), /takes an accumulator/],
    [() => accumulator().result(), /before the first update/],
    [() => accumulator(/** @type {any} */ ({ axis: 0 })), /Use dim/],
    [() => accumulator({ dim: 3 }).update(a, b), /Dimension out of range/],
    [() => accumulator({ dim: 0, eps: -1 }).update(a, b), /eps/],
    [() => sums.update.call(/** @type {any} */ ({}), a, b), /this must be an accumulator/],
  ]
  for (const [call, message] of refused) assert.throws(call, message)
  assert.deepEqual(sums.toBytes(), before)
  assert.equal(memoryUsage().used, 0)
})

test('it may be updated with its own result, and merged with itself', () => {
  const a = matrix(6, 4, 'float32', 10)
  const sums = accumulator({ dim: 0 }).update(a, a)
  assert.deepEqual(sums.merge(sums).result().tolist(), [1, 1, 1, 1])
})

/* Three rows or more in each shard. */
const corpora = fc.record({
  queries: fc.integer({ min: 1, max: 5 }),
  sizes: fc.array(fc.integer({ min: 3, max: 20 }), { minLength: 1, maxLength: 6 }),
  columns: fc.integer({ min: 1, max: 40 }),
  k: fc.nat(30),
  dtype: fc.constantFrom(...DTYPES),
  seed: fc.integer(),
  order: fc.array(fc.nat(9), { minLength: 12, maxLength: 12 }),
})

/** A corpus with rows that are alike, zero and NaN, and its shards. */
function shardsOf({ queries, sizes, columns, dtype, seed }) {
  const n = sizes.reduce((sum, size) => sum + size, 0)
  const list = matrix(n, columns, dtype, seed).tolist()
  const rowsList = list.map((row, i) =>
    i % 7 === 3 ? list[0] : row.map((x) => (i % 11 === 5 ? 0 : i % 13 === 6 ? Number.NaN : x)),
  )
  const corpus = tensor(rowsList, { dtype })
  let end = 0
  const shards = sizes.map((size) => {
    end += size
    return { rows: rows(corpus, end - size, end), firstRow: end - size }
  })
  return { query: matrix(queries, columns, dtype, seed + 1), corpus, shards, n }
}

const whole = (/** @type {bigint[]} */ indices) => indices.map(Number)

test('top-k of shards, in any order and merged in any order, has the bits of one call', () => {
  fc.assert(
    fc.property(corpora, (given) => {
      const { query, corpus, shards, n } = shardsOf(given)
      const { k, order } = given
      const parts = shards.map(({ rows, firstRow }) => topkAccumulator(query, k).update(rows, { firstRow }))
      for (let at = 0; parts.length > 1; at++) {
        const [part] = parts.splice(order[at] % parts.length, 1)
        parts[order[at + 6] % parts.length].merge(topkAccumulator.fromBytes(part.toBytes()))
      }
      const got = parts[0].result()
      const expected = topkCosineSimilarity(query, corpus, Math.min(k, n))
      assert.deepEqual(got.values, expected.values)
      assert.deepEqual(whole([...got.indices.data]), [...expected.indices.data])
      const inOrder = shards.reduce((best, { rows }) => best.update(rows), topkAccumulator(query, k))
      assert.deepEqual(inOrder.toBytes(), parts[0].toBytes())
    }),
    { numRuns: 300 },
  )
})

test('row numbers go beyond 2^31, and k beyond the rows', () => {
  const best = topkAccumulator([1, 2], 3).update([[1, 2]], { firstRow: 2 ** 52 })
  const { values, indices } = topkAccumulator.fromBytes(best.toBytes()).result()
  assert.deepEqual([values.tolist(), indices.tolist()], [[1], [2n ** 52n]])
  const none = topkAccumulator([[1, 2]], 0)
    .update([[1, 2]])
    .result()
  assert.deepEqual(none.values.shape, [1, 0])
})

test('the query is copied, and goes with no bytes', () => {
  const query = Float32Array.of(1, 0)
  const best = topkAccumulator(query, 1)
  query.fill(7)
  const bytes = best
    .update([
      [1, 0],
      [0, 1],
    ])
    .toBytes()
  assert.deepEqual(best.result().values.tolist(), [1])
  assert.throws(() => topkAccumulator.fromBytes(bytes).update([[1, 0]]), /needs the query/)
  assert.throws(() => topkAccumulator.fromBytes(bytes, query), /another query, of shape \(2,\)/)
  assert.deepEqual(
    topkAccumulator
      .fromBytes(bytes, [1, 0])
      .update([[2, 1]])
      .result()
      .indices.tolist(),
    [0n],
  )
})

test('what does not fit a top-k accumulator is refused, and changes nothing', () => {
  const rows = matrix(6, 4, 'float32', 12)
  const best = topkAccumulator([1, 2, 3, 4], 2).update(rows)
  const before = best.toBytes()
  const others = { k: topkAccumulator([1, 2, 3, 4], 3), query: topkAccumulator([1, 2, 3, 5], 2) }
  /** @type {[() => unknown, RegExp][]} */
  const refused = [
    [() => best.update(rows, { firstRow: 3 }), /rows 3 to 5 are in two shards/],
    [() => best.update(rows, { firstRow: -1 }), /from 0 up/],
    [() => best.update(rows, { firstRow: 2 ** 53 - 3 }), /below 2\^53/],
    [() => best.update(rows, { firstRow: 1.5 }), /must be int/],
    [() => best.update([[1, 2, 3]]), /\(4,\)/],
    [() => best.update(matrix(1, 4, 'float64', 13)), /are float64, those of the ones before float32/],
    [() => best.merge(best), /rows 0 to 5 are in two shards/],
    [() => best.merge(others.k), /k 2 and 3/],
    [() => best.merge(others.query), /different queries/],
    [() => best.merge(/** @type {any} */ (accumulator())), /takes a top-k accumulator/],
    [() => topkAccumulator([1, 2], 2).result(), /before the first update/],
    [() => topkAccumulator(1, 2), /\(D,\) or \(Q, D\), not \(\)/],
    [() => topkAccumulator([1, 2], -1), /k must be from 0 up/],
    [() => topkAccumulator.fromBytes(accumulator().toBytes()), /another kind/],
  ]
  for (const [call, message] of refused) assert.throws(call, message)
  assert.deepEqual(best.toBytes(), before)
  assert.equal(memoryUsage().used, 0)
})

/** A corpus in chunks, which counts how far it was read and whether it was told to stop. */
function source(chunks) {
  const seen = { asked: 0, given: 0, isStopped: false }
  const iterator = {
    async next() {
      seen.asked++
      return seen.given < chunks.length
        ? { done: false, value: chunks[seen.given++] }
        : { done: true, value: undefined }
    },
    async return() {
      seen.isStopped = true
      return { done: true, value: undefined }
    },
  }
  return { seen, [Symbol.asyncIterator]: () => iterator }
}

test('top-k of chunks has the bits of one call, from iterables, generators and streams, also those that cannot be iterated', async () => {
  const { query, corpus, shards } = shardsOf({
    queries: 3,
    sizes: [5, 3, 9, 4],
    columns: 20,
    dtype: 'float32',
    seed: 5,
  })
  const expected = topkCosineSimilarity(query, corpus, 6)
  const chunks = shards.map(({ rows }) => rows)
  async function* generate() {
    yield* chunks
  }
  const reader = (stream) => ({ getReader: () => stream.getReader() })
  /* Newer than the declarations. */
  const fresh = () => /** @type {any} */ (ReadableStream).from(chunks)
  const streams = [source(chunks), generate(), fresh(), reader(fresh())]
  for (const stream of streams) {
    /** @type {number[]} */
    const progress = []
    const onProgress = ({ done, total }) => progress.push(done, total)
    assert.deepEqual(await topkCosineSimilarityAsync(query, /** @type {any} */ (stream), 6, { onProgress }), expected)
    assert.deepEqual(
      progress,
      [5, 8, 17, 21].flatMap((done) => [done, Infinity]),
    )
  }
  const lists = chunks.map((chunk) => chunk.tolist())
  assert.deepEqual(await topkCosineSimilarityAsync(query, source(lists), 6), expected)
})

test('a chunk is asked for when the one before is done, and the source is told when something fails', async () => {
  const rows = matrix(4, 3, 'float32', 6)
  const query = [1, 2, 3]
  const slow = source([rows, rows, rows])
  const controller = new AbortController()
  const asked = []
  const onProgress = ({ done }) => {
    asked.push(slow.seen.asked)
    if (done === 8) controller.abort(new Error('enough'))
  }
  await assert.rejects(topkCosineSimilarityAsync(query, slow, 1, { signal: controller.signal, onProgress }), /enough/)
  assert.deepEqual(asked, [1, 2])
  assert.ok(slow.seen.isStopped)

  const hanging = { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) }
  const late = new AbortController()
  setTimeout(() => late.abort(new Error('late')), 20)
  await assert.rejects(topkCosineSimilarityAsync(query, hanging, 1, { signal: late.signal }), /late/)
  const wide = source([rows, [[1, 2]]])
  await assert.rejects(topkCosineSimilarityAsync(query, wide, 1), /\(1, 2\)/)
  assert.ok(wide.seen.isStopped)
  const few = source([rows])
  await assert.rejects(topkCosineSimilarityAsync(query, few, 5), /selected index k out of range. k is 5/)
  await assert.rejects(topkCosineSimilarityAsync(query, source([]), 0), /no result before the first update|no chunks/)
  const gone = AbortSignal.abort(new Error('gone'))
  const untouched = source([rows])
  await assert.rejects(topkCosineSimilarityAsync(query, untouched, 1, { signal: gone }), /gone/)
  assert.equal(untouched.seen.asked, 0)
  assert.equal(memoryUsage().used, 0)
})
