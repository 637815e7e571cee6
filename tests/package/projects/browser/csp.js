import * as cosdim from './node_modules/cosdim/dist/cosdim.js'
import './node_modules/cosdim/dist/explorer.js'
import { calls } from './calls.js'
import { element } from './element.js'
import { report } from './report.js'

report(async () => {
  await element()
  return calls(cosdim)
})
