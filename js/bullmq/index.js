/** cosdim/bullmq: the tasks of a corpus in shards as flows of BullMQ, which its user brings. */
export { similarityFlow, topkFlow } from './flows.js'
export { mergeProcessor, shardProcessor } from './processors.js'
export { flowResult } from './result.js'
