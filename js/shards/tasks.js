/** The tasks of a request: one for each shard, as plain JSON. */
import { tensor } from 'cosdim'
import { DTYPES } from '../dtypes.js'
import { inWhole } from '../in-whole.js'
import { VERSION } from './manifest.js'
import { operationOf, readRequest } from './requests.js'

/** @typedef {import('../../types/shards.js').Manifest} Manifest */

/** @type {typeof import('../../types/shards.js').tasks} */
export function tasks(manifest, request) {
  const where = 'tasks()'
  const { corpora, json } = readRequest(where, manifest, request)
  check(where, corpora, json)
  let firstRow = 0
  return manifest.shards.map((_, i) => {
    const shards = corpora.map((corpus) => corpus.shards[i])
    const task = {
      version: VERSION,
      shards,
      firstRow,
      dtypes: corpora.map(({ dtype }) => dtype),
      columns: manifest.columns,
      request: json,
    }
    firstRow += shards[0].rows
    return task
  })
}

/**
 * Throws what the workers would throw, before they begin.
 * @param {string} where
 * @param {Manifest[]} corpora
 * @param {import('../../types/shards.js').TaskRequest} request
 */
function check(where, corpora, request) {
  const [{ rows: total, shards }, other] = corpora
  if (other) checkSplit(where, shards, other.shards)
  const { begin, update } = operationOf(request)
  const rows = corpora.map(zeros)
  const { accumulator } = begin(request)
  inWhole(
    corpora.map((corpus, i) => [rows[i].shape, corpus.rows]),
    () => update(accumulator, rows, 0),
  )
  const { k = 0 } = request
  if (k > total) throw new RangeError(`selected index k out of range. k is ${k}, and the corpus has ${total} rows.`)
}

/**
 * Rows of the kind that a corpus has.
 * @param {Manifest} corpus
 */
const zeros = ({ dtype, columns }) =>
  tensor(/** @type {any} */ ({ data: new DTYPES[dtype].array(columns), dtype, shape: [1, columns] }))

/**
 * RangeError unless the shards of two corpora have the same rows.
 * @param {string} where
 * @param {readonly import('../../types/shards.js').ShardFile[]} shards
 * @param {readonly import('../../types/shards.js').ShardFile[]} others
 */
function checkSplit(where, shards, others) {
  const fail = (/** @type {string} */ why) => new RangeError(`${where}: the corpora must be split alike: ${why}.`)
  for (const [i, { path, rows }] of shards.entries())
    if (others[i] && others[i].rows !== rows)
      throw fail(`shard ${path} has ${rows} rows, and shard ${others[i].path} has ${others[i].rows}`)
  if (shards.length !== others.length) throw fail(`one has ${shards.length} shards, the other ${others.length}`)
}
