import * as cosdim from 'cosdim'
import { calls, later } from './calls.js'
import { report } from './report.js'

report(async () => {
  await later(cosdim)
  return calls(cosdim)
})
