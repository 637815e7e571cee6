/** PyTorch and NumPy as contestants, in child processes (pytorch.py) of the interpreter that PYTHON names. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** Makes the heap keep what is freed. By default glibc returns large blocks to the system, and gets new pages later. */
const REUSED = { MALLOC_MMAP_THRESHOLD_: String(2 ** 32), MALLOC_TRIM_THRESHOLD_: String(2 ** 32) }

/** @typedef {{ versions: Record<string, string>, contestant: Function, end: () => void }} Python */
/** @typedef {{ fresh?: Python, reused?: Python }} Pythons one with glibc's default heap, one whose heap is reused */

/** @returns {Promise<Pythons>} none if PYTHON is not set */
export async function startPythons(interpreter = process.env.PYTHON) {
  if (!interpreter) return {}
  const [fresh, reused] = await Promise.all([start(interpreter, {}), start(interpreter, REUSED)])
  return { fresh, reused }
}

/**
 * @param {string} interpreter
 * @param {Record<string, string>} variables
 * @returns {Promise<Python>}
 */
async function start(interpreter, variables) {
  const child = spawn(interpreter, ['tests/bench/pytorch.py'], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    env: { ...process.env, OMP_NUM_THREADS: '1', ...variables },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const failed = new Promise((_, reject) => {
    child.on('error', (cause) => reject(new Error(`PYTHON=${interpreter} cannot be started`, { cause })))
    child.on('exit', (code) => reject(new Error(`PYTHON=${interpreter} ended with ${code}`)))
  })
  failed.catch(() => {}) // it also exits when told to
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const answer = async () => JSON.parse((await Promise.race([lines.next(), failed])).value)
  const versions = await answer()
  return {
    versions,
    contestant: (library, { x1, dim }) =>
      versions[library] &&
      (async (times) => {
        child.stdin.write(`${JSON.stringify({ library, shape: x1, dim, times })}\n`)
        return (await answer()).ns / 1e6
      }),
    end: () => child.stdin.end(),
  }
}
