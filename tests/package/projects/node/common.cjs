const cosdim = require('cosdim')
const { calls, later } = require('./calls.cjs')
require('cosdim/explorer')
const { fromNpy, toNpy } = require('cosdim/npy')

calls(cosdim)
if (!(fromNpy(toNpy([1, 2])) instanceof cosdim.Tensor)) throw new Error('two libraries')
later(cosdim).then(console.log)
