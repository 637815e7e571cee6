/** What people do with a result: send it as JSON, iterate, compare, clone and reshape it. */
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { inspect } from 'node:util'
import * as cosdim from 'cosdim'
import { cosineSimilarity, pairwiseCosineSimilarity, Tensor, tensor } from 'cosdim'

/** @type {any} So that what is not public, or wrong, compiles. */
const untyped = cosdim

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

for (const device of DEVICES) {
  test(`a vector iterates over its numbers: ${device}`, () => {
    const every = tensor({ data: Float32Array.of(9, 1, 9, 2, 9, 3), shape: [3], strides: [2], offset: 1 })
    for (const x of [tensor([1, 2, 3]), every, tensor([1, 2, 3], { dtype: 'float16' })].map((x) => x.to(device))) {
      assert.deepEqual([...x], [1, 2, 3])
      assert.deepEqual(Array.from(x), [1, 2, 3])
      assert.deepEqual(
        Array.from(x, (element) => 2 * element),
        [2, 4, 6],
      )
      assert.deepEqual(new Float32Array(x), Float32Array.of(1, 2, 3))
      assert.deepEqual(Float64Array.from(x), Float64Array.of(1, 2, 3))
      assert.equal(Math.max(...x), 3)
      const [first, ...others] = x
      assert.deepEqual([first, others], [1, [2, 3]])
      const seen = []
      for (const element of x) seen.push(element)
      assert.deepEqual(seen, [1, 2, 3])
      assert.deepEqual([...x], [...x], 'each iteration starts anew')
    }
    assert.deepEqual([...tensor([1n, 2n]).to(device)], [1n, 2n])
    assert.deepEqual([...tensor([true, false]).to(device)], [true, false])
    assert.deepEqual([...tensor([]).to(device)], [])
  })

  test(`a matrix iterates over its rows, which are views: ${device}`, () => {
    for (const x of [six(), strided(), six().view(3, 2).transpose(0, 1)].map((x) => x.to(device))) {
      const rows = [...x]
      assert.ok(rows.every((row) => row instanceof Tensor && row.device === device))
      assert.deepEqual(
        rows.map((row) => row.tolist()),
        x.tolist(),
      )
      assert.deepEqual(
        Array.from(x, (row) => [...row]),
        x.tolist(),
      )
      assert.ok(
        rows.every((row) =>
          device === 'js' ? row.data === x.data : Reflect.get(row, 'memory') === Reflect.get(x, 'memory'),
        ),
      )
      assert.ok(Object.isFrozen(rows[0].shape) && Object.isFrozen(rows[0].strides))
    }
    const [[[last]]] = tensor([[[7]]]).to(device)
    assert.equal(last, 7)
    assert.deepEqual(
      [...tensor([[], []]).to(device)].map((row) => row.shape),
      [[0], [0]],
    )
    assert.deepEqual([...tensor([], { shape: [0, 3] }).to(device)], [])
  })

  test(`rows are operands: ${device}`, () => {
    const x = strided().to(device)
    const [a, b] = x
    const expected = cosineSimilarity(x.tolist()[0], x.tolist()[1], { dim: 0 }).item()
    assert.equal(cosineSimilarity(a, b, { dim: 0 }).item(), expected)
  })

  test(`length is the first size: ${device}`, () => {
    assert.equal(six().to(device).length, 2)
    assert.equal(tensor([1, 2, 3]).to(device).length, 3)
    assert.equal(tensor([]).to(device).length, 0)
    assert.equal(tensor(1).to(device).length, undefined)
  })

  test(`a 0-d tensor yields its number: ${device}`, () => {
    const x = tensor(0.5).to(device)
    assert.deepEqual([...x], [0.5])
    assert.deepEqual(new Float32Array(x), Float32Array.of(0.5))
    const [similarity] = cosineSimilarity([3, 4], [4, 3], { dim: 0 })
    assert.equal(similarity, Math.fround(0.96))
  })
}

test('a 0-d tensor adds as its number, any other as its text', () => {
  const untyped = /** @type {any[]} */ ([tensor(0.5), tensor([1, 2]), tensor([3])])
  assert.deepEqual(
    untyped.map((x) => x + 1),
    [1.5, 'tensor([1., 2.])1', 'tensor([3.])1'],
  )
})

test('numbers are not made of rows', () => {
  assert.throws(
    () => new Float32Array(/** @type {any} */ (six())),
    /a Tensor with 3 elements cannot be converted to Scalar/,
  )
})

test('a row shares the data of its tensor', () => {
  const x = six()
  const [, row] = x
  x.data[3] = 7
  assert.deepEqual(row.tolist(), [7, 4, 5])
})

test('iterating a disposed tensor is an error, at the start and on the way', () => {
  const x = tensor([1, 2, 3]).to('wasm')
  const elements = x[Symbol.iterator]()
  assert.equal(elements.next().value, 1)
  x.dispose()
  assert.throws(() => elements.next(), /^TypeError: This tensor was disposed of/)
  assert.throws(() => [...x], /^TypeError: This tensor was disposed of/)
})

test('iterating goes on when the memory grows', () => {
  const x = tensor([1, 2, 3]).to('wasm')
  const elements = x[Symbol.iterator]()
  assert.equal(elements.next().value, 1)
  const large = tensor(new Float32Array(4e6)).to('wasm')
  assert.deepEqual([...elements], [2, 3])
  large.dispose()
})

for (const device of DEVICES) {
  test(`reshape is a view where the strides allow it: ${device}`, () => {
    const x = six().to(device)
    for (const y of [x.reshape(3, 2), x.reshape([3, -1]), untyped.tensor(x).reshape(3, [2])]) {
      assert.deepEqual(y.tolist(), [
        [0, 1],
        [2, 3],
        [4, 5],
      ])
      assert.ok(device === 'js' ? y.data === x.data : Reflect.get(y, 'memory') === Reflect.get(x, 'memory'))
    }
    const rows = x.transpose(0, 1).reshape(3, 1, 2)
    assert.deepEqual([rows.strides[0], rows.strides[2]], [1, 3])
    // The stride of an axis of size 1 does not matter.
    const unit = tensor({ data: Float32Array.of(0, 1, 2, 3, 4, 5), shape: [2, 1, 3], strides: [3, 99, 1] })
    const flat = unit.to(device).reshape(6)
    assert.deepEqual(flat.tolist(), [0, 1, 2, 3, 4, 5])
    if (device === 'js') assert.equal(flat.data, unit.data)
    assert.equal(tensor([5]).to(device).reshape().item(), 5)
    assert.deepEqual(
      tensor([], { shape: [0, 3] })
        .to(device)
        .reshape(3, -1).shape,
      [3, 0],
    )
    // As torch.empty(0).view(2, 0, 3).stride().
    assert.deepEqual(tensor([]).to(device).reshape(2, 0, 3).strides, [3, 3, 1])
  })

  test(`reshape copies where the strides do not, on the same device: ${device}`, () => {
    const fromBase = {
      transposed: six().transpose(0, 1),
      strided: strided(),
      repeated: tensor({ data: Float32Array.of(1, 2), shape: [2, 3], strides: [1, 0] }),
      halves: tensor(Uint16Array.of(0x3c00, 0xc000, 0, 0x3800), { dtype: 'float16', shape: [2, 2] }).transpose(0, 1),
      flags: tensor([
        [true, false],
        [true, true],
      ]).transpose(0, 1),
    }
    for (const base of Object.values(fromBase)) {
      const x = device === 'js' ? base : base.transpose(0, 1).to(device).transpose(0, 1)
      const y = x.reshape(-1)
      assert.equal(y.device, device)
      assert.deepEqual(
        y.tolist(),
        [...base].flatMap((row) => [...row]),
      )
      assert.deepEqual([y.dtype, y.strides, y.offset], [base.dtype, [1], 0])
      assert.ok(device === 'js' ? y.data !== x.data : Reflect.get(y, 'memory') !== Reflect.get(x, 'memory'))
    }
  })
}

test('reshape of a disposed tensor is an error', () => {
  const x = six().to('wasm')
  x.dispose()
  assert.throws(() => x.reshape(6), /^TypeError: This tensor was disposed of/)
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
  assert.equal(new untyped.Tensor({ ...fields, dtype }).dtype, 'float64')
})

const bundles = { module: Tensor, CommonJS: createRequire(import.meta.url)('cosdim').Tensor }
for (const [name, Class] of Object.entries(bundles))
  test(`the class is named Tensor: ${name}`, () => {
    const x = new Class({ data: Float32Array.of(1, 2), dtype: 'float32', shape: [2], strides: [1], offset: 0 })
    for (const one of [x, x.view(2, 1), x.unsqueeze(0), x.to('wasm')]) assert.equal(one.constructor.name, 'Tensor')
    assert.match(inspect(x, { customInspect: false }), /^Tensor \{/)
  })

test('tensors inside other values print as tensors', () => {
  assert.equal(inspect({ x: tensor([1, 2]) }), '{ x: tensor([1., 2.]) }')
  assert.equal(inspect([tensor(1), tensor([])]), '[ tensor(1.), tensor([]) ]')
  assert.equal(inspect([...six()][1]), 'tensor([3., 4., 5.])')
})

for (const device of DEVICES)
  test(`tensors of the same elements are equal to deepStrictEqual: ${device}`, () => {
    assert.deepEqual(six().to(device), six().to(device))
    assert.deepEqual([...six().to(device)][1], [...six().to(device)][1])
    assert.deepEqual({ score: tensor(1).to(device) }, { score: tensor(1).to(device) })
    const other = tensor(Float32Array.of(0, 1, 2, 3, 4, 6), { shape: [2, 3] }).to(device)
    for (const unlike of [other, six().view(3, 2).to(device), six().view(6).to(device)])
      assert.notDeepEqual(six().to(device), unlike)
    assert.notDeepEqual(tensor(1).to(device), tensor(2).to(device))
  })

test('a structured clone is an operand again, and so are its rows', () => {
  for (const x of [six(), strided(), six().to('wasm'), ...six()]) {
    const clone = structuredClone(x)
    assert.deepEqual(tensor(clone).tolist(), x.tolist())
    assert.deepEqual([...tensor(clone)].length, x.length)
    assert.deepEqual(cosineSimilarity(clone, x, { dim: -1 }), cosineSimilarity(x, x, { dim: -1 }))
  }
  const score = structuredClone(tensor(1))
  assert.deepEqual(tensor(score), tensor(1))
})

test('a transferred tensor is an operand again', () => {
  const x = six()
  const moved = structuredClone(x, { transfer: [x.data.buffer] })
  assert.deepEqual(tensor(moved), six())
})
