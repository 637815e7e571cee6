import { calls, later } from './calls.js'
import * as cosdim from './node_modules/cosdim/dist/cosdim.js'

try {
  await later(cosdim)
  postMessage({ said: calls(cosdim) })
} catch (error) {
  postMessage({ error })
}
