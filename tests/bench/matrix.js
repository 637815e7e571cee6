/**
 * Looks for cliffs: times every operation on every combination of dtypes, layout and device, and compares the time with
 * that of a plain JavaScript loop that does the same on Float32Arrays. No combination should be much slower than that.
 *
 *     npm run bench:matrix [-- words from an operation's name]
 *
 * Each operation runs in its own worker, because V8 compiles a loop up to three times slower after it has run on other
 * arrays.
 */
import { once } from 'node:events'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { cosineDistance, cosineSimilarity, pairwiseCosineSimilarity, tensor, topkCosineSimilarity } from 'cosdim'
import { inWords } from './machine.js'

const ARRAYS = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Uint16Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
}

/** Small whole numbers, which every dtype holds; as float16, numbers from 1 to 2. */
const ELEMENTS = {
  float16: (i) => 0x3c00 + ((i * 37) & 0x3ff),
  int64: (i) => BigInt((i * 37) % 101),
}
const whole = (i) => (i * 37) % 101

const count = (shape) => shape.reduce((a, b) => a * b, 1)

function fill(dtype, length) {
  const data = new ARRAYS[dtype](length)
  const element = ELEMENTS[dtype] ?? whole
  for (let i = 0; i < length; i++) data[i] = element(i)
  return data
}

/** A typed array whose neighbors along the last dim are `step` apart. */
function strided(shape, dtype, step) {
  const strides = shape.map((_, dim) => count(shape.slice(dim + 1)) * Math.abs(step))
  strides[strides.length - 1] = step
  const offset = step < 0 ? shape.at(-1) - 1 : 0
  return tensor({ data: fill(dtype, count(shape) * Math.abs(step)), dtype, shape, strides, offset })
}

/** How the elements of an operand can lie in memory. */
const LAYOUTS = {
  contiguous: (shape, dtype, device) => tensor(fill(dtype, count(shape)), { dtype, shape }).to(device),
  transposed: (shape, dtype, device) => {
    const swapped = [...shape.slice(0, -2), shape.at(-1), shape.at(-2)]
    return tensor(fill(dtype, count(shape)), { dtype, shape: swapped })
      .to(device)
      .transpose(-1, -2)
  },
  'every other': (shape, dtype) => strided(shape, dtype, 2),
  reversed: (shape, dtype) => strided(shape, dtype, -1),
}

/** Layouts of both operands. A third one, the weights, is contiguous. */
const BOTH = {
  js: [
    ['contiguous', 'contiguous'],
    ['contiguous', 'transposed'],
    ['transposed', 'transposed'],
    ['every other', 'every other'],
    ['contiguous', 'reversed'],
  ],
  wasm: [
    ['contiguous', 'contiguous'],
    ['contiguous', 'transposed'],
    ['transposed', 'transposed'],
  ],
}
/** A vector cannot be transposed. */
const isPossible = (shapes) => (layouts) => layouts.every((name, i) => name !== 'transposed' || shapes[i].length > 1)

/** The dtypes of both operands. */
const PAIRS = [
  ...Object.keys(ARRAYS).map((dtype) => [dtype, dtype]),
  ...['float64', 'float16', 'int8', 'uint8', 'int16', 'int32', 'int64'].map((dtype) => ['float32', dtype]),
  ['float16', 'int8'],
]

/** A plain loop over rows of d. x1 is as many rows as x2, or a single one. */
const rowsOf = (d) => (x1, x2, out) => {
  const step = x1.length < x2.length ? 0 : d
  for (let row = 0; row < out.length; row++) {
    let [dot, square1, square2] = [0, 0, 0]
    for (let i = 0, at1 = row * step, at2 = row * d; i < d; i++, at1++, at2++) {
      const a = x1[at1]
      const b = x2[at2]
      dot += a * b
      square1 += a * a
      square2 += b * b
    }
    out[row] = dot / Math.sqrt(square1 * square2)
  }
}

/** A plain loop over the columns of matrices of (n, d), in the order of memory. */
const columnsOf = (n, d) => (x1, x2, out) => {
  const [dots, squares1, squares2] = [0, 1, 2].map(() => new Float64Array(d))
  for (let start = 0; start < out.length; start += d) {
    for (const sums of [dots, squares1, squares2]) sums.fill(0)
    for (let row = 0, at = start * n; row < n; row++)
      for (let i = 0; i < d; i++, at++) {
        const a = x1[at]
        const b = x2[at]
        dots[i] += a * b
        squares1[i] += a * a
        squares2[i] += b * b
      }
    for (let i = 0; i < d; i++) out[start + i] = dots[i] / Math.sqrt(squares1[i] * squares2[i])
  }
}

/** A plain loop over each row of x1 with each of x2. */
const pairsOf = (d) => {
  const one = rowsOf(d)
  return (x1, x2, out) => {
    const m = x2.length / d
    for (let i = 0; i < out.length / m; i++) one(x1.subarray(i * d, (i + 1) * d), x2, out.subarray(i * m, (i + 1) * m))
  }
}

const along =
  (dim) =>
  ([x1, x2], options) =>
    cosineSimilarity(x1, x2, { dim, ...options })
const rows = (n, d) => ({
  shapes: [
    [n, d],
    [n, d],
  ],
  call: along(1),
  loop: rowsOf(d),
  outputs: n,
})
const top10 = (queries) => ({
  shapes: [
    [queries, 384],
    [1000, 384],
  ],
  call: ([query, corpus], options) => topkCosineSimilarity(query, corpus, 10, options),
  loop: pairsOf(384),
  outputs: queries * 1000,
})

const MOST = 1.2
/** How many times the time of the loop each operation may take is `most`, MOST by default. */
const OPERATIONS = {
  rows: rows(1000, 384),
  'rows of 50': rows(8000, 50),
  'rows of 3': rows(130_000, 3),
  columns: { ...rows(1000, 384), call: along(0), loop: columnsOf(1000, 384), outputs: 384 },
  'middle dim': { ...rows(10, 100), shapes: Array(2).fill([10, 100, 384]), loop: columnsOf(100, 384), outputs: 3840 },
  'one query': { ...rows(1000, 384), shapes: [[384], [1000, 384]] },
  'all pairs': {
    shapes: [
      [30, 384],
      [100, 384],
    ],
    call: ([x1, x2], options) => pairwiseCosineSimilarity(x1, x2, options),
    loop: pairsOf(384),
    outputs: 3000,
  },
  'top 10, 1 query': top10(1),
  'top 10, 2 queries': top10(2),
  'top 10, 8 queries': top10(8),
  pair: { ...rows(1, 768), shapes: [[768], [768]], call: along(0) },
  distance: { ...rows(1, 768), shapes: [[768], [768]], call: ([u, v]) => cosineDistance(u, v) },
  'weighted distance': {
    ...rows(1, 768),
    shapes: [[768], [768], [768]],
    call: ([u, v, weights]) => cosineDistance(u, v, { weights }),
    most: 3,
  },
}

const SAMPLE = 1 // ms
const ROUNDS = 15

function ms(work, times) {
  const start = performance.now()
  for (let i = 0; i < times; i++) work()
  return performance.now() - start
}

/** How many times a sample does the work. Finding out lets the engine optimize it. */
function timesOf(work) {
  for (let times = 1, taken = 0; taken < 12 * SAMPLE; times *= 2) taken += ms(work, times)
  return Math.ceil(SAMPLE / Math.min(SAMPLE, ...Array.from({ length: 3 }, () => ms(work, 1))))
}

/**
 * The time of some work over that of other work. They take turns, so that the machine's slow phases meet both; and the
 * fastest sample of each counts, since other programs make single samples several times slower.
 */
function compare(work, other) {
  const [times, otherTimes] = [timesOf(work), timesOf(other)]
  let [best, otherBest] = [Infinity, Infinity]
  for (let round = 0; round < ROUNDS; round++) {
    best = Math.min(best, ms(work, times) / times)
    otherBest = Math.min(otherBest, ms(other, otherTimes) / otherTimes)
  }
  return best / otherBest
}

/** Prints the figures of an operation. Returns how many there are, and how many are too slow. @param {string} name */
function run(name) {
  const { shapes, call, loop, outputs, most = MOST } = OPERATIONS[name]
  const [x1, x2] = shapes.map((shape) => fill('float32', count(shape)))
  const out = new Float32Array(outputs)
  const plain = () => loop(x1, x2, out)
  const sizes = shapes.map((shape) => shape.join(' × ')).join(' with ')
  console.log(`${name}: ${sizes}`)
  const figures = []
  for (const [device, layouts] of Object.entries(BOTH))
    for (const both of layouts.filter(isPossible(shapes))) {
      const cells = PAIRS.map((dtypes) => {
        const operands = shapes.map((shape, i) =>
          LAYOUTS[both[i] ?? 'contiguous'](shape, dtypes[i] ?? 'float32', device),
        )
        const options = dtypes.every((dtype) => dtype.includes('int')) ? { dtype: 'float32' } : {}
        const figure = compare(() => call(operands, options), plain)
        for (const x of operands) x.dispose()
        figures.push(figure)
        return `${dtypes.join('·')} ${figure.toFixed(2)}${figure > most ? '!' : ''}`
      })
      console.log(`  ${device}, ${both.join(' · ')}:  ${cells.join('  ')}`)
    }
  return [figures.length, figures.filter((figure) => figure > most).length]
}

if (!isMainThread) parentPort?.postMessage(run(workerData))
else {
  const filter = process.argv.slice(2).join(' ')
  console.log(`${inWords()}. A figure is cosdim's time over the loop's; ! is more than ${MOST} (3 with weights).\n`)
  let [all, slow] = [0, 0]
  for (const name of Object.keys(OPERATIONS).filter((name) => name.includes(filter))) {
    const [[figures, tooSlow]] = await once(new Worker(new URL(import.meta.url), { workerData: name }), 'message')
    all += figures
    slow += tooSlow
  }
  console.log(`\n${slow} of ${all} combinations are too slow.`)
}
