/** Two typed arrays take a way of their own: it gives what the general way does, bit for bit, and the same errors. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cosineSimilarity, tensor } from 'cosdim'
import fc from 'fast-check'

const arrays = { float32: Float32Array, float64: Float64Array }
const element = fc.oneof(
  { weight: 20, arbitrary: fc.double({ min: -1, max: 1, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1e30, -1e30, 1e-30, 1e200, 1e-200) },
)
const vectors = fc.record({
  dtype: fc.constantFrom('float32', 'float64'),
  values: fc.array(fc.tuple(element, element), { minLength: 0, maxLength: 200 }),
  special: fc.constantFrom(undefined, NaN, Infinity, 'same', 'opposite', 'zeros'),
  eps: fc.constantFrom(1e-8, 0, 0.5, 1e-300),
  dim: fc.constantFrom(0, -1),
})

/** The way of everything but two typed arrays. */
const general = (x1, x2, options) => cosineSimilarity(tensor(x1), tensor(x2), options)

test('two vectors: the same numbers as of two tensors', () => {
  fc.assert(
    fc.property(vectors, ({ dtype, values, special, eps, dim }) => {
      const x1 = arrays[dtype].from(values, ([x]) => x)
      const x2 = arrays[dtype].from(values, ([x, y]) => (special === 'same' ? x : special === 'opposite' ? -x : y))
      if (special === 'zeros') x2.fill(0)
      if (typeof special === 'number' && x2.length) x2[x2.length - 1] = special
      const got = cosineSimilarity(x1, x2, { eps, dim })
      const expected = general(x1, x2, { eps, dim })
      assert.deepEqual(got.data, expected.data)
      assert.deepEqual([got.shape, got.strides, got.dtype, got.offset], [[], [], dtype, 0])
      const out = new arrays[dtype](1)
      assert.equal(cosineSimilarity(x1, x2, { eps, dim, out }).data, out)
      assert.deepEqual(out, expected.data)
    }),
    { numRuns: 2000 },
  )
})

test('two long vectors, around the room that they have', () => {
  for (const array of Object.values(arrays))
    for (const n of [16383, 16384, 16385, 32768, 32769, 100000]) {
      const x1 = array.from({ length: n }, (_, i) => Math.sin(i))
      const x2 = array.from({ length: n }, (_, i) => Math.cos(i) + Math.sin(i))
      assert.deepEqual(cosineSimilarity(x1, x2, { dim: 0 }).data, general(x1, x2, { dim: 0 }).data)
    }
})

test('two vectors: the same errors as of two tensors', () => {
  const [x1, x2] = [Float32Array.of(1, 2), Float32Array.of(3, 4)]
  for (const [y, options] of [
    [x2, undefined],
    [x2, { dim: 1 }],
    [x2, { dim: -2 }],
    [x2, { dim: 0, eps: -1 }],
    [x2, { dim: 0, eps: NaN }],
    [Float32Array.of(1, 2, 3), { dim: 0 }],
    [x2, { dim: 0, out: new Float64Array(1) }],
    [x2, { dim: 0, out: new Float32Array(2) }],
    [x2, { dim: 0, out: x2.subarray(1) }],
  ]) {
    const said = (call) => {
      try {
        call(x1, y, options)
      } catch (error) {
        return [error.constructor, error.message]
      }
      return assert.fail(`no error for ${JSON.stringify(options)}`)
    }
    assert.deepEqual(said(cosineSimilarity), said(general))
    assert.deepEqual([...x2], [3, 4])
  }
})
