/**
 * What is measured, and the marks (targets) to reach. A contest is some work that cosdim does, and the rivals that do
 * it too (`against`), each with its mark, or {} if the figure is only shown. A rival with `work` of its own is cosdim
 * doing that work. Times are compared per unit of work. Figures without rivals are cosdim's `own`.
 */
import { BY_LENGTH } from './lengths.js'
import { machine } from './machine.js'
import { byNode } from './measure.js'
import { OWN } from './own-figures.js'
import { columns, pair, pairwise, query, rows, sized, top10 } from './works.js'

/** @typedef {import('./measure.js').Mark} Mark */
/** @typedef {import('./works.js').Work} Work */

const SHOWN = {}
const LIBRARIES = { 'ml-distance': SHOWN, 'fast-cosine-similarity': SHOWN, 'compute-cosine-similarity': SHOWN }

const smallest = Math.min(4 * machine.lastCache, 5e8)
const sizes = [Math.sqrt(smallest * 1e9), 1e9]
const inBytes = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`

/**
 * @typedef {object} Contest
 * @property {string} name the name of its mark
 * @property {string} what
 * @property {string} per the unit
 * @property {Work} [work]
 * @property {Record<string, Mark & { work?: Work }>} [against]
 * @property {() => number | Promise<number | undefined>} [own] undefined if it cannot be found here
 * @property {Mark} [mark] of its own figure
 */

/** @type {Contest[]} */
export const CONTESTS = [
  ...OWN,

  {
    name: 'rows, resident',
    what: '64 × 768, in cache',
    per: 'row',
    work: rows(64, 768),
    against: { limit: { fast: 0.6 }, simsimd: { fast: 1.5 }, 'plain JS': SHOWN, 'tfjs-wasm': SHOWN },
  },
  {
    name: 'rows, resident',
    what: '20000 × 768',
    per: 'row',
    work: rows(20000, 768),
    against: {
      limit: { fast: 0.85 },
      simsimd: { fast: 1.5 },
      'plain JS': SHOWN,
      'tfjs-wasm': SHOWN,
      PyTorch: { fast: 15 },
      'PyTorch, heap reused': { fast: 4 },
      NumPy: SHOWN,
    },
  },
  {
    name: 'rows, resident',
    what: '64 × 768, each with itself',
    per: 'row',
    work: rows(64, 768, { same: true }),
    against: { 'other rows': { time: 1.1, work: rows(64, 768) } },
  },
  {
    name: 'columns, resident',
    what: '64 × 768, in cache',
    per: 'row',
    work: columns(64, 768),
    against: {
      limit: { fast: 0.5 },
      'dim 1': { time: 1.3, work: rows(64, 768) },
      'plain JS': SHOWN,
      'tfjs-wasm': SHOWN,
    },
  },
  {
    name: 'columns, resident',
    what: '20000 × 768',
    per: 'row',
    work: columns(20000, 768),
    against: {
      limit: { fast: 0.65 },
      'dim 1': { time: 1.8, work: rows(20000, 768) },
      'plain JS': SHOWN,
      'tfjs-wasm': SHOWN,
      PyTorch: { fast: 15 },
      'PyTorch, heap reused': { fast: 15 },
      NumPy: SHOWN,
    },
  },
  {
    name: 'columns, resident',
    what: '64 × 768, each with itself',
    per: 'row',
    work: columns(64, 768, { same: true }),
    against: { 'other columns': { time: 1.1, work: columns(64, 768) } },
  },
  {
    name: 'a call',
    what: '2 × 16, resident',
    per: 'call',
    work: rows(2, 16, { units: 1 }),
    against: { 'plain JS': SHOWN },
  },
  {
    name: 'one query, resident',
    what: '768 with 20000 × 768',
    per: 'row',
    work: query(20000, 768),
    against: { limit: { fast: 0.95 }, simsimd: SHOWN, 'plain JS': SHOWN },
  },
  {
    name: 'top 10, resident',
    what: '768 with 60000 × 768',
    per: 'row',
    work: top10(1, 60000, 768),
    against: { reading: { time: 1.15 } },
  },
  ...BY_LENGTH,
  {
    name: 'typed arrays',
    what: '20000 × 768',
    per: 'row',
    work: rows(20000, 768, { device: 'js' }),
    against: { simsimd: { fast: 0.85 }, 'plain JS': { fast: byNode({ 20: 2.5, 26: 1.6 }) } },
  },

  ...[
    { n: 768, simsimd: { time: 1.75 }, plain: { fast: byNode({ 20: 2.8, 26: 2.2 }) } },
    { n: 1536, simsimd: { time: 2.2 }, plain: { fast: byNode({ 20: 3, 26: 2.4 }) } },
  ].flatMap(({ n, simsimd, plain }) => [
    {
      name: 'a single pair of typed arrays',
      what: `${n}`,
      per: 'call',
      work: pair(n),
      against: { simsimd, 'plain JS': plain, 'copies and module': SHOWN, ...LIBRARIES },
    },
    {
      name: 'a single pair of typed arrays',
      what: `${n}, into \`out\``,
      per: 'call',
      work: pair(n, { out: 'js' }),
      against: { simsimd, 'plain JS': plain },
    },
  ]),
  {
    name: 'a single pair, resident',
    what: '768',
    per: 'call',
    work: pair(768, { device: 'wasm' }),
    against: { 'typed arrays': { time: 1, work: pair(768) } },
  },
  {
    name: 'cosineDistance',
    what: '768, of typed arrays',
    per: 'call',
    work: pair(768, { does: 'distance' }),
    against: { cosineSimilarity: { time: 2.5, work: pair(768) } },
  },
  ...[768, 1536].map((n) => ({
    name: 'a single pair of number[]',
    what: `${n}`,
    per: 'call',
    work: pair(n, { lists: 'numbers' }),
    against: { 'by hand': { time: 2 } },
  })),
  {
    name: 'top 10 of lists',
    what: '1536 with 5000 number[]',
    per: 'row',
    work: top10(1, 5000, 1536, { device: 'js', lists: 'numbers' }),
    against: { 'by hand': { time: 1.2 } },
  },
  {
    name: 'top 10 of lists',
    what: '1536 with 5000 Float32Array',
    per: 'row',
    work: top10(1, 5000, 1536, { device: 'js', lists: 'arrays' }),
    against: { 'by hand': { time: 0.5 } },
  },

  // Of 3 numbers, then of 10⁶.
  ...[
    [1e6, 3, 1, 0.75],
    [3, 1e6, 0, 0.75],
    [1e6, 3, 0, 0.5],
    [3, 1e6, 1, 0.5],
  ].map(([n, d, dim, fast]) => {
    const shown = (length) => (length === 1e6 ? '10⁶' : length)
    return {
      name: 'short rows and columns, resident',
      what: `${shown(n)} × ${shown(d)}, dim ${dim}`,
      per: 'triple',
      work: rows(n, d, { dim, out: 'wasm', units: 1e6 }),
      against: {
        limit: { fast },
        'limit, roots in float32': SHOWN,
        'into a fresh array': { work: rows(n, d, { dim, units: 1e6 }) },
      },
    }
  }),

  {
    name: 'float64 rows, resident',
    what: '20000 × 768',
    per: 'row',
    work: rows(20000, 768, { dtype: 'float64' }),
    against: { limit: { fast: 0.75 } },
  },
  {
    name: 'int8 rows, resident',
    what: '20000 × 768',
    per: 'row',
    work: rows(20000, 768, { dtype: 'int8' }),
    against: { 'float32 rows': { fast: 2, work: rows(20000, 768) } },
  },
  {
    name: 'float16 rows, resident',
    what: '20000 × 768',
    per: 'row',
    work: rows(20000, 768, { dtype: 'float16' }),
    against: { 'float32 rows': { fast: 0.6, work: rows(20000, 768) } },
  },
  ...['int8', 'float16'].flatMap((dtype) => {
    const queries = (n) => top10(n, 20000, 768, { dtype })
    const most = { 'one query': { time: 1, work: queries(1) } }
    return Object.entries({ 1: { reading: SHOWN }, 2: most, 8: most }).map(([n, against]) => ({
      name: `top 10 of ${dtype}, resident`,
      what: `${n} × 768 with 20000 × 768`,
      per: 'row, query',
      work: queries(Number(n)),
      against,
    }))
  }),

  {
    name: 'pairwise, resident',
    what: '1000 × 1000 × 768',
    per: 'pair',
    work: pairwise(1000),
    against: { limit: { fast: 0.75 } },
  },
  {
    name: 'pairwise, resident',
    what: '1000 × 1000 × 768, int8',
    per: 'pair',
    work: pairwise(1000, { dtype: 'int8' }),
    against: { float32: { fast: 1.5, work: pairwise(1000) } },
  },
  {
    name: 'pairwise, resident',
    what: 'cost per pair, 100 rows',
    per: 'pair',
    work: pairwise(100),
    against: { '1000 rows': { flat: 0.25, work: pairwise(1000) }, '10000 rows': { flat: 0.25, work: pairwise(10000) } },
  },
  {
    name: 'cost against size',
    what: inBytes(smallest),
    per: 'element',
    work: sized(smallest),
    against: Object.fromEntries(sizes.map((bytes) => [inBytes(bytes), { flat: 0.25, work: sized(bytes) }])),
  },
]
