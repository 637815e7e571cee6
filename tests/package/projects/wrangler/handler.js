import * as cosdim from 'cosdim'
import module from 'cosdim/cosdim.wasm'
import { calls } from './calls.js'

await cosdim.init({ module })

export default {
  fetch: () => new Response(`<title>passed: ${calls(cosdim)}</title>`, { headers: { 'content-type': 'text/html' } }),
}
