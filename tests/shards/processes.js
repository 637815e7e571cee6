/** Programs of a test, which it waits for and kills. They die with it. */
import { spawn } from 'node:child_process'
import { execPath } from 'node:process'
import { createInterface } from 'node:readline'
import { dying } from './servers.js'

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()

/**
 * @param {string} path of a script
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
export function startNode(path, args = [], env = {}) {
  const [file, ...rest] = dying(execPath, path, ...args)
  const child = spawn(file, rest, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  running.add(child)
  const exited = new Promise((resolve) => child.once('exit', resolve)).then(() => running.delete(child))
  const lines = []
  let look = () => {}
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line)
    look()
  })
  return {
    lines,
    /** The first line that matches, once it is there. Some lines may be past. */
    said: (pattern, past = 0) =>
      new Promise((resolve, reject) => {
        look = () => {
          const line = lines.slice(past).find((line) => pattern.test(line))
          if (line !== undefined) resolve(line)
        }
        exited.then(() => reject(new Error(`It ended, and said only:\n${lines.join('\n')}`)))
        look()
      }),
    signal: (name) => child.kill(name),
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

export const killAll = () => {
  for (const child of running) child.kill('SIGKILL')
}
