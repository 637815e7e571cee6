const cosdim = require('cosdim')
const { calls, later } = require('./calls.cjs')
require('cosdim/explorer')
const { fromNpy, toNpy } = require('cosdim/npy')
const { openWorkers } = require('cosdim/workers')

calls(cosdim)
if (!(fromNpy(toNpy([1, 2])) instanceof cosdim.Tensor)) throw new Error('two libraries')
later(cosdim).then(console.log)

openWorkers([[1], [2], [-3], [4], [5], [6]], undefined, { count: 2 }).then(async (workers) => {
  const { indices } = await workers.topk([-1], 1)
  if (indices.item() !== 2) throw new Error(String(indices))
  await workers.close()
})
