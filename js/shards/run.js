/** runTask(): reads the rows of a task, checks them, and gives their part of the result. */

import { write } from '../accumulators/bytes.js'
import { shown, tuple } from '../error-messages.js'
import { turn } from '../slices.js'
import { readingOptions, VERSION } from './manifest.js'
import { identityOf, operationOf, taskIdentityOf } from './requests.js'
import { chunksOf, naming, openShard } from './shard.js'

/** @typedef {import('../../types/shards.js').Task} Task */
/** @typedef {import('./shard.js').Shard} Shard */

/** Of a part's bytes. */
export const PART = 'p'

/* What is held of a shard, in elements, and the products that are computed between two turns of the event loop, about 10 ms. */
const CHUNK = 2 ** 18
const PRODUCTS = 2 ** 27
/* With fewer rows, another kernel computes them, with other bits. */
const FEWEST = 3

/** The shards of a task, as messages name them. @param {Task} task */
export const nameOf = ({ shards }) => shards.map(({ path }) => path).join(' and ')

/** @type {typeof import('../../types/shards.js').runTask} */
export async function runTask(task, options) {
  const where = 'runTask()'
  const { open, signal, onProgress } = readingOptions(where, options)
  checkTask(where, task)
  const { shards, firstRow, request } = task
  const { begin, update } = operationOf(request)
  const { accumulator, queries } = begin(request)
  /** @type {Shard[]} */
  const opened = []
  try {
    for (const [i, { path }] of shards.entries()) {
      opened.push(await openShard(path, open, signal))
      await naming(path, signal, () => checkHeader(task, i, opened[i]))
    }
    const [{ rows: total }] = shards
    const chunks = opened.map((shard) => chunksOf(shard, rowsAtOnce(task, queries), signal))
    for (let done = 0; ; ) {
      const next = await Promise.all(chunks.map((chunk) => chunk.next()))
      if (next[0].done) break
      const rows = next.map(({ value }) => /** @type {import('../../types/index.js').Tensor} */ (value))
      await naming(nameOf(task), signal, () => update(accumulator, rows, firstRow + done))
      done += rows[0].shape[0]
      onProgress?.({ done, total })
      await turn()
    }
    for (const [i, { path, seen }] of opened.entries()) await naming(path, signal, () => checkBytes(shards[i], seen))
  } finally {
    await Promise.all(opened.map(({ close }) => close()))
  }
  const header = { task: taskIdentityOf(identityOf(request), task), shard: nameOf(task) }
  return write(PART, header, accumulator.toBytes())
}

/**
 * @param {string} where
 * @param {any} task
 */
function checkTask(where, task) {
  if (!Array.isArray(task?.shards) || !operationOf(task.request ?? {}))
    throw new TypeError(`${where} takes one of the tasks that tasks() made, got ${shown(task)}.`)
  if (task.version !== VERSION)
    throw new RangeError(
      `${where}: this task has version ${shown(task.version)}, and this cosdim runs version ${VERSION}.`,
    )
}

/**
 * @param {Task} task
 * @param {number} i
 * @param {Shard} shard
 */
function checkHeader({ shards, dtypes, columns }, i, { header: { dtype, shape } }) {
  if (dtype !== dtypes[i]) throw new RangeError(`its dtype is ${dtype}, and in the manifest ${dtypes[i]}.`)
  if (shape[0] !== shards[i].rows || shape[1] !== columns)
    throw new RangeError(`its shape is ${tuple(shape)}, and in the manifest ${tuple([shards[i].rows, columns])}.`)
}

/**
 * @param {import('../../types/shards.js').ShardFile} shard
 * @param {import('./shard.js').Seen} seen
 */
function checkBytes(shard, seen) {
  const HINT = 'Has it changed since the manifest was made?'
  if (seen.bytes !== shard.bytes)
    throw new RangeError(`it has ${seen.bytes} bytes, and in the manifest ${shard.bytes}. ${HINT}`)
  if (seen.crc32 !== shard.crc32)
    throw new RangeError(`its CRC-32 is ${hex(seen.crc32)}, and in the manifest ${hex(shard.crc32)}. ${HINT}`)
}

const hex = (/** @type {number} */ crc) => crc.toString(16).padStart(8, '0')

/**
 * How many rows a chunk has, so that no chunk has too few.
 * @param {Task} task
 * @param {number} queries
 */
function rowsAtOnce({ shards: [{ rows }], columns }, queries) {
  const most = Math.min(CHUNK / columns, PRODUCTS / (columns * queries), rows)
  let atOnce = Math.max(FEWEST, Math.floor(most))
  while (rows % atOnce > 0 && rows % atOnce < FEWEST) atOnce++
  return atOnce
}
