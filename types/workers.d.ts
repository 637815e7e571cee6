/**
 * `cosdim/workers`: a corpus over several workers, in Node, in browsers, and where else there are workers. Each keeps its
 * rows in WebAssembly memory of its own, up to 4 GiB, and answers for them. Results are those of one thread over a
 * contiguous corpus, bit for bit.
 *
 * Vite, webpack and Parcel find the worker's file by themselves. esbuild and Rollup take
 * `node_modules/cosdim/dist/worker.js` as an entry point beside yours. A Content-Security-Policy must allow workers from
 * 'self', or from blob: and the CDN.
 */
import type { FloatDType, internal, Tensor, TensorLike, TopkOptions, TopkResult } from './index.js'

/**
 * Starts workers, and gives each of them rows of the corpus. What is on a SharedArrayBuffer they read themselves; of
 * anything else each gets a copy of its part. The corpus is needed no longer when the promise is fulfilled.
 * @param corpus of any dtype
 * @param shape (N, D), where one may be -1; by default the corpus's own
 * @example
 * await using workers = await openWorkers(corpus, [-1, 768])
 * const { values, indices } = await workers.topk(query, 10)
 * @throws TypeError or RangeError, before any worker starts, if an argument is wrong; RangeError if a part does not fit into
 *   memory; Error if workers cannot start
 */
export function openWorkers(
  corpus: TensorLike,
  shape?: internal.Sizes | undefined,
  options?: WorkersOptions,
): Promise<Workers>

export interface WorkersOptions {
  /** How many workers, by default one for each core. A part has at least three rows, so there may be fewer. */
  readonly count?: number | undefined
}

/**
 * Open workers. They take any number of queries at once, and answer them in turn. If one dies, whatever waits and whatever comes later
 * is rejected, and all of them end.
 *
 * In Node, workers that are not waited for do not keep a program alive.
 */
export interface Workers extends internal.MaybeAsyncDisposable {
  /**
   * What cosineSimilarity(query, corpus) returns: the similarity of the query with each row, of shape (N,).
   * @param query of shape (D,)
   * @throws as cosineSimilarity; Error if a worker has died, or the workers are closed
   */
  similarities(query: TensorLike, options?: TopkOptions<internal.FloatName>): Promise<Tensor<FloatDType, 1>>
  /**
   * What topkCosineSimilarity(query, corpus, k) returns.
   * @param query of shape (D,), or (Q, D) for several queries
   * @throws as topkCosineSimilarity; Error if a worker has died, or the workers are closed
   */
  topk(query: TensorLike, k: number, options?: TopkOptions<internal.FloatName>): Promise<TopkResult>
  /** Ends the workers, as `await using` does. Queries without an answer are rejected. */
  close(): Promise<void>
}
