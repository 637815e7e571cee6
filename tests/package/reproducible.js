/**
 * npm run reproducible: builds the last commit in two clones, in folders of different names and depths, and compares what is
 * packed. Once the dependencies are there, the build has no network, if the machine lets it be cut off.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'cosdim-reproducible-'))
const canCutOff = spawnSync('unshare', ['-rn', 'true']).status === 0
const cutOff = canCutOff ? ['unshare', '-rn'] : []

/** @param {string} name */
function hashOf(name) {
  const clone = join(folder, name)
  const run = (/** @type {string[]} */ [program, ...args]) =>
    execFileSync(program, args, { cwd: clone, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
  execFileSync('git', ['clone', '--quiet', root, clone])
  run(['make', '--no-print-directory', 'node_modules/.package-lock.json', 'emcc'])
  run([...cutOff, 'make', '--no-print-directory'])
  const [{ filename }] = JSON.parse(run(['npm', 'pack', '--json']))
  return createHash('sha256')
    .update(readFileSync(join(clone, filename)))
    .digest('hex')
}

const hashes = ['a', 'elsewhere/and deeper'].map(hashOf)
rmSync(folder, { recursive: true })
console.log(`${hashes.join('\n')}\nbuilt ${canCutOff ? 'without' : 'with'} a network`)
if (hashes[0] !== hashes[1]) process.exitCode = 1
