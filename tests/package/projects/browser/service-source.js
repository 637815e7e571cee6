/** Bundled into a classic script: not every Firefox takes modules as service workers. */
import * as cosdim from 'cosdim'
import { calls, later } from './calls.js'

self.onmessage = async ({ ports: [port] }) => {
  try {
    await later(cosdim)
    port.postMessage({ said: calls(cosdim) })
  } catch (error) {
    port.postMessage({ error })
  }
}
