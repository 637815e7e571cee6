/** Where Node can require ES modules, a program that imports the package and requires it has one library. */
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import * as imported from 'cosdim'

const required = createRequire(import.meta.url)('cosdim')
assert.equal(imported.Tensor, required.Tensor)
assert.deepEqual(imported.cosineSimilarity([[1, 2]], [[3, 4]]), required.cosineSimilarity([[1, 2]], [[3, 4]]))
assert.deepEqual(Object.keys(imported).sort(), Object.keys(required).sort())
