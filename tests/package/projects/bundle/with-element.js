import * as cosdim from 'cosdim'
import 'cosdim/explorer'
import { calls } from './calls.js'
import { element } from './element.js'
import { report } from './report.js'

report(async () => {
  await element()
  return calls(cosdim)
})
