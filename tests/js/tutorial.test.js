/** The examples of the tutorial: their numbers, and all that npm start prints. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { attentionDistribution, cosineDistance, cosineSimilarity, tensor } from 'cosdim'

const A = [
  [1, 2],
  [3, 4],
]
const B = [
  [5, 6],
  [7, 8],
]

test('dim=0 compares columns, dim=1 rows', () => {
  assert.equal(String(cosineSimilarity(A, B, { dim: 0 })), 'tensor([0.9558, 0.9839])')
  assert.equal(String(cosineSimilarity(A, B, { dim: 1 })), 'tensor([0.9734, 0.9972])')
  assert.equal(String(cosineSimilarity(A, B)), 'tensor([0.9734, 0.9972])')
  assert.equal(String(cosineSimilarity([1, 3], [5, 7], { dim: 0 })), 'tensor(0.9558)')
  assert.equal(String(cosineSimilarity([2, 4], [6, 8], { dim: 0 })), 'tensor(0.9839)')
})

test('SciPy agrees, to one unit in the last place', () => {
  /** @type {[u: number[], v: number[], similarity: number][]} */
  const printed = [
    [[1, 3], [5, 7], 0.95577900872195],
    [[2, 4], [6, 8], 0.9838699100999074],
    [[1, 2], [5, 6], 0.973417168333576],
    [[3, 4], [7, 8], 0.9971641204866132],
  ]
  for (const [u, v, similarity] of printed)
    assert.ok(Math.abs(1 - cosineDistance(u, v) - similarity) <= 2 ** -53, `${u} and ${v}`)
})

const a = [[0.9255, 0.2194, 0.837, 0.5346, 0.5152, 0.4645, 0.4926, 0.9882, 0.2783, 0.9258]]
const b = [
  [0.6874, 0.4054, 0.5739, 0.8017, 0.9861, 0.0154, 0.8513, 0.8427, 0.6669, 0.0694],
  [0.172, 0.6793, 0.7764, 0.4583, 0.8167, 0.2718, 0.9686, 0.9301, 0.2421, 0.0811],
  [0.2336, 0.4783, 0.5576, 0.6518, 0.9943, 0.6766, 0.0044, 0.7935, 0.2098, 0.0719],
]

test('attention compares one target with many rows', () => {
  assert.equal(String(attentionDistribution(a, b)), 'tensor([0.3448, 0.3318, 0.3234])')
  assert.equal(String(attentionDistribution(a[0], b)), 'tensor([0.3448, 0.3318, 0.3234])')
  assert.equal(
    String(tensor(a)),
    'tensor([[0.9255, 0.2194, 0.8370, 0.5346, 0.5152, 0.4645, 0.4926, 0.9882, 0.2783,\n         0.9258]])',
  )
})

test('npm start prints every example', () => {
  const start = new URL('../../scripts/start.js', import.meta.url).pathname
  const printed = execFileSync(process.execPath, [start, '--no-serve'], { encoding: 'utf8' })
  const examples = printed.split('\n\n').filter((block) => block.startsWith('> '))
  assert.deepEqual(
    examples.map((example) => example.slice(2)),
    [
      'cube.shape\n[2, 2, 2]',
      'cube\ntensor([[[1., 2.],\n         [3., 4.]],',
      'cosineSimilarity(input1, input2, { dim: 0 })\ntensor([0.9558, 0.9839])',
      'cosineSimilarity([1, 3], [5, 7], { dim: 0 })\ntensor(0.9558)',
      'cosineSimilarity([2, 4], [6, 8], { dim: 0 })\ntensor(0.9839)',
      '1 - cosineDistance([1, 3], [5, 7])\n0.95577900872195',
      '1 - cosineDistance([2, 4], [6, 8])\n0.9838699100999074',
      'cosineSimilarity(input1, input2, { dim: 1 })\ntensor([0.9734, 0.9972])',
      '1 - cosineDistance([1, 2], [5, 6])\n0.973417168333576',
      '1 - cosineDistance([3, 4], [7, 8])\n0.9971641204866132',
      'a\ntensor([[0.9255, 0.2194, 0.8370, 0.5346, 0.5152, 0.4645, 0.4926, 0.9882, 0.2783,\n         0.9258]])',
      'b\ntensor([[0.6874, 0.4054, 0.5739, 0.8017, 0.9861, 0.0154, 0.8513, 0.8427, 0.6669,\n         0.0694],\n' +
        '        [0.1720, 0.6793, 0.7764, 0.4583, 0.8167, 0.2718, 0.9686, 0.9301, 0.2421,\n         0.0811],\n' +
        '        [0.2336, 0.4783, 0.5576, 0.6518, 0.9943, 0.6766, 0.0044, 0.7935, 0.2098,\n         0.0719]])',
      'attentionDistribution(a, b)\ntensor([0.3448, 0.3318, 0.3234])',
    ],
  )
})
