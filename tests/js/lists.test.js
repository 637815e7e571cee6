/** Lists: of plain numbers, copied in tight loops and with every mistake at its place, and of vectors of any kind, stacked. */
import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import * as cosdim from 'cosdim'
import ndarray from 'ndarray'
import { Tensor as OnnxTensor } from 'onnxruntime-common'
import { stream } from '../bench/data.js'

/** @type {any} So that wrong arguments compile. */
const untyped = cosdim
const { attentionDistribution, cosineDistance, cosineSimilarity, tensor, topkCosineSimilarity } = untyped

const random = stream(77)
const numbers = (n) => Array.from({ length: n }, () => random() - 0.5)
const f32 = (/** @type {number[]} */ ...elements) => Float32Array.of(...elements)

/* The first test, since it depends on what V8 has seen. Node 26 failed it, from the second call on. */
test('lists of numbers stay what V8 takes them for', () => {
  setFlagsFromString('--allow-natives-syntax')
  const isOfDoubles = new Function('list', 'return %HasDoubleElements(list)')
  const row = Float32Array.from(numbers(512))
  const docs = Array.from({ length: 5000 }, () => Array.from(row))
  const query = Array.from(row)
  for (let i = 0; i < 5; i++) topkCosineSimilarity(query, docs, 3)
  assert.ok([query, ...docs].every((list) => isOfDoubles(list)))
})

test('numbers give the bits of the arrays that they round to, at any length', () => {
  for (const n of [0, 1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 100, 1536, 4096, 4097, 20_000])
    for (const [a, b] of [
      [numbers(n), numbers(n)],
      [Array.from({ length: n }, (_, i) => i - 3), numbers(n)],
      [numbers(n), Float32Array.from(numbers(n))],
    ]) {
      const [x, y] = [Float32Array.from(a), Float32Array.from(b)]
      const expected = cosineSimilarity(x, y, { dim: 0 })
      for (const [c, d] of [
        [a, b],
        [a, y],
        [x, b],
      ])
        assert.deepEqual(cosineSimilarity(c, d, { dim: 0 }), expected)
      const out = new Float32Array(1)
      assert.equal(cosineSimilarity(a, b, { dim: 0, out }).data, out)
      assert.deepEqual(out, expected.data)
      assert.deepEqual(tensor(a).data, x)
      assert.deepEqual(tensor(a, { dtype: 'float64' }).data, Float64Array.from(a))
      assert.deepEqual(tensor([a, a]).data, Float32Array.of(...x, ...x))
    }
})

test('a mistake among many numbers has its place', () => {
  const mistakes = /** @type {[unknown, RegExp][]} */ ([
    ['x', /^TypeError: (too many dimensions 'str'|new\(\): invalid data type 'str')\. (?:x\d)?\[(\d+)\] is "x"/],
    [null, /^TypeError: Could not infer dtype of NoneType\. (?:x\d)?\[(\d+)\] is null/],
    [undefined, /^TypeError: Could not infer dtype of NoneType\. (?:x\d)?\[(\d+)\] is undefined/],
    [{}, /^TypeError: Could not infer dtype of dict\. (?:x\d)?\[(\d+)\] is an object/],
    [1e39, /^RangeError: value cannot be converted to type float32 without overflow\. (?:x\d)?\[(\d+)\] is 1e\+39\./],
    [
      -1e300,
      /^RangeError: value cannot be converted to type float32 without overflow\. (?:x\d)?\[(\d+)\] is -1e\+300\./,
    ],
  ])
  for (const [wrong, message] of mistakes)
    for (let place = 0; place < 19 + 9; place++) {
      // Lengths of two blocks of eight and three more, and of one block and one more.
      const [length, i] = place < 19 ? [19, place] : [9, place - 19]
      const list = numbers(length)
      list[i] = /** @type {any} */ (wrong)
      for (const call of [
        () => cosineSimilarity(list, numbers(length), { dim: 0 }),
        () => cosineSimilarity(numbers(length), list, { dim: 0 }),
        () => tensor(list),
      ])
        assert.throws(call, (/** @type {Error} */ error) => {
          const found = /** @type {RegExpMatchArray} */ (String(error).match(message))
          assert.equal(found?.at(-1), String(i), String(error))
          return true
        })
      assert.throws(
        () => tensor([numbers(length), list]),
        (error) => String(error).includes(`[1][${i}]`),
      )
    }
  const holed = numbers(19)
  delete holed[11]
  assert.throws(() => cosineSimilarity(holed, holed, { dim: 0 }), /\[11\] is a hole/)
  assert.throws(() => tensor([numbers(19), numbers(18)]), /expected sequence of length 19 at dim 1 \(got 18\)\. \[1\]/)
  assert.throws(() => tensor([...numbers(9), 2n]), /A BigInt cannot be mixed with numbers: \[9\] is 2n/)
  assert.deepEqual(tensor([0.5, true, false]).tolist(), [0.5, 1, 0])
})

test('infinities and NaN among numbers stay', () => {
  for (const special of [Infinity, -Infinity, NaN])
    for (const i of [0, 9]) {
      const list = numbers(10)
      list[i] = special
      assert.deepEqual(tensor(list).data, Float32Array.from(list))
      assert.deepEqual(tensor([list, list], { dtype: 'float64' }).data, Float64Array.of(...list, ...list))
      assert.equal(tensor(list, { dtype: 'float16' }).tolist()[i], special)
      assert.equal(cosineSimilarity(list, list, { dim: 0 }).item(), NaN)
    }
})

test('a getter in a list may call the package', () => {
  const [a, b] = [numbers(50), numbers(50)]
  const expected = cosineSimilarity(a, b, { dim: 0 }).item()
  const calls = {
    'another pair': () => cosineSimilarity(numbers(50), numbers(50), { dim: 0 }),
    'a plan': () => cosineSimilarity([numbers(50)], [numbers(50)]),
    'more memory': () => tensor(new Float32Array(2 ** 22)).to('wasm'),
  }
  for (const [name, call] of Object.entries(calls)) {
    const list = [...b]
    Object.defineProperty(list, 20, {
      get() {
        call()
        return b[20]
      },
    })
    assert.equal(cosineSimilarity(a, list, { dim: 0 }).item(), expected, name)
    assert.equal(cosineSimilarity(list, a, { dim: 0 }).item(), expected, name)
  }
})

test('plain numbers become the dtype of the operation straight away', () => {
  const similarity = (a, b, dtype) => cosineSimilarity(a, b, { dim: 0, dtype }).item()
  assert.equal(similarity([0.1, 0.2, 0.7], [0.3, 0.1, 0.9], 'float64'), 0.970043783024736)
  assert.ok(Math.abs(similarity([16777217, -16777216], [1, 1], 'float64') - 2.98e-8) < 1e-10)
  const [x, y] = [
    [0.1, 0.2, 0.7],
    [0.3, 0.1, 0.9],
  ]
  for (const dtype of /** @type {const} */ (['float16', 'float32', 'float64'])) {
    const [a, b] = [tensor([x], { dtype }), tensor([y], { dtype })]
    assert.deepEqual(cosineSimilarity([x], [y], { dtype }), cosineSimilarity(a, b))
    assert.deepEqual(untyped.pairwiseCosineSimilarity([x], [y], { dtype }), untyped.pairwiseCosineSimilarity(a, b))
    assert.deepEqual(topkCosineSimilarity(x, [y], 1, { dtype }), topkCosineSimilarity(a.view(3), b, 1))
  }
  const large = { data: [1e39, 1], shape: [2] }
  assert.equal(similarity(large, [1e39, 1], 'float64'), 1)
  assert.equal(similarity([1n, 2n], [1, 2], 'float32'), Math.fround(1))
  assert.equal(similarity([true, false], [0.5, 0], 'float64'), 1)
  assert.throws(() => similarity([0.5], [0.5], 'int32'), /yet common dtype is Int\./)
})

test('a finite number that is too large for its dtype is an error, and never an infinity', () => {
  assert.throws(
    () =>
      tensor([
        [1, 2],
        [3, 1e39],
      ]),
    {
      name: 'RangeError',
      message:
        'value cannot be converted to type float32 without overflow. [1][1] is 1e+39. ' +
        "To keep such numbers, pass { dtype: 'float64' }, here or to tensor(…).",
    },
  )
  const most = 2 ** 128 - 2 ** 103
  assert.throws(() => tensor([most]), /\[0\] is 3\.4028235677973366e\+38\./)
  assert.throws(() => tensor(-most), /The data is -3\.4028235677973366e\+38\./)
  assert.equal(tensor([most - 2 ** 75]).item(), 2 ** 128 - 2 ** 104)
  assert.throws(
    () => cosineSimilarity([1e6, 1], [1, 1], { dim: 0, dtype: 'float16' }),
    /type float16 .* x1\[0\] is 1000000/,
  )
  assert.throws(() => tensor([65520], { dtype: 'float16' }), /\[0\] is 65520/)
  assert.equal(tensor([65519], { dtype: 'float16' }).item(), 65504)
  assert.throws(() => attentionDistribution([1], [[1e39]]), /\[0\]\[0\] is 1e\+39/)
  assert.equal(cosineDistance([1e200, 1], [1e200, 1]), 0)
})

const [a, b] = [
  [1, 2, 3],
  [4, 5, 6],
]
const rowsOf = (dtype) => tensor([a, b], { dtype })

test('vectors of any kind are stacked', () => {
  const wide = tensor(Float32Array.of(1, 4, 2, 5, 3, 6), { shape: [3, 2] }).transpose(0, 1)
  const tfjs = { dataSync: () => Float32Array.from(b), shape: [3], dtype: 'float32' }
  const transformers = new Proxy(
    { data: Float32Array.from(a), dims: [1, 3], type: 'float32', stride: () => [3, 1] },
    {},
  )
  const reversed = ndarray(f32(6, 5, 4)).step(-1)
  const view = tensor({ data: Float32Array.of(0, 1, 9, 2, 9, 3), shape: [3], strides: [2], offset: 1 })
  const firsts = [a, f32(1, 2, 3), tensor(a), tensor(a).to('wasm'), transformers, view, view.to('wasm')]
  const seconds = [
    b,
    f32(4, 5, 6),
    tensor(b),
    tensor([b]).to('wasm'),
    tfjs,
    reversed,
    new OnnxTensor('float32', Float32Array.from(b), [1, 3]),
  ]
  for (const first of firsts)
    for (const second of seconds) {
      const stacked = tensor([first, second])
      assert.deepEqual([stacked.dtype, stacked.tolist()], ['float32', [a, b]])
      assert.deepEqual(topkCosineSimilarity(a, [first, second], 1).indices.tolist(), [0])
      const deep = tensor([
        [first, second],
        [second, first],
      ])
      assert.deepEqual(deep.tolist(), [
        [a, b],
        [b, a],
      ])
    }
  assert.deepEqual(tensor([wide, wide]).tolist(), [
    [a, b],
    [a, b],
  ])
  assert.deepEqual(tensor([cosineSimilarity(a, a, { dim: 0 }), tensor(2)]).tolist(), [1, 2])
})

test('rows of numbers take the dtype of their siblings', () => {
  for (const dtype of ['uint8', 'int8', 'int16', 'int32', 'float16', 'float32', 'float64']) {
    const row = tensor(b, { dtype })
    for (const list of [
      [a, row],
      [tensor(a, { dtype }), b],
    ])
      assert.deepEqual(tensor(list), rowsOf(dtype))
  }
  assert.deepEqual(tensor([[0.1], Float64Array.of(0.2)]).tolist(), [[0.1], [0.2]])
  assert.deepEqual(tensor([[1n], BigInt64Array.of(2n)]).tolist(), [[1n], [2n]])
  assert.throws(() => tensor([Int8Array.of(1), [300]]), /type int8 without overflow\. \[1\]\[0\] is 300\./)
  assert.throws(() => tensor([f32(1), [1e39]]), /type float32 without overflow\. \[1\]\[0\] is 1e\+39\./)
  assert.throws(() => tensor([f32(1), ['x']]), /invalid data type 'str'\. \[1\]\[0\] is "x"/)
})

test('half floats as bits in rows', () => {
  const rows = [Uint16Array.of(0x3c00, 0x4000), Uint16Array.of(0xc200, 0)]
  const halves = [
    [1, 2],
    [-3, 0],
  ]
  const x = tensor(rows, { dtype: 'float16' })
  assert.deepEqual([x.dtype, x.tolist()], ['float16', halves])
  assert.deepEqual(tensor([{ data: rows[0], dims: [2], type: 'float16' }, halves[1]]).tolist(), halves)
  assert.deepEqual(
    tensor([tensor([1, 2], { dtype: 'float16' }), tensor(rows[1], { dtype: 'float16' })]).tolist(),
    halves,
  )
  assert.equal(tensor(rows).dtype, 'uint16')
  assert.throws(() => tensor([f32(1)], { dtype: 'float16' }), /dtype says float16, but the data is float32/)
})

test('rows that differ are named', () => {
  const differ = /** @type {[unknown[], string][]} */ ([
    [
      [f32(1), Float64Array.of(1)],
      'All rows must be of one type: [1] is a Float64Array, those before it Float32Array.',
    ],
    [
      [f32(1), tensor(f32(1)), tensor([1], { dtype: 'float64' })],
      'All rows must be of one dtype: [2] is float64, those before it float32.',
    ],
    [[f32(1), f32(1, 2)], 'expected sequence of length 1 at dim 1 (got 2). [1] is 2 long'],
    [[f32(1), tensor([1, 2])], 'expected sequence of length 1 at dim 1 (got 2). [1] is 2 long'],
    [[[1, 2], f32(1)], 'expected sequence of length 2 at dim 1 (got 1). [1] is 1 long'],
    [[f32(1), [1, 2]], 'expected sequence of length 1 at dim 1 (got 2). [1] is 2 long'],
    [[f32(1), 1], 'not a sequence. [1] is 1'],
    [[f32(1), null], 'Could not infer dtype of NoneType. [1] is null'],
    [[[f32(1)], [f32(1), f32(1)]], 'expected sequence of length 1 at dim 1 (got 2). [1] is 2 long'],
    [
      [tensor([a, b]), tensor([a, b, b])],
      'stack expects each tensor to be equal size, but got [2, 3] at entry 0 and [3, 3] at entry 1. [1]',
    ],
  ])
  for (const [list, message] of differ)
    assert.throws(
      () => tensor(list),
      (/** @type {Error} */ error) => {
        assert.equal(error.message.slice(0, message.length), message)
        return error instanceof TypeError || error instanceof RangeError
      },
    )
})

test('the Async forms copy lists in slices', async () => {
  let clock = 0
  mock.method(performance, 'now', () => (clock += 4))
  let turns = 0
  let isDone = false
  const count = () => {
    turns++
    if (!isDone) setImmediate(count)
  }
  setImmediate(count)
  for (const row of [numbers(8), Float32Array.from(numbers(8))]) {
    const seen = new Set()
    const list = Array.from({ length: 30 }, () => row)
    for (const i of list.keys())
      Object.defineProperty(list, i, {
        get() {
          seen.add(turns)
          return row
        },
      })
    const expected = topkCosineSimilarity(row, list, 3)
    seen.clear()
    assert.deepEqual(await untyped.topkCosineSimilarityAsync(row, list, 3), expected)
    assert.ok(seen.size >= 5, `${seen.size} slices`)
    const reason = new Error('enough')
    const signal = { aborted: false, reason }
    setImmediate(() => (signal.aborted = true))
    await assert.rejects(untyped.pairwiseCosineSimilarityAsync(list, list, { signal }), reason)
  }
  isDone = true
  mock.reset()
})

test('an empty list has no rows', async () => {
  const { values, indices } = topkCosineSimilarity([1, 2], [], 0)
  assert.deepEqual([values.shape, indices.shape], [[0], [0]])
  assert.deepEqual(topkCosineSimilarity([[1, 2]], [], 0).values.shape, [1, 0])
  assert.deepEqual((await untyped.topkCosineSimilarityAsync([1, 2], [], 0)).values.shape, [0])
  for (const [x1, x2, shape] of /** @type {const} */ ([
    [[], [], [0, 0]],
    [[], [a, b], [0, 2]],
    [[a, b], [], [2, 0]],
  ])) {
    assert.deepEqual(untyped.pairwiseCosineSimilarity(x1, x2).shape, shape)
    assert.deepEqual((await untyped.pairwiseCosineSimilarityAsync(x1, x2)).shape, shape)
  }
  assert.deepEqual(untyped.pairwiseCosineSimilarity([]).shape, [0, 0])
})

test('a list that is both operands is read once', async () => {
  for (const row of [a, Float32Array.from(a)])
    for (const call of [
      (list) => untyped.pairwiseCosineSimilarity(list),
      (list) => untyped.pairwiseCosineSimilarityAsync(list),
      (list) => cosineSimilarity(list, list),
    ]) {
      let reads = 0
      const list = [row, b]
      Object.defineProperty(list, 1, {
        get() {
          reads++
          return row
        },
      })
      tensor(list)
      const once = reads
      assert.deepEqual(await call(list), await call([row, row]))
      assert.equal(reads, 2 * once)
    }
})
