/** A Worker that computes for each request. */
import * as cosdim from 'cosdim'
import module from 'cosdim/cosdim.wasm'
import { calls, later } from './calls.js'

export default {
  async fetch() {
    try {
      await cosdim.init({ module })
      await later(cosdim)
      return new Response(calls(cosdim))
    } catch ({ stack }) {
      return new Response(stack, { status: 500 })
    }
  },
}
