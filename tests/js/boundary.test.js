/**
 * Arrays and tensors that misstate what they are: no operation writes outside the place that the core named. A resident
 * tensor is right behind the scratch, where an overflow would go, and must not change.
 */
import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import * as cosdim from 'cosdim'
import {
  attentionDistribution,
  cosineDistance,
  cosineSimilarity,
  explain,
  pairwiseCosineSimilarity,
  Tensor,
  tensor,
  topkCosineSimilarity,
} from 'cosdim'

/** @type {any} So that wrong arguments compile. */
const untyped = cosdim

const N = 300_000 // float32 elements: more than the scratch holds
const numbers = (n, prime) => Float32Array.from({ length: n }, (_, i) => ((i * prime) % 1009) - 504)
const values = numbers(N, 7919)
const other = numbers(N, 7907)

const expected = new Float32Array(2 ** 20).fill(1.5)
const neighbour = tensor(expected).to('wasm')
const isUnchanged = () => Buffer.from(neighbour.data.buffer).equals(Buffer.from(expected.buffer))
afterEach(() => assert.ok(isUnchanged(), 'an unrelated tensor has changed'))

/** Asserts an error with that message, and that nothing was written. */
function refused(call, message, about) {
  assert.throws(
    call,
    (error) => {
      assert.ok(error instanceof TypeError || error instanceof RangeError, `${about}: ${error}`)
      assert.match(error.message, message, about)
      return true
    },
    about,
  )
  assert.ok(isUnchanged(), `${about}: an unrelated tensor has changed`)
}

const FIELDS = ['data', 'dtype', 'shape', 'strides', 'offset', 'memory']

test("a tensor's fields cannot be assigned, redefined or deleted", () => {
  const x = tensor([[1, 2]])
  for (const y of [
    x,
    x.view(2),
    x.to('wasm'),
    x.to('wasm').transpose(0, 1),
    cosineSimilarity(x, x),
    cosineSimilarity(values, other, { dim: 0 }),
    cosineSimilarity(values.subarray(0, 4), other.subarray(0, 4), { dim: 0 }),
    topkCosineSimilarity(x, x, 1).indices,
    explain(x, x).result,
    new untyped.Tensor({ data: new Float32Array(2), dtype: 'float32', shape: [2], strides: [1], offset: 0 }),
  ])
    for (const field of FIELDS) {
      assert.throws(() => {
        y[field] = undefined
      }, TypeError)
      assert.throws(() => Object.defineProperty(y, field, { value: 1 }), TypeError)
      assert.throws(() => {
        delete y[field]
      }, TypeError)
    }
})

test('assigning another array or dtype throws, and the tensor still works', () => {
  const x = untyped.tensor([[1, 2]])
  for (const change of [
    () => {
      x.data = new Float64Array(N)
    },
    () => {
      x.dtype = 'int8'
    },
    () => {
      x.shape = [1, N]
    },
    () => Object.assign(x, { data: new Float64Array(N) }),
  ])
    assert.throws(change, TypeError)
  assert.equal(cosineSimilarity(x, x).item(), 1)
})

test('a tensor keeps its shape and strides when the arrays it was made from change', () => {
  const [shape, strides] = [[2], [1]]
  const x = new untyped.Tensor({ data: new Float32Array(2), dtype: 'float32', shape, strides, offset: 0 })
  shape[0] = strides[0] = N
  assert.deepEqual([x.shape, x.strides], [[2], [1]])
  assert.ok(Object.isFrozen(x.shape) && Object.isFrozen(x.strides))
})

test('the address of a resident tensor cannot be changed', () => {
  const x = untyped.tensor(values).to('wasm')
  for (const field of ['start', 'length', 'size', 'array'])
    assert.throws(() => {
      x.memory[field] = 2 ** 20
    }, TypeError)
  Object.getPrototypeOf(x.memory).place = () => 2 ** 18
  cosineSimilarity({ data: other, shape: [N, 1] }, [1], { out: x })
  delete Object.getPrototypeOf(x.memory).place
  x.dispose()
})

test('a structured clone and a spread of a tensor have its fields', () => {
  const x = tensor([1, 2])
  for (const y of [structuredClone(x), structuredClone(x.to('wasm')), { ...x }, { ...x.to('wasm') }]) {
    assert.deepEqual([y.data, y.dtype, y.shape, y.strides, y.offset], [x.data, 'float32', [2], [1], 0])
    assert.deepEqual(tensor(y).tolist(), [1, 2])
  }
})

const DISAGREE = /^dtype says \w+, but the data is \w+\./

test('a tensor cannot have a dtype that its array does not hold', () => {
  for (const [dtype, TypedArray] of /** @type {const} */ ([
    ['int8', Float64Array],
    ['float32', Float64Array],
    ['float64', Float32Array],
    ['uint8', Int8Array],
    ['bool', Uint8ClampedArray],
  ])) {
    const fields = { data: new TypedArray(N), dtype, shape: [N], strides: [1], offset: 0 }
    refused(() => cosineSimilarity(new untyped.Tensor(fields), other, { dim: 0 }), DISAGREE, dtype)
  }
  const { memory } = untyped.tensor(new Uint8Array(8)).to('wasm')
  refused(() => new untyped.Tensor({ memory, dtype: 'float64', shape: [8], strides: [1], offset: 0 }), DISAGREE)
})

test('a tensor cannot have invalid fields', () => {
  const fields = { data: new Float32Array(2), dtype: 'float32', shape: [2], strides: [1], offset: 0 }
  for (const [wrong, message] of [
    [{ data: [1, 2] }, /^data must be a typed array, got an array\./],
    [{ data: undefined }, /^data must be a typed array, got undefined\./],
    [{ memory: { array: 'Float32Array', length: 2, size: 4, start: 8 } }, /^memory must be that of another tensor/],
    [{ dtype: 'float8' }, /^dtype must be one of bool, .* got "float8"\./],
    [{ dtype: 'constructor' }, /^dtype must be one of bool, .* got "constructor"\./],
    [{ shape: [-2] }, /^shape must be whole numbers from 0 up: shape\[0\] is -2\./],
    [{ shape: [2, 1] }, /^shape \(2, 1\) and strides \(1,\) must have the same length\./],
    [{ strides: [0.5] }, /^strides must be whole numbers: strides\[0\] is 0\.5\./],
    [{ offset: 0.5 }, /^offset must be whole numbers from 0 up: offset\[0\] is 0\.5\./],
  ])
    refused(() => new untyped.Tensor({ ...fields, ...wrong }), message, JSON.stringify(wrong))
})

/** A tensor that its class did not make. Each field's getter gives its answers in turn, then repeats the last. */
function forged(answers) {
  const fields = { data: [], memory: [], dtype: ['float32'], shape: [[N]], strides: [[1]], offset: [0], ...answers }
  const getters = Object.entries(fields).map(([field, [...list]]) => [
    field,
    { get: () => (list.length > 1 ? list.shift() : list[0]) },
  ])
  return Object.create(Tensor.prototype, Object.fromEntries(getters))
}

const column = { data: other, shape: [N, 1] }
const row = { data: other, shape: [1, N] }

/** Everything that takes a tensor. */
const USES = {
  similarity: (x) => cosineSimilarity(x, other, { dim: 0 }),
  'the other operand': (x) => cosineSimilarity(other, x, { dim: 0 }),
  columns: (x) => cosineSimilarity(x, row, { dim: 0 }),
  cast: (x) => cosineSimilarity(x, other, { dim: 0, dtype: 'float64' }),
  out: (x) => cosineSimilarity(column, [1], { out: x }),
  'a short out': (x) => cosineSimilarity({ data: other.subarray(0, 4), shape: [4, 1] }, [1], { out: x }),
  pairwise: (x) => pairwiseCosineSimilarity(row, x),
  topk: (x) => topkCosineSimilarity(x, row, 1),
  distance: (x) => cosineDistance(x, other),
  weights: (x) => cosineDistance(other, other, { weights: x }),
  attention: (x) => attentionDistribution(x, row),
  explain: (x) => explain(x, other, { dim: 0 }).at(),
  'explained terms': (x) => explain(x, other, { dim: 0 }).at().terms,
  view: (x) => x.view(N, 1),
  "to('wasm')": (x) => x.to('wasm').dispose(),
  "to('js')": (x) => x.to('js'),
  tolist: (x) => x.tolist(),
}

const small = untyped.tensor(new Float32Array(4)).to('wasm')
const FORGERIES = {
  'an array of a wider class': () => ({ data: [new Float64Array(N)] }),
  'an array of a narrower class': () => ({ data: [new Uint8Array(N)] }),
  'an array that gets wider': () => ({ data: [values.slice(), new Float64Array(N)] }),
  'an unknown dtype': () => ({ data: [values.slice()], dtype: ['constructor'] }),
  'a dtype that gets narrower': () => ({ data: [new Float64Array(N)], dtype: ['float64', 'int8'] }),
  'a shape that grows': () => ({ data: [values.slice()], shape: [[1], [N]] }),
  'a shape that shrinks': () => ({ data: [values.slice()], shape: [[N], [1]] }),
  'a shape with a changing length': () => {
    const shape = Array(200).fill(1)
    let reads = 0
    const length = () => (reads++ % 3 === 0 ? 1 : 200)
    return {
      data: [values.slice()],
      shape: [new Proxy(shape, { get: (target, key) => (key === 'length' ? length() : target[key]) })],
      strides: [Array(200).fill(1e300)],
    }
  },
  'a size below 0': () => ({ data: [values.slice()], shape: [[-N]], strides: [[0]] }),
  'an offset between two elements': () => ({ memory: [small.memory], shape: [[4]], offset: [0.5] }),
  'an address of its own': () => ({
    memory: [{ array: 'Float32Array', length: 1e9, size: 4, start: 2 ** 20, place: () => 2 ** 18, check() {} }],
  }),
  'the address of another': () => ({ memory: [Object.create(small.memory, { length: { value: 1e9 } })] }),
}

for (const [claim, answers] of Object.entries(FORGERIES))
  test(`a forged tensor with ${claim} changes no other`, () => {
    for (const [name, use] of Object.entries(USES)) {
      try {
        use(forged(answers()))
      } catch (/** @type {any} */ error) {
        assert.ok(error instanceof TypeError || error instanceof RangeError, `${name}: ${error.stack}`)
      }
      assert.ok(isUnchanged(), `${name}: an unrelated tensor has changed`)
    }
  })

/* Arrays over a buffer that lie about themselves. */

const own = (name, descriptor) => (array) => Object.defineProperty(array, name, descriptor)
const over = (buffer) => new Float32Array(buffer)
const subclass = (methods) => (buffer) => {
  class Sub extends Float32Array {}
  Object.defineProperties(Sub.prototype, Object.getOwnPropertyDescriptors(methods))
  return new Sub(buffer)
}
const lying = (name, descriptor) => (buffer) => own(name, descriptor)(over(buffer))
const alternating = (...list) => ({ get: () => list[0] + 0 * list.push(list.shift()) })

const LIARS = {
  'an own length, too short': lying('length', { value: 4 }),
  'an own length, too long': lying('length', { value: 4 * N }),
  'a length that changes': lying('length', alternating(4, 4 * N, 768)),
  'a length of its class': subclass({
    get length() {
      return 4
    },
  }),
  'a subarray that gives all': subclass({
    subarray() {
      return this
    },
  }),
  'a slice that gives more': subclass({
    slice: () => new Float32Array(4 * N),
  }),
  'a set that writes nothing': subclass({ set() {} }),
  'another class of its subarrays': (buffer) => {
    class Sub extends Float32Array {
      static get [Symbol.species]() {
        return function Wide() {
          return new Float32Array(4 * N)
        }
      }
    }
    return new Sub(buffer)
  },
  'an own constructor': lying('constructor', { value: Float64Array }),
  'an own name of its class': lying(Symbol.toStringTag, { value: 'Float64Array' }),
  'an own buffer, offset and size': (buffer) =>
    own('buffer', { value: new ArrayBuffer(8) })(
      own('byteOffset', { value: 2 ** 30 })(own('byteLength', { value: 0 })(over(buffer))),
    ),
  'an own size of its elements': lying('BYTES_PER_ELEMENT', { value: 1 }),
  'an own iterator': lying(Symbol.iterator, { value: function* () {} }),
  'the prototype of another class': (buffer) => Object.setPrototypeOf(over(buffer), Float64Array.prototype),
  'no prototype': (buffer) => Object.setPrototypeOf(over(buffer), null),
}

const D = 300
const matrix = (data, rows = N / D) => ({ data, shape: [rows, D] })
const positive = values.map(Math.abs)

/** Everything that takes an array. `make(n)` makes one of the first n values. */
const TAKERS = {
  'a long pair': (make) => cosineSimilarity(make(N), other, { dim: 0 }),
  'a pair': (make) => cosineSimilarity(make(768), other.subarray(0, 768), { dim: 0 }),
  'the other of a pair': (make) => cosineSimilarity(other.subarray(0, 768), make(768), { dim: 0 }),
  'both of a pair': (make) => cosineSimilarity(make(768), make(768, other), { dim: 0 }),
  'the out of a pair': (make) => {
    const out = make(1)
    const result = cosineSimilarity(values.subarray(0, 768), other.subarray(0, 768), { dim: 0, out })
    return [result.item(), ...plain(out)]
  },
  rows: (make) => cosineSimilarity(matrix(make(N)), matrix(other)),
  columns: (make) => cosineSimilarity(matrix(make(N)), matrix(other), { dim: 0 }),
  cast: (make) => cosineSimilarity(matrix(make(N)), matrix(other), { dtype: 'float64' }),
  strided: (make) => cosineSimilarity({ ...matrix(make(N)), strides: [1, N / D] }, matrix(other)),
  'with an offset': (make) => cosineSimilarity({ data: make(N), shape: [D], offset: D, strides: [2] }, matrix(other)),
  out: (make) => {
    const out = make(N)
    cosineSimilarity(column, [1], { out })
    return [...plain(out)]
  },
  'an out that is an operand': (make) => {
    const out = make(N)
    assert.throws(() => cosineSimilarity({ data: plain(out), shape: [N, 1] }, [1], { out }), /^RangeError: unsupported/)
  },
  pairwise: (make) => pairwiseCosineSimilarity(matrix(make(N)), matrix(other.subarray(0, 5 * D), 5)),
  query: (make) => topkCosineSimilarity(make(D), matrix(other), 3).indices,
  corpus: (make) => topkCosineSimilarity(other.subarray(0, D), matrix(make(N)), 3).indices,
  distance: (make) => cosineDistance(make(N), other),
  'weighted distance': (make) => cosineDistance(values, make(N, other), { weights: make(N, positive) }),
  target: (make) => attentionDistribution(make(D), matrix(other), { normalize: 'softmax' }),
  behaviored: (make) => attentionDistribution(other.subarray(0, D), matrix(make(N))),
  explain: (make) => explain(make(D), matrix(other)).at(1).terms,
  "to('wasm')": (make) => {
    const x = tensor(make(N)).to('wasm')
    const { data } = x
    x.dispose()
    return data
  },
  tolist: (make) => tensor(make(D)),
  'an element': (make) => tensor(make(1)).item(),
  print: (make) => String(tensor(make(D))),
  'a list of arrays': (make) => tensor([make(D), make(D, other)]),
}

/** @type {(object: object, name: PropertyKey) => any} */
const descriptorOf = (object, name) => Object.getOwnPropertyDescriptor(object, name)

/** An honest array over the same buffer. */
const plain = (array) => new Float32Array(BUFFER.call(array))
const BUFFER = descriptorOf(Object.getPrototypeOf(Float32Array.prototype), 'buffer').get
const said = (x) => (x instanceof Tensor ? [x.shape, x.dtype, x.tolist()] : x)
const maker =
  (lie) =>
  (n, source = values) =>
    lie(source.slice(0, n).buffer)

const honest = Object.fromEntries(Object.entries(TAKERS).map(([name, take]) => [name, said(take(maker(over)))]))

for (const [claim, lie] of Object.entries(LIARS))
  test(`an array with ${claim} is read as what it is`, () => {
    for (const [name, take] of Object.entries(TAKERS)) {
      assert.deepEqual(said(take(maker(lie))), honest[name], name)
      assert.ok(isUnchanged(), `${name}: an unrelated tensor has changed`)
    }
  })

const PROXIES = {
  'that answers as its target does': {},
  'that gives its methods their target': {
    get(target, key) {
      const value = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  },
  'with a length of its own': { get: (target, key) => (key === 'length' ? 4 : Reflect.get(target, key, target)) },
}

for (const [kind, handler] of Object.entries(PROXIES))
  test(`a Proxy ${kind} is refused with a hint to pass the array`, () => {
    for (const [name, take] of Object.entries(TAKERS)) {
      const proxied = (buffer) => new Proxy(over(buffer), handler)
      if (name !== 'an out that is an operand') refused(() => take(maker(proxied)), /[Pp]ass the array itself\.$/, name)
    }
  })

test('replaced methods of %TypedArray%.prototype are not called', () => {
  const { prototype } = Object.getPrototypeOf(Float32Array)
  const names = ['set', 'subarray', 'slice', 'length', 'buffer', 'byteOffset', 'byteLength', Symbol.toStringTag]
  const descriptors = names.map((name) => descriptorOf(prototype, name))
  const [x, y] = [values.slice(0, 6 * D), other.slice(0, D)]
  const take = () => [
    cosineSimilarity(x, x, { dim: 0 }).data[0],
    cosineSimilarity({ data: x, shape: [6, D] }, y).data[5],
    cosineSimilarity({ data: x, shape: [6, D] }, tensor(y).to('wasm')).data[5],
    tensor([y, y]).to('wasm').data[D],
    attentionDistribution(y, { data: x, shape: [6, D] }).data[1],
  ]
  const before = take()
  for (const [i, { get }] of descriptors.entries())
    Object.defineProperty(prototype, names[i], get ? { get: () => 4 } : { value: () => new Float32Array(N) })
  let after
  try {
    after = take()
  } finally {
    for (const [i, name] of names.entries()) Object.defineProperty(prototype, name, descriptors[i])
  }
  assert.deepEqual(after, before)
})
