/**
 * `cosdim/bullmq`: the tasks of a corpus in shards (cosdim/shards) as flows of BullMQ, over Redis, Valkey or PostgreSQL. It
 * imports nothing of BullMQ: FlowProducer, Queue and Worker are yours. Made for BullMQ 6.
 * @example
 * const merges = new Queue('cosdim-merge', { connection })
 * const flow = topkFlow(manifest, { query, k: 10 })
 * await new FlowProducer({ connection }).add(flow)
 * const { values, indices } = await flowResult(merges, flow.opts.jobId)
 */
import type { FloatDType, Tensor } from './index.js'
import type { NpyOptions } from './npy.js'
import type { Manifest, ReadingOptions, Request, SimilarityRequest, Task, TopkRequest, TopkResult } from './shards.js'

/**
 * The flow of a top-k request: a job for each shard, and one that merges their parts.
 * @throws as tasks() of cosdim/shards
 */
export function topkFlow(manifest: Manifest, request: Omit<TopkRequest, 'operation'>, options?: FlowOptions): Flow
/** The flow of similarities along dim 0 with another corpus, whose rows are split alike. */
export function similarityFlow(
  manifest: Manifest,
  request: Omit<SimilarityRequest, 'operation'>,
  options?: FlowOptions,
): Flow

/**
 * What a worker of the shards' queue does. Give the worker `lockDuration: 60_000`, `maxStalledCount: 5`, so that workers that
 * die do not fail a shard, and end jobs that it has lost:
 * `worker.on('lockRenewalFailed', (ids) => ids.forEach((id) => worker.cancelJob(id)))`.
 */
export function shardProcessor(
  options: Pick<ReadingOptions, 'open'>,
): (job: { data: Task }, token: string | undefined, signal: NpyOptions['signal']) => Promise<string>

/**
 * What a worker of the merges' queue does: the merge of all parts, exactly one for each shard. If a shard failed, it removes
 * those that wait, and fails with the shard's name and what was wrong.
 */
export function mergeProcessor(): (job: MergeJob) => Promise<Record<string, string>>

/**
 * The result of a flow, once it is there: that of top-k, or of type R. Any process can ask for it.
 * @param queue of the merges
 * @param id the flow's `opts.jobId`
 * @throws Error if the flow failed, is not there, or if nothing has happened for as long as `patience`; the signal's reason
 */
export function flowResult<R extends TopkResult | Tensor<FloatDType, 1> = TopkResult>(
  queue: FlowQueue,
  id: string,
  options?: FlowResultOptions,
): Promise<R>

export interface FlowOptions {
  /** The id of the job that merges, its `opts.jobId`. New by default: for an id that it knows, BullMQ gives the old result. */
  readonly id?: string | undefined
  /** 'cosdim-shards' by default. */
  readonly shardQueue?: string | undefined
  /** 'cosdim-merge' by default. */
  readonly mergeQueue?: string | undefined
  /** How often a job is tried, 3 times by default. */
  readonly attempts?: number | undefined
  /**
   * How long the result stays with the server, in milliseconds: a day by default. BullMQ looks when a flow ends: it then removes
   * the results of the queue that are older than the `keep` of this flow. One that fails removes older failures likewise.
   */
  readonly keep?: number | undefined
}

export interface FlowResultOptions extends Pick<NpyOptions, 'signal'> {
  /** How long the flow may stand still, in milliseconds: 10 minutes by default. */
  readonly patience?: number | undefined
}

/** What is merged: as in mergeParts(), with the query in base64. */
export interface FlowData {
  readonly manifest: Manifest
  readonly request: Request
}

/** What FlowProducer's add() takes. */
export interface Flow {
  name: string
  queueName: string
  data: FlowData
  opts: {
    jobId: string
    attempts: number
    backoff: { type: string; delay: number }
    removeOnComplete: boolean | { age: number }
    removeOnFail: { age: number }
  }
  children: {
    name: string
    queueName: string
    data: Task
    opts: Flow['opts'] & { continueParentOnFailure: boolean }
  }[]
}

/** What is used of BullMQ's Queue. */
export interface FlowQueue {
  readonly name: string
  getJobState(id: string): Promise<string>
  getJob(id: string): Promise<FinishedJob | undefined>
}

/** What is used of BullMQ's Job. */
export interface FinishedJob extends MergeJob {
  readonly returnvalue: Record<string, string>
  readonly failedReason: string
  getDependenciesCount(): Promise<{ processed?: number; unprocessed?: number }>
}
export interface MergeJob {
  readonly data: FlowData
  getChildrenValues(): Promise<Record<string, string>>
  getIgnoredChildrenFailures(): Promise<Record<string, string>>
  removeUnprocessedChildren(): Promise<unknown>
}
