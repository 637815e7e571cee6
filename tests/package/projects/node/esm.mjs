import * as cosdim from 'cosdim'
import 'cosdim/explorer'
import { fromNpy, toNpy } from 'cosdim/npy'
import { openWorkers } from 'cosdim/workers'
import { calls, later } from './calls.js'

calls(cosdim)
if (!(fromNpy(toNpy([1, 2])) instanceof cosdim.Tensor)) throw new Error('two libraries')
console.log(await later(cosdim))
const workers = await openWorkers([[1], [2], [-3], [4], [5], [6]], undefined, { count: 2 })
const { indices } = await workers.topk([-1], 1)
if (indices.item() !== 2) throw new Error(String(indices))
await workers.close()
