/** Figures that need no clock: sizes, memory and errors. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cosineSimilarity, memoryUsage, pairwiseCosineSimilarity, tensor, topkCosineSimilarity } from 'cosdim'
import { KINDS, stream } from './data.js'
import { error } from './exact.js'

const ROOT = new URL('../../', import.meta.url)
const wasm = () => readFileSync(new URL('dist/cosdim.wasm', ROOT))

export const moduleSize = () => wasm().length
export const gzippedModule = () => execFileSync('gzip', ['-9c'], { input: wasm() }).length

/** The size of the packed package without the page's element: of a copy whose package.json does not list it. */
export function packedSize() {
  const folder = mkdtempSync(join(tmpdir(), 'cosdim-'))
  try {
    for (const name of ['README.md', 'LICENSE', 'dist/cosdim.js', 'dist/types'])
      cpSync(new URL(name, ROOT), join(folder, name), { recursive: true })
    for (const name of readdirSync(join(folder, 'dist/types')))
      if (name.includes('explorer')) rmSync(join(folder, 'dist/types', name))
    const { files, ...rest } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'))
    const own = files.filter((name) => !name.includes('explorer'))
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...rest, files: own }))
    const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return Object.values(JSON.parse(packed))[0].size
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The size of WebAssembly's memory after calls with typed arrays of many sizes and shapes. */
export function extraMemory() {
  const array = (TypedArray, n) => new TypedArray(n).fill(1)
  const of = (n, d, TypedArray = /** @type {any} */ (Float32Array)) => ({
    data: array(TypedArray, n * d),
    shape: [n, d],
  })
  for (const [n, d] of [
    [1, 1],
    [1, 1e7],
    [1e6, 3],
    [3, 1e6],
    [3001, 1001],
  ])
    for (const dim of [0, 1]) cosineSimilarity(of(n, d), of(n, d), { dim })
  cosineSimilarity(of(1001, 769, Float64Array), of(1001, 769, Float64Array))
  cosineSimilarity(of(1001, 769, Int8Array), of(1001, 769, Int8Array), { dtype: 'float32' })
  cosineSimilarity(tensor(of(769, 1001)).transpose(0, 1), of(1001, 769))
  cosineSimilarity(array(Float32Array, 769), of(10001, 769))
  cosineSimilarity(tensor(of(300, 769)).unsqueeze(1), tensor(of(500, 769)).unsqueeze(0), { dim: -1 })
  pairwiseCosineSimilarity(of(1501, 300), of(1100, 300))
  topkCosineSimilarity(of(3, 769), of(10001, 769), 10)
  return memoryUsage().total
}

/** Rows of normally distributed numbers. */
function normal(n, d, seed) {
  const random = stream(seed)
  return Float32Array.from({ length: n * d }, () => KINDS.normal.element(random, 0, d, 1))
}

const [N, D] = [1000, 768]

/** The worst error of a pairwise similarity, over 10,000 pairs, in units of 2⁻²⁴. */
export function pairwiseError() {
  const [x1, x2] = [normal(N, D, 1), normal(N, D, 2)]
  const { data } = pairwiseCosineSimilarity({ data: x1, shape: [N, D] }, { data: x2, shape: [N, D] })
  const row = (x, i) => x.subarray(i * D, (i + 1) * D)
  let worst = 0
  for (let place = 0; place < N * N; place += 101)
    worst = Math.max(worst, Math.abs(error(data[place], row(x1, Math.floor(place / N)), row(x2, place % N))))
  return worst * 2 ** 24
}

/** The largest distance from 1 of a row's similarity with itself. */
export function selfError() {
  const { data } = pairwiseCosineSimilarity({ data: normal(N, D, 3), shape: [N, D] })
  return Math.max(...Array.from({ length: N }, (_, i) => Math.abs(Number(data[i * N + i]) - 1)))
}
