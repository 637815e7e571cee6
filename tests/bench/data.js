/** Data that is hard to sum. accuracy.py makes the same numbers by the same rules. */

/** Random numbers in [0, 1), from a linear congruential generator. */
export function stream(seed) {
  const next = (state) => (Math.imul(1664525, state) + 1013904223) >>> 0
  let state = next(seed)
  return () => {
    const value = state / 2 ** 32
    state = next(state)
    return value
  }
}

const normal = (random) => {
  let sum = -6
  for (let i = 0; i < 12; i++) sum += random()
  return sum
}

/**
 * Kinds of vectors, by their element i of n; every vector has its own stream of random numbers. `bound` is how far off
 * a cosine may be, in units of the dtype (2⁻²⁴, 2⁻⁵³). eps is 0 if norms are below the default.
 * @type {Record<string, { bound: { float32: number, float64: number }, eps?: number,
 *   element: (random: () => number, i: number, n: number, big: number) => number }>}
 */
export const KINDS = {
  uniform: { bound: { float32: 2, float64: 8 }, element: (random) => random() },
  normal: { bound: { float32: 2, float64: 8 }, element: (random) => normal(random) },
  sorted: { bound: { float32: 8, float64: 8 }, element: (random, i, n) => (i + random()) / n },
  geometric: {
    bound: { float32: 8, float64: 8 },
    element: (random, i, n) => (1 + random()) * 2 ** -Math.floor((60 * i) / n),
  },
  sparse: {
    bound: { float32: 8, float64: 8 },
    element: (random, i) => {
      const [chance, value] = [random(), random() + 0.1]
      return chance >= 0.9 || i === 0 ? value : 0
    },
  },
  alternating: { bound: { float32: 8, float64: 8 }, element: (random, i) => (i % 2 ? -1 : 1) * random() },
  'near-parallel': { bound: { float32: 8, float64: 8 }, element: (random) => 0.7 + random() / 1000 },
  mixed: {
    bound: { float32: 8, float64: 8 },
    element: (random, i, _, big) => (0.5 + random()) * (i % 3 ? 1 / big : big),
  },
  tiny: { bound: { float32: 8, float64: 8 }, eps: 0, element: (random, _i, _n, big) => (0.5 + random()) / big },
}

/** Its square overflows the dtype. */
const BIG = { float32: 2 ** 120, float64: 2 ** 700 }

const ARRAYS = { float32: Float32Array, float64: Float64Array }

/** How many vectors are tried at a length. */
export const vectors = (n) => (n <= 1000 ? 64 : 4)

/** Operand 0 or 1 of `vectors(n)` pairs of a kind, as rows. */
export function matrix(kind, dtype, n, operand) {
  const data = new ARRAYS[dtype](vectors(n) * n)
  for (let v = 0, place = 0; v < vectors(n); v++) {
    const random = stream(Object.keys(KINDS).indexOf(kind) * 1000003 + n * 31 + v * 2 + operand)
    for (let i = 0; i < n; i++) data[place++] = KINDS[kind].element(random, i, n, BIG[dtype])
  }
  return data
}
