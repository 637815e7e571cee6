/** Adds a flow, and stays: submitter.js URL MANIFEST. Its query is the one of lab.js. */
import { argv } from 'node:process'
import { topkFlow } from 'cosdim/bullmq'
import { REQUEST } from './lab.js'
import { producerOf } from './queues.js'

const [url, manifest] = argv.slice(2)
const flow = topkFlow(JSON.parse(manifest), REQUEST)
await producerOf(url).add(/** @type {any} */ (flow))
console.log(flow.opts.jobId)
