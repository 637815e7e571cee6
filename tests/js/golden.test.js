/** What PyTorch and SciPy answered (tests/golden/generate.py) against what cosdim answers. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { attentionDistribution, cosineDistance, cosineSimilarity, Tensor, tensor } from 'cosdim'

const golden = JSON.parse(readFileSync(new URL('../golden/golden.json', import.meta.url), 'utf8'))

const number = (x) => (typeof x === 'string' ? Number(x.replace('inf', 'Infinity')) : x)
const ARRAYS = { float32: Float32Array, float64: Float64Array }
const read = ({ dtype, data, ...layout }) => tensor({ data: ARRAYS[dtype].from(data, number), ...layout })

/** Our bound, 8 units, and PyTorch's own error, which at these lengths is no more than twice that. */
const TOLERANCE = { float32: 24 * 2 ** -24, float64: 24 * 2 ** -53 }

function assertClose(got, expected, tolerance) {
  assert.equal(got.length, expected.length)
  got.forEach((value, i) => {
    const wanted = number(expected[i])
    assert.ok(Object.is(value, wanted) || Math.abs(value - wanted) <= tolerance, `element ${i}: ${value} for ${wanted}`)
  })
}

function assertTensor(got, { dtype, shape, data }, ...operands) {
  assert.deepEqual([...got.shape], shape)
  assert.equal(got.dtype, dtype)
  // PyTorch computes the norm of a float32 operand in float32, whatever the result's dtype.
  const narrow = operands.some((operand) => operand.dtype === 'float32')
  assertClose(got.data, data, TOLERANCE[narrow ? 'float32' : dtype])
}

/** The error begins with the very text. */
const assertError = (call, text) =>
  assert.throws(call, (error) => {
    assert.equal(error.message.slice(0, text.length), text)
    return true
  })

test(`${golden.similarity.length} similarities and errors of PyTorch`, () => {
  for (const { x1, x2, dim, eps, result, error } of golden.similarity) {
    const call = () => cosineSimilarity(read(x1), read(x2), { dim, eps: eps === undefined ? undefined : number(eps) })
    if (error) assertError(call, error)
    else assertTensor(call(), result, x1, x2)
  }
})

test(`${golden.distance.length} distances and errors of SciPy`, () => {
  for (const { u, v, weights, result, error } of golden.distance) {
    const vector = (x) => (Array.isArray(x) ? Float64Array.from(x.flat(), number) : x)
    const shaped = (x) => (Array.isArray(x?.[0]) ? tensor(vector(x), { shape: [x.length, x[0].length] }) : vector(x))
    const call = () => cosineDistance(shaped(u), shaped(v), { weights: weights && shaped(weights) })
    // Where the lengths differ SciPy's text is NumPy's about shapes; ours names the lengths.
    if (error) assertError(call, /align|broadcast/.test(error) ? 'The vectors must have the same length' : error)
    else assertClose([call()], [result], TOLERANCE.float64)
  }
})

test(`${golden.attention.length} attention distributions`, () => {
  for (const { target, behaviored, sum, softmax } of golden.attention)
    for (const [normalize, expected] of Object.entries({ sum, softmax })) {
      const got = attentionDistribution(read(target), read(behaviored), { normalize })
      assert.ok(got instanceof Tensor)
      assertTensor(got, expected, target, behaviored)
    }
})

test(`${golden.tensor.length} errors of PyTorch's tensors`, () => {
  const ones = (...shape) => {
    const sizes = shape.flat()
    return tensor(new Float32Array(sizes.reduce((product, size) => product * size, 1)).fill(1), { shape: sizes })
  }
  const columns = tensor({ data: new Float32Array(16), shape: [4, 2], strides: [4, 1], offset: 1 })
  for (const { expression, error } of golden.tensor) {
    const script = expression
      .replace('torch.ones(4, 4)[:, 1:3]', 'columns')
      .replace('.t()', '.transpose(0, 1)')
      .replace('(())', '([])')
      .replace('None', 'null')
    const call = new Function('torch', 'columns', `return ${script}`)
    assertError(() => call({ tensor, ones }, columns), error)
  }
})
