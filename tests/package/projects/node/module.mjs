/** The module compiled by hand, and the files that tools look for. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import * as cosdim from 'cosdim'
import { calls } from './calls.js'

const require = createRequire(import.meta.url)
assert.equal(require('cosdim/package.json').name, 'cosdim')
const module = new WebAssembly.Module(readFileSync(require.resolve('cosdim/cosdim.wasm')))
await cosdim.init({ module })
calls(cosdim)
