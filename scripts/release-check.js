/**
 * npm run release:check: tries the package as those who install it will, in one project after another. Names as arguments
 * choose some of tests/package/strangers.js; --keep leaves the projects where they were tried.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pack, run } from '../tests/package/run.js'
import { STRANGERS } from '../tests/package/strangers.js'

const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const chosen = STRANGERS.filter(({ name }) => !names.length || names.includes(name))
const unknown = names.filter((name) => !STRANGERS.some((stranger) => stranger.name === name))
if (unknown.length)
  throw new Error(`No such stranger: ${unknown.join(' ')}. There are: ${STRANGERS.map(({ name }) => name).join(' ')}`)

const folder = mkdtempSync(join(tmpdir(), 'cosdim-release-'))
const { tarball } = pack(folder)
const failed = []
for (const stranger of chosen) {
  const began = performance.now()
  const { ok, output } = await run(stranger, tarball, join(folder, stranger.name))
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const versions = Object.entries(stranger.packages ?? {}).map((entry) => entry.join(' '))
  const said = output.trim().split('\n').at(-1)
  console.log(
    [ok ? 'ok    ' : 'FAILED', stranger.name.padEnd(23), `${seconds.padStart(5)} s `, ...versions, said].join('  '),
  )
  if (ok) continue
  failed.push(stranger.name)
  console.log(output.replace(/^/gm, '    '))
}

console.log(failed.length ? `Failed: ${failed.join(' ')}` : `All ${chosen.length} are well.`)
if (failed.length) process.exitCode = 1
if (process.argv.includes('--keep')) console.log(`The projects are in ${folder}`)
else rmSync(folder, { recursive: true })
