/** cosdim/shards and cosdim/bullmq, with neither DOM nor Node. */
import type { FloatDType, Tensor } from 'cosdim'
import {
  type Flow,
  type FlowQueue,
  flowResult,
  mergeProcessor,
  shardProcessor,
  similarityFlow,
  topkFlow,
} from 'cosdim/bullmq'
import type { NpySource } from 'cosdim/npy'
import {
  type Manifest,
  makeManifest,
  mergeParts,
  type Request,
  runTask,
  type ShardError,
  type Task,
  type TopkResult,
  tasks,
} from 'cosdim/shards'
import { is } from './is.js'

declare const open: (path: string) => Promise<NpySource>
declare const manifest: Manifest
declare const query: number[]
declare const parts: Uint8Array[]
declare const queue: FlowQueue

export async function search() {
  const manifest = await makeManifest(['a.npy', 'b.npy'], { open })
  is<Manifest>()(manifest)
  const request = { operation: 'topk', query, k: 10, dtype: 'float32' } as const
  const all = tasks(manifest, request)
  is<Task[]>()(all)
  const parts = await Promise.all(all.map((task) => runTask(task, { open, onProgress: ({ done }) => done })))
  is<TopkResult>()(mergeParts(parts, manifest, request))
  is<Tensor<FloatDType, 1>>()(mergeParts(parts, manifest, { operation: 'cosineSimilarity', other: manifest }))
}
export const either = (request: Request) => mergeParts(parts, manifest, request)
export const encoded = tasks(manifest, { operation: 'topk', query: 'k05VTVBZ', k: 1 })
export const where = (error: ShardError) => error.shard

is<Flow>()(topkFlow(manifest, { query, k: 10 }, { id: 'mine', attempts: 5 }))
is<Flow>()(similarityFlow(manifest, { other: manifest, eps: 0 }, { shardQueue: 'shards', mergeQueue: 'merges' }))
is<Promise<TopkResult>>()(flowResult(queue, 'mine'))
is<Promise<Tensor<FloatDType, 1>>>()(flowResult<Tensor<FloatDType, 1>>(queue, 'mine', { patience: 1000 }))
export const processors = [shardProcessor({ open }), mergeProcessor()]

// @ts-expect-error: no operation
tasks(manifest, { query, k: 10 })
// @ts-expect-error: an operation that does not exist
tasks(manifest, { operation: 'top', query, k: 10 })
// @ts-expect-error: no k
tasks(manifest, { operation: 'topk', query })
// @ts-expect-error: no open
makeManifest(['a.npy'], {})
// @ts-expect-error: one path
makeManifest('a.npy', { open })
// @ts-expect-error: a manifest is no task
runTask(manifest, { open })
// @ts-expect-error: an option that does not exist
topkFlow(manifest, { query, k: 10 }, { retries: 3 })
// @ts-expect-error: the operation is the function
topkFlow(manifest, { operation: 'topk', query, k: 10 })
// @ts-expect-error: a name is no queue
flowResult('cosdim-merge', 'mine')
