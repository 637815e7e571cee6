import * as cosdim from 'cosdim'
import { calls } from '../../../calls.js'

export const dynamic = 'force-dynamic'

export const GET = () => new Response(calls(cosdim))
