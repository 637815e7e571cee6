/** The contests over vectors of the lengths that people have, each compared with reading the same numbers. */
import { columns, query, rows, top10 } from './works.js'

/** Word vectors have 50, 100 or 300 numbers, embeddings 384 to 3072. */
const LENGTHS = [3, 8, 16, 32, 50, 100, 300, 384, 512, 768, 1024, 1536, 3072]

/** How many numbers an operation reads, whatever their length. */
const NUMBERS = 25e6

/** The work for n vectors, how many operands of that size it has, and its marks by length. */
const OPERATIONS = {
  'one query': {
    work: query,
    operands: 1,
    marks: { 50: 0.35, 100: 0.5, 300: 0.8, 512: 0.85, 1536: 0.9, 3072: 0.85 },
  },
  'top 10': { work: (n, d) => top10(1, n, d), operands: 1, marks: {} },
  rows: { work: rows, operands: 2, marks: {} },
  columns: {
    work: columns,
    operands: 2,
    marks: { 50: 0.55, 100: 0.5, 300: 0.5, 512: 0.5, 1536: 0.6, 3072: 0.5 },
  },
}

/** @type {import('./contests.js').Contest[]} */
export const BY_LENGTH = Object.entries(OPERATIONS).flatMap(([name, { work, operands, marks }]) =>
  LENGTHS.map((d) => {
    const n = Math.round(NUMBERS / operands / d)
    return {
      name: `${name}, by length`,
      what: `${n} × ${d}`,
      per: 'row',
      work: work(n, d),
      against: { reading: { fast: marks[d] } },
    }
  }),
)
