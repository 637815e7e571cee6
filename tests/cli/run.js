/** Runs the command line as a shell does, in a folder of its own. */
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
export const GOLDEN = fileURLToPath(new URL('../golden/npy/', import.meta.url))

/** A folder with files, which is gone after the tests. @param {Record<string, string | Uint8Array>} [files] */
export function folderWith(files = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'cosdim-cli-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, contents] of Object.entries(files)) writeFileSync(join(folder, name), contents)
  return folder
}

/**
 * @param {string[]} args
 * @param {{ cwd?: string, stdin?: string | Uint8Array, stdout?: string }} [options] `stdout` is a file to write to
 * @returns {Promise<{ code: number | null, stdout: string, stderr: string }>}
 */
export function cosdim(args, { cwd, stdin, stdout } = {}) {
  const output = stdout ? openSync(stdout, 'w') : 'pipe'
  const child = /** @type {any} */ (spawn(process.execPath, [CLI, ...args], { cwd, stdio: ['pipe', output, 'pipe'] }))
  child.stdin.on('error', () => {}) // it may end without reading all
  child.stdin.end(stdin)
  const said = { stdout: '', stderr: '' }
  for (const name of /** @type {const} */ (['stdout', 'stderr']))
    child[name]?.setEncoding('utf8').on('data', (text) => {
      said[name] += text
    })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...said }))
  })
}

/** What it prints, if all is well. @param {Parameters<typeof cosdim>} call */
export async function printed(...call) {
  const { code, stdout, stderr } = await cosdim(...call)
  if (code !== 0 || stderr) throw new Error(`exit code ${code}: ${stderr}`)
  return stdout
}

/**
 * Runs a script of bash that calls cosdim, and gives what it prints. All must end well, and be silent on stderr.
 * @param {string} script
 * @param {string} cwd
 */
export async function shell(script, cwd) {
  const command = `set -e -o pipefail; cosdim() { "${process.execPath}" "${CLI}" "$@"; }; npx() { "$@"; }\n${script}`
  const { stdout, stderr } = await promisify(execFile)('bash', ['-c', command], { cwd })
  if (stderr) throw new Error(stderr)
  return stdout
}
