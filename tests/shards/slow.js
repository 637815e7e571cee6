/** Preloaded into an example: files whose names end in SLOW take MS to open, and it says so. */
import { promises } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { env } from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'

const { open } = promises
promises.open = async (path, ...rest) => {
  if (String(path).endsWith(String(env.SLOW))) {
    console.log('open', path)
    await delay(Number(env.MS))
  }
  return open(path, ...rest)
}
syncBuiltinESMExports()
