/** The contestants: cosdim and its rivals, each used as its manual says, on operands made beforehand. */
import {
  cosineDistance,
  cosineSimilarity,
  pairwiseCosineSimilarity,
  Tensor,
  tensor,
  topkCosineSimilarity,
} from 'cosdim'
import { bytesPerElement, count, listed, operands } from './operands.js'

/** @typedef {import('./works.js').Work} Work */
/** @typedef {import('./measure.js').Contestant} Contestant */

/** As one writes it by hand, over lists. */
function byHand(work) {
  const [query, corpus] = listed(work)
  const similarity = (a, b) => {
    let dot = 0
    let square1 = 0
    let square2 = 0
    for (let i = 0; i < a.length; i++) {
      dot += a[i] * b[i]
      square1 += a[i] * a[i]
      square2 += b[i] * b[i]
    }
    return dot / Math.sqrt(square1 * square2)
  }
  if (work.does === 'similarity')
    return repeat(() => {
      result[0] = similarity(query, corpus)
    })
  return repeat(() => {
    const scored = corpus.map((row, index) => ({ index, score: similarity(query, row) }))
    result[0] = scored.sort((a, b) => b.score - a.score).slice(0, 10)[0].score
  })
}

const repeat = (work) => (times) => {
  for (let i = 0; i < times; i++) work()
}

/* Single numbers go here, so that the engine cannot skip computing them. */
const result = new Float64Array(1)

/** @type {Record<Work['does'], (x1: any, x2: any, options: any) => any>} */
const OPERATIONS = {
  similarity: cosineSimilarity,
  pairwise: pairwiseCosineSimilarity,
  topk: (query, corpus, options) => topkCosineSimilarity(query, corpus, 10, options),
  distance: cosineDistance,
}

/** The options that a contest's work has. */
const optionsOf = ({ does, dim, dtype }) => ({
  ...(does === 'similarity' && { dim }),
  ...(dtype === 'int8' && { dtype: 'float32' }),
})

/**
 * cosdim on the operands of a contest, and a function that frees them.
 * @param {Work} work
 * @returns {{ contestant: Contestant, dispose: () => void }}
 */
export function cosdim(work) {
  const { does, dtype, device, out: outDevice } = work
  const shapes = [work.x1, work.x2]
  const [x1, x2] = work.lists
    ? listed(work)
    : operands(work).map((data, i) =>
        device === 'js' && shapes[i].length === 1 ? data : tensor(data, { dtype, shape: shapes[i] }).to(device),
      )
  const operation = OPERATIONS[does]
  const options = optionsOf(work)
  const { shape } = outDevice ? operation(x1, x2, options) : {}
  const out = outDevice && tensor(new Float32Array(count(shape)).fill(1), { shape }).to(outDevice)
  const resident = [x1, x2, out].filter((x) => x instanceof Tensor && x.device === 'wasm')
  const withOut = out ? { ...options, out } : options
  return {
    contestant:
      does === 'similarity' && work.x1.length + work.x2.length === 2
        ? onePair(x1, x2, out?.data)
        : repeat(() => operation(x1, x2, withOut)),
    dispose: () => {
      for (const x of resident) x.dispose()
    },
  }
}

/** Reads the number out of the result, since the other libraries return a number. */
const onePair = (x1, x2, out) =>
  out
    ? repeat(() => {
        cosineSimilarity(x1, x2, { dim: 0, out })
        result[0] = out[0]
      })
    : repeat(() => {
        result[0] = /** @type {number} */ (cosineSimilarity(x1, x2, { dim: 0 }).item())
      })

/** Calls a function of two arrays for each pair of rows, on views made beforehand. */
function byRow(work, similarity, convert = (row) => row) {
  const d = work.x2.at(-1)
  const [x1, x2] = operands(work).map((data) =>
    Array.from({ length: data.length / d }, (_, i) => convert(data.subarray(i * d, (i + 1) * d))),
  )
  const similarities = new Float32Array(x2.length)
  if (x2.length === 1)
    return repeat(() => {
      result[0] = similarity(x1[0], x2[0])
    })
  const step = x1.length === 1 ? 0 : 1
  return repeat(() => {
    for (let i = 0; i < x2.length; i++) similarities[i] = similarity(x1[i * step], x2[i])
  })
}

/* Plain loops in two forms. V8 compiles either up to three times slower, depending on what else ran in the process. */
function oneByOne(x1, x2, start1, start2, n) {
  let dot = 0
  let square1 = 0
  let square2 = 0
  for (let i = 0; i < n; i++) {
    const a = x1[start1 + i] // read each number once
    const b = x2[start2 + i]
    dot += a * b
    square1 += a * a
    square2 += b * b
  }
  return dot / Math.sqrt(square1 * square2)
}

/** n is even. */
function twoByTwo(x1, x2, start1, start2, n) {
  let [dot, square1, square2, nextDot, nextSquare1, nextSquare2] = [0, 0, 0, 0, 0, 0]
  for (let i = 0; i < n; i += 2) {
    const a = x1[start1 + i]
    const b = x2[start2 + i]
    const c = x1[start1 + i + 1]
    const d = x2[start2 + i + 1]
    dot += a * b
    square1 += a * a
    square2 += b * b
    nextDot += c * d
    nextSquare1 += c * c
    nextSquare2 += d * d
  }
  return (dot + nextDot) / Math.sqrt((square1 + nextSquare1) * (square2 + nextSquare2))
}

function plainRows(work, similarity) {
  const d = work.x2.at(-1)
  const [x1, x2] = operands(work)
  const similarities = new Float32Array(x2.length / d)
  const step = x1.length < x2.length ? 0 : d
  return repeat(() => {
    for (let row = 0; row < similarities.length; row++) similarities[row] = similarity(x1, x2, row * step, row * d, d)
  })
}

function plainPairs(work, similarity) {
  const d = work.x2.at(-1)
  const [x1, x2] = operands(work)
  const n = x2.length / d
  const similarities = new Float32Array((x1.length / d) * n)
  return repeat(() => {
    for (let i = 0; i < similarities.length; i++)
      similarities[i] = similarity(x1, x2, Math.floor(i / n) * d, (i % n) * d, d)
  })
}

/** In the order of memory: all columns at once, row by row. */
function plainColumns(work) {
  const [n, d] = work.x2
  const [x1, x2] = operands(work)
  const [dots, squares1, squares2] = [0, 1, 2].map(() => new Float64Array(d))
  const similarities = new Float32Array(d)
  return repeat(() => {
    for (const sums of [dots, squares1, squares2]) sums.fill(0)
    for (let row = 0; row < n; row++)
      for (let i = 0, at = row * d; i < d; i++, at++) {
        const a = x1[at]
        const b = x2[at]
        dots[i] += a * b
        squares1[i] += a * a
        squares2[i] += b * b
      }
    for (let i = 0; i < d; i++) similarities[i] = dots[i] / Math.sqrt(squares1[i] * squares2[i])
  })
}

/* Imported on first use: npm test runs without them. */
const peers = () => import('./peers/index.js')
const limits = () => import('./limits.js')

/**
 * The least that a contest's work needs in WebAssembly: reading the operands, a multiply-add for each product and each
 * square (a query's squares count once), and a root and a division for each output.
 * @param {Work} work
 */
async function limit(work, dtypeOfRoots = 'float64') {
  const { does, x1, x2, dim, dtype } = work
  const { multiplyAdds, roots } = await limits()
  const [first, second] = [count(x1), count(x2)]
  if (does === 'pairwise') return [multiplyAdds(first * x2[0])]
  const products = first === second ? 3 * first : 2 * second
  return [
    await reading(work),
    multiplyAdds(dtype === 'float64' ? 2 * products : products),
    roots(second / x2[dim], dtypeOfRoots),
  ]
}

/** Reading the operands once. @param {Work} work */
async function reading({ x1, x2, dtype }) {
  const { readOne, readTwo } = await limits()
  const [first, second] = [x1, x2].map((shape) => count(shape) * bytesPerElement(dtype))
  return first === second ? readTwo(first) : readOne(second)
}

const alone = (name, contestant) => contestant && [{ [name]: contestant }]
const library = (name, of) => [name, async (work) => alone(name, await of(work))]

/**
 * Rivals by name. Each returns the resources that some work needs, and each resource is a set of contestants, which are
 * forms of it; most rivals are a single form of a single resource. A rival that cannot run here returns undefined.
 * @param {import('./python.js').Pythons} pythons
 * @returns {Record<string, (work: Work) => Promise<Record<string, Contestant>[] | undefined>>}
 */
export const rivals = (pythons) => ({
  limit: (work) => limit(work),
  'limit, roots in float32': (work) => limit(work, 'float32'),
  reading: async (work) => [await reading(work)],
  'copies and module': async (work) => alone('copies and module', (await limits()).copiesAndModule(operands(work))),
  'by hand': async (work) => alone('by hand', byHand(work)),
  'plain JS': async (work) => {
    if (work.dim === 0 && work.x2.length === 2) return alone('plain JS', plainColumns(work))
    const plain = work.does === 'pairwise' ? plainPairs : plainRows
    return [{ 'one by one': plain(work, oneByOne), 'two by two': plain(work, twoByTwo) }]
  },
  ...Object.fromEntries([
    // simsimd's cosine is a distance.
    library('simsimd', async (work) => byRow(work, (await peers()).simsimdCosine)),
    // The next three take arrays.
    library('ml-distance', async (work) => byRow(work, (await peers()).mlDistance, Array.from)),
    library('fast-cosine-similarity', async (work) => byRow(work, (await peers()).fastCosineSimilarity, Array.from)),
    library('compute-cosine-similarity', async (work) =>
      byRow(work, (await peers()).computeCosineSimilarity, Array.from),
    ),
    library('tfjs-wasm', async (work) => repeat(await (await peers()).tfjs(...operands(work), work.x1, work.dim))),
    library('PyTorch', (work) => pythons.fresh?.contestant('torch', work)),
    library('PyTorch, heap reused', (work) => pythons.reused?.contestant('torch', work)),
    library('NumPy', (work) => pythons.fresh?.contestant('numpy', work)),
  ]),
})
