/** What the workers of the two queues do. */
import { toNpy } from 'cosdim/npy'
import { mergeParts, runTask } from 'cosdim/shards'
import { fromBase64, toBase64 } from '../shards/base64.js'
import { failureOf } from './flows.js'

/** The name of BullMQ's error after which it does not try again. It asks for the name alone. */
const UNRECOVERABLE = { name: 'UnrecoverableError' }

/** @type {typeof import('../../types/bullmq.js').shardProcessor} */
export const shardProcessor =
  ({ open }) =>
  // With three parameters, BullMQ passes a signal, which aborts when the worker has lost the job.
  async ({ data }, _token, signal) =>
    // Base64: in JSON, NaN would become null, and -0 would become 0.
    toBase64(await runTask(data, { open, signal }))

/** @type {typeof import('../../types/bullmq.js').mergeProcessor} */
export const mergeProcessor = () => async (job) => {
  const { manifest, request } = job.data
  const failure = await failureOf(job)
  if (failure) {
    await job.removeUnprocessedChildren()
    throw Object.assign(new Error(failure), UNRECOVERABLE)
  }
  const parts = Object.values(await job.getChildrenValues()).map((part) => fromBase64('A part', part))
  const result = mergeParts(parts, manifest, request)
  const named = 'values' in result ? result : { similarities: result }
  return Object.fromEntries(Object.entries(named).map(([name, x]) => [name, toBase64(toNpy(x))]))
}
