/** A corpus in shards: small, but with everything that a merge could get wrong. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tensor } from 'cosdim'
import { toNpy } from 'cosdim/npy'
import { makeManifest } from 'cosdim/shards'

export const COLUMNS = 20
const SHARDS = 36

/** Numbers that are the same in every run, in [-1, 1). */
export function numbers(count, seed = 1) {
  let state = seed
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  })
}

/** Rows of shard i: from 3 up. Every fifth shard has the same rows, so that ranks are tied across shards. */
function shardOf(i) {
  const rows = 3 + ((i * 7) % 23)
  const data = numbers(rows * COLUMNS, i % 5 ? i + 1 : 100)
  if (i === 8) data.fill(0, 0, COLUMNS)
  if (i === 9) data.fill(-0, 0, COLUMNS)
  return tensor({ data, shape: [rows, COLUMNS] })
}

/** The rows of all shards in one tensor. */
export function whole(shards) {
  const data = new Float32Array(shards.reduce((total, { data }) => total + data.length, 0))
  let at = 0
  for (const { data: part } of shards) {
    data.set(part, at)
    at += part.length
  }
  return tensor({ data, shape: [data.length / COLUMNS, COLUMNS] })
}

/**
 * A folder of shards, their manifest, and their rows in one tensor. It is deleted by `remove`.
 * @param {(shard: any, i: number) => any} [change] changes a shard before it is written
 */
export async function writeCorpus(change = (shard) => shard) {
  const folder = mkdtempSync(join(tmpdir(), 'cosdim-shards-'))
  const shards = Array.from({ length: SHARDS }, (_, i) => change(shardOf(i), i))
  const paths = shards.map((shard, i) => {
    const path = join(folder, `part-${String(i).padStart(3, '0')}.npy`)
    writeFileSync(path, toNpy(shard))
    return path
  })
  const manifest = await makeManifest(paths, { open })
  return { folder, paths, manifest, rows: whole(shards), remove: () => rmSync(folder, { recursive: true }) }
}

/** The bits of a result, or of a tensor. */
export const bits = (result) =>
  'values' in result
    ? { values: bits(result.values), indices: [...result.indices.data].map(Number), shape: result.indices.shape }
    : { dtype: result.dtype, shape: result.shape, bytes: Buffer.from(result.data.buffer).toString('hex') }
