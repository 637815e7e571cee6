/**
 * Preloaded into an example: files whose names end in SLOW take MS to open, and it says so. Those that end in FIRST cannot be
 * opened at first; with a LUCK, which is a seed, one attempt in a hundred fails.
 */
import { promises } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { env } from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import { mayFail } from './chance.js'

const { open } = promises
const attempts = new Map()
promises.open = async (path, ...rest) => {
  const attempt = attempts.get(path) ?? 0
  attempts.set(path, attempt + 1)
  if (env.FIRST && attempt === 0 && String(path).endsWith(env.FIRST)) {
    console.log('fail', path)
    throw new Error('connection reset')
  }
  if (env.LUCK) mayFail(env.LUCK, path, attempt)
  if (env.SLOW && String(path).endsWith(env.SLOW)) {
    console.log('open', path)
    await delay(Number(env.MS))
  }
  return open(path, ...rest)
}
syncBuiltinESMExports()
