/** Arguments that call the package while it reads them, that never end, or that only look like tensors. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  accumulator,
  attentionDistribution,
  cosineDistance,
  cosineSimilarity,
  explain,
  memoryUsage,
  pairwiseCosineSimilarity,
  Tensor,
  tensor,
  topkAccumulator,
  topkCosineSimilarity,
} from 'cosdim'
import { toNpy } from 'cosdim/npy'

const [ROWS, N] = [6, 40]
const values = Float32Array.from({ length: ROWS * N }, (_, i) => Math.sin(i * i))
const others = Float32Array.from({ length: ROWS * N }, (_, i) => Math.cos(3 * i))
const matrix = (data = values) => tensor(data, { shape: [ROWS, N] })
const column = () => tensor(values, { shape: [ROWS * N, 1] })

/* Calls of other shapes, dtypes and operations, which leave other plans, lists and copies behind. */
let reentries = 0
const CALLS = [
  () => cosineSimilarity({ data: new Float64Array(900).fill(2), shape: [30, 30] }, new Float64Array(30).fill(-1)),
  () => pairwiseCosineSimilarity(new Array(3).fill([1, 2, 3]), [[4, 5, 6]]),
  () => cosineSimilarity(new Float32Array(500).fill(7), new Float32Array(500).fill(9), { dim: 0 }),
  () => topkCosineSimilarity([1, 2], new Array(9).fill([3, 4]), 4),
  () => cosineDistance(tensor(new Int8Array(50).fill(1)), tensor(new Int8Array(50).fill(2))),
  () =>
    tensor([[1, 2, 3, 4]])
      .transpose(0, 1)
      .reshape(2, 2),
  () => assert.throws(() => cosineSimilarity(tensor([1, 2]), tensor([1, 2, 3, 4, 5]), { dim: 0 })),
]
function reenter() {
  if (reentries < 0) return // within a call
  const call = CALLS[reentries++ % CALLS.length]
  const count = reentries
  reentries = -1
  call()
  reentries = count
}

/** An object that calls the package whenever anything is asked of it. @param {any} target @returns {any} */
const nosy = (target) =>
  new Proxy(target, {
    get(from, key) {
      reenter()
      return Reflect.get(from, key)
    },
    has(from, key) {
      reenter()
      return key in from
    },
    getPrototypeOf(from) {
      reenter()
      return Reflect.getPrototypeOf(from)
    },
  })

/** A number that calls the package when it is read. @returns {any} */
const nosyNumber = (/** @type {number} */ value) => ({
  valueOf() {
    reenter()
    return value
  },
})

/** What the fields of a tensor become. @type {Record<string, (x: any) => any>} */
const DISGUISES = {
  'a Proxy': nosy,
  'lists that are Proxies': (x) => forged(x, { shape: nosy([...x.shape]), strides: nosy([...x.strides]) }),
  'sizes that are objects': (x) => forged(x, { shape: x.shape.map(nosyNumber) }),
  'strides that are objects': (x) => forged(x, { strides: x.strides.map(nosyNumber) }),
  'an offset and a dtype that are objects': (x) =>
    forged(x, {
      offset: nosyNumber(x.offset),
      dtype: {
        toString() {
          reenter()
          return x.dtype
        },
      },
    }),
}

/** @type {(x: any, fields: object) => any} */
const forged = ({ data, memory, dtype, shape, strides, offset }, fields) =>
  Object.create(
    Tensor.prototype,
    Object.getOwnPropertyDescriptors({ data, memory, dtype, shape, strides, offset, ...fields }),
  )

/** Everything that takes tensors; `of` disguises one. @type {Record<string, (of: (x: any) => any) => any>} */
const USES = {
  similarity: (of) => cosineSimilarity(of(matrix()), matrix(others)),
  'both operands': (of) => cosineSimilarity(of(matrix()), of(matrix(others)), { dim: 0 }),
  pair: (of) => cosineSimilarity(of(tensor(values)), of(tensor(others)), { dim: 0 }),
  'a strided pair': (of) =>
    cosineSimilarity(of(matrix().transpose(0, 1).view(N, ROWS)), of(matrix(others).transpose(0, 1)), { dim: 0 }),
  resident: (of) => cosineSimilarity(of(matrix().to('wasm')), of(matrix(others).to('wasm'))),
  pairwise: (of) => pairwiseCosineSimilarity(of(matrix()), of(matrix(others))),
  topk: (of) => topkCosineSimilarity(of(tensor(others.slice(0, N))), of(matrix()), 3).values,
  distance: (of) => tensor([cosineDistance(of(tensor(values)), of(tensor(others)))]),
  weights: (of) => tensor([cosineDistance(values, others, { weights: of(tensor(values.map(Math.abs))) })]),
  attention: (of) => attentionDistribution(of(tensor(others.slice(0, N))), of(matrix())),
  explain: (of) =>
    tensor(
      explain(of(matrix()), matrix(others))
        .at(2)
        .terms.map(({ dot }) => dot),
    ),
  accumulator: (of) =>
    accumulator({ dim: 0 })
      .update(of(matrix()), of(matrix(others)))
      .result(),
  'an accumulator of several slices': (of) => {
    const slice = (/** @type {any} */ data) => tensor(data, { shape: [2, 3, N] })
    return accumulator({ dim: 0 })
      .update(of(slice(values)), slice(others))
      .update(slice(others), of(slice(values)))
      .result()
  },
  'a top-k accumulator': (of) =>
    topkAccumulator(of(tensor(others.slice(0, N))), 3)
      .update(of(matrix()))
      .update(of(matrix(others)))
      .result().values,
  out: (of) => {
    const out = new Float32Array(ROWS * N)
    cosineSimilarity(column(), [1], { out: of(tensor(out)) })
    return tensor(out)
  },
  'a list of rows': (of) => tensor([of(tensor(values)), of(tensor(others))]),
  view: (of) => tensor(of(matrix())).view(N, ROWS),
  "to('wasm')": (of) => tensor(of(matrix().transpose(0, 1))).to('wasm'),
}

for (const [claim, disguise] of Object.entries(DISGUISES))
  test(`a tensor with ${claim} may call the package meanwhile`, () => {
    const guard = tensor(values).to('wasm')
    for (const [name, use] of Object.entries(USES)) {
      const expected = use((x) => x).tolist()
      const before = reentries
      try {
        assert.deepEqual(use(disguise).tolist(), expected, name)
      } catch (/** @type {any} */ error) {
        assert.ok(error instanceof TypeError && /tensor|Tensor/.test(error.message), `${name}: ${error.stack}`)
      }
      assert.ok(reentries > before, `${name}: nothing was called meanwhile`)
      assert.deepEqual(guard.data, values, `${name}: an unrelated tensor has changed`)
    }
  })

/**
 * Runs `use` while every list's species calls the package.
 * @template T
 * @param {() => T} use
 */
function withSpecies(use) {
  const species = /** @type {any} */ (Object.getOwnPropertyDescriptor(Array, Symbol.species))
  Object.defineProperty(Array, Symbol.species, {
    configurable: true,
    get() {
      reenter()
      return this
    },
  })
  try {
    return use()
  } finally {
    Object.defineProperty(Array, Symbol.species, species)
  }
}

test('lists may be subclasses whose species calls the package', () => {
  for (const [name, use] of Object.entries(USES)) {
    const expected = use((x) => x).tolist()
    for (let i = 0; i < CALLS.length; i++) assert.deepEqual(withSpecies(() => use((x) => x)).tolist(), expected, name)
  }
})

test('errors are about the call that failed, even if a species calls the package meanwhile', () => {
  const failing = () => {
    try {
      cosineSimilarity(matrix(), tensor([1, 2, 3]))
    } catch (/** @type {any} */ error) {
      return error.message
    }
  }
  const expected = failing()
  assert.match(expected, /^The size of tensor a \(40\) must match the size of tensor b \(3\)/)
  assert.equal(withSpecies(failing), expected)
})

/** @type {(call: () => unknown, message: RegExp) => void} */
function refused(call, message) {
  const start = performance.now()
  assert.throws(call, (/** @type {any} */ error) => {
    assert.ok(error instanceof TypeError || error instanceof RangeError, error.stack)
    assert.match(error.message, message)
    assert.ok(error.message.length < 2000, `a message of ${error.message.length} characters`)
    return true
  })
  assert.ok(performance.now() - start < 5000, 'it takes too long')
}

test('an accumulator may be updated while it reads what it is updated with', () => {
  const nosyRows = (/** @type {() => void} */ call) =>
    new Proxy([[1, 2]], {
      get(rows, key) {
        if (key === '0' && !called) {
          called = true
          call()
        }
        return Reflect.get(rows, key)
      },
    })
  let called = false
  const sums = accumulator({ dim: 0 })
  sums.update(
    nosyRows(() => sums.update([[3, 4]], [[5, 6]])),
    [[7, 8]],
  )
  const expected = accumulator({ dim: 0 })
    .update([[3, 4]], [[5, 6]])
    .update([[1, 2]], [[7, 8]])
  assert.deepEqual(sums.result().data, expected.result().data)
  called = false
  const best = topkAccumulator([1, 2], 2)
  best.update(nosyRows(() => best.update([[3, 4]])))
  assert.deepEqual([...best.result().indices], [1n, 0n], 'the rows come in the order in which they were read')
})

test('an object with no more than the prototype of tensors is refused by everything', () => {
  const empty = () => Object.create(Tensor.prototype)
  const message = /^A Tensor without shape and strides was not made by this package\. Use tensor\(…\)\.$/
  for (const [name, use] of Object.entries(USES)) if (name !== 'a list of rows') refused(() => use(empty), message)
  for (const method of ['item', 'tolist', 'toJSON', 'toString']) refused(() => empty()[method](), message)
  for (const method of ['view', 'reshape', 'unsqueeze', 'size']) refused(() => empty()[method](0), message)
  refused(() => empty().transpose(0, 0), message)
  refused(() => empty().to('wasm'), message)
  refused(() => [...empty()], message)
})

test('a list that repeats a list that repeats a list is refused at once', () => {
  /** @type {any} */
  let list = [1, 2]
  for (let i = 0; i < 4; i++) list = Array(1000).fill(list)
  const message = /^A list of shape \(1000, 1000, 1000, 1000, 2\) has 2000000000000 numbers, more than can be copied\./
  refused(() => cosineSimilarity(list, list), message)
  refused(() => pairwiseCosineSimilarity([[1, 2]], list), message)
  refused(() => tensor(list), message)
  /** @type {any} */
  let rows = Float32Array.of(1, 2)
  for (let i = 0; i < 3; i++) rows = Array(1000).fill(rows)
  refused(() => tensor(rows), /^A list of shape \(1000, 1000, 1000, 2\) has 2000000000 numbers/)
  const repeated = { data: Float32Array.of(1, 2), shape: [1000, 1000, 2], strides: [0, 0, 1] }
  assert.equal(cosineSimilarity(repeated, [1, 2], { dim: 2 }).data[999], 1)
})

test('a tensor that repeats one number has lists of a bounded length', () => {
  const data = Float32Array.of(1)
  const huge = tensor({ data, shape: [1e6, 1e6, 1e6], strides: [0, 0, 0] })
  const message =
    /^A list of shape \(1000000, 1000000, 1000000\) has 1(000){6} numbers, more than can be copied\. Take it row by row\.$/
  refused(() => huge.tolist(), message)
  refused(() => JSON.stringify(huge), message)
  refused(() => tensor({ data, shape: [2 ** 40, 0], strides: [0, 0] }).tolist(), /has 1099511627776 numbers/)
  assert.match(String(huge), /^tensor\(\[\[\[1\., 1\., 1\., {2}\.\.\., /)
})

test('an object with the prototype of tensors, but no dtype of theirs, is refused', () => {
  const data = Float32Array.of(1)
  for (const dtype of [undefined, 'no dtype', 'constructor']) {
    const none = forged(tensor(data), { dtype })
    const message = /^dtype says .+, but the data is float32\./
    refused(() => toNpy(none), message)
    refused(() => tensor([none, [2]]), message)
    refused(() => cosineDistance([5], [5], { weights: [forged(none, { shape: [0], strides: [1] })] }), message)
  }
})

test('a shape has an end', () => {
  const data = Float32Array.of(1)
  const endless = Object.assign([1], {
    *[Symbol.iterator]() {
      for (;;) yield 1
    },
  })
  const ones = Array(1e6).fill(1)
  assert.deepEqual(tensor(data, { shape: endless }).shape, [1])
  assert.deepEqual(tensor({ data, shape: Object.assign(Int32Array.of(1), endless) }).shape, [1])
  const message = /^only tensors with up to 64 dims are supported\. This one has 1000000\.$/
  refused(() => tensor(data, { shape: ones }), message)
  refused(() => cosineSimilarity({ data, shape: ones, strides: ones }, [1]), message)
  refused(() => tensor(data).view(ones), message)
  const sizes = new Proxy([1], { get: (list, key) => (key === 'length' ? 2 ** 53 : Reflect.get(list, key)) })
  refused(() => tensor(data, { shape: sizes }), /^only tensors with up to 64 dims/)
  refused(() => cosineSimilarity(forged(tensor(data), { shape: sizes }), [1]), /^only tensors with up to 64 dims/)
})

test('properties of Object.prototype are no options, and no fields of descriptors', () => {
  const lists = () => [
    cosineSimilarity([1, 2], [3, 4], { dim: 0 }).item(),
    cosineSimilarity(tensor([[1, 2]]), [[3, 4]], {}).tolist(),
    cosineDistance([1, 2], [3, 4], { weights: [1, 2] }),
    tensor([1, 2]).to('wasm').tolist(),
  ]
  const expected = lists()
  const extra = { dim: 0, eps: 5, dtype: 'float64', out: 5, weights: 1, k: 1, get: 1, set: 1, value: 1, writable: true }
  for (const [name, value] of Object.entries(extra)) {
    Object.defineProperty(Object.prototype, name, { value, configurable: true, enumerable: true, writable: true })
    let got
    try {
      got = lists()
    } finally {
      delete (/** @type {any} */ (Object.prototype)[name])
    }
    assert.deepEqual(got, expected, name)
  }
})

test('forty thousand tensors are disposed of in no time', () => {
  const before = memoryUsage().used
  const tensors = Array.from({ length: 40_000 }, () => tensor(Float32Array.of(1, 2, 3)).to('wasm'))
  const start = performance.now()
  for (let i = 0; i < tensors.length; i += 2) tensors[i].dispose()
  const later = tensor(Float32Array.of(4, 5)).to('wasm')
  const ms = performance.now() - start
  assert.ok(ms < 500, `${ms} ms`) // 1600 ms if it takes quadratic time, else less than 50
  for (const x of [...tensors, later]) x.dispose()
  assert.ok(memoryUsage().used <= before, 'memory is lost')
})
