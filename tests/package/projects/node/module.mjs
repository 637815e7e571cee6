/** The module, as a Worker imports it, and the files that tools look for. */
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import * as cosdim from 'cosdim'
import module from 'cosdim/cosdim.wasm'
import { calls } from './calls.js'

const require = createRequire(import.meta.url)
assert.equal(require('cosdim/package.json').name, 'cosdim')
assert.ok(module instanceof WebAssembly.Module)
assert.match(require.resolve('cosdim/cosdim.wasm'), /cosdim\.wasm$/)
await cosdim.init({ module })
calls(cosdim)
