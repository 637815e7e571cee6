const cosdim = require('cosdim')
const { calls, later } = require('./calls.cjs')
require('cosdim/explorer')

calls(cosdim)
later(cosdim).then(console.log)
