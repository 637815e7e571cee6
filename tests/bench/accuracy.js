/**
 * The accuracy table: cosdim's worst error for every kind of data and length, by rows and by columns, with those of
 * plain sums in the same dtype and of PyTorch (torch-accuracy.json, from accuracy.py). Exits with 1 if a bound does not
 * hold.
 *
 *     node tests/bench/accuracy.js [--long]
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { cosineSimilarity } from 'cosdim'
import { KINDS, matrix, vectors } from './data.js'
import { error } from './exact.js'
import { stretched } from './hard.js'

const UNIT = { float32: 2 ** -24, float64: 2 ** -53 }
const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))

/** Transposes [rows, columns] to [columns, rows]. */
function transposed(data, rows, columns) {
  return data.map((_, place) => data[(place % rows) * columns + Math.floor(place / rows)])
}

/** The cosine from sums in the dtype itself, in a plain loop. */
function plain(x, y, dtype) {
  const round = dtype === 'float32' ? Math.fround : (value) => value
  let dot = 0
  let norm1 = 0
  let norm2 = 0
  for (let i = 0; i < x.length; i++) {
    dot = round(dot + round(x[i] * y[i]))
    norm1 = round(norm1 + round(x[i] * x[i]))
    norm2 = round(norm2 + round(y[i] * y[i]))
  }
  return round(dot / round(round(Math.sqrt(norm1)) * round(Math.sqrt(norm2))))
}

/**
 * The worst errors over pairs of vectors, in units of the dtype: by rows, by columns, of plain sums; and of each x with
 * itself and with -x, by rows and by columns, which must be 0.
 */
export function worst(x1, x2, dtype, n, eps) {
  const count = x1.length / n
  const asRows = (data) => ({ data, shape: [count, n] })
  const asColumns = (data) => ({ data: transposed(data, count, n), shape: [n, count] })
  const rows = cosineSimilarity(asRows(x1), asRows(x2), { dim: 1, eps }).data
  const columns = cosineSimilarity(asColumns(x1), asColumns(x2), { dim: 0, eps }).data
  const figures = { rows: 0, columns: 0, plain: 0, self: 0 }
  for (let v = 0; v < count; v++) {
    const [x, y] = [x1, x2].map((data) => data.subarray(v * n, (v + 1) * n))
    const measure = (name, got) => {
      figures[name] = Math.max(figures[name], Math.abs(error(got, x, y)) / UNIT[dtype])
    }
    measure('rows', rows[v])
    measure('columns', columns[v])
    const own = plain(x, y, dtype)
    figures.plain = Number.isNaN(own) || !Number.isFinite(own) ? Infinity : figures.plain
    measure('plain', own)
  }
  const opposite = x1.map((value) => -value)
  for (const [same, layout, dim] of [
    [x1, asRows, 1],
    [x1, asColumns, 0],
    [opposite, asRows, 1],
    [opposite, asColumns, 0],
  ])
    for (const value of cosineSimilarity(layout(x1), layout(same), { dim, eps }).data)
      figures.self = Math.max(figures.self, Math.abs(Math.abs(Number(value)) - 1) / UNIT[dtype])
  return figures
}

/** Vectors from a pattern that the search found (hard.js), more than narrow columns where there is room. */
function repeated(pattern, kind, n, dtype) {
  const vector = stretched(pattern, kind, n, dtype)
  return new /** @type {any} */ (vector.constructor)(vectors(n) * n).map((_, i) => vector[i % n])
}

/** Everything that is tried: its name, dtype, bound and eps, and its pairs of vectors for a length. */
export function* trials() {
  for (const dtype of ['float32', 'float64']) {
    for (const [kind, { bound, eps }] of Object.entries(KINDS))
      yield {
        kind,
        dtype,
        bound: bound[dtype],
        eps,
        pairs: (n) => [0, 1].map((operand) => matrix(kind, dtype, n, operand)),
      }
    for (const { kind, x1, x2 } of read('hard.json')[dtype])
      yield {
        kind: `hard: ${kind}`,
        dtype,
        bound: 8,
        pairs: (n) => [x1, x2].map((pattern) => repeated(pattern, kind, n, dtype)),
      }
  }
}

export const LENGTHS = [1, 3, 10, 100, 768, 1000, 1e4, 1e5]

const shown = (figure) =>
  (typeof figure !== 'number'
    ? (figure ?? '-')
    : figure >= 1000
      ? figure.toExponential(1)
      : figure.toFixed(2)
  ).padStart(9)

function table(lengths) {
  const torch = read('torch-accuracy.json')
  const broken = []
  console.log(
    `Worst error in units of 2^-24 (float32) or 2^-53 (float64), ${vectors(1)} vectors to length 1000, then ${vectors(1e6)}.`,
  )
  console.log(`${'data'.padEnd(24)}${'by'.padEnd(14)}${lengths.map((n) => String(n).padStart(9)).join('')}`)
  for (const { kind, dtype, bound, eps, pairs } of trials()) {
    const figures = lengths.map((n) => ({ n, ...worst(...pairs(n), dtype, n, eps) }))
    const line = (label, by, values) => console.log(`${label.padEnd(24)}${by.padEnd(14)}${values.map(shown).join('')}`)
    line(
      `${kind} ${dtype}`,
      'cosdim dim=1',
      figures.map(({ rows }) => rows),
    )
    line(
      '',
      'cosdim dim=0',
      figures.map(({ columns }) => columns),
    )
    line(
      '',
      'cosdim x, ±x',
      figures.map(({ self }) => self),
    )
    line(
      '',
      'plain sums',
      figures.map(({ plain }) => plain),
    )
    for (const [dim, by] of Object.entries(torch.figures[dtype][kind] ?? {}))
      line(
        '',
        `PyTorch dim=${dim}`,
        lengths.map((n) => by[n]),
      )
    for (const { n, rows, columns, self } of figures)
      if (!(rows <= bound && columns <= bound && self === 0))
        broken.push(`${kind} ${dtype} at ${n}: ${rows}, ${columns}, ${self}; bound ${bound}`)
  }
  console.log(broken.length ? `Above their bound:\n${broken.join('\n')}` : 'Every figure is within its bound.')
  return broken.length === 0
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.exitCode = table([...LENGTHS, 1e6, ...(process.argv.includes('--long') ? [1e7] : [])]) ? 0 : 1
