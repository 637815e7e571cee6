/** Manifests: which files a corpus consists of, and what they must be, as plain JSON. */
import { isCount } from '../accumulators/bytes.js'
import { NAMES } from '../dtypes.js'
import { shown } from '../error-messages.js'
import { optionsOf } from '../input/options.js'
import { chunksOf, openShard } from './shard.js'

/** @typedef {import('../../types/shards.js').Manifest} Manifest */
/** @typedef {import('../../types/shards.js').ShardFile} ShardFile */

/** Of manifests and tasks. */
export const VERSION = 1

export const READING = { open: undefined, signal: undefined, onProgress: undefined }

/**
 * @param {string} where
 * @param {unknown} options
 */
export function readingOptions(where, options) {
  const checked = optionsOf(where, options, READING)
  if (typeof checked.open === 'function') return checked
  throw new TypeError(
    `${where} needs the option open, a function that opens a shard, got ${shown(checked.open)}. ` +
      'In Node: import { open } from "node:fs/promises".',
  )
}

/** @type {typeof import('../../types/shards.js').makeManifest} */
export async function makeManifest(paths, options) {
  const where = 'makeManifest()'
  const { open, signal, onProgress } = readingOptions(where, options)
  if (!Array.isArray(paths)) throw new TypeError(`${where} takes a list of paths, got ${shown(paths)}.`)
  const described = []
  for (const path of paths) {
    described.push(await describe(path, open, signal))
    onProgress?.({ done: described.length, total: paths.length })
  }
  const [first] = described
  for (const { path, dtype, columns } of described)
    if (dtype !== first.dtype || columns !== first.columns)
      throw new RangeError(
        `${where}: shard ${path} has ${columns} columns of ${dtype}, and shard ${first.path} has ${first.columns} of ` +
          `${first.dtype}. All shards of a corpus must have the same.`,
      )
  return checkManifest(where, {
    version: VERSION,
    dtype: first?.dtype,
    columns: first?.columns,
    rows: described.reduce((total, { rows }) => total + rows, 0),
    shards: described.map(({ path, rows, bytes, crc32 }) => ({ path, rows, bytes, crc32 })),
  })
}

/**
 * @param {string} path
 * @param {(path: string) => any} open
 * @param {import('../abort.js').Signal} [signal]
 */
async function describe(path, open, signal) {
  const shard = await openShard(path, open, signal)
  try {
    // To its end, which tells whether the file is whole.
    const chunks = chunksOf(shard, undefined, signal)
    while (!(await chunks.next()).done);
    const { dtype, shape } = shard.header
    return { path, dtype, columns: shape[1], rows: shape[0], ...shard.seen }
  } finally {
    await shard.close()
  }
}

/** What is wrong with the shards of a manifest. @type {[(shard: ShardFile) => boolean, string][]} */
const FAULTS = [
  [({ path }) => typeof path !== 'string' || path === '', 'path must be a text'],
  [({ rows }) => !isCount(rows), 'rows must be a whole number from 0 up'],
  [({ bytes }) => !isCount(bytes), 'bytes must be a whole number from 0 up'],
  [({ crc32 }) => !isCount(crc32) || crc32 >= 2 ** 32, 'crc32 must be a whole number below 2^32'],
]

/**
 * RangeError or TypeError unless it is a manifest.
 * @param {string} where
 * @param {any} manifest
 * @returns {Manifest}
 */
export function checkManifest(where, manifest) {
  if (typeof manifest !== 'object' || !manifest || !Array.isArray(manifest.shards))
    throw new TypeError(`${where} takes a manifest, as makeManifest() makes it, got ${shown(manifest)}.`)
  const { version, dtype, columns, rows, shards } = manifest
  const fail = (/** @type {string} */ why) => new RangeError(`${where}: this manifest ${why}.`)
  if (version !== VERSION) throw fail(`has version ${shown(version)}, and this cosdim reads version ${VERSION}`)
  if (shards.length === 0) throw fail('has no shards')
  if (!NAMES.includes(dtype)) throw fail(`has the dtype ${shown(dtype)}, not one of ${NAMES.join(', ')}`)
  if (!isCount(columns)) throw fail(`has ${shown(columns)} columns`)
  if (!isCount(rows)) throw fail(`has ${shown(rows)} rows, not a whole number below 2^53`)
  const paths = new Set()
  let total = 0
  for (const [i, shard] of shards.entries()) {
    const [, fault] = FAULTS.find(([is]) => is(shard ?? {})) ?? []
    if (fault) throw fail(`is wrong about shard ${i}, ${shown(shard?.path)}: ${fault}`)
    if (paths.has(shard.path)) throw fail(`lists shard ${shard.path} twice`)
    paths.add(shard.path)
    total += shard.rows
  }
  if (total !== rows) throw fail(`says that there are ${shown(rows)} rows, and its shards have ${total}`)
  return manifest
}
