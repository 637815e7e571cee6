/** Calls in sequence: what one call leaves behind never affects the next. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  attentionDistribution,
  cosineDistance,
  cosineSimilarity,
  explain,
  memoryUsage,
  pairwiseCosineSimilarity,
  pairwiseCosineSimilarityAsync,
  tensor,
  topkCosineSimilarity,
} from 'cosdim'

const data = Float32Array.from({ length: 12 }, (_, i) => Math.sin(i + 1))
const other = Float32Array.from({ length: 12 }, (_, i) => Math.cos(3 * i))
const x1 = { data, shape: [3, 4] }
const x2 = { data: other, shape: [3, 4] }
const resident = (x) => tensor(x.data, { shape: x.shape }).to('wasm')
const y1 = resident(x1)
const y2 = resident(x2)

test('nothing is kept before the first call', () => {
  const number = tensor(new Float32Array(1)).view()
  structuredClone(number.data.buffer, { transfer: [number.data.buffer] })
  assert.throws(() => cosineSimilarity(number, number, { dim: 0 }), /reads elements 0 to 0, but its data has 0/)
})

/** Calls of every kind, many of which differ in one thing. */
const calls = {
  rows: () => cosineSimilarity(x1, x2),
  'the other operands': () => cosineSimilarity(x2, { data: other.slice().reverse(), shape: [3, 4] }),
  columns: () => cosineSimilarity(x1, x2, { dim: 0 }),
  'another shape': () => cosineSimilarity({ data, shape: [4, 3] }, { data: other, shape: [4, 3] }),
  'a rank more': () => cosineSimilarity({ data, shape: [3, 4, 1] }, { data: other, shape: [3, 4, 1] }),
  'other strides': () => cosineSimilarity({ data, shape: [3, 4], strides: [1, 3] }, x2),
  'another offset': () =>
    cosineSimilarity({ data, shape: [2, 4], offset: 4 }, { data: other, shape: [2, 4], offset: 0 }),
  'no offset': () => cosineSimilarity({ data, shape: [2, 4], offset: 0 }, { data: other, shape: [2, 4], offset: 0 }),
  'another eps': () => cosineSimilarity(x1, x2, { eps: 10 }),
  'another dtype': () => cosineSimilarity({ data: Float64Array.from(data), shape: [3, 4] }, x2),
  'a cast': () => cosineSimilarity(x1, x2, { dtype: 'float16' }),
  broadcast: () => cosineSimilarity(x1, other.subarray(0, 4)),
  'one resident': () => cosineSimilarity(y1, x2),
  'the other resident': () => cosineSimilarity(x1, y2),
  'both resident': () => cosineSimilarity(y1, y2),
  'with themselves': () => cosineSimilarity(y2, y2),
  transposed: () => cosineSimilarity(y1.transpose(0, 1), y2.transpose(0, 1)),
  'all pairs': () => pairwiseCosineSimilarity(x1, x2),
  'all resident pairs': () => pairwiseCosineSimilarity(y1, y2),
  best: () => topkCosineSimilarity(data.subarray(0, 4), x2, 1).indices,
  'two best': () => topkCosineSimilarity(data.subarray(0, 4), x2, 2).values,
  attention: () => attentionDistribution(data.subarray(0, 4), x2),
  distance: () => cosineDistance(data, other),
  'weighted distance': () => cosineDistance(data, other, { weights: data.map(Math.abs) }),
  explained: () => explain(y1, y2).at(1).dot,
  'into an out': () => cosineSimilarity(y1, y2, { out: tensor(new Float32Array(3)).to('wasm') }),
  shape: () =>
    tensor(data, { shape: [3, 4] })
      .view(2, 6)
      .unsqueeze(1),
  mistake: () => {
    try {
      return cosineSimilarity(x1, x2, { dim: 2 })
    } catch (/** @type {any} */ error) {
      return error.message
    }
  },
}

const said = (value) => (typeof value === 'object' ? [value.dtype, value.shape, value.strides, value.tolist()] : value)

test('every call after every other gives the result that it gives alone', () => {
  const names = Object.keys(calls)
  const alone = {}
  for (const name of names) {
    cosineSimilarity({ data, shape: [12, 1] }, { data, shape: [12, 1] }, { eps: 3 }) // unlike any of them
    alone[name] = said(calls[name]())
  }
  for (const before of names)
    for (const name of names) {
      calls[before]()
      assert.deepEqual(said(calls[name]()), alone[name], `${name} after ${before}`)
    }
})

test('repeating a call reads the current values of its operands', () => {
  const changing = { data: data.slice(), shape: [3, 4] }
  cosineSimilarity(changing, x2)
  changing.data.set(other)
  assert.deepEqual(cosineSimilarity(changing, x2).tolist(), [1, 1, 1])
  const moved = resident(x2)
  cosineSimilarity(y1, y2)
  assert.deepEqual(cosineSimilarity(moved, y2).tolist(), [1, 1, 1])
})

test('repeating a call with an operand that is gone is an error', () => {
  const gone = resident(x1)
  cosineSimilarity(gone, y2)
  gone.dispose()
  assert.throws(() => cosineSimilarity(gone, y2), /was disposed of/)
  const wrapped = tensor(data.slice(), { shape: [3, 4] })
  cosineSimilarity(wrapped, x2)
  structuredClone(wrapped.data.buffer, { transfer: [wrapped.data.buffer] })
  assert.throws(() => cosineSimilarity(wrapped, x2), /reads elements 0 to 11, but its data has 0/)
  assert.deepEqual(cosineSimilarity(x1, x1).tolist(), [1, 1, 1])
})

test('repeating a call after the memory grew', () => {
  const before = calls['one resident']().tolist()
  const { total } = memoryUsage()
  const large = tensor(new Uint8Array(total)).to('wasm')
  assert.ok(memoryUsage().total > total)
  assert.deepEqual(calls['one resident']().tolist(), before)
  large.dispose()
})

test('repeating a call while a walk over the same operands is paused', async () => {
  const rows = tensor(new Float32Array(2500 * 8).fill(1), { shape: [2500, 8] })
  const paused = pairwiseCosineSimilarityAsync(rows, rows)
  const small = { data, shape: [3, 4] }
  const alone = pairwiseCosineSimilarity(small, x2).tolist()
  assert.deepEqual(pairwiseCosineSimilarity(small, x2).tolist(), alone)
  const result = await paused
  assert.ok(result.data.every((similarity) => similarity === 1))
  assert.deepEqual(pairwiseCosineSimilarity(small, x2).tolist(), alone)
})

test('an abandoned walk is not resumed', () => {
  const rows = tensor(new Float32Array([1, 2, 3, 4]))
  const weights = { weights: [1, 1, 1, -1] }
  assert.throws(() => cosineDistance(rows, rows, weights), /negative/)
  assert.throws(() => cosineDistance(rows, rows, weights), /negative/)
  assert.equal(cosineDistance(rows, rows, { weights: [1, 1, 1, 1] }), 0)
})

test('shapes and strides are frozen, so that tensors may share them', () => {
  /** @type {any} So that push() compiles. */
  const { shape, strides } = cosineSimilarity(x1, x2)
  assert.throws(() => shape.push(1), TypeError)
  assert.throws(() => strides.push(1), TypeError)
  for (const x of [
    tensor(data),
    tensor(x1),
    tensor(3),
    tensor([[1]]),
    y1,
    y1.view(12),
    tensor({ ...x1, strides: [4, 1] }),
  ])
    assert.ok(Object.isFrozen(x.shape) && Object.isFrozen(x.strides))
  assert.ok(!Object.isFrozen(explain(x1, x2).shape))
})

test('names that every object inherits are unknown options', () => {
  for (const name of ['toString', 'constructor', '__proto__x', 'hasOwnProperty'])
    assert.throws(() => cosineSimilarity(x1, x2, { [name]: 1 }), /unexpected keyword argument/)
})
