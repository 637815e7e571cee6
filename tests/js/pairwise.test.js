/** All pairs, against float64 loops and against the idiom x1[:, None], x2[None]. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cosineSimilarity, pairwiseCosineSimilarity, tensor } from 'cosdim'
import { stream } from '../bench/data.js'
import { error } from '../bench/exact.js'

const random = stream(768)
/**
 * n rows of d numbers in [-0.3, 0.7).
 * @param {number} n
 * @param {number} d
 * @param {typeof Float32Array | typeof Float64Array} [TypedArray]
 */
const matrix = (n, d, TypedArray = Float32Array) => new TypedArray(n * d).map(() => random() - 0.3)
/** @returns {Float32Array | Float64Array} */
const floats = (x) => x.data

/** Sizes around the blocks of the kernel: four rows by two, runs of 48, tiles of 32. */
const SIZES = [
  [1, 1, 1],
  [2, 2, 3],
  [3, 5, 31],
  [4, 2, 64],
  [5, 33, 67],
  [31, 7, 129],
  [66, 35, 100],
  [100, 300, 768],
  [2, 3, 100000],
]

for (const [n, m, d] of SIZES)
  test(`${n} × ${m} rows of ${d}: each within 2 units of the exact value`, () => {
    const [x1, x2] = [matrix(n, d), matrix(m, d)]
    const result = pairwiseCosineSimilarity({ data: x1, shape: [n, d] }, { data: x2, shape: [m, d] })
    assert.deepEqual(result.shape, [n, m])
    for (let i = 0; i < n; i++)
      for (let j = 0; j < m; j++) {
        const of = error(result.data[i * m + j], x1.subarray(i * d, (i + 1) * d), x2.subarray(j * d, (j + 1) * d))
        assert.ok(Math.abs(of) <= 2 * 2 ** -24, `(${i}, ${j}) is ${of * 2 ** 24} units off`)
      }
    const idiom = cosineSimilarity({ data: x1, shape: [n, 1, d] }, { data: x2, shape: [1, m, d] }, { dim: -1 })
    assert.deepEqual(idiom.data, result.data)
    const exchanged = cosineSimilarity({ data: x2, shape: [1, m, d] }, { data: x1, shape: [n, 1, d] }, { dim: 2 })
    for (let i = 0; i < n * m; i++) assert.ok(Math.abs(floats(exchanged)[i] - floats(result)[i]) <= 2 ** -22)
  })

test('every length around a run, a block of runs, and a part of a row', () => {
  for (const [first, last] of [
    [1, 60],
    [186, 200],
    [1530, 1545],
    [3071, 3073],
  ])
    for (let d = first; d <= last; d++) {
      const [x1, x2] = [matrix(5, d), matrix(3, d)]
      const result = pairwiseCosineSimilarity({ data: x1, shape: [5, d] }, { data: x2, shape: [3, d] })
      for (let i = 0; i < 5; i++)
        for (let j = 0; j < 3; j++) {
          const of = error(result.data[i * 3 + j], x1.subarray(i * d, (i + 1) * d), x2.subarray(j * d, (j + 1) * d))
          assert.ok(Math.abs(of) <= 2 * 2 ** -24, `(${i}, ${j}) of ${d} is ${of * 2 ** 24} units off`)
        }
    }
})

test('tiles share norms: batches of rows with gaps, where the last tile of each is a single row', () => {
  for (const { batches, n, m, d, gap1, gap2 } of [
    { batches: 3, n: 129, m: 32, d: 200, gap1: 7, gap2: 0 }, // the single row takes the rows kernel
    { batches: 13, n: 33, m: 10, d: 50, gap1: 350, gap2: 50 }, // here the kernel's rows run over the batches
  ]) {
    const [of1, of2] = [n * d + gap1, d + gap2]
    const [x1, x2] = [matrix(batches, of1), matrix(m, of2)]
    const result = cosineSimilarity(
      { data: x1, shape: [batches, n, 1, d], strides: [of1, d, d, 1] },
      { data: x2, shape: [m, d], strides: [of2, 1] },
      { dim: -1 },
    )
    for (let i = 0; i < batches * n; i++)
      for (let j = 0; j < m; j++) {
        const start = Math.floor(i / n) * of1 + (i % n) * d
        const of = error(result.data[i * m + j], x1.subarray(start, start + d), x2.subarray(j * of2, j * of2 + d))
        assert.ok(Math.abs(of) <= 2 * 2 ** -24, `row ${i} with ${j} is ${of * 2 ** 24} units off`)
      }
  }
})

test('rows below eps keep their norms over batches, the last tile of which is a single vector', () => {
  const [batches, n, m, d, eps] = [3, 36, 61, 200, 1e-8] // tiles of 60 vectors and of one
  const [x1, x2] = [matrix(n, d).map((value, i) => (i % (3 * d) < d ? value * 1e-10 : value)), matrix(batches * m, d)]
  const shape = { x1: [n, 1, d], x2: [batches, 1, m, d] }
  const { data } = cosineSimilarity({ data: x1, shape: shape.x1 }, { data: x2, shape: shape.x2 }, { dim: -1, eps })
  const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0)
  const rows = (x) => Array.from({ length: x.length / d }, (_, i) => Array.from(x.subarray(i * d, (i + 1) * d)))
  const [rows1, rows2] = [rows(x1), rows(x2)]
  const norms = (of) => of.map((row) => Math.max(Math.sqrt(dot(row, row)), eps))
  const [norms1, norms2] = [norms(rows1), norms(rows2)]
  for (const [j, row2] of rows2.entries())
    for (const [i, row1] of rows1.entries()) {
      const place = (Math.floor(j / m) * n + i) * m + (j % m)
      const off = Math.abs(data[place] - dot(row1, row2) / norms1[i] / norms2[j])
      assert.ok(off <= 2 * 2 ** -24, `row ${i} with ${j} is ${off * 2 ** 24} units off`)
    }
})

test('the diagonal of x with itself is exactly 1; copies of a row give 1, opposites -1', () => {
  for (const scale of [1, 1e-4, 1e4]) {
    const x = matrix(70, 768).map((value) => value * scale)
    x.set(x.subarray(0, 768), 768 * 33)
    x.set(
      x.subarray(0, 768).map((value) => -value),
      768 * 50,
    )
    const own = floats(pairwiseCosineSimilarity({ data: x, shape: [70, 768] }))
    for (let i = 0; i < 70; i++) assert.equal(own[i * 70 + i], 1)
    assert.equal(own[33], 1)
    assert.equal(own[50 * 70 + 33], -1)
    for (let i = 0; i < 70; i++) for (let j = 0; j < 70; j++) assert.ok(Math.abs(own[i * 70 + j]) <= 1)
  }
})

test('zero rows give 0, NaN stays in its row, and huge rows lose no accuracy', () => {
  const x = matrix(9, 40)
  x.fill(0, 40, 80)
  x[80] = NaN
  for (let i = 120; i < 160; i++) x[i] *= 2 ** 120
  const got = pairwiseCosineSimilarity({ data: x, shape: [9, 40] }, undefined, { eps: 0 }).data
  const some = pairwiseCosineSimilarity({ data: x, shape: [9, 40] }).data
  for (let j = 0; j < 9; j++) {
    assert.equal(some[9 + j], j === 2 ? NaN : 0)
    assert.equal(got[9 + j], NaN)
    assert.equal(some[18 + j], NaN)
    if (j !== 1 && j !== 2) {
      const of = error(some[27 + j], x.subarray(120, 160), x.subarray(j * 40, (j + 1) * 40))
      assert.ok(Math.abs(of) <= 8 * 2 ** -24, `${of}`)
    }
  }
})

test('tiny rows lose no accuracy where eps is 0, and eps replaces norms below it', () => {
  const [n, d] = [24, 40]
  const x = matrix(n, d)
  for (let i = 0; i < n * d; i++) if (i / d >= 12) x[i] *= 2 ** -72
  const row = (i) => x.subarray(i * d, (i + 1) * d)
  const operand = { data: x, shape: [n, d] }
  const { data } = pairwiseCosineSimilarity(operand, undefined, { eps: 0 })
  const eps = 2.2 // about the norm of the other rows
  const clamped = floats(pairwiseCosineSimilarity(operand, undefined, { eps }))
  const dot = (a, b) => a.reduce((sum, value, k) => sum + value * b[k], 0)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const [a, b] = [Float64Array.from(row(i)), Float64Array.from(row(j))]
      assert.ok(Math.abs(error(data[i * n + j], a, b)) <= 8 * 2 ** -24, `(${i}, ${j}) is ${data[i * n + j]}`)
      const exact = dot(a, b) / (Math.max(Math.sqrt(dot(a, a)), eps) * Math.max(Math.sqrt(dot(b, b)), eps))
      assert.ok(
        Math.abs(clamped[i * n + j] - exact) <= 8 * 2 ** -24,
        `(${i}, ${j}) is ${clamped[i * n + j]} for ${exact}`,
      )
    }
})

for (const [dtype, TypedArray] of /** @type {const} */ ([
  ['float64', Float64Array],
  ['int8', Int8Array],
]))
  test(`${dtype}: the same as row by row`, () => {
    const scaled = (n) =>
      new TypedArray(matrix(n, 50, Float64Array).map((value) => (dtype === 'int8' ? value * 100 : value)))
    const [x1, x2] = [scaled(6), scaled(35)]
    /** @type {{ dtype?: 'float32' | 'float64' }} */
    const cast = dtype === 'int8' ? { dtype: 'float32' } : {}
    const got = pairwiseCosineSimilarity({ data: x1, shape: [6, 50] }, { data: x2, shape: [35, 50] }, cast)
    assert.equal(got.dtype, dtype === 'int8' ? 'float32' : dtype)
    for (let i = 0; i < 6; i++) {
      const row = cosineSimilarity(
        { data: x1.subarray(i * 50, (i + 1) * 50), shape: [1, 50] },
        { data: x2, shape: [35, 50] },
        { dim: 1, ...cast },
      )
      for (let j = 0; j < 35; j++) {
        const bound = got.dtype === 'float64' ? 8 * 2 ** -53 : 2 ** -23
        assert.ok(Math.abs(floats(got)[i * 35 + j] - floats(row)[j]) <= bound)
      }
    }
  })

test('out takes the result of either function, and the tensor is over it', () => {
  const [x1, x2] = [matrix(5, 20), matrix(5, 20)]
  const [a, b] = [x1, x2].map((data) => tensor(data, { shape: [5, 20] }))
  const room = new Float32Array(30).fill(7)
  const out = room.subarray(2, 27)
  const pairs = pairwiseCosineSimilarity(a, b, { out })
  assert.equal(pairs.data, out)
  assert.deepEqual(out, pairwiseCosineSimilarity(a, b).data)
  assert.deepEqual([...room.subarray(0, 2), ...room.subarray(27)], [7, 7, 7, 7, 7])
  const rows = new Float64Array(5)
  assert.equal(cosineSimilarity(a, b, { out: rows, dtype: 'float64' }).data, rows)
  assert.deepEqual(rows, cosineSimilarity(a, b, { dtype: 'float64' }).data)
})

test('products lost one by one beside a large one, the worst case, stay within the bound', () => {
  // Each SIMD lane begins with a product of 1. The rest of its run, and the runs added to it, are sums just below half
  // a unit in its last place. Four runs are added; in the longer rows, others follow them.
  for (const d of [192, 384]) {
    const x1 = new Float32Array(d)
    for (let i = 0; i < d; i++) x1[i] = i < 4 ? 1 : Math.sqrt(0.99 * 2 ** -24 * (i < 48 ? 1 : 1 / 12))
    const x2 = x1.slice()
    x1.fill(0.02, d - 4)
    x2.fill(-0.02, d - 4) // not parallel: parallel rows are summed again
    const thrice = (x) => ({ data: Float32Array.of(...x, ...x, ...x), shape: [3, d] }) // two are summed as rows
    const [got] = pairwiseCosineSimilarity(thrice(x1), thrice(x2)).data
    const off = Math.abs(error(got, x1, x2)) * 2 ** 24
    assert.ok(off <= 14, `${off} units off`)
    assert.ok(off >= 12, `only ${off} units: this is no longer what is hard`)
  }
})
