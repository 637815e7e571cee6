/** The laws of cosine similarity, and its definition, over random shapes, layouts and dtypes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cosineDistance, cosineSimilarity, explain, tensor } from 'cosdim'
import fc from 'fast-check'

/**
 * Two shapes that broadcast: the common shape with some sizes 1 on one side, and leading ones left out. One axis may be
 * long enough for the kernels' blocks.
 */
const shapes = fc
  .record({
    axes: fc.array(fc.record({ size: fc.integer({ min: 1, max: 5 }), one: fc.constantFrom(0, 0, 0, 0, 1, 2) }), {
      maxLength: 4,
    }),
    special: fc.record({ axis: fc.nat(9), size: fc.oneof(fc.constant(0), fc.integer({ min: 6, max: 80 })) }),
    dim: fc.nat(3),
  })
  .chain(({ axes, special, dim }) => {
    const sizes = axes.map(({ size }, axis) => (axis === special.axis ? special.size : size))
    const side = (/** @type {number} */ k) => sizes.map((size, axis) => (axes[axis].one === k ? 1 : size))
    const lead = side(1).findIndex((size) => size !== 1)
    return fc.record({
      common: fc.constant(sizes),
      shape1: fc.nat(lead < 0 ? axes.length : lead).map((drop) => side(1).slice(drop)),
      shape2: fc.constant(side(2)),
      dim: fc.constant(axes.length ? dim % axes.length : 0),
    })
  })

/** Values whose squares neither overflow nor get lost in a plain float64 sum. */
const value = fc.oneof(
  fc.integer({ min: -8, max: 8 }),
  fc.integer({ min: -(2 ** 40), max: 2 ** 40 }).map((x) => x / 2 ** 40),
)

const FLOATING = ['float16', 'float32', 'float64']
const DTYPES = [...FLOATING, ...FLOATING, 'int8', 'uint8', 'int32', 'int64', 'bool']

/** Turns a value into one of the dtype. */
const among = (dtype) => (x) =>
  dtype === 'bool' ? x > 0 : FLOATING.includes(dtype) ? x : Math.trunc(dtype.startsWith('u') ? Math.abs(x) : x)

/** A tensor of that shape: contiguous, with two axes swapped in memory, or made of every second element of its data. */
const layout = (shape, dtypes) =>
  fc
    .record({
      dtype: fc.constantFrom(...dtypes),
      kind: fc.constantFrom('contiguous', 'transposed', 'strided'),
      seed: fc.array(value, { minLength: 7, maxLength: 31 }),
    })
    .map(({ dtype, kind, seed }) => {
      const count = shape.reduce((product, size) => product * size, 1)
      const stride = kind === 'strided' ? 2 : 1
      const values = Array.from({ length: count * stride }, (_, i) => seed[(i * i + i) % seed.length])
      const { data } = tensor(values.map(among(dtype)), { dtype })
      if (kind === 'strided') {
        const strides = shape.map((_, i) => 2 * shape.slice(i + 1).reduce((product, size) => product * size, 1))
        return tensor({ data, shape, strides, dtype })
      }
      if (kind === 'contiguous' || shape.length < 2) return tensor(data, { shape, dtype })
      const swapped = [...shape]
      swapped[0] = shape[shape.length - 1]
      swapped[shape.length - 1] = shape[0]
      return tensor(data, { shape: swapped, dtype }).transpose(0, -1)
    })

const cases = shapes.chain(({ common, shape1, shape2, dim }) =>
  fc.record({
    common: fc.constant(common),
    dim: fc.constant(dim),
    x1: layout(shape1, DTYPES),
    x2: layout(shape2, FLOATING),
    eps: fc.constantFrom(1e-8, 0, 1e-3, 3),
  }),
)

/** The number in nested arrays of that shape at an index of the common shape. */
const at = (list, shape, index) =>
  Number(shape.reduce((inner, size, axis) => inner[size === 1 ? 0 : index[index.length - shape.length + axis]], list))

function* indices(shape) {
  if (shape.length === 0) return yield []
  for (let i = 0; i < shape[0]; i++) for (const rest of indices(shape.slice(1))) yield [i, ...rest]
}

/** All outputs in order, computed from nested arrays. */
function definition(x1, x2, common, dim, eps) {
  const [list1, list2] = [x1.tolist(), x2.tolist()]
  const n = common.length ? common[dim] : 1
  return [...indices(common.filter((_, axis) => axis !== dim))].map((index) => {
    let dot = 0
    let norm1 = 0
    let norm2 = 0
    for (let t = 0; t < n; t++) {
      const full = common.length ? index.toSpliced(dim, 0, t) : []
      const a = at(list1, x1.shape, full)
      const b = at(list2, x2.shape, full)
      dot += a * b
      norm1 += a * a
      norm2 += b * b
    }
    return n ? dot / (Math.max(Math.sqrt(norm1), eps) * Math.max(Math.sqrt(norm2), eps)) : 0
  })
}

/** In float16 a neighbour of the nearest will do, which is 2⁻¹¹ away. */
const UNIT = { float16: 2 ** -14, float32: 2 ** -24, float64: 2 ** -53 }
const flat = (x) => [x.tolist()].flat(Infinity)
/** @returns {number} */
const item = (x) => x.item()

/** Both NaN, or within 8 units of the dtype and the error of a plain float64 sum of n terms. */
function close(got, expected, dtype, n = 0) {
  assert.equal(got.length, expected.length)
  got.forEach((value, i) => {
    assert.ok(
      Number.isNaN(expected[i])
        ? Number.isNaN(value)
        : Math.abs(value - expected[i]) <= 8 * UNIT[dtype] + 2 * n * UNIT.float64,
      `output ${i}: ${value} for ${expected[i]}`,
    )
  })
}

test('results match the definition', () => {
  fc.assert(
    fc.property(cases, ({ common, dim, x1, x2, eps }) => {
      const result = cosineSimilarity(x1, x2, { dim, eps })
      const shape = common.filter((_, axis) => axis !== dim)
      assert.deepEqual([...result.shape], shape)
      assert.equal(result.dtype, FLOATING[Math.max(...[x1, x2].map(({ dtype }) => FLOATING.indexOf(dtype)))])
      close(flat(result), definition(x1, x2, common, dim, eps), result.dtype, common[dim])
    }),
    { numRuns: 400 },
  )
})

test('cos(x1, x2) and cos(x2, x1) are equal to the bit', () => {
  fc.assert(
    fc.property(cases, ({ dim, x1, x2, eps }) => {
      assert.deepEqual(cosineSimilarity(x1, x2, { dim, eps }).data, cosineSimilarity(x2, x1, { dim, eps }).data)
    }),
  )
})

test('cos(x, x) is 1 and cos(x, -x) is -1, exactly', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e300, max: 1e300, noNaN: true }), { minLength: 1, maxLength: 300 }),
      fc.constantFrom(Float32Array, Float64Array),
      (list, TypedArray) => {
        const x = TypedArray.from(list).filter(Number.isFinite)
        fc.pre(x.some((value) => Math.abs(value) > 1e-7))
        assert.equal(cosineSimilarity(x, x, { dim: 0 }).item(), 1)
        assert.equal(
          cosineSimilarity(
            x,
            x.map((value) => -value),
            { dim: 0 },
          ).item(),
          -1,
        )
      },
    ),
  )
})

test('parallel vectors stay within [-1, 1]', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 30 }), value, (list, factor) => {
      const x = Float64Array.from(list)
      const similarity = item(
        cosineSimilarity(
          x,
          x.map((value) => value * factor),
          { dim: 0 },
        ),
      )
      assert.ok(Math.abs(similarity) <= 1, String(similarity))
    }),
    { numRuns: 1000 },
  )
})

test('along an axis of size 1 every cosine is exactly 1 or -1', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 20 }),
      fc.constantFrom('float16', 'float32', 'float64'),
      fc.constantFrom([-1, 1], [1, -1]),
      (pairs, dtype, shape) => {
        const [x1, x2] = [0, 1].map((k) =>
          tensor(
            pairs.map((pair) => (pair[k] < 0 ? pair[k] - 1 : pair[k] + 1)),
            { dtype },
          ).view(...shape),
        )
        const result = cosineSimilarity(x1, x2, { dim: shape.indexOf(1), eps: 0 })
        for (const [i, value] of flat(result).entries())
          assert.equal(value, Math.sign(flat(x1)[i]) * Math.sign(flat(x2)[i]))
      },
    ),
  )
})

test('scaling by a power of two changes nothing', () => {
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 2, maxLength: 60 }),
      fc.integer({ min: -400, max: 400 }),
      (list, exponent) => {
        const x = Float64Array.from(list)
        const y = x.map((value, i) => value + i)
        fc.pre(x.some((value) => Math.abs(value) > 1e-3) && y.some((value) => Math.abs(value) > 1e-3))
        const scaled = x.map((value) => value * 2 ** exponent)
        const [plain] = cosineSimilarity(x, y, { dim: 0, eps: 0 }).data
        close([cosineSimilarity(scaled, y, { dim: 0, eps: 0 }).item()], [plain], 'float64')
      },
    ),
  )
})

test('a resident tensor gives what the same tensor on the js device gives, with or without another resident one', () => {
  fc.assert(
    fc.property(cases, ({ common, dim, x1, x2, eps }) => {
      const [y1, y2] = [x1.to('wasm'), x2.to('wasm')]
      assert.deepEqual(y1.tolist(), x1.tolist())
      assert.deepEqual(y1.to('js').tolist(), x1.tolist())
      const expected = cosineSimilarity(x1, x2, { dim, eps })
      for (const [z1, z2] of [
        [y1, y2],
        [y1, x2],
        [x1, y2],
      ]) {
        const result = cosineSimilarity(z1, z2, { dim, eps })
        assert.deepEqual([...result.shape], [...expected.shape])
        close(flat(result), flat(expected), expected.dtype, common[dim])
      }
      const transposed = y1.transpose(0, -1)
      assert.deepEqual(transposed.tolist(), x1.transpose(0, -1).tolist())
      assert.deepEqual(transposed.to('js').tolist(), transposed.tolist())
      y1.dispose()
      y2.dispose()
    }),
    { numRuns: 200 },
  )
})

test('swapping axes of the inputs swaps those of the output', () => {
  fc.assert(
    fc.property(
      fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 40 })),
      ([n, m, d]) => {
        const x1 = tensor(
          Float32Array.from({ length: n * m * d }, (_, i) => Math.sin(i)),
          { shape: [n, m, d] },
        )
        const x2 = tensor(
          Float32Array.from({ length: n * m * d }, (_, i) => Math.cos(i * i)),
          { shape: [n, m, d] },
        )
        const moved = cosineSimilarity(x1.transpose(0, 1), x2.transpose(0, 1), { dim: 2 })
        close(flat(moved), flat(cosineSimilarity(x1, x2, { dim: 2 }).transpose(0, 1)), 'float32')
        const reduced = cosineSimilarity(x1.transpose(1, 2), x2.transpose(1, 2), { dim: 1 })
        close(flat(reduced), flat(cosineSimilarity(x1, x2, { dim: 2 })), 'float32')
      },
    ),
  )
})

test('broadcasting equals expanding', () => {
  fc.assert(
    fc.property(cases, ({ common, dim, x1, x2, eps }) => {
      const expand = (x) => {
        const list = x.tolist()
        const values = [...indices(common)].map((index) => at(list, x.shape, index))
        return tensor(values, { dtype: x.dtype, shape: common })
      }
      const broadcast = cosineSimilarity(x1, x2, { dim, eps })
      // A 0-d operand ranks lower in promotion, which it would not once expanded.
      fc.pre(x1.shape.length > 0 && x2.shape.length > 0)
      close(flat(broadcast), flat(cosineSimilarity(expand(x1), expand(x2), { dim, eps })), broadcast.dtype, common[dim])
    }),
  )
})

test('a distance is 1 minus the similarity, and weights of 1 change nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 50 }), (pairs) => {
      const [u, v] = [0, 1].map((k) => Float64Array.from(pairs, (pair) => pair[k]))
      const distance = cosineDistance(u, v)
      assert.deepEqual(distance, 1 - item(cosineSimilarity(u, v, { dim: 0, eps: 0 })))
      close([cosineDistance(u, v, { weights: u.map(() => 1) })], [distance], 'float64')
      assert.ok(Number.isNaN(distance) || (distance >= 0 && distance <= 2))
    }),
  )
})

test('a weight of n counts an element n times', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(value, value, fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 20 }),
      (triples) => {
        const repeated = triples.flatMap(([u, v, n]) => Array.from({ length: n }, () => [u, v]))
        const column = (list, k) => Float64Array.from(list, (entry) => entry[k])
        close(
          [cosineDistance(column(triples, 0), column(triples, 1), { weights: column(triples, 2) })],
          [cosineDistance(column(repeated, 0), column(repeated, 1))],
          'float64',
        )
      },
    ),
  )
})

test('an explanation adds up to its output and names the elements it used', () => {
  fc.assert(
    fc.property(cases, ({ common, dim, x1, x2, eps }) => {
      const explanation = explain(x1, x2, { dim, eps })
      const result = cosineSimilarity(x1, x2, { dim, eps })
      const shape = common.filter((_, axis) => axis !== dim)
      assert.deepEqual(explanation.shape, shape)
      const [list1, list2] = [x1.tolist(), x2.tolist()]
      ;[...indices(shape)].forEach((index, i) => {
        const { similarity, dot, norm1, norm2, clamped1, clamped2, terms } = explanation.at(...index)
        assert.deepEqual(similarity, flat(result)[i])
        assert.equal(terms.length, common.length ? common[dim] : 1)
        terms.forEach((term, t) => {
          const full = common.length ? index.toSpliced(dim, 0, t) : []
          assert.equal(term.x1, at(list1, x1.shape, full))
          assert.equal(term.x2, at(list2, x2.shape, full))
          assert.equal(term.x1, Number(term.index1.reduce((list, i) => list[i], list1)))
          assert.equal(term.x2, Number(term.index2.reduce((list, i) => list[i], list2)))
          assert.equal(term.product, term.x1 * term.x2)
        })
        if (!terms.length) return
        const last = terms[terms.length - 1]
        const scale = norm1 * norm2 || 1
        close([dot / scale], [last.dot / scale], 'float64')
        close([norm1 ** 2 / (last.norm1Squared || 1)], [last.norm1Squared ? 1 : 0], 'float64')
        close([norm2 ** 2 / (last.norm2Squared || 1)], [last.norm2Squared ? 1 : 0], 'float64')
        assert.equal(clamped1, Math.max(norm1, eps))
        assert.equal(clamped2, Math.max(norm2, eps))
        close([similarity], [dot / (clamped1 * clamped2)], result.dtype)
      })
    }),
    { numRuns: 60 },
  )
})

test('no cosine is beyond ±1, where every product is rounded up and every square down', () => {
  // v · w rounds up, and v² and w² down, by nearly half a unit each: their cosine would be 1 + 1.1e-7.
  const [v, w] = [1.4218361377716064, 1.4632766246795654]
  for (const sign of [1, -1])
    for (const n of [3, 20, 64, 768, 30_000, 70_000])
      for (const dim of [0, 1]) {
        const shape = dim ? [5, n] : [n, 5]
        const filled = (value) => ({ data: new Float32Array(5 * n).fill(value), shape })
        assert.deepEqual([...cosineSimilarity(filled(v), filled(sign * w), { dim }).data], Array(5).fill(sign), `${n}`)
      }
})
