/**
 * What is measured, and the marks (targets) to reach. A contest is some work that cosdim does, and the rivals that do
 * it too (`against`), each with its mark, or {} if the figure is only shown. A rival with `work` of its own is cosdim
 * doing that work. Times are compared per unit of work. Figures without rivals are cosdim's `own`: sizes, errors, and the
 * ms of what cannot be repeated in one process.
 */
import { extraMemory, gzippedModule, moduleSize, packedSize, pairwiseError, selfError } from './exact-figures.js'
import { firstCallInChromium, firstInNode } from './first-use.js'
import { machine } from './machine.js'
import { longestTurnOfPairwise, longestTurnOfTopk } from './turns.js'

/** @typedef {import('./measure.js').Mark} Mark */
/**
 * @typedef {object} Work
 * @property {'similarity' | 'pairwise' | 'topk'} does
 * @property {number[]} x1 its shape
 * @property {number[]} x2
 * @property {number} dim
 * @property {'float16' | 'float32' | 'float64' | 'int8'} dtype
 * @property {'wasm' | 'js'} device
 * @property {'wasm' | 'js'} [out] where the result goes; by default into a new array
 * @property {'numbers' | 'arrays'} [lists] the operands are number[] or lists of arrays, instead of typed arrays and tensors
 * @property {number} units how many of the contest's units it is
 */

/** @returns {Work} n rows of d numbers with n others; a unit is a pair. */
const rows = (n, d, more) => ({
  does: 'similarity',
  x1: [n, d],
  x2: [n, d],
  dim: 1,
  dtype: 'float32',
  device: 'wasm',
  units: n,
  ...more,
})
/** @returns {Work} The same numbers along dim 0. */
const columns = (n, d, more) => rows(n, d, { dim: 0, ...more })
/** @returns {Work} All pairs of n rows. */
const pairwise = (n) => rows(n, 768, { does: 'pairwise', out: 'js', units: n * n })
/** @returns {Work} One pair of arrays of n floats. */
const pair = (n, more) => rows(1, n, { x1: [n], x2: [n], dim: 0, device: 'js', ...more })
/** @returns {Work} As many rows of 768 as `bytes` hold; a unit is a number. */
const sized = (bytes) => {
  const n = Math.round(bytes / (2 * 4 * 768))
  return rows(n, 768, { units: n * 768 })
}

/** @returns {Work} The best of n rows of 1536, as lists. */
const ranking = (n, lists) => rows(n, 1536, { does: 'topk', x1: [1536], device: 'js', lists })

const SHOWN = {}
const LIBRARIES = { 'ml-distance': SHOWN, 'fast-cosine-similarity': SHOWN, 'compute-cosine-similarity': SHOWN }
const MiB = 2 ** 20

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
  // This comes first, before anything has grown WebAssembly's memory.
  {
    name: 'extra wasm memory for typed arrays',
    what: 'after twelve sizes and shapes',
    per: 'bytes',
    own: extraMemory,
    mark: { atMost: 4 * MiB },
  },
  { name: 'wasm module', what: 'as it is', per: 'bytes', own: moduleSize, mark: { atMost: 64000 } },
  { name: 'wasm module', what: 'gzipped', per: 'bytes', own: gzippedModule, mark: { atMost: 24000 } },
  { name: 'npm package', what: 'packed, without the page', per: 'bytes', own: packedSize, mark: { atMost: 90000 } },

  { name: 'first use', what: 'import, in Node', per: 'ms', own: () => firstInNode('import'), mark: { atMost: 3 } },
  { name: 'first use', what: 'first call, in Node', per: 'ms', own: () => firstInNode('call'), mark: { atMost: 4 } },
  { name: 'first use', what: 'first call, in Chromium', per: 'ms', own: firstCallInChromium, mark: { atMost: 14 } },
  {
    name: 'longest turn of the Async forms',
    what: 'top 10 of 3000 number[1536]',
    per: 'ms',
    own: longestTurnOfTopk,
    mark: { atMost: 25 },
  },
  {
    name: 'longest turn of the Async forms',
    what: 'all pairs of 3000 number[1536]',
    per: 'ms',
    own: longestTurnOfPairwise,
    mark: { atMost: 25 },
  },

  {
    name: 'rows, resident',
    what: '64 × 768, in cache',
    per: 'row',
    work: rows(64, 768),
    against: { limit: { fast: 0.8 }, simsimd: { fast: 1.5 }, 'plain JS': SHOWN, 'tfjs-wasm': SHOWN },
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
    name: 'columns, resident',
    what: '64 × 768, in cache',
    per: 'row',
    work: columns(64, 768),
    against: { limit: { fast: 0.55 }, 'plain JS': SHOWN, 'tfjs-wasm': SHOWN },
  },
  {
    name: 'columns, resident',
    what: '20000 × 768',
    per: 'row',
    work: columns(20000, 768),
    against: {
      limit: { fast: 0.65, aim: 0.8 },
      'dim 1': { time: 1.3, work: rows(20000, 768) },
      'plain JS': SHOWN,
      'tfjs-wasm': SHOWN,
      PyTorch: { fast: 15 },
      'PyTorch, heap reused': { fast: 15 },
      NumPy: SHOWN,
    },
  },
  {
    name: 'one query, resident',
    what: '768 with 20000 × 768',
    per: 'row',
    work: rows(20000, 768, { x1: [768] }),
    against: { limit: { fast: 0.9 }, simsimd: SHOWN, 'plain JS': SHOWN },
  },
  {
    name: 'typed arrays',
    what: '20000 × 768',
    per: 'row',
    work: rows(20000, 768, { device: 'js' }),
    against: { simsimd: { fast: 1 }, 'plain JS': { fast: 2.5 } },
  },

  {
    name: 'a single pair of typed arrays',
    what: '768',
    per: 'call',
    work: pair(768),
    against: { simsimd: { time: 1.6 }, 'plain JS': { fast: 3 }, ...LIBRARIES },
  },
  {
    name: 'a single pair of typed arrays',
    what: '768, into `out`',
    per: 'call',
    work: pair(768, { out: 'js' }),
    against: { simsimd: { time: 1.6 }, 'plain JS': { fast: 3 } },
  },
  {
    name: 'a single pair of typed arrays',
    what: '1536',
    per: 'call',
    work: pair(1536),
    against: { simsimd: { time: 1.5 }, 'plain JS': SHOWN, ...LIBRARIES },
  },
  {
    name: 'a single pair of typed arrays',
    what: '1536, into `out`',
    per: 'call',
    work: pair(1536, { out: 'js' }),
    against: { simsimd: { time: 1.5 }, 'plain JS': SHOWN },
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
    work: ranking(5000, 'numbers'),
    against: { 'by hand': { time: 1.2 } },
  },
  {
    name: 'top 10 of lists',
    what: '1536 with 5000 Float32Array',
    per: 'row',
    work: ranking(5000, 'arrays'),
    against: { 'by hand': { time: 0.5 } },
  },

  ...[
    [1e6, 3, 1],
    [1e6, 3, 0],
    [3, 1e6, 1],
    [3, 1e6, 0],
  ].map(([n, d, dim]) => {
    const shown = (length) => (length === 1e6 ? '10⁶' : length)
    return {
      name: 'short rows and columns, resident',
      what: `${shown(n)} × ${shown(d)}, dim ${dim}`,
      per: 'triple',
      work: rows(n, d, { dim, out: 'wasm', units: 1e6 }),
      against: {
        limit: { fast: 0.5 },
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

  {
    name: 'pairwise, resident',
    what: '1000 × 1000 × 768',
    per: 'pair',
    work: pairwise(1000),
    against: { limit: { fast: 0.75, aim: 0.85 } },
  },
  {
    name: 'pairwise, resident',
    what: 'cost per pair, 100 rows',
    per: 'pair',
    work: pairwise(100),
    against: { '1000 rows': { flat: 0.25, work: pairwise(1000) }, '10000 rows': { flat: 0.25, work: pairwise(10000) } },
  },
  {
    name: 'pairwise, resident',
    what: 'worst error, normal data',
    per: '· 2⁻²⁴',
    own: pairwiseError,
    mark: { atMost: 2 },
  },
  { name: 'pairwise, resident', what: 'diagonal, off 1 by', per: '', own: selfError, mark: { atMost: 0 } },
  {
    name: 'top 10, resident',
    what: '768 with 100000 × 768',
    per: 'row',
    work: rows(100000, 768, { does: 'topk', x1: [768] }),
    against: { 'reading the corpus': { time: 1.1 } },
  },
  {
    name: 'cost against size',
    what: inBytes(smallest),
    per: 'element',
    work: sized(smallest),
    against: Object.fromEntries(sizes.map((bytes) => [inBytes(bytes), { flat: 0.25, work: sized(bytes) }])),
  },
]
