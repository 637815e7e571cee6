/** Inputs: every typed array and dtype, the tensors of other libraries, unusual buffers, and what is refused. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import vm from 'node:vm'
import { cosineDistance, cosineSimilarity, explain, tensor } from 'cosdim'
import ndarray from 'ndarray'
import { Tensor as OnnxTensor } from 'onnxruntime-common'
import { DTYPES } from '../../js/dtypes.js'

const ones = new Float32Array(3).fill(1)
const halves = Uint16Array.of(0x3c00, 0x4000, 0xc200) // 1, 2, -3

/** @returns {Float32Array} */
const floats = (x) => x.data
/** @returns {number[]} */
const list = (x) => x.tolist()

test('every class of typed array is read in its own dtype', () => {
  const arrays = [
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
  ]
  const expected = cosineSimilarity([1, 2, 3], [3, 1, 2], { dim: 0, dtype: 'float64' }).item()
  for (const array of arrays) {
    const similarity = cosineSimilarity(array.of(1, 2, 3), Float64Array.of(3, 1, 2), { dim: 0 })
    assert.equal(similarity.item(), expected, array.name)
    assert.equal(similarity.dtype, 'float64')
  }
  for (const array of [BigInt64Array, BigUint64Array])
    assert.equal(cosineSimilarity(array.of(1n, 2n, 3n), Float64Array.of(3, 1, 2), { dim: 0 }).item(), expected)
})

test('integers are compared after a cast', () => {
  const [a, b] = [Int8Array.of(100, -128, 127), Int8Array.of(100, 127, -128)]
  const similarity = cosineSimilarity(a, b, { dim: 0, dtype: 'float32' })
  assert.equal(similarity.dtype, 'float32')
  assert.equal(similarity.item(), Math.fround((10000 - 2 * 128 * 127) / (10000 + 128 ** 2 + 127 ** 2)))
  assert.throws(() => cosineSimilarity(a, b, { dim: 0 }), {
    name: 'TypeError',
    message: /^expected common dtype to be floating point, yet common dtype is Char\. .*dtype: 'float32'/,
  })
  assert.throws(
    () => cosineSimilarity(a, b, { dim: 0, dtype: /** @type {any} */ ('int32') }),
    /yet common dtype is Int\./,
  )
})

test('batches of int8 columns, where the last tile is one column wide', () => {
  const [n, columns, batches] = [300, 1025, 4]
  const [a, b] = [1, batches].map((k) => Int8Array.from({ length: n * k * columns }, (_, i) => (i * i + 5 * i) % 251))
  const [narrow, wide] = [Int8Array, Float32Array].map((array) =>
    cosineSimilarity(
      { data: array.from(a), shape: [n, 1, columns] },
      { data: array.from(b), shape: [n, batches, columns] },
      { dim: 0, dtype: 'float32' },
    ),
  )
  floats(narrow).forEach((similarity, i) => {
    assert.ok(Math.abs(similarity - floats(wide)[i]) <= 2 ** -22, `output ${i}`)
  })
})

test('half floats are bits in a Uint16Array', () => {
  const x = tensor(halves, { dtype: 'float16' })
  assert.equal(String(x), 'tensor([ 1.,  2., -3.], dtype=torch.float16)')
  assert.deepEqual(x.tolist(), [1, 2, -3])
  assert.equal(tensor([0.1], { dtype: 'float16' }).item(), 0.0999755859375)
  const similarity = cosineSimilarity(x, { data: halves, dims: [3], type: 'float16' }, { dim: 0 })
  assert.equal(similarity.dtype, 'float16')
  assert.equal(similarity.item(), 1)
  assert.equal(cosineSimilarity(x, ones, { dim: 0 }).item(), 0)
  assert.equal(tensor(halves).dtype, 'uint16', 'a bare Uint16Array is uint16')
  assert.ok(DTYPES.float16.accepts.includes(similarity.data[Symbol.toStringTag]))
})

test('an infinite or NaN half float gives NaN, at any index', () => {
  const bits = { infinity: 0x7c00, '-infinity': 0xfc00, NaN: 0x7e01 }
  const alternating = tensor(
    Uint16Array.from({ length: 140 }, (_, k) => (k % 2 ? 0x3c00 : 0xbc00)),
    { dtype: 'float16', shape: [2, 70] },
  )
  const row = tensor(alternating.data.slice(0, 70), { dtype: 'float16' })
  for (const [name, special] of Object.entries(bits))
    for (let i = 0; i < 70; i++) {
      const data = new Uint16Array(140).fill(0x3c00)
      data[i] = special
      const rows = tensor(data, { dtype: 'float16', shape: [2, 70] })
      const columns = cosineSimilarity(rows.transpose(0, 1), rows.transpose(0, 1), { dim: 0 })
      assert.deepEqual(cosineSimilarity(rows, rows).tolist(), [NaN, 1], `${name} at ${i} of a row`)
      assert.deepEqual(columns.tolist(), [NaN, 1], `${name} at ${i} of a row's transpose`)
      // Beside vectors that are not parallel, since parallel ones are summed again: row by row, and one row with all.
      for (const others of [alternating, row])
        for (const [a, b] of [
          [rows, others],
          [others, rows],
        ]) {
          const [wrong, right] = list(cosineSimilarity(a, b))
          assert.ok(Number.isNaN(wrong) && Math.abs(right) < 0.1, `${name} at ${i} of a row, beside others`)
        }
      const wide = tensor(Uint16Array.from(data), { dtype: 'float16', shape: [35, 4] })
      const expected = Array.from({ length: 4 }, (_, column) => (column === i % 4 ? NaN : 1))
      assert.deepEqual(cosineSimilarity(wide, wide, { dim: 0 }).tolist(), expected, `${name} at ${i} of columns`)
    }
})

test('nested booleans, BigInts and rows that are typed arrays', () => {
  assert.equal(String(tensor([true, false])), 'tensor([ True, False])')
  assert.deepEqual(tensor([true, 2]).tolist(), [1, 2])
  assert.equal(tensor([[1n, 2n]]).dtype, 'int64')
  assert.deepEqual(tensor([[1n, 2n]]).tolist(), [[1n, 2n]])
  assert.equal(tensor([Int8Array.of(1, 2), Int8Array.of(3, 4)]).dtype, 'int8')
  assert.deepEqual([...tensor([1, 2, 255], { dtype: 'uint8' }).data], [1, 2, 255])
  assert.throws(
    () => tensor([1, 256], { dtype: 'uint8' }),
    /^RangeError: value cannot be converted to type uint8 without overflow\. \[1\] is 256\.$/,
  )
  assert.throws(() => tensor([1.5], { dtype: 'int32' }), /value cannot be converted to type int32 .* \[0\] is 1\.5\./)
  assert.throws(() => tensor([2 ** 60, 0.5], { dtype: 'int64' }), /\[1\] is 0\.5\./)
  assert.throws(() => tensor([1n, 2]), /A number cannot be mixed with BigInts: \[1\] is 2\. Use BigInt\(x\)\./)
})

test('scijs ndarrays with any strides', () => {
  const x = ndarray(Float64Array.of(1, 2, 3, 4, 5, 6), [2, 3])
  assert.deepEqual(tensor(x).tolist(), [
    [1, 2, 3],
    [4, 5, 6],
  ])
  assert.deepEqual(tensor(x.transpose(1, 0)).tolist(), [
    [1, 4],
    [2, 5],
    [3, 6],
  ])
  assert.deepEqual(tensor(x.step(-1, -2)).tolist(), [
    [6, 4],
    [3, 1],
  ])
  assert.deepEqual(tensor(x.lo(1, 1)).tolist(), [[5, 6]])
  assert.deepEqual(tensor(x.pick(-1, 2)).tolist(), [3, 6])
  assert.deepEqual(tensor(ndarray([1, 2, 3, 4], [2, 2]).transpose(1, 0)).tolist(), [
    [1, 3],
    [2, 4],
  ])
  assert.equal(tensor(ndarray(new Uint8ClampedArray(2))).dtype, 'uint8')
  assert.equal(tensor(ndarray(new BigInt64Array(2))).dtype, 'int64')
  const [a, b] = [x, x.step(1, -1)].map((view) => tensor(view).tolist())
  assert.deepEqual(cosineSimilarity(x, x.step(1, -1)).data, cosineSimilarity(a, b, { dtype: 'float64' }).data)
})

test('data without a shape is a vector', () => {
  const untyped = /** @type {any} */ (tensor)
  for (const data of [[1, 2, 3], Float32Array.of(1, 2, 3)]) assert.deepEqual(untyped({ data }).tolist(), [1, 2, 3])
  assert.throws(() => untyped({ type: 'Buffer', data: [1, 2], shape: [2] }), /It is what JSON makes of a Buffer/)
})

test("ONNX Runtime's tensors", () => {
  assert.deepEqual(tensor(new OnnxTensor('float32', ones, [1, 3])).tolist(), [[1, 1, 1]])
  assert.deepEqual(tensor(new OnnxTensor('float16', halves, [3])).tolist(), [1, 2, -3])
  assert.deepEqual(tensor(new OnnxTensor('bool', [true, false], [2])).tolist(), [true, false])
  assert.deepEqual(tensor(new OnnxTensor('int64', [1n, 2n], [2])).tolist(), [1n, 2n])
  assert.equal(
    cosineSimilarity(new OnnxTensor('bool', [true, false, true], [3]), ones, { dim: 0 }).item(),
    Math.fround(2 / Math.sqrt(6)),
  )
  assert.throws(
    () => tensor(/** @type {any} */ (new OnnxTensor('string', ['a', 'b'], [2]))),
    /^TypeError: dtype must be one of .* got "string"\.$/,
  )
})

/* transformers.js wraps its tensors in a Proxy and has a method stride(). */
test("transformers.js's tensors", () => {
  /** @type {any} */
  const target = { data: ones, dims: [1, 3], type: 'float32', stride: () => [3, 1] }
  assert.deepEqual(tensor(new Proxy(target, {})).tolist(), [[1, 1, 1]])
})

/* tfjs has its data behind dataSync(), and leaves out the last stride. */
test("tfjs's tensors", () => {
  const tfjs = (data, shape, dtype) => ({ data: async () => data, dataSync: () => data, shape, dtype, strides: [3] })
  assert.deepEqual(tensor(tfjs(Float32Array.of(1, 2, 3), [1, 3], 'float32')).tolist(), [[1, 2, 3]])
  assert.deepEqual(tensor(tfjs(Uint8Array.of(1, 0), [2], 'bool')).tolist(), [true, false])
  assert.throws(() => tensor(tfjs(new Float32Array(4), [2], 'complex64')), /yet common dtype is ComplexFloat\./)
})

test('negative, zero and overlapping strides', () => {
  const data = Float32Array.of(1, 2, 3, 4, 5, 6)
  assert.deepEqual(tensor({ data, shape: [2, 3], strides: [0, 1] }).tolist(), [
    [1, 2, 3],
    [1, 2, 3],
  ])
  assert.deepEqual(tensor({ data, shape: [2, 3], strides: [-3, -1], offset: 5 }).tolist(), [
    [6, 5, 4],
    [3, 2, 1],
  ])
  assert.deepEqual(tensor({ data, shape: [4, 3], strides: [1, 1] }).tolist(), [
    [1, 2, 3],
    [2, 3, 4],
    [3, 4, 5],
    [4, 5, 6],
  ])
  assert.deepEqual(tensor({ data, shape: [2, 2], offset: 1 }).tolist(), [
    [2, 3],
    [4, 5],
  ])
  assert.deepEqual(tensor({ data, shape: [0, 7], strides: [9, 9] }).shape, [0, 7])
  for (const strides of [
    [0, 1],
    [1, 1],
    [-1, 2],
  ]) {
    const x = tensor({ data, shape: [2, 3], strides, offset: 1 })
    for (const dim of [0, 1])
      assert.deepEqual(
        cosineSimilarity(x, data.subarray(3), { dim }).data,
        cosineSimilarity(x.tolist(), data.subarray(3), { dim }).data,
      )
  }
})

test('shared and resizable buffers, byte offsets, and arrays of another realm', () => {
  const shared = new Float32Array(new SharedArrayBuffer(12)).fill(2)
  const resizable = new Float32Array(new ArrayBuffer(12, { maxByteLength: 64 })).fill(3)
  const inner = new Float32Array(new ArrayBuffer(20), 4, 3).fill(4)
  const foreign = vm.runInNewContext('Float32Array.of(5, 5, 5)')
  for (const x of [shared, resizable, inner, foreign]) assert.equal(cosineSimilarity(x, ones, { dim: 0 }).item(), 1)
  const x = tensor(resizable)
  resizable.buffer.resize(4)
  assert.throws(() => cosineSimilarity(x, ones, { dim: 0 }), /reads elements 0 to 2, but its data has 1\./)
})

test('a result larger than memory is an error; an empty one of any shape is not', () => {
  const huge = tensor({ data: ones, shape: [2 ** 40, 1], strides: [0, 1] })
  const wide = tensor({ data: ones, shape: [1, 2 ** 40, 3], strides: [0, 0, 1] })
  assert.throws(() => cosineSimilarity(huge, huge), /^RangeError: The result has 1099511627776 elements of float32/)
  assert.throws(() => cosineSimilarity(huge, wide, { dim: -1 }), /^RangeError: The result (has|of)/)
  const empty = tensor({ data: ones, shape: [2 ** 40, 2 ** 40, 0, 3], strides: [0, 0, 0, 1] })
  assert.deepEqual(cosineSimilarity(empty, ones, { dim: -1 }).shape, [2 ** 40, 2 ** 40, 0])
  const none = tensor({ data: ones, shape: [0, 3], strides: [3, 1] })
  assert.deepEqual(cosineSimilarity(none, none).shape, [0])
  assert.deepEqual(cosineSimilarity(tensor([1, 2, 3]), none).shape, [0])
})

test('an empty tensor has no elements, even if the product of its other sizes is no double', () => {
  const shape = [...Array(20).fill(2 ** 53 - 1), 0]
  const given = { data: new Float32Array(0), shape }
  const x = tensor(given)
  assert.deepEqual(tensor({ ...given, offset: 0 }).shape, shape)
  for (const y of [x, x.to('wasm'), x.to('wasm').to('js'), x.transpose(0, 20).reshape(0, 7)])
    assert.equal(y.data.length, 0)
  assert.throws(() => x.item(), /^RangeError: a Tensor with 0 elements/)
  const rows = { ...given, shape: [...shape, 3] }
  const out = new Float32Array(0)
  assert.equal(cosineSimilarity(rows, rows, { dim: -1, out }).data, out)
})

/** @type {[input: any, message: string][]} */
const BAD = [
  [{ data: ones, shape: [-1] }, 'shape must be whole numbers from 0 up: shape[0] is -1.'],
  [{ data: ones, shape: [NaN] }, 'shape must be whole numbers from 0 up: shape[0] is NaN.'],
  [{ data: ones, shape: [2 ** 32] }, "shape '[4294967296]' is invalid for input of size 3."],
  [{ data: ones, shape: [2 ** 53] }, 'shape must be whole numbers from 0 up: shape[0] is 9007199254740992.'],
  [{ data: ones, shape: [3n] }, 'shape must be whole numbers from 0 up: shape[0] is 3n.'],
  [{ data: ones, shape: [2] }, "shape '[2]' is invalid for input of size 3."],
  [{ data: ones, shape: 'abc' }, 'shape must be an array of whole numbers, got "abc".'],
  [{ data: ones, shape: [2], strides: [3] }, 'The tensor reads elements 0 to 3, but its data has 3.'],
  [{ data: ones, shape: [2], strides: [-1] }, 'The tensor reads elements -1 to 0, but its data has 3.'],
  [{ data: ones, shape: [2], strides: [0.5] }, 'strides must be whole numbers: strides[0] is 0.5.'],
  [{ data: ones, shape: [2], strides: [1], offset: 2 }, 'The tensor reads elements 2 to 3, but its data has 3.'],
  [{ data: ones, shape: [2], offset: -1 }, 'offset must be whole numbers from 0 up: offset[0] is -1.'],
  [{ data: ones, shape: [3], offset: 1 }, 'The tensor reads elements 1 to 3, but its data has 3.'],
  [{ data: ones, shape: [2 ** 31, 2 ** 31], strides: [2 ** 31, 1] }, 'The tensor reads elements 0 to'],
  [{ data: ones, shape: [2 ** 52, 2 ** 52], strides: [2 ** 52, 1] }, 'The tensor reads elements 0 to'],
  [{ data: ones, shape: [2 ** 52, 2 ** 52], strides: [-(2 ** 52), 2 ** 52] }, 'The tensor reads elements -'],
  [
    { data: ones, shape: [2 ** 40, 2 ** 40, 2 ** 40] },
    "shape '[1099511627776, 1099511627776, 1099511627776]' is invalid",
  ],
  [{ data: ones, shape: [3], dtype: 'float64' }, 'dtype says float64, but the data is float32.'],
  [{ data: ones, shape: [3], type: 'float16' }, 'dtype says float16, but the data is float32.'],
  [{ data: Uint8Array.of(1), dims: [1], type: 'int4' }, 'dtype must be one of bool,'],
  [{ data: new DataView(new ArrayBuffer(4)), shape: [1] }, 'A DataView has no element type.'],
  [{ data: [[1], [2]], shape: [2] }, 'data must be a flat array or a typed array, got an array.'],
  [{ data: undefined, shape: [0] }, 'data must be a flat array or a typed array, got undefined.'],
]
for (const [input, message] of BAD)
  test(`${inspect(input, { breakLength: Infinity })} is refused`, () => {
    for (const call of [() => tensor(input), () => cosineSimilarity(input, ones, { dim: 0 })])
      assert.throws(call, (/** @type {Error} */ error) => {
        assert.equal(error.message.slice(0, message.length), message)
        return error instanceof RangeError || error instanceof TypeError
      })
    assert.equal(cosineSimilarity(ones, ones, { dim: 0 }).item(), 1)
  })

test('distances of booleans, integers and half floats are computed in float64', () => {
  const expected = 1 - 2 / Math.sqrt(6)
  assert.equal(cosineDistance([true, false, true], [1, 1, 1]), expected)
  assert.equal(cosineDistance(Uint8Array.of(1, 0, 1), ones), expected)
  assert.equal(cosineDistance(BigInt64Array.of(1n, 0n, 1n), [1, 1, 1]), expected)
  assert.equal(cosineDistance(Int8Array.of(100, 100), Int8Array.of(100, 100)), 0)
  assert.equal(cosineDistance([1e200, 1], [1e200, 1]), 0)
  assert.equal(cosineDistance(Float32Array.of(0.1), [0.1]), 0)
})

test('elements of weight 0 do not count, however large or small they are', () => {
  assert.equal(cosineDistance([1e200, 1], [1e200, 2], { weights: [0, 1] }), 0)
  assert.equal(cosineDistance([1e200, 1e-200], [1e200, 2e-200], { weights: [0, 1] }), 0)
  assert.equal(cosineDistance([1e200, 1, 0], [1e200, 0, 1], { weights: [0, 1, 1] }), 1)
  assert.equal(cosineDistance([0, -1], [1, -5e-324], { weights: [0, 1] }), 0)
  assert.equal(cosineDistance([1, 2], [2, 4], { weights: [1e308, 1e308] }), 0)
  assert.equal(cosineDistance([1, 2], [2, 4], { weights: [1e-320, 1e-320] }), 0)
  assert.equal(cosineDistance([1e160, 1e-160], [1e160, -1e-160], { weights: [1e-308, 1e300] }), 0)
  assert.equal(cosineDistance([1e-160, 1e-160], [1e-160, -1e-160], { weights: [5e-324, 5e-324] }), 1)
  assert.ok(Number.isNaN(cosineDistance([NaN, 1], [1, 1], { weights: [0, 1] })), 'as in SciPy')
})

test('an explanation shows elements after the cast', () => {
  const [{ x1 }] = explain(BigInt64Array.of(2n ** 24n + 1n), Float32Array.of(1), { dim: 0 }).at().terms
  assert.equal(x1, 2 ** 24)
  const [term] = explain(tensor(halves, { dtype: 'float16' }), tensor([70000, 1, 1], { dtype: 'float32' }), {
    dim: 0,
  }).at().terms
  assert.deepEqual([term.x1, term.x2], [1, 70000])
})

test('console.log prints a tensor as PyTorch does', () => {
  assert.equal(inspect({ x: tensor([[1, 2]]) }), '{ x: tensor([[1., 2.]]) }')
})
