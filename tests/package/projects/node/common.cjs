const cosdim = require('cosdim')
const { calls, later } = require('./calls.cjs')
require('cosdim/explorer')
const { fromNpy, toNpy } = require('cosdim/npy')
const { openWorkers } = require('cosdim/workers')
const { topkFlow } = require('cosdim/bullmq')

calls(cosdim)
if (!(fromNpy(toNpy([1, 2])) instanceof cosdim.Tensor)) throw new Error('two libraries')
const shards = [{ path: 'a.npy', rows: 1, bytes: 136, crc32: 0 }]
const flow = topkFlow(
  { version: 1, dtype: 'float32', columns: 2, rows: 1, shards },
  { query: cosdim.tensor([1, 2]), k: 1 },
)
if (flow.children[0].data.shards[0] !== shards[0]) throw new Error('no flow')
later(cosdim).then(console.log)

openWorkers([[1], [2], [-3], [4], [5], [6]], undefined, { count: 2 }).then(async (workers) => {
  const { indices } = await workers.topk([-1], 1)
  if (indices.item() !== 2) throw new Error(String(indices))
  await workers.close()
})
