/** The answers of PyTorch and SciPy, and the exact ones (tests/golden/generate.py), against those of cosdim. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import {
  accumulator,
  attentionDistribution,
  cosineDistance,
  cosineSimilarity,
  tensor,
  topkCosineSimilarity,
} from 'cosdim'

/* GOLDEN names another file, made with another seed. */
const golden = JSON.parse(readFileSync(process.env.GOLDEN ?? new URL('../golden/golden.json', import.meta.url), 'utf8'))

/** A number as the generator wrote it: a string if JSON has no such number. */
const number = (x) => (typeof x === 'string' && !/\d{9}/.test(x) ? Number(x.replace('inf', 'Infinity')) : x)

/** Data given by a rule: a scaled linear congruential generator. */
function* lcg({ seed, n, scale, shift }) {
  const next = (state) => (Math.imul(1664525, state) + 1013904223) >>> 0
  let state = next(seed)
  for (let i = 0; i < n; i++, state = next(state)) yield shift + scale * (state / 2 ** 32)
}

/** Integers beyond 2⁵³ are strings in the file, and become BigInts. */
function read({ dtype, data, rule, shape, strides, offset }) {
  if (dtype.startsWith('complex')) return { data: new Float32Array(2), dtype, shape }
  const round = dtype.startsWith('float') ? (x) => x : Math.trunc
  const list = rule ? [...lcg(rule)].map(round) : data.map(number).map((x) => (typeof x === 'string' ? BigInt(x) : x))
  return tensor({ ...tensor(list, { dtype }), shape, strides, offset })
}

const UNIT = { float32: 2 ** -24, float64: 2 ** -53 }
const toHalf = (x) => tensor([x], { dtype: 'float16' }).item()
/** The index of a half float among all of them, in order. */
function halfIndex(x) {
  const magnitude = Math.abs(x)
  const exponent = magnitude < 2 ** -14 ? -14 : Math.floor(Math.log2(magnitude))
  return Math.sign(x) * ((exponent + 14) * 1024 + magnitude * 2 ** (10 - exponent))
}

/** Within 8 units of the exact value; in float16, the nearest half float or a neighbour of it. */
function assertExact(got, exact, dtype, about) {
  exact.map(number).forEach((wanted, i) => {
    const within = Number.isNaN(wanted)
      ? Number.isNaN(got[i])
      : dtype === 'float16'
        ? Math.abs(halfIndex(got[i]) - halfIndex(toHalf(wanted))) <= 1
        : Math.abs(got[i] - wanted) <= 8 * UNIT[dtype]
    assert.ok(within, `output ${i}: ${got[i]} for ${wanted} of ${about()}`)
  })
}

/** No further from PyTorch's answer than the errors of the two allow. */
function assertClose(got, { data, dtype }, exact, about) {
  const bound = { ...UNIT, float16: 2 ** -13 }[dtype] * 8
  data.map(number).forEach((torch, i) => {
    const own = number(exact[i])
    const within = Number.isNaN(own) ? Number.isNaN(torch) : Math.abs(got[i] - torch) <= bound + Math.abs(torch - own)
    assert.ok(within, `output ${i}: ${got[i]}, PyTorch ${torch}, exact ${own} of ${about()}`)
  })
}

function assertLayout(got, { dtype, shape }) {
  assert.deepEqual([...got.shape], shape)
  assert.equal(got.dtype, dtype)
}

const flat = (x) => [x.tolist()].flat(Infinity)
const similarity = ({ x1, x2, dim, eps, cast }) =>
  cosineSimilarity(read(x1), read(x2), { dim, eps: eps === undefined ? undefined : number(eps), dtype: cast })

/** Complex inputs are refused when they are read, before any promotion, so the error names their own dtype. */
const COMPLEX = 'expected common dtype to be floating point, yet common dtype is Complex'
const isComplex = (x) => x?.dtype?.startsWith('complex')

/** The error begins with that text, word for word. */
const assertError = (call, text, about) =>
  assert.throws(
    call,
    (/** @type {Error} */ error) => {
      assert.equal(error.message.slice(0, text.length), text)
      return true
    },
    about?.(),
  )

test(`${golden.similarity.length} similarities and errors of PyTorch`, () => {
  for (const example of golden.similarity) {
    const { x1, x2, result, exact, error } = example
    const about = () => JSON.stringify(example).slice(0, 1000)
    if (error) {
      assertError(() => similarity(example), [x1, x2].some(isComplex) ? COMPLEX : error)
      continue
    }
    const got = similarity(example)
    assertLayout(got, result)
    assertExact(flat(got), exact, got.dtype, about)
    assertClose(flat(got), result, exact, about)
  }
})

/** The part of an operand along the dim of the common shape, from `start` to `end` of its `n`; all where it is broadcast. */
function part({ data, dtype, shape, strides, offset }, rank, dim, n, start, end) {
  const axis = dim - (rank - shape.length)
  if (axis < 0 || shape[axis] !== n) return tensor({ data, dtype, shape, strides, offset })
  const sizes = shape.map((size, i) => (i === axis ? end - start : size))
  return tensor({ data, dtype, shape: sizes, strides, offset: offset + (end > start ? start * strides[axis] : 0) })
}

test('the same similarities and errors of PyTorch, in slices along dim', () => {
  let count = 0
  for (const example of golden.similarity) {
    const { x1, x2, dim, eps, cast, result, exact, error } = example
    const options = { dim, eps: eps === undefined ? undefined : number(eps), dtype: cast }
    if (error) {
      if (![x1, x2].some(isComplex)) assertError(() => accumulator(options).update(read(x1), read(x2)), error)
      continue
    }
    const operands = [read(x1), read(x2)]
    const rank = Math.max(x1.shape.length, x2.shape.length)
    const at = (dim ?? 1) < 0 ? (dim ?? 1) + rank : (dim ?? 1)
    const sizes = operands.map(({ shape }) => shape[at - (rank - shape.length)] ?? 1)
    const n = sizes[0] === 1 ? sizes[1] : sizes[0]
    const ends = rank ? [0, Math.ceil(n / 3), Math.ceil(n / 3), n] : [0, n]
    const sums = accumulator(options)
    for (let i = 1; i < ends.length; i++) {
      const [slice1, slice2] = operands.map((x) => part(/** @type {any} */ (x), rank, at, n, ends[i - 1], ends[i]))
      sums.update(slice1, slice2)
    }
    const got = sums.result()
    assertLayout(got, result)
    assertExact(flat(got), exact, got.dtype, () => JSON.stringify(example).slice(0, 1000))
    count++
  }
  assert.ok(count > 100)
})

/** Where cosdim differs from PyTorch on purpose. */
const RULES = {
  range: 'the result is never outside [-1, 1]',
  self: 'cos(x, x) is exactly 1 and cos(x, -x) exactly -1',
  overflow: 'finite input never overflows',
  underflow: 'finite input is never lost to underflow',
  eps: 'eps is not rounded to the dtype of the operands',
  length: 'the error does not grow with the length',
}

for (const [rule, meaning] of Object.entries(RULES)) {
  const examples = golden.differences.filter((example) => example.rule === rule)
  test(`${examples.length} differences: ${meaning}`, () => {
    assert.ok(examples.length > 0)
    for (const example of examples) {
      const got = similarity(example)
      if (!example.torch.error) assertLayout(got, example.torch)
      assertExact(flat(got), example.exact, got.dtype, () => JSON.stringify(example).slice(0, 1000))
      for (const value of flat(got)) {
        if (rule === 'range') assert.ok(Math.abs(value) <= 1, `${value}`)
        if (rule === 'self') assert.equal(Math.abs(value), 1)
      }
    }
  })
}

test('every difference follows a rule', () => {
  for (const { rule } of golden.differences) assert.ok(Object.hasOwn(RULES, rule), rule)
})

test(`${golden.distance.length} distances and errors of SciPy`, () => {
  for (const example of golden.distance) {
    const { u, v, weights, rule, result, exact, error } = example
    const about = () => JSON.stringify(example).slice(0, 1000)
    const vector = (x) =>
      Array.isArray(x) ? x.map((y) => (Array.isArray(y) ? vector(y) : number(y))) : x?.dtype ? read(x) : x
    const call = () => cosineDistance(vector(u), vector(v), { weights: weights && vector(weights) })
    if (error) {
      // For different lengths SciPy shows NumPy's error about shapes; this package names the lengths.
      const text = /align|broadcast/.test(error) ? 'The vectors must have the same length' : error
      assertError(call, [u, v].some(isComplex) ? COMPLEX : text, about)
      continue
    }
    const got = [call()]
    assertExact(got, [exact], 'float64', about)
    if (!rule) assertClose(got, { dtype: 'float64', data: [result] }, [exact], about)
  }
})

test(`${golden.attention.length} attention distributions`, () => {
  for (const { target, behaviored, ...expected } of golden.attention)
    for (const normalize of /** @type {const} */ (['sum', 'softmax'])) {
      const got = attentionDistribution(read(target), read(behaviored), { normalize })
      assertLayout(got, expected[normalize])
      got.data.forEach((value, i) => {
        const wanted = number(expected[normalize].data[i])
        const tolerance = 24 * 2 ** -24 * Math.max(1, Math.abs(wanted))
        assert.ok(Object.is(value, wanted) || Math.abs(value - wanted) <= tolerance, `${value} for ${wanted}`)
      })
    }
})

test(`${golden.topk.length} rankings and errors of PyTorch`, () => {
  for (const { query, corpus, k, values, indices, error } of golden.topk) {
    const call = () => topkCosineSimilarity(read(query), read(corpus), k)
    if (error) {
      assertError(call, error)
      continue
    }
    const got = call()
    assertLayout(got.values, values)
    assertLayout(got.indices, { ...indices, dtype: 'int32' })
    assert.deepEqual(flat(got.indices), indices.data)
    flat(got.values).forEach((value, i) => {
      const wanted = number(values.data[i])
      assert.ok(Object.is(value, wanted) || Math.abs(value - wanted) <= 16 * UNIT[values.dtype], `${value}, ${wanted}`)
    })
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
