/** docs/recipes.md, with real files: DuckDB writes the Parquet, apache-arrow the Arrow. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { DuckDBInstance } from '@duckdb/node-api'
import {
  Field,
  FixedSizeList,
  Float16,
  Float32,
  Float64,
  List,
  RecordBatchReader,
  Table,
  tableToIPC,
  vectorFromArray,
} from 'apache-arrow'
import { tensor, topkAccumulator, topkCosineSimilarity, topkCosineSimilarityAsync } from 'cosdim'
import { stream } from '../bench/data.js'
import { blocksOf, claimsOf, instrumented, readme, written } from '../package/readme.js'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** A project that has installed what the recipes import; the files that they read are in the current folder. */
const folder = mkdtempSync(join(realpathSync(tmpdir()), 'cosdim-recipes-'))
after(() => rmSync(folder, { recursive: true }))
for (const [name, target] of Object.entries({
  cosdim: root,
  'apache-arrow': `${root}node_modules/apache-arrow`,
  '@duckdb': `${root}node_modules/@duckdb`,
})) {
  const link = join(folder, 'node_modules', name)
  mkdirSync(dirname(link), { recursive: true })
  symlinkSync(target, link)
}
process.chdir(folder)

const ANIMALS = {
  cat: [0.8, 0.2, 0.1],
  dog: [0.7, 0.6, 0.1],
  car: [0.1, 0.1, 0.9],
  rock: null,
  bus: [0, 0.1, 0.8],
  lynx: [0.9, 0.2, 0.1],
}

/** A table with a batch for each list of rows. */
function tableOf(parts, type) {
  const of = (rows) => new Table({ embedding: vectorFromArray(rows, type) })
  const [first, ...others] = parts.map(of)
  return first.concat(...others)
}

const item = (type) => new Field('item', type)
const rows = Object.values(ANIMALS).filter(Boolean)
const table = tableOf([rows.slice(0, 2), rows.slice(2)], new FixedSizeList(3, item(new Float32())))
writeFileSync('corpus.arrow', tableToIPC(table, 'file'))

const connection = await (await DuckDBInstance.create()).connect()
const values = Object.entries(ANIMALS).map(([id, row]) => `('${id}', ${row ? `[${row}]` : null}::FLOAT[])`)
await connection.run(`COPY (SELECT * FROM (VALUES ${values}) t(id, embedding)) TO 'corpus.parquet'`)

/** Imports a block, which exports what its expressions gave, and the names that are asked for. */
async function runBlock({ code, line }, names = '') {
  const file = join(folder, `block-${line}-${names}.mjs`)
  writeFileSync(file, `${instrumented(code)}\nexport { ${names} }\n`)
  return import(pathToFileURL(file).href)
}

const blocks = blocksOf(readme('docs/recipes.md'))

for (const block of blocks)
  test(`docs/recipes.md:${block.line} gives what it says`, async () => {
    const { shown } = await runBlock(block)
    const claimed = shown.filter(([, claim]) => claim)
    assert.equal(claimed.length, claimsOf(block.code).length)
    assert.ok(claimed.length > 0)
    for (const [value, claim] of claimed) assert.equal(written(value), claim)
  })

const random = stream(3)
const [n, d] = [5000, 64]
const numbers = Float32Array.from({ length: n * d }, () => random() - 0.5)
const matrix = tensor(numbers, { shape: [n, d] })
const query = numbers.subarray(0, d)

const TYPES = { FixedSizeList: (type) => new FixedSizeList(d, item(type)), List: (type) => new List(item(type)) }
const FLOATS = { float16: new Float16(), float32: new Float32(), float64: new Float64() }

for (const [name, listOf] of Object.entries(TYPES))
  for (const [dtype, float] of Object.entries(FLOATS))
    test(`batches of ${name} of ${dtype} are read where they are, and give the result of one call`, async () => {
      const lists = matrix.tolist().slice(0, 300)
      const [parts, type] = [[lists.slice(0, 100), lists.slice(100, 103), lists.slice(103)], listOf(float)]
      const bytes = tableToIPC(tableOf(parts, type), 'stream')
      const best = topkAccumulator(query, 5)
      const sizes = []
      for await (const batch of await RecordBatchReader.from(bytes)) {
        const column = /** @type {import('apache-arrow').Vector} */ (batch.getChild('embedding'))
        const rows = tensor(column)
        assert.equal(rows.dtype, dtype)
        assert.equal(rows.data.buffer, column.data[0].children[0].values.buffer)
        best.update(column)
        sizes.push(rows.shape[0])
      }
      assert.deepEqual(sizes, [100, 3, 197])
      const whole = tensor(vectorFromArray(lists, type))
      const { values, indices } = best.result()
      const alone = topkCosineSimilarity(query, whole, 5)
      assert.deepEqual(values, alone.values)
      assert.deepEqual(Array.from(indices, Number), [...alone.indices])
    })

test('chunks of Parquet give the result of one call, whatever is collected meanwhile', async () => {
  writeFileSync(
    'numbers.csv',
    Array.from({ length: n }, (_, i) => `"[${numbers.subarray(i * d, (i + 1) * d)}]"`).join('\n'),
  )
  await connection.run(
    `COPY (SELECT embedding::FLOAT[] AS embedding FROM read_csv('numbers.csv', header = false, columns = { embedding: 'VARCHAR' }))
     TO 'numbers.parquet' (ROW_GROUP_SIZE 2048)`,
  )
  assert.equal(readFileSync('numbers.parquet', 'latin1').slice(0, 4), 'PAR1')
  const { rowsOf } = await runBlock(blocks.filter(({ code }) => code.includes('function* rowsOf'))[0], 'rowsOf')
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  let chunks = 0
  async function* corpus() {
    const result = await connection.stream(`SELECT embedding::FLOAT[${d}] FROM 'numbers.parquet'`)
    for await (const rows of rowsOf(result, d)) {
      chunks++
      collect()
      yield rows
    }
  }
  assert.deepEqual(await topkCosineSimilarityAsync(query, corpus(), 5), topkCosineSimilarity(query, matrix, 5))
  assert.ok(chunks >= 3)
})

test('a null within a row of Parquet is an error, and so is another length', async () => {
  const [recipe] = blocks.filter(({ code }) => code.includes('function* rowsOf'))
  for (const [name, row, message] of /** @type {const} */ ([
    ['nulls', '[0.1, NULL, 0.2]', /an embedding has a null/],
    ['lengths', '[0.1, 0.2]', /Cannot cast list with length 2 to array with length 3/],
  ])) {
    mkdirSync(name)
    await connection.run(
      `COPY (SELECT unnest([[1, 2, 3], ${row}]::FLOAT[][]) AS embedding) TO '${name}/corpus.parquet'`,
    )
    process.chdir(name)
    await assert.rejects(runBlock(recipe, `rowsOf as ${name}`), message)
    process.chdir('..')
  }
})
