/**
 * What shards cost: the figures of docs/scale.md, and the marks that they should reach. Prints a table and writes
 * build/shards.json.
 *
 *     npm run bench:shards [-- words from a contest's name]
 *     npm run bench:shards -- --runs 5
 *
 * Each contest runs in processes of its own, since a process rarely gives memory back. They need Linux: its /proc
 * has the peak. Large files are sparse and take no room on the disk.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inWords, machine } from './machine.js'
import { chosen, commandLine, report } from './report.js'
import { CONTESTS } from './shards-contests.js'

const { runs, words } = commandLine()
/** @returns {AsyncGenerator<import('./measure.js').Found>} */
async function* run() {
  for (const { name, what, per, mark, measure } of chosen(CONTESTS, words)) {
    const folder = await mkdtemp(join(tmpdir(), 'cosdim-shards-'))
    try {
      yield { name, what, per, mark, own: await measure(folder) }
    } finally {
      await rm(folder, { recursive: true })
    }
  }
}

console.log(`${inWords()}.`)
console.log('Shards are .npy files of rows of 768 numbers, in the cache of the system.\n')
const json = { date: new Date().toISOString(), machine, ...(await report(runs, run)) }
await writeFile(
  fileURLToPath(new URL('../../build/shards.json', import.meta.url)),
  `${JSON.stringify(json, null, 1)}\n`,
)
