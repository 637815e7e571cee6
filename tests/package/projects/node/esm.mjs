import * as cosdim from 'cosdim'
import 'cosdim/explorer'
import { calls, later } from './calls.js'

calls(cosdim)
console.log(await later(cosdim))
