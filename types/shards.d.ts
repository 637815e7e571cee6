/**
 * `cosdim/shards`: a corpus in many .npy files, its shards, on any number of machines. tasks() makes a task for each shard,
 * as plain JSON, which any queue can carry; runTask() reads the shard and gives its part of the result, as bytes; mergeParts()
 * gives the result, if there is exactly one part of each shard.
 *
 * An error about a shard says which one it is, and has it as its `shard`.
 */
import type { DType, DTypeName, FloatDType, internal, Tensor, TensorLike } from './index.js'
import type { NpyOptions, NpySource } from './npy.js'

/**
 * The manifest of the shards, in the order in which their rows are counted. Reads all of them once.
 * @example
 * import { open } from 'node:fs/promises'
 * const manifest = await makeManifest(['a.npy', 'b.npy'], { open })
 * @throws ShardError, or the signal's reason. RangeError if the shards have different dtypes or columns.
 */
export function makeManifest(paths: readonly string[], options: ReadingOptions): Promise<Manifest>

/**
 * The tasks of a request, one for each shard. They are plain JSON.
 *
 * - `topk` gives what topkCosineSimilarity(query, corpus, k) gives.
 * - `cosineSimilarity` gives what cosineSimilarity(corpus, other, { dim: 0 }) gives, for corpora whose rows are split alike.
 * @throws TypeError or RangeError if the request does not fit the manifest
 */
export function tasks(manifest: Manifest, request: Request): Task[]

/**
 * A part of the result, as bytes, for mergeParts(). The shards are read in chunks of about 1 MiB. Their bytes, CRC-32, shape and
 * dtype must be those of the manifest.
 * @throws ShardError, or the signal's reason
 */
export function runTask(task: Task, options: ReadingOptions): Promise<internal.Global<'Uint8Array'>>

/**
 * The result of all parts, in any order. Values and rows are those of one call, to the bit, if no shard has fewer than three
 * rows. Similarities along dim 0 have the same bits whatever order the parts come in, and the accuracy of one call.
 * @throws RangeError if a part is missing, is there twice, or is of another request or manifest; the message names its shard
 */
export function mergeParts(parts: Iterable<Uint8Array>, manifest: Manifest, request: TopkRequest): TopkResult
export function mergeParts(
  parts: Iterable<Uint8Array>,
  manifest: Manifest,
  request: SimilarityRequest,
): Tensor<FloatDType, 1>
export function mergeParts(
  parts: Iterable<Uint8Array>,
  manifest: Manifest,
  request: Request,
): TopkResult | Tensor<FloatDType, 1>

export interface Manifest {
  readonly version: number
  readonly dtype: DType
  /** How long rows are. */
  readonly columns: number
  /** Of all shards. */
  readonly rows: number
  readonly shards: readonly ShardFile[]
}

export interface ShardFile {
  /** A path or a URL, which `open` understands. */
  readonly path: string
  readonly rows: number
  /** The size of the file. */
  readonly bytes: number
  readonly crc32: number
}

export type Request = TopkRequest | SimilarityRequest

export interface TopkRequest {
  readonly operation: 'topk'
  /** Of shape (D,) or (Q, D), or the base64 of a .npy file of that shape. */
  readonly query: TensorLike | string
  readonly k: number
  readonly eps?: number | undefined
  /** Query and rows are cast to it. */
  readonly dtype?: DTypeName | undefined
}

export interface SimilarityRequest {
  readonly operation: 'cosineSimilarity'
  /** The corpus that each row is compared with its row of. */
  readonly other: Manifest
  readonly eps?: number | undefined
  readonly dtype?: DTypeName | undefined
}

/** What tasks() makes. */
export interface Task {
  readonly version: number
  /** The shard; for similarities, the shard of each corpus. */
  readonly shards: readonly ShardFile[]
  /** The number of the shard's first row in the corpus. */
  readonly firstRow: number
  readonly dtypes: readonly DType[]
  readonly columns: number
  readonly request: TaskRequest
}

/** A request in a task: the query is the base64 of a .npy file. */
export interface TaskRequest {
  readonly operation: 'topk' | 'cosineSimilarity'
  readonly query?: string
  readonly k?: number
  readonly eps: number
  readonly dtype?: DTypeName
}

export interface TopkResult {
  /** (k,), or (Q, k) */
  readonly values: Tensor<FloatDType>
  /** The rows' numbers in the corpus. */
  readonly indices: Tensor<'int64'>
}

export interface ReadingOptions extends Pick<NpyOptions, 'signal'> {
  /**
   * Opens a shard: anything that npyChunks() takes. open() of node:fs/promises will do, or
   * `async (url) => (await fetch(url)).body`. What has a close() method is closed.
   */
  readonly open: (path: string) => NpySource | Promise<NpySource>
  /** Called after each chunk, with rows. For makeManifest: after each shard, with shards. */
  readonly onProgress?: ((progress: { done: number; total: number }) => void) | undefined
}

/** What went wrong with a shard. The message says which one it was, `cause` is what was thrown. */
export interface ShardError extends Error {
  readonly shard: string
  readonly cause: unknown
}
