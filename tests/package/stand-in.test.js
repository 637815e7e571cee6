/** The function that the README gives for the `ai` SDK's cosineSimilarity, beside that. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cosineSimilarity as theirs } from 'ai'
import { cosineSimilarity } from 'cosdim'
import { stream } from '../bench/data.js'
import { standIn } from './readme.js'

const similarity = standIn(cosineSimilarity)
/** The same, with all digits. */
const precise = (a, b) => cosineSimilarity(a, b, { dim: -1, dtype: 'float64' }).item()

const random = stream(15)
const vector = (length) => Array.from({ length }, () => random() - 0.5)
const PAIRS = [1, 2, 3, 384, 768, 1536].map((length) => [vector(length), vector(length)])

test('it gives the same values', () => {
  for (const [a, b] of PAIRS) {
    assert.ok(Math.abs(similarity(a, b) - theirs(a, b)) <= 2 ** -23)
    assert.ok(Math.abs(precise(a, b) - theirs(a, b)) <= 2 ** -50)
  }
})

test('zero and empty vectors give 0', () => {
  for (const [a, b] of [
    [
      [0, 0],
      [1, 2],
    ],
    [
      [0, 0],
      [0, 0],
    ],
    [[], []],
  ]) {
    assert.equal(theirs(a, b), 0)
    assert.equal(similarity(a, b), 0)
  }
})

test('vectors of different lengths are errors', () => {
  const pair = /** @type {const} */ ([
    [1, 2, 3],
    [1, 2],
  ])
  assert.throws(() => theirs([...pair[0]], [...pair[1]]), /same length/)
  assert.throws(() => similarity(...pair), /must match the size/)
})

test('only here, a vector of length 1 is broadcast, and large numbers do not overflow', () => {
  assert.throws(() => theirs([5], [1, 2, 3]))
  assert.equal(similarity([5], [1, 2, 3]).toFixed(4), '0.9258')
  assert.ok(Number.isNaN(theirs([1e200, 0], [1e200, 0])))
  assert.equal(precise([1e200, 0], [1e200, 0]), 1)
})
