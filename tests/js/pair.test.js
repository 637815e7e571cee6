/** The paths for two vectors, and `out`: all give what the general path gives, bit for bit. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as cosdim from 'cosdim'
import { cosineDistance, cosineSimilarity, Tensor, tensor } from 'cosdim'
import fc from 'fast-check'

/** @type {any} So that wrong arguments compile. */
const untyped = cosdim

const special = fc.constantFrom(0, -0, 1e-30, 1e19, 3e38, 1e-45, 1e200, 1e-200, NaN, Infinity)
const value = fc.oneof(
  { weight: 9, arbitrary: fc.double({ min: -2, max: 2, noNaN: true }) },
  { weight: 1, arbitrary: special },
)
const pairs = fc.record({
  list: fc.array(fc.tuple(value, value), { maxLength: 300 }),
  repeated: fc.constantFrom(1, 1, 1, 40, 400),
  TypedArray: fc.constantFrom(Float32Array, Float64Array),
  dim: fc.constantFrom(0, -1),
  eps: fc.constantFrom(undefined, 0, 1e-3, 5),
})

/** The same operand in a form that always takes the general path. */
const described = ({ data, dtype, shape, strides, offset }) => ({ data, dtype, shape, strides, offset })

const bits = (x) => [...new Uint8Array(x.data.buffer, x.data.byteOffset, x.data.byteLength)]

test('two typed arrays give the same bits as a plan', () => {
  fc.assert(
    fc.property(pairs, ({ list, repeated, TypedArray, dim, eps }) => {
      const [x1, x2] = [0, 1].map((k) => {
        const once = list.map((pair) => pair[k])
        return new TypedArray(list.length * repeated).map((_, i) => once[i % once.length])
      })
      const expected = cosineSimilarity(described(tensor(x1)), described(tensor(x2)), { dim, eps })
      const got = cosineSimilarity(x1, x2, { dim, eps })
      assert.deepEqual([got.shape, got.strides, got.dtype], [[], [], expected.dtype])
      assert.deepEqual(bits(got), bits(expected))
      const out = new TypedArray(3).subarray(1, 2)
      const written = cosineSimilarity(x1, x2, { dim, eps, out })
      assert.equal(written.data, out)
      assert.deepEqual(bits(written), bits(expected))
    }),
    { numRuns: 500 },
  )
})

test('two tensors of one vector give the same bits as a plan, on either device', () => {
  fc.assert(
    fc.property(pairs, fc.constantFrom(1, 2), fc.constantFrom(1, 2), (pair, rank1, rank2) => {
      const { list, TypedArray, eps } = pair
      const dim = pair.dim === -1 ? -1 : Math.max(rank1, rank2) - 1
      const [x1, x2] = [rank1, rank2].map((rank, k) => {
        const row = list.map((both) => both[k])
        return tensor(TypedArray.from(row), { shape: rank === 1 ? [row.length] : [1, row.length] })
      })
      const [resident1, resident2] = [x1.to('wasm'), x2.to('wasm')]
      const expected = cosineSimilarity(described(x1), described(x2), { dim, eps })
      for (const a of [x1, resident1])
        for (const b of [x2, resident2]) {
          const got = cosineSimilarity(a, b, { dim, eps })
          const { shape, strides, dtype, device } = expected
          assert.deepEqual([got.shape, got.strides, got.dtype, got.device], [shape, strides, dtype, device])
          assert.deepEqual(bits(got), bits(expected))
        }
      for (const x of [resident1, resident2]) x.dispose()
      assert.throws(() => cosineSimilarity(resident1, resident2, { dim, eps }), /was disposed of/)
    }),
    { numRuns: 300 },
  )
})

const ARRAYS = {
  bool: Uint8Array,
  uint8: Uint8Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  float16: Uint16Array,
  float32: Float32Array,
  float64: Float64Array,
}

/** A vector of any dtype, with neighbors `stride` apart, and any bits that are no NaN or infinity. */
const vector = (n) =>
  fc
    .record({
      dtype: fc.constantFrom(.../** @type {(keyof typeof ARRAYS)[]} */ (Object.keys(ARRAYS))),
      stride: fc.constantFrom(1, 1, 2, 5, -1, -3),
      seed: fc.nat(),
    })
    .map(({ dtype, stride, seed }) => {
      const whole = (i) => Math.imul(seed + i, 0x9e3779b1) >>> 0
      const element = (i) => {
        if (dtype.endsWith('64') && dtype !== 'float64') return BigInt(whole(i)) << BigInt(whole(i) % 32)
        if (dtype === 'float16') return whole(i) & 0xbbff
        return dtype.startsWith('float') ? whole(i) / 2 ** 32 - 0.5 : dtype === 'bool' ? whole(i) & 1 : whole(i)
      }
      /** @type {any} */
      const TypedArray = ARRAYS[dtype]
      const data = TypedArray.from({ length: (n - 1) * Math.abs(stride) + 3 }, (_, i) => element(i))
      const offset = stride < 0 ? data.length - 2 : 1
      return tensor({ data, dtype, shape: [n], strides: [stride], offset })
    })
const vectors = fc.nat(600).chain((n) => fc.tuple(vector(n + 1), vector(n + 1), vector(n + 1)))
const dtypes = fc.constantFrom(undefined, 'float16', 'float32', 'float64', 'int8')

/** What a call returns, or the message of its error. */
function resultOf(call) {
  try {
    const result = call()
    return typeof result === 'number' ? result : [result.dtype, result.shape, bits(result)]
  } catch (error) {
    return String(error)
  }
}

test('two vectors of any dtype, stride and device give the same bits and errors as a plan', () => {
  fc.assert(
    fc.property(vectors, dtypes, ([x1, x2, weights], dtype) => {
      const options = { dim: 0, dtype }
      const expected = resultOf(() => untyped.cosineSimilarity(described(x1), described(x2), options))
      const distance = resultOf(() => untyped.cosineDistance(described(x1), described(x2)))
      const weighted = resultOf(() =>
        untyped.cosineDistance(described(x1), described(x2), { weights: described(weights) }),
      )
      const [resident1, resident2] = [x1.to('wasm'), x2.to('wasm')]
      for (const a of [x1, resident1])
        for (const b of [x2, resident2]) {
          assert.deepEqual(
            resultOf(() => untyped.cosineSimilarity(a, b, options)),
            expected,
          )
          assert.deepEqual(
            resultOf(() => untyped.cosineDistance(a, b)),
            distance,
          )
          assert.deepEqual(
            resultOf(() => untyped.cosineDistance(a, b, { weights })),
            weighted,
          )
        }
      for (const x of [resident1, resident2]) x.dispose()
    }),
    { numRuns: 1000 },
  )
})

test('the distance of two typed arrays has the same bits as that of a plan, with weights or without', () => {
  fc.assert(
    fc.property(pairs, fc.constantFrom(Float32Array, Float64Array), ({ list, repeated, TypedArray }, Weights) => {
      const [u, v] = [0, 1].map((k) => new TypedArray(list.length * repeated).map((_, i) => list[i % list.length][k]))
      const weights = new Weights(u).map(Math.abs)
      for (const options of [undefined, { weights }]) {
        const plain = options && { weights: described(tensor(weights)) }
        const expected = resultOf(() => untyped.cosineDistance(described(tensor(u)), described(tensor(v)), plain))
        assert.deepEqual(
          resultOf(() => cosineDistance(u, v, options)),
          expected,
        )
      }
    }),
    { numRuns: 500 },
  )
})

test('a vector of two elements, as far apart as the module has room, and farther', () => {
  for (let stride = 16382; stride <= 16386; stride++) {
    const [x1, x2] = [
      [3, 4],
      [5, 12],
    ].map(([first, second]) => {
      const data = new Float64Array(stride + 1)
      data.set([first])
      data.set([second], stride)
      return tensor({ data, shape: [2], strides: [stride] })
    })
    assert.equal(cosineSimilarity(x1, x2, { dim: 0 }).item(), 63 / 65)
  }
})

test('rows of a matrix are such tensors; other layouts, lengths, dims and dtypes take the general path', () => {
  const data = Float32Array.from({ length: 60 }, (_, i) => Math.sin(i * i))
  const x = tensor(data, { shape: [3, 20] })
  /** @type {any} */
  const resident = x.to('wasm')
  /** Part of the matrix on either device, with itself and with another part. */
  const check = (/** @type {(of: any) => any} */ part, other = part, options = {}) => {
    const expected = cosineSimilarity(described(part(x)), described(other(x)), options)
    for (const of of [x, resident]) {
      const got = cosineSimilarity(part(of), other(of), options)
      assert.deepEqual([got.shape, got.dtype, bits(got)], [expected.shape, expected.dtype, bits(expected)])
    }
  }
  const row = (i) => (of) => [...of][i]
  check(row(2), row(0), { dim: 0 })
  check((of) => of.transpose(0, 1), undefined, { dim: 0 })
  check((of) => [...of.transpose(0, 1)][4], undefined, { dim: 0 })
  const flat = (of) => of.view(1, 60)
  for (const dim of [0, 1, -1, -2]) check(flat, flat, { dim })
  const long = tensor(new Float32Array(40000).fill(0.1))
  assert.equal(cosineSimilarity(long, long, { dim: 0 }).item(), 1)
  const wide = flat(resident)
  for (const dim of [2, -3, 0.5]) assert.throws(() => cosineSimilarity(wide, wide, { dim }), /dim|Dimension/i)
  assert.throws(() => cosineSimilarity(wide, wide, { eps: -1 }), /eps must be non-negative/)
  assert.throws(() => cosineSimilarity(wide, row(0)(resident)), /The size of tensor a/)
  const short = tensor(data.subarray(1)).to('wasm')
  assert.throws(() => cosineSimilarity(resident.view(60), short, { dim: 0 }), /The size of tensor a/)
  assert.equal(cosineSimilarity(wide, tensor(Float64Array.from(data), { shape: [1, 60] })).dtype, 'float64')
  const out = new Float32Array(1)
  assert.equal(cosineSimilarity(wide, wide, { out }).data, out)
  const wrong = [
    { offset: 1 },
    { offset: -1 },
    { offset: 0.5 },
    { shape: [1, 61] },
    { strides: [60, 2] },
    { dtype: 'float64' },
  ]
  for (const of of [flat(x), wide])
    for (const fields of wrong) {
      const { data, memory, dtype, shape, strides, offset } = of
      const bad = Object.create(Tensor.prototype)
      Object.assign(bad, memory ? { memory } : { data }, { dtype, shape, strides, offset, ...fields })
      assert.throws(() => cosineSimilarity(bad, bad), /reads elements|must be whole|dtype/)
    }
})

test('other inputs take the general path, or are refused there', () => {
  const [x, y] = [Float32Array.of(1, 2, 3), Float64Array.of(3, 2, 1)]
  assert.equal(cosineSimilarity(x, y, { dim: 0 }).dtype, 'float64')
  assert.equal(cosineSimilarity(x, x, { dim: 0, dtype: 'float64' }).dtype, 'float64')
  assert.equal(
    cosineSimilarity(x, Float32Array.of(2), { dim: 0 }).item(),
    cosineSimilarity(x, [2, 2, 2], { dim: 0 }).item(),
  )
  assert.equal(cosineSimilarity(new Float32Array(), new Float32Array(), { dim: 0, eps: 0 }).item(), 0)
  assert.throws(() => cosineSimilarity(x, x), /^RangeError: Dimension out of range/)
  assert.throws(() => cosineSimilarity(x, x, { dim: 1 }), /^RangeError: Dimension out of range/)
  assert.throws(() => cosineSimilarity(x, x, { dim: 0, eps: -1 }), /^RangeError: eps must be non-negative, got: -1/)
  assert.throws(() => cosineSimilarity(x, x.subarray(1), { dim: 0 }), /^RangeError: The size of tensor a/)
  assert.throws(() => cosineSimilarity(x, x, { dim: 0, out: y }), /^TypeError: Expected out tensor to have dtype Float/)
  assert.throws(() => untyped.cosineSimilarity(x, x, { dim: 0, axis: 0 }), /unexpected keyword argument 'axis'/)
})

test('only a single number may be written over an operand', () => {
  const x = Float32Array.of(3, 4, 3, 4)
  assert.equal(cosineSimilarity(x, x, { dim: 0, out: x.subarray(0, 1) }).item(), 1)
  assert.deepEqual(x, Float32Array.of(1, 4, 3, 4))
  const rows = tensor(x, { shape: [2, 2] })
  assert.throws(
    () => cosineSimilarity(rows, rows, { out: x.subarray(0, 2) }),
    /^RangeError: unsupported operation: some/,
  )
  assert.throws(
    () => cosineSimilarity(rows, [1, 2], { out: new Float32Array(x.buffer, 8) }),
    /^RangeError: unsupported/,
  )
  const resident = rows.to('wasm')
  assert.throws(() => cosineSimilarity(resident, [1], { out: resident.transpose(0, 1) }), /out has the shape/)
  assert.throws(
    () => cosineSimilarity(resident.unsqueeze(0), [1], { dim: 0, out: resident }),
    /^RangeError: unsupported/,
  )
})

test('out takes a result of any layout: a typed array, a tensor, a resident tensor', () => {
  const x = tensor(
    Float32Array.from({ length: 60 }, (_, i) => Math.sin(i)),
    { shape: [3, 4, 5] },
  )
  for (const [dtype, TypedArray] of /** @type {const} */ ([
    ['float16', Uint16Array],
    ['float32', Float32Array],
    ['float64', Float64Array],
  ])) {
    const expected = cosineSimilarity(x, [1], { dim: 0, dtype })
    const array = new TypedArray(24).subarray(2, 22)
    const result = cosineSimilarity(x, [1], { dim: 0, dtype, out: array })
    assert.equal(result.data, array)
    assert.equal(result.dtype, dtype)
    assert.deepEqual(result.tolist(), expected.tolist())
    const all = tensor(new TypedArray(24), { dtype })
    /** @type {any} The compiler does not know which dtype it has. */
    const part = tensor({ data: all.data, dtype, shape: [4, 5], offset: 3 })
    assert.deepEqual(cosineSimilarity(x, [1], { dim: 0, dtype, out: part }).tolist(), expected.tolist())
    assert.deepEqual(part.tolist(), expected.tolist())
    assert.equal(all.tolist()[2] + all.tolist()[23], 0)
    const resident = part.to('wasm')
    assert.equal(cosineSimilarity(x.transpose(0, 2), [1], { dim: 2, dtype, out: resident.view(5, 4) }).device, 'wasm')
    assert.deepEqual(resident.view(5, 4).tolist(), cosineSimilarity(x.transpose(0, 2), [1], { dim: 2, dtype }).tolist())
    resident.dispose()
    assert.throws(() => cosineSimilarity(x, [1], { dim: 0, dtype, out: resident }), /was disposed of/)
  }
})

test('a vector whose buffer is transferred while the other is read is an error', () => {
  for (const step of [1, 2]) {
    const data = new Float32Array(40).fill(1)
    const x1 = tensor({ data, shape: [20], strides: [step] })
    const shape = new Proxy([20], {
      get(target, key) {
        if (key === '0' && data.length > 0) structuredClone(data.buffer, { transfer: [data.buffer] })
        return Reflect.get(target, key)
      },
    })
    const fields = { dtype: 'float32', shape, strides: [2], offset: 0 }
    const x2 = Object.assign(Object.create(Tensor.prototype), fields, { data: new Float32Array(40).fill(2) })
    assert.throws(() => cosineSimilarity(x1, x2, { dim: 0 }), /transferred/)
    assert.equal(data.length, 0)
  }
})
