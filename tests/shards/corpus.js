/** A corpus in shards: small, but with everything that a merge could get wrong. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

/**
 * Files in place of shard 5: what the manifest says of it instead, and the message.
 * @param {Awaited<ReturnType<typeof writeCorpus>>} corpus
 * @returns {Record<string, [object, RegExp]>}
 */
export function damaged({ folder, paths, manifest }) {
  const { rows } = manifest.shards[5]
  const bytes = readFileSync(paths[5])
  const changed = Uint8Array.from(bytes, (byte, i) => (i === 300 ? byte ^ 1 : byte))
  const zeros = (Class, ...shape) => toNpy(tensor({ data: new Class(shape[0] * shape[1]), shape }))
  const fortran = Buffer.from(bytes.toString('latin1').replace('False', 'True '), 'latin1')
  /** @type {[string, Uint8Array, RegExp][]} */
  const files = [
    ['truncated', bytes.subarray(0, -1), /cut off/],
    ['changed', changed, /CRC-32/],
    ['columns', zeros(Float32Array, rows, COLUMNS + 1), /its shape is/],
    ['dtype', zeros(Float64Array, rows, COLUMNS), /its dtype is float64/],
    ['order', fortran, /Fortran order/],
    ['text', Buffer.from('id,x\n'), /not a .npy file/],
  ]
  mkdirSync(`${folder}/damaged`, { recursive: true })
  const written = files.map(([name, content, message]) => {
    const path = `${folder}/damaged/${name}.npy`
    writeFileSync(path, content)
    return [name, [{ path }, message]]
  })
  return Object.fromEntries([...written, ['missing', [{ path: `${folder}/missing.npy` }, /ENOENT/]]])
}
