/** A Worker that computes before its first request. */
import * as cosdim from 'cosdim'
import module from 'cosdim/cosdim.wasm'
import { calls } from './calls.js'

await cosdim.init({ module })
const said = calls(cosdim)

export default {
  fetch: () => new Response(said),
}
