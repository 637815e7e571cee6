/** Where a program holds both formats, the tensors of one are inputs of the other. */
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { cosineSimilarity, tensor } from 'cosdim'

const common = createRequire(import.meta.url)('cosdim')
for (const [mine, others] of [
  [cosineSimilarity, common.tensor],
  [common.cosineSimilarity, tensor],
])
  for (const place of ['js', 'wasm'])
    assert.equal(String(mine([[1, 2]], others([[3, 4]]).to(place))), 'tensor([0.9839])')
