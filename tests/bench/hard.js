/**
 * Searches for data on which the kernels' errors are large: patterns for the eight places in their product trees, found
 * by hill-climbing. Prints hard.json.
 *
 *     node tests/bench/hard.js [generations] > tests/bench/hard.json
 */
import { cosineSimilarity } from 'cosdim'
import { stream } from './data.js'
import { error } from './exact.js'

const GENERATIONS = Number(process.argv[2] ?? 300)
const CHILDREN = 2048
const PARENTS = 32

/* How a pattern becomes a vector: element i is the pattern's number at place(i), the same in all SIMD lanes. */
const LAYOUTS = {
  constant: { size: 1, n: 64, dim: 1, place: () => 0 },
  rows: { size: 8, n: 32, dim: 1, place: (i, lanes) => Math.floor(i / lanes) % 8 },
  columns: { size: 8, n: 8, dim: 0, place: (i) => i % 8 },
}
const DTYPES = {
  float32: { array: Float32Array, lanes: 4, bits: 24 },
  float64: { array: Float64Array, lanes: 2, bits: 53 },
}

function search(layout, dtype) {
  const { size, n, dim, place } = LAYOUTS[layout]
  const { array, lanes, bits } = DTYPES[dtype]
  const random = stream(20240229)
  const any = () => (1 + random()) * 2 ** Math.floor(random() * 3)
  const fresh = () => array.from({ length: 2 * size }, any)
  const mutated = (parent) => {
    const child = parent.slice()
    for (let m = 0; m <= random() * 3; m++) {
      const i = Math.floor(random() * child.length)
      const near = Math.floor((random() - 0.5) * 2 ** (1 + random() * 12)) * 2 ** (1 - bits)
      child[i] = random() < 0.4 ? any() : child[i] * (1 + near)
    }
    return child
  }
  const expand = (genes) => array.from({ length: n }, (_, i) => genes[place(i, lanes) % size])
  let parents = Array.from({ length: PARENTS }, () => ({ genes: fresh(), score: -1 }))
  for (let generation = 0; generation < GENERATIONS; generation++) {
    const children = Array.from({ length: CHILDREN }, (_, c) =>
      random() < 0.05 ? fresh() : mutated(parents[c % parents.length].genes),
    )
    const pairs = children.map((genes) => [expand(genes.subarray(0, size)), expand(genes.subarray(size))])
    const [x1, x2] = [0, 1].map((k) => {
      const data = new array(CHILDREN * n)
      pairs.forEach((pair, c) => {
        for (let i = 0; i < n; i++) data[dim ? c * n + i : i * CHILDREN + c] = pair[k][i]
      })
      return { data, shape: dim ? [CHILDREN, n] : [n, CHILDREN] }
    })
    const got = cosineSimilarity(x1, x2, { dim }).data
    const scored = children.map((genes, c) => ({ genes, score: Math.abs(error(got[c], ...pairs[c])) * 2 ** bits }))
    parents = [...parents, ...scored].sort((a, b) => b.score - a.score).slice(0, PARENTS)
  }
  const [{ genes, score }] = parents
  const [a, b] = [expand(genes.subarray(0, size)), expand(genes.subarray(size))]
  return { kind: layout, error: Number(score.toFixed(2)), x1: Array.from(a), x2: Array.from(b) }
}

const found = Object.fromEntries(
  Object.keys(DTYPES).map((dtype) => [dtype, Object.keys(LAYOUTS).map((layout) => search(layout, dtype))]),
)
console.log(
  `{${Object.entries(found).map(([dtype, finds]) => `\n"${dtype}": [\n${finds.map((find) => JSON.stringify(find)).join(',\n')}\n]`)}\n}`,
)
