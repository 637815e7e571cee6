/** A Uint16Array may hold integers or the bits of half floats: it is never read as the wrong ones, silently. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Uint16, vectorFromArray } from 'apache-arrow'
import * as cosdim from 'cosdim'

/** @type {any} So that wrong arguments compile. */
const untyped = cosdim
const { attentionDistribution, cosineDistance, cosineSimilarity, explain, tensor } = untyped
const { pairwiseCosineSimilarity, pairwiseCosineSimilarityAsync, topkCosineSimilarity, topkCosineSimilarityAsync } =
  untyped

const LIST = [1, -2, 0.5]
const half = tensor(LIST, { dtype: 'float16' })
const bits = () => Uint16Array.of(0x3c00, 0xc000, 0x3800)
const read = (/** @type {any} */ x) => tensor(x, { dtype: 'float16' })

/** Everything that takes two operands, with vectors for both. @type {Record<string, (x: any, y: any) => any>} */
const CALLS = {
  cosineSimilarity: (x, y) => cosineSimilarity(x, y, { dim: -1 }),
  'cosineSimilarity with a dtype': (x, y) => cosineSimilarity(x, y, { dim: -1, dtype: 'float64' }),
  cosineDistance: (x, y) => cosineDistance(x, y),
  explain: (x, y) => explain(x, y, { dim: -1 }),
  attentionDistribution: (x, y) => attentionDistribution(x, [y, y]),
  pairwiseCosineSimilarity: (x, y) => pairwiseCosineSimilarity([x], [y]),
  pairwiseCosineSimilarityAsync: (x, y) => pairwiseCosineSimilarityAsync([x], [y]),
  topkCosineSimilarity: (x, y) => topkCosineSimilarity(x, [y, y], 1),
  topkCosineSimilarityAsync: (x, y) => topkCosineSimilarityAsync(x, [y, y], 1),
}
const AMBIGUOUS = {
  name: 'TypeError',
  message:
    "A Uint16Array beside float16 is ambiguous. If these are the bits of half floats, pass tensor(x, { dtype: 'float16' }). " +
    "Or, for integers, tensor(x, { dtype: 'uint16' }).",
}

for (const [name, call] of Object.entries(CALLS))
  test(`${name}: a bare Uint16Array beside float16 is refused`, async () => {
    for (const bare of [bits(), { data: bits(), shape: [3] }])
      for (const [x, y] of [
        [half, bare],
        [bare, half],
      ])
        await assert.rejects(async () => call(x, y), AMBIGUOUS)
    for (const y of [read(bits()), read({ data: bits(), shape: [3] }), { data: bits(), shape: [3], dtype: 'float16' }])
      assert.deepEqual(await call(half, y), await call(half, half))
  })

test('a tensor of uint16 is promoted, as in PyTorch', () => {
  const integers = [3, 1, 2]
  const expected = cosineSimilarity(half, tensor(integers, { dtype: 'float16' }), { dim: 0 })
  for (const x of [
    tensor(Uint16Array.from(integers)),
    tensor(Uint16Array.from(integers), { dtype: 'uint16' }),
    { data: Uint16Array.from(integers), shape: [3], dtype: 'uint16' },
    vectorFromArray(integers, new Uint16()),
  ]) {
    assert.deepEqual(cosineSimilarity(half, x, { dim: 0 }), expected)
    assert.deepEqual(cosineDistance(half, x), cosineDistance(half, integers))
  }
  assert.deepEqual(
    cosineSimilarity(Uint16Array.from(integers), Float32Array.from(LIST), { dim: 0 }),
    cosineSimilarity(integers, LIST, { dim: 0 }),
  )
})

test('weights of bare Uint16Arrays are refused as well', () => {
  assert.throws(() => cosineDistance(half, LIST, { weights: Uint16Array.of(1, 2, 3) }), AMBIGUOUS)
})

test('rows of half floats and of bare Uint16Arrays are not stacked', () => {
  const hint = /\. If these are the bits of half floats, pass tensor\(x, \{ dtype: 'float16' \}\)\.$/
  for (const rows of [
    [half, bits()],
    [bits(), half],
    [LIST, half, bits()],
    [half, { data: bits(), shape: [3] }],
    [half, tensor(bits())],
  ])
    for (const call of [() => tensor(rows), () => topkCosineSimilarity(half, rows, 1)])
      assert.throws(call, (/** @type {Error} */ { name, message }) => {
        assert.match(message, /^All rows must be of one (d?)type: /)
        assert.match(message, hint)
        return name === 'TypeError'
      })
  assert.deepEqual(tensor([half, read(bits())]).tolist(), [LIST, LIST])
  assert.deepEqual(read([bits(), half, LIST, { data: bits() }]).tolist(), [LIST, LIST, LIST, LIST])
})

test('rows of booleans and of bare Uint8Arrays are not stacked', () => {
  const booleans = tensor([true, false])
  assert.throws(() => tensor([booleans, Uint8Array.of(7, 0)]), /one dtype: \[1\] is uint8, those before it bool\.$/)
  assert.deepEqual(tensor([booleans, [true, true]]).tolist(), [
    [true, false],
    [true, true],
  ])
})
