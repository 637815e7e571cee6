/** What people do with a result: send it as JSON, iterate, compare, clone and reshape it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cosineSimilarity, pairwiseCosineSimilarity, Tensor, tensor } from 'cosdim'

const DEVICES = /** @type {const} */ (['js', 'wasm'])
const overJson = (x) => JSON.parse(JSON.stringify(x))

/** 0 to 5 in two rows of three, and the same elements as a view that is neither at the start nor contiguous. */
const six = () => tensor(Float32Array.of(0, 1, 2, 3, 4, 5), { shape: [2, 3] })
const strided = () =>
  tensor({ data: Float32Array.of(9, 0, 3, 9, 1, 4, 9, 2, 5), shape: [2, 3], strides: [1, 3], offset: 1 })

for (const device of DEVICES) {
  test(`JSON is tolist(), and is read again: ${device}`, () => {
    for (const x of [six(), strided(), six().transpose(0, 1), tensor([]), tensor([[], []]), tensor([true, false])]) {
      const json = overJson(x.to(device))
      assert.deepEqual(json, x.tolist())
      assert.deepEqual(tensor(json), x.dtype === 'bool' ? x : tensor(x.tolist()))
    }
    const halves = tensor([0.5, -2], { dtype: 'float16' })
    assert.deepEqual(tensor(overJson(halves.to(device)), { dtype: 'float16' }), halves)
  })

  test(`the JSON of a 0-d tensor is its number: ${device}`, () => {
    assert.equal(JSON.stringify({ score: tensor(0.5).to(device) }), '{"score":0.5}')
    assert.equal(JSON.stringify([cosineSimilarity([1, 0], [1, 0], { dim: 0 }).to(device)]), '[1]')
  })
}

test('JSON has no NaN and no infinities', () => {
  const x = tensor([NaN, Infinity, -Infinity, 1])
  assert.deepEqual(x.toJSON(), [NaN, Infinity, -Infinity, 1])
  assert.equal(JSON.stringify(x), '[null,null,null,1]')
})

test('a BigInt is a number in JSON where it is safe, else a string of its digits', () => {
  const safe = tensor([[1n, -2n, 2n ** 53n - 1n, 1n - 2n ** 53n]])
  assert.equal(JSON.stringify(safe), '[[1,-2,9007199254740991,-9007199254740991]]')
  assert.deepEqual(tensor(overJson(safe), { dtype: 'int64' }), safe)
  const unsafe = tensor(BigUint64Array.of(2n ** 53n, 2n ** 64n - 1n, 3n))
  assert.equal(JSON.stringify(unsafe), '["9007199254740992","18446744073709551615",3]')
  assert.deepEqual(tensor(BigUint64Array.from(overJson(unsafe), BigInt)), unsafe)
})

test('the JSON of a disposed tensor is an error', () => {
  const x = six().to('wasm')
  x.dispose()
  assert.throws(() => JSON.stringify(x), /^TypeError: This tensor was disposed of/)
})

test('similarities sent as JSON are operands again', () => {
  const rows = overJson(pairwiseCosineSimilarity(six(), six()))
  assert.deepEqual(cosineSimilarity(rows, rows).tolist(), [1, 1])
})

test('a size of -1 is inferred by tensor()', () => {
  assert.deepEqual(tensor([1, 2, 3, 4], { shape: [2, -1] }).shape, [2, 2])
  assert.deepEqual(tensor(new Float32Array(6), { shape: [-1, 3] }).shape, [2, 3])
  assert.deepEqual(tensor(six().to('wasm'), { shape: [-1] }).shape, [6])
})

test('dtypes have the names of PyTorch, in any case', () => {
  const names = {
    float32: ['float', 'Float', 'Float32', 'torch.float32', 'torch.float'],
    float64: ['double', 'Float64', 'FLOAT64', 'torch.float64', 'torch.double'],
    float16: ['half', 'Float16', 'torch.float16', 'torch.half'],
    int64: ['long', 'Int64', 'torch.int64', 'torch.long', 'bigint64'],
    int32: ['int', 'Int32', 'torch.int', 'torch.int32'],
    int16: ['short', 'Int16', 'torch.short'],
    int8: ['char', 'Int8', 'torch.int8'],
    uint8: ['byte', 'Uint8', 'UInt8', 'torch.uint8', 'uint8_clamped'],
    uint16: ['UInt16', 'torch.uint16'],
    uint64: ['UInt64', 'torch.uint64', 'biguint64'],
    bool: ['Bool', 'torch.bool'],
  }
  for (const [dtype, others] of Object.entries(names))
    for (const name of others) assert.equal(tensor([1, 0], { dtype: /** @type {any} */ (name) }).dtype, dtype, name)
  for (const name of ['torch', 'torch.', 'torch.torch.float', 'numpy.float32', 'floats', '', ' float', ['float']])
    assert.throws(() => tensor([1], { dtype: /** @type {any} */ (name) }), /^TypeError: dtype must be one of bool, /)
})

test('the names hold wherever a dtype is taken', () => {
  const dtype = /** @type {any} */ ('torch.double')
  const x = six()
  assert.equal(cosineSimilarity(x, x, { dtype }).dtype, 'float64')
  assert.equal(pairwiseCosineSimilarity(x, x, { dtype }).dtype, 'float64')
  assert.equal(tensor({ data: new Float64Array(2), shape: [2], dtype }).dtype, 'float64')
  assert.equal(tensor({ data: new Float64Array(2), dims: [2], type: 'Double' }).dtype, 'float64')
  const fields = { data: new Float64Array(2), shape: [2], strides: [1], offset: 0 }
  assert.equal(new Tensor({ ...fields, dtype }).dtype, 'float64')
})
