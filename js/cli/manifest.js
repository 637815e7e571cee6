/** The command that lists the shards of a corpus. */
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { makeManifest } from 'cosdim/shards'
import { attempt, errorAt } from './errors.js'
import { progress } from './progress.js'
import { print } from './results.js'

/** part-2 before part-10. */
const { compare } = new Intl.Collator('en', { numeric: true })

/** @type {import('./commands.js').Command['run']} */
export async function manifest([folder]) {
  const names = await attempt(folder, () => readdir(folder))
  const paths = names.filter((name) => name.endsWith('.npy')).sort(compare)
  if (paths.length === 0) throw new Error(`${folder}: there are no .npy files in this folder.`)
  const made = await makeManifest(
    paths.map((name) => join(folder, name)),
    { open: (path) => open(path), onProgress: progress.compute },
  ).catch((error) => {
    throw error.shard ? errorAt(error.shard, error.cause) : error
  })
  await print(JSON.stringify(made, undefined, 2))
}
