/** Packs the package, and runs a stranger's project with it in a folder of its own. */
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'esbuild'

const here = fileURLToPath(new URL('./', import.meta.url))
const root = fileURLToPath(new URL('../../', import.meta.url))
const calls = readFileSync(`${here}projects/calls.js`, 'utf8')

/** The longest that a command may take, in ms. */
const LIMIT = 300_000

/** @param {string} folder where the tarball goes */
export function pack(folder) {
  const { status, stdout, stderr } = spawnSync('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  const [{ filename, files }] = JSON.parse(stdout)
  return { tarball: join(folder, filename), files: files.map(({ path }) => path) }
}

/**
 * Runs one after another, until one fails.
 * @param {string} folder
 * @param {Record<string, string>} env
 * @param {string[]} commands
 */
async function runAll(folder, env, commands) {
  let output = ''
  for (const command of commands) {
    const child = spawn('sh', ['-c', command], { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data))
    const timer = setTimeout(() => {
      process.kill(-Number(child.pid))
      // Whatever outlives it holds its output open.
      for (const stream of [child.stdout, child.stderr]) stream.destroy()
    }, LIMIT)
    const code = await new Promise((resolve) => child.on('close', resolve))
    clearTimeout(timer)
    if (code !== 0) return { ok: false, output: `${output}$ ${command}\nended with ${code ?? 'a signal'}` }
  }
  return { ok: true, output }
}

/**
 * @param {import('./strangers.js').Stranger} stranger
 * @param {string} tarball
 * @param {string} folder which is made
 */
export function run({ packages = {}, files = [], settings = {}, commands }, tarball, folder) {
  mkdirSync(folder)
  for (const name of files) cpSync(`${here}projects/${name}`, folder, { recursive: true })
  writeFileSync(join(folder, 'calls.js'), calls)
  cpSync(`${root}tests/determinism/hash.js`, join(folder, 'hash.js'))
  writeFileSync(join(folder, 'calls.cjs'), transformSync(calls, { format: 'cjs' }).code)
  const manifest = {
    private: true,
    type: 'module',
    ...settings,
    dependencies: { cosdim: `file:${tarball}`, ...packages },
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, undefined, 2))
  const env = {
    ...process.env,
    PATH: [join(folder, 'node_modules/.bin'), `${root}node_modules/.bin`, process.env.PATH].join(delimiter),
    HERE: here,
    NO_COLOR: '1',
    DO_NOT_TRACK: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    ASTRO_TELEMETRY_DISABLED: '1',
    TARBALL: tarball,
  }
  const install = 'npm install --no-audit --no-fund --prefer-offline --loglevel=error'
  return runAll(folder, env, [install, ...commands])
}
