/** Runs programs, a few at a time, each with a limit of time. */
import { spawn } from 'node:child_process'

/**
 * Whether it ended well and in time. It runs in a group of its own, which ends with it.
 * @param {string[]} command
 * @param {{ cwd: string, seconds: number, env?: Record<string, string> }} options
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export function run([program, ...args], { cwd, seconds, env }) {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const pieces = /** @type {Buffer[]} */ ([])
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => pieces.push(piece))
  const end = () => {
    try {
      process.kill(-Number(child.pid), 'SIGKILL')
    } catch {} // all of it has ended
  }
  const timer = setTimeout(end, seconds * 1000)
  return new Promise((resolve) =>
    child.on('exit', (code) => {
      clearTimeout(timer)
      end()
      resolve({ ok: code === 0, output: Buffer.concat(pieces).toString() })
    }),
  )
}

/**
 * Calls a function for each item, `jobs` at a time.
 * @template T
 * @param {T[]} items
 * @param {number} jobs
 * @param {(item: T, job: number) => Promise<void>} call
 */
export async function inParallel(items, jobs, call) {
  const queue = [...items]
  const work = async (/** @type {unknown} */ _, /** @type {number} */ job) => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await call(item, job)
  }
  await Promise.all(Array.from({ length: jobs }, work))
}
