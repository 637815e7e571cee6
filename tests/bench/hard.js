/**
 * Searches for data on which the kernels' errors are large: patterns as long as a block of their sums (block_f32.h), by
 * hill-climbing. Prints hard.json.
 *
 *     node tests/bench/hard.js [generations] > tests/bench/hard.json
 */
import { fileURLToPath } from 'node:url'
import { cosineSimilarity } from 'cosdim'
import { stream } from './data.js'
import { error } from './exact.js'

const CHILDREN = 2048
const PARENTS = 32

/* A block of float32 is three trees of four vectors. One of float64 is a tree: three of them are a pattern as well. */
const SIZE = 12
const TREE = 4

/** The columns of float32 have the four rows of a tree an odd number of rows apart, about a quarter. */
function placeByColumns(i, n, lanes) {
  const trees = Math.floor(n / TREE)
  const far = lanes === 2 ? 0 : trees - (trees % 2 === 0 ? 1 : 0)
  return i < TREE * far ? TREE * ((i % far) % (SIZE / TREE)) + Math.floor(i / far) : i % SIZE
}

/** The lengths searched at, and the number of the pattern that is element i of n: the same in all SIMD lanes. */
const LAYOUTS = {
  constant: { n: 64, dim: 1, place: () => 0 },
  rows: { n: 96, dim: 1, place: (i, _, lanes) => Math.floor(i / lanes) % SIZE },
  columns: { n: 36, dim: 0, place: placeByColumns },
}
const DTYPES = {
  float32: { array: Float32Array, lanes: 4, bits: 24 },
  float64: { array: Float64Array, lanes: 2, bits: 53 },
}

/** A vector of n elements from a pattern. */
export function stretched(pattern, layout, n, dtype) {
  const { array, lanes } = DTYPES[dtype]
  return array.from({ length: n }, (_, i) => pattern[LAYOUTS[layout].place(i, n, lanes)])
}

function search(layout, dtype, generations) {
  const { n, dim } = LAYOUTS[layout]
  const { array, bits } = DTYPES[dtype]
  const random = stream(20240229)
  const any = () => (1 + random()) * 2 ** Math.floor(random() * 3)
  const fresh = () => array.from({ length: 2 * SIZE }, any)
  const mutated = (parent) => {
    const child = parent.slice()
    for (let m = 0; m <= random() * 3; m++) {
      const i = Math.floor(random() * child.length)
      const near = Math.floor((random() - 0.5) * 2 ** (1 + random() * 12)) * 2 ** (1 - bits)
      child[i] = random() < 0.4 ? any() : child[i] * (1 + near)
    }
    return child
  }
  const patterns = (genes) => [genes.subarray(0, SIZE), genes.subarray(SIZE)]
  const expand = (genes) => patterns(genes).map((pattern) => stretched(pattern, layout, n, dtype))
  let parents = Array.from({ length: PARENTS }, () => ({ genes: fresh(), score: -1 }))
  for (let generation = 0; generation < generations; generation++) {
    const children = Array.from({ length: CHILDREN }, (_, c) =>
      random() < 0.05 ? fresh() : mutated(parents[c % parents.length].genes),
    )
    const pairs = children.map(expand)
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
  const [x1, x2] = patterns(genes).map((pattern) => Array.from(pattern))
  return { kind: layout, error: Number(score.toFixed(2)), x1, x2 }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = Object.keys(DTYPES).map((dtype) => {
    const finds = Object.keys(LAYOUTS).map((layout) => search(layout, dtype, Number(process.argv[2] ?? 300)))
    return `\n"${dtype}": [\n${finds.map((find) => JSON.stringify(find)).join(',\n')}\n]`
  })
  console.log(`{${found}\n}`)
}
