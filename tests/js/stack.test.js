/**
 * The WebAssembly stack comes first in memory and grows down from STACK, so that an overflow traps at address 0 instead
 * of overwriting data. It is painted while no call runs. After all operations, at least half of the paint must be left.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { importWith } from './instance.js'

const addresses = []
let memory
const {
  attentionDistribution,
  cosineDistance,
  cosineSimilarity,
  explain,
  pairwiseCosineSimilarity,
  pairwiseCosineSimilarityAsync,
  tensor,
  topkCosineSimilarity,
  topkCosineSimilarityAsync,
} = await importWith((exports) => {
  memory = exports.memory
  const address = (which) => {
    addresses.push(exports.address(which))
    return addresses.at(-1)
  }
  return { address }
})

const makefile = readFileSync(new URL('../../Makefile', import.meta.url), 'utf8')
const STACK = Number(/** @type {RegExpMatchArray} */ (makefile.match(/-sTOTAL_STACK=(\d+)/))[1])

const MARGIN = 16 // bytes at either end that are left alone
const paintAt = (address) => (address * 167 + 41) & 255

function paint() {
  const bytes = new Uint8Array(memory.buffer)
  for (let address = MARGIN; address < STACK - MARGIN; address++) bytes[address] = paintAt(address)
}

/** How much of the stack was used since it was painted, in bytes. */
function used() {
  const bytes = new Uint8Array(memory.buffer)
  for (let address = MARGIN; address < STACK - MARGIN; address++)
    if (bytes[address] !== paintAt(address)) return STACK - address
  return 0
}

/** @typedef {import('cosdim').Tensor} Tensor */
/** @typedef {import('cosdim').DType} DType */

/** @type {DType[]} */
const DTYPES = ['float16', 'float32', 'float64', 'int8', 'uint8', 'int16', 'int32', 'int64', 'uint16', 'uint32', 'bool']
const FLOATING = /** @type {const} */ (['float16', 'float32', 'float64'])
const isFloating = (dtype) => dtype.startsWith('float')

/** A matrix of small numbers that every dtype can hold. */
const matrix = (n, d, /** @type {DType} */ dtype = 'float32') => {
  const numbers = Array.from({ length: n * d }, (_, i) => (i * i) % 7)
  return tensor(dtype === 'bool' ? numbers.map(Boolean) : numbers, { dtype, shape: [n, d] })
}

/**
 * Pairs of tensors that are compared along a dim, in every kernel's layout.
 * @param {DType} dtype
 * @returns {Generator<[x1: Tensor, x2: Tensor, dim: number]>}
 */
function* layouts(dtype) {
  const other = isFloating(dtype) ? dtype : 'float32'
  for (const [n, d] of [
    [1, 3],
    [40, 3],
    [3, 40],
    [33, 300],
    [70, 70],
  ]) {
    const [x1, x2] = [matrix(n, d, dtype), matrix(n, d, other)]
    yield [x1, x2, 1]
    yield [x1, x2, 0]
    yield [x1.transpose(0, 1), x2.transpose(0, 1), 0]
    yield [x1, matrix(d, n, other).transpose(0, 1), 1]
    yield [x1.unsqueeze(1), x2.unsqueeze(0), -1]
    yield [matrix(1, d, dtype), x2, 1]
    yield [tensor({ data: x1.data, dtype, shape: [n, Math.ceil(d / 2)], strides: [d, 2] }), matrix(1, 1, other), 1]
  }
}

/** float32 rows whose sums are computed again: huge, tiny and parallel ones. */
const hard = tensor(
  Float32Array.from({ length: 9 * 200 }, (_, i) => (1 + (i % 7)) * [1, 1e30, 1e-30][Math.floor(i / 200) % 3]),
  { shape: [9, 200] },
)
const hardDoubles = tensor(
  Float64Array.from({ length: 9 * 200 }, (_, i) => (1 + (i % 7)) * [1, 1e300, 1e-300][Math.floor(i / 200) % 3]),
  { shape: [9, 200] },
)

/** Everything that the package does. */
const OPERATIONS = {
  similarity() {
    for (const dtype of DTYPES)
      for (const [x1, x2, dim] of layouts(dtype))
        for (const [y1, y2] of [
          [x1, x2],
          [x1.to('wasm'), x2.to('wasm')],
        ]) {
          cosineSimilarity(y1, y2, { dim })
          cosineSimilarity(y2, y1, { dim, eps: 0 })
          if (!isFloating(dtype)) cosineSimilarity(y1, y1, { dim, dtype: 'float32' })
        }
  },
  'sums that are computed again'() {
    for (const x of [hard, hardDoubles])
      for (const y of [x, x.to('wasm')])
        for (const dim of [0, 1]) {
          cosineSimilarity(y, y, { dim, eps: 0 })
          cosineSimilarity(y, x.view(9, 200, 1).transpose(1, 2).view(9, 200), { dim, eps: 0 })
        }
    pairwiseCosineSimilarity(hard, hard, { eps: 0 })
    pairwiseCosineSimilarity(hardDoubles, hardDoubles, { eps: 0 })
  },
  'pairs of typed arrays'() {
    for (const TypedArray of [Float32Array, Float64Array])
      for (const n of [1, 3, 100, 5000, 40_000]) {
        const x = new TypedArray(n).map((_, i) => i % 5)
        cosineSimilarity(x, x.slice().reverse(), { dim: 0 })
      }
  },
  pairwise() {
    for (const dtype of /** @type {const} */ ([...FLOATING, 'int8']))
      pairwiseCosineSimilarity(matrix(70, 300, dtype), matrix(66, 300, dtype), { dtype: 'float32' })
  },
  topk() {
    for (const dtype of /** @type {const} */ ([...FLOATING, 'int8']))
      for (const queries of [1, 5, 40])
        topkCosineSimilarity(matrix(queries, 300, dtype), matrix(500, 300, dtype), 20, { dtype: 'float32' })
  },
  distance() {
    const x = Float64Array.from({ length: 3000 }, (_, i) => i % 11)
    cosineDistance(x, x.slice().reverse())
    cosineDistance(x, x.slice().reverse(), { weights: x })
    cosineDistance([1e200, 1], [1e200, 2], { weights: [1e-300, 1] })
  },
  attention() {
    for (const dtype of FLOATING)
      for (const normalize of /** @type {const} */ (['sum', 'softmax']))
        attentionDistribution(matrix(1, 40, dtype), matrix(3000, 40, dtype), { normalize })
  },
  explain() {
    for (const dtype of /** @type {const} */ ([...FLOATING, 'int8', 'bool']))
      for (const dim of [0, 1]) {
        const output = explain(matrix(20, 30, dtype), matrix(1, 30), { dim }).at(3)
        assert.ok(output.terms.length > 0)
      }
  },
  views() {
    const shape = Array(64).fill(1)
    const x = matrix(6, 8).view(2, 3, 2, 4)
    x.view(48).unsqueeze(0).transpose(0, 1)
    x.transpose(1, 3).to('wasm').transpose(0, 2).to('js').tolist()
    x.to('wasm').size(-1)
    cosineSimilarity(tensor([1], { shape }), tensor([2], { shape }), { dim: 63 })
    String(x.to('wasm'))
  },
  mistakes() {
    assert.throws(() => cosineSimilarity(matrix(2, 3), matrix(2, 4)))
    assert.throws(() => cosineSimilarity(matrix(2, 3), matrix(2, 3), { dim: 5 }))
    assert.throws(() => matrix(2, 3).transpose(0, 1).view(6))
  },
  async slices() {
    await pairwiseCosineSimilarityAsync(matrix(300, 300))
    await topkCosineSimilarityAsync(matrix(9, 300), matrix(2000, 300), 5)
  },
}

test('the stack lies below everything else', () => {
  matrix(1, 1).view(1) // makes the instance
  assert.ok(addresses.length > 10)
  for (const address of addresses)
    assert.ok(address >= STACK, `${address} is not above the stack, which ends at ${STACK}`)
})

test('no operation uses more than half of the stack', async () => {
  const most = {}
  for (const [name, run] of Object.entries(OPERATIONS)) {
    paint()
    await run()
    most[name] = used()
  }
  for (const [name, bytes] of Object.entries(most)) {
    assert.ok(bytes > 0, `${name}: the paint is not on the stack`)
    assert.ok(bytes <= STACK / 2, `${name} uses ${bytes} of ${STACK} bytes`)
  }
})

test('what is no list of vectors, where one is expected, has its place', () => {
  const vectors = [Float32Array.of(1, 2)]
  for (const [wrong, message] of /** @type {[any, RegExp][]} */ ([
    [5, /^TypeError: not a sequence\. \[1\] is 5, where an array is expected/],
    ['x', /^TypeError: .*'str'.*\. \[1\] is "x"/],
    [null, /^TypeError: Could not infer dtype of NoneType\. \[1\] is null/],
  ]))
    assert.throws(
      () => tensor([vectors, wrong]),
      (error) => message.test(String(error)),
    )
})
