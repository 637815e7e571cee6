/** What differs from platform to platform: how a worker starts, how it is heard, how many cores there are. */
import { builtin } from './builtin.js'

const HERE = import.meta.url

/**
 * A function that starts a worker. Bundlers find the worker's file by the expression at its end, as long as it stands there
 * literally. Node has no global Worker. Its own needs no flags of the program, some of which would stop it.
 * @returns {Promise<() => any>}
 */
export async function starter() {
  if (typeof Worker === 'undefined') {
    const threads = await builtin('node:worker_threads')
    return () => new threads.Worker(new URL('worker.js', HERE), { execArgv: [] })
  }
  if (isElsewhere()) return startFromElsewhere
  return () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })
}

/** Whether this file comes from another origin than the page, as from a CDN. */
function isElsewhere() {
  const { location } = globalThis
  return /^https?:/.test(HERE) && location !== undefined && new URL(HERE).origin !== location.origin
}

/** Browsers only start workers from the page's own origin, but those may import from others. */
function startFromElsewhere() {
  const script = `import ${JSON.stringify(new URL('worker.js', HERE).href)}`
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))
  return new Worker(url, { type: 'module' })
}

/**
 * @param {any} worker
 * @param {(data: any) => void} onMessage
 * @param {(cause: unknown) => void} onDeath
 */
export function listen(worker, onMessage, onDeath) {
  if (worker.on) {
    worker.on('message', onMessage)
    worker.on('error', onDeath)
    worker.on('messageerror', onDeath)
    worker.on('exit', (/** @type {number} */ code) => onDeath(new Error(`it ended with code ${code}`)))
    return
  }
  worker.onmessage = (/** @type {MessageEvent} */ { data }) => onMessage(data)
  worker.onmessageerror = () => onDeath(new Error('an answer could not be read'))
  worker.onerror = (/** @type {ErrorEvent} */ event) => {
    event.preventDefault() // whoever waits is told
    onDeath(new Error(event.message || 'its script, worker.js beside the one that starts it, could not be loaded'))
  }
}

/** How many workers the machine can run at once. */
export async function cores() {
  const known = globalThis.navigator?.hardwareConcurrency
  if (known || typeof Worker !== 'undefined') return known || 4
  const { availableParallelism, cpus } = await builtin('node:os')
  return availableParallelism?.() ?? cpus().length
}
