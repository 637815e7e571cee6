/**
 * The tables of docs/scale.md, from the figures that it states: node tests/bench/scale.js takes these from build/shards.json,
 * which `npm run bench:shards` writes, and writes the tables anew.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'

const PAGE = fileURLToPath(new URL('../../docs/scale.md', import.meta.url))
const MEASURED = fileURLToPath(new URL('../../build/shards.json', import.meta.url))

const ROWS = 1e9
const D = 768
const SIZES = { float32: 4, int8: 1 }
const SHARD = 512e6
const WORKERS = [1, 10, 100, 1000]
/* What the storage gives to all workers together, in bytes a second. */
const STORAGES = [1e9, 10e9, 100e9]

/** The figures by the letters that the formula has, and where the benchmark has them. */
const FIGURES = {
  'c, float32': { unit: 'µs', of: ['a row of a shard', '768 float32'], scale: 1e-3 },
  'c, int8': { unit: 'µs', of: ['a row of a shard', '768 int8'], scale: 1e-3 },
  'c, float32, 64 queries, of each': { unit: 'µs', of: ['a row of a shard', '768 float32, 64 queries'], scale: 1e-3 },
  o: { unit: 'ms', of: ['overhead a shard', 'as a job of BullMQ: workers'], scale: 1 },
  q: { unit: 'ms', of: ['overhead a shard', 'as a job of BullMQ: redis'], scale: 1 },
  'm, one query': { unit: 'ms', of: ['merging', '1 × k = 10'], scale: 1 },
  'm, 1024 queries': { unit: 'ms', of: ['merging', '1024 × k = 10'], scale: 1 },
  'p, one query': { unit: 'kB', of: ['a part', '1 × k = 10'], scale: 1e-3 },
  'p, 1024 queries': { unit: 'kB', of: ['a part', '1024 × k = 10'], scale: 1e-3 },
}

const two = (value) => Number(value.toPrecision(2)).toString()

/** A time as people say it. @param {number} seconds */
function time(seconds) {
  if (seconds < 90) return `${two(seconds)} s`
  return seconds < 5400 ? `${two(seconds / 60)} min` : `${two(seconds / 3600)} h`
}

/** @param {number} bytes a second, or in all */
function size(bytes) {
  const [unit, name] = bytes >= 1e12 ? [1e12, 'TB'] : bytes >= 1e9 ? [1e9, 'GB'] : [1e6, 'MB']
  return `${two(bytes / unit)} ${name}`
}

const row = (...cells) => `| ${cells.join(' | ')} |`
const table = (heads, rows) =>
  [row(...heads), row(...heads.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n')

/**
 * What a corpus takes, by the formula of the page.
 * @param {keyof typeof SIZES} dtype
 * @param {Record<string, number>} figures
 */
function costs(dtype, figures) {
  const bytes = ROWS * D * SIZES[dtype]
  const shards = bytes / SHARD
  const work = (ROWS * figures[`c, ${dtype}`]) / 1e6 + (shards * figures.o) / 1e3
  const merge = (shards * figures['m, one query']) / 1e3
  const queue = (shards * figures.q) / 1e3
  return { bytes, shards, work, merge, queue }
}

/** @param {keyof typeof SIZES} dtype @param {Record<string, number>} figures */
function workersTable(dtype, figures) {
  const { bytes, work, merge, queue } = costs(dtype, figures)
  const heads = ['workers', 'CPU', 'storage has to give', ...STORAGES.map((rate) => `in all, at ${size(rate)}/s`)]
  const rows = WORKERS.map((workers) => {
    const cpu = work / workers
    const all = STORAGES.map((rate) => time(Math.max(cpu, bytes / rate, queue) + merge))
    return [workers, time(cpu), `${size(bytes / cpu)}/s`, ...all]
  })
  return table(heads, rows)
}

/** @param {Record<string, number>} figures */
function corpusTable(figures) {
  const rows = Object.keys(SIZES).map((dtype) => {
    const { bytes, shards, merge, queue } = costs(/** @type {any} */ (dtype), figures)
    const parts = (queries) => size(shards * figures[`p, ${queries}`] * 1e3)
    return [dtype, size(bytes), Math.round(shards), time(queue), time(merge), parts('one query'), parts('1024 queries')]
  })
  return table(['dtype', 'bytes', 'shards', 'Redis', 'merge', 'parts', 'parts of 1024 queries'], rows)
}

/** @param {Record<string, number>} figures */
const figuresTable = (figures) =>
  table(
    ['figure', 'what the benchmark calls it', 'value'],
    Object.entries(FIGURES).map(([name, { unit, of }]) => [name, of.join(', '), `${figures[name]} ${unit}`]),
  )

/** The tables by the names that comments of the page give them. @param {Record<string, number>} figures */
const tablesOf = (figures) => ({
  figures: figuresTable(figures),
  corpus: corpusTable(figures),
  float32: workersTable('float32', figures),
  int8: workersTable('int8', figures),
})

/** The page with its tables made anew. @param {string} page @param {Record<string, number>} figures */
export function withTables(page, figures) {
  for (const [name, text] of Object.entries(tablesOf(figures)))
    page = page.replace(new RegExp(`(<!-- ${name} -->\n).*?(?=\n\n)`, 's'), (_, comment) => `${comment}\n${text}`)
  return page
}

/** The figures that the page states. @param {string} page */
export const figuresIn = (page) =>
  Object.fromEntries(
    Object.keys(FIGURES).map((name) => [name, Number(page.split(`\n| ${name} |`)[1]?.split(' | ')[1]?.split(' ')[0])]),
  )

/** The figures of the benchmark, with two digits. */
function measured() {
  const { medians } = JSON.parse(readFileSync(MEASURED, 'utf8'))
  return Object.fromEntries(
    Object.entries(FIGURES).map(([name, { of, scale }]) => {
      const { own } = medians.find((one) => one.name === of[0] && one.what === of[1])
      return [name, Number(two(own * scale))]
    }),
  )
}

if (argv[1] === fileURLToPath(import.meta.url)) writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8'), measured()))
