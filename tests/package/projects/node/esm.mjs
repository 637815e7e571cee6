import * as cosdim from 'cosdim'
import 'cosdim/explorer'
import { fromNpy, toNpy } from 'cosdim/npy'
import { calls, later } from './calls.js'

calls(cosdim)
if (!(fromNpy(toNpy([1, 2])) instanceof cosdim.Tensor)) throw new Error('two libraries')
console.log(await later(cosdim))
