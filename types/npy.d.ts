/**
 * `cosdim/npy`: NumPy's .npy files. Arrays larger than memory are read in chunks of rows. All of cosdim's dtypes are
 * read, in C and Fortran order, little- and big-endian.
 *
 * An error about a file has a `code`. It is a TypeError for a dtype that cosdim does not have, otherwise a RangeError.
 */
/// <reference lib="es2018.asyncgenerator" />
/// <reference lib="es2018.asynciterable" />
import type { DType, internal, Tensor, TensorLike } from './index.js'

/**
 * The array in chunks along its first dim, of shapes (n, …rest), in the order of their rows. A chunk is read when it is
 * asked for, into memory of its own, which may be kept: reading takes the memory of about two chunks, whatever the size
 * of the file.
 *
 * In Fortran order, chunks have strides to match. Their rows are spread over the whole file, so that each takes as many
 * short reads of a Blob or FileHandle as it has columns: the more rows, the longer the reads. A stream in Fortran order is
 * held whole, up to 64 MiB.
 *
 * A 0-d array and one without elements are a single chunk.
 *
 * When the loop ends, also early, by `break` or an error, a stream is cancelled. A FileHandle is left open.
 * @example
 * const best = topkAccumulator(query, 10)
 * for await (const rows of npyChunks((await fetch('corpus.npy')).body)) best.update(rows)
 * @throws at once, TypeError if the source is none, or an option is not what it should be, and RangeError if rows is below
 *   1; while reading, NpyError, the signal's reason, or what the source throws
 */
export function npyChunks(source: NpySource, options?: NpyOptions): AsyncGenerator<Tensor, void, undefined>

/**
 * What a file holds. Of a Blob or a FileHandle, only the header is read; a stream is read as far as that, and cancelled.
 * @throws as npyChunks
 */
export function npyHeader(source: NpySource, options?: Pick<NpyOptions, 'signal'>): Promise<NpyHeader>

/**
 * The array of a file that is in memory, copied.
 * @throws NpyError; TypeError for anything but bytes
 */
export function fromNpy(bytes: Uint8Array): Tensor

/**
 * The file that np.save writes for an array: little-endian, in C order, whatever the strides and the device of the tensor.
 * @example await writeFile('scores.npy', toNpy(cosineSimilarity(corpus, query)))
 * @throws as tensor()
 */
export function toNpy(x: TensorLike): internal.Global<'Uint8Array'>

/**
 * Where a file comes from: a ReadableStream, such as the body of a Response; an AsyncIterable of Uint8Arrays or Buffers,
 * such as a stream of Node; a Blob or File; or a FileHandle of node:fs/promises, which is read from its beginning.
 */
export type NpySource =
  | { getReader(): { read(): Promise<{ done: boolean; value?: Uint8Array | undefined }> } }
  | AsyncIterable<Uint8Array>
  | {
      readonly size: number
      slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> }
      arrayBuffer(): Promise<ArrayBuffer>
    }
  | {
      read(into: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesRead: number }>
      stat(): Promise<{ size: number }>
    }

export interface NpyOptions {
  /** How many rows a chunk has; the last one may have fewer. By default as many as fit into 1 MiB, in Fortran order into 16 MiB. */
  readonly rows?: number | undefined
  /** An AbortSignal, which ends reading at once. */
  readonly signal?:
    | {
        readonly aborted: boolean
        readonly reason?: unknown
        addEventListener(type: 'abort', listener: () => void): void
        removeEventListener(type: 'abort', listener: () => void): void
      }
    | undefined
}

export interface NpyHeader {
  readonly dtype: DType
  readonly shape: number[]
  /** Whether neighbors along the first dim are next to each other, rather than those along the last one. */
  readonly fortranOrder: boolean
}

/** What is wrong with a file. The message says it, and what to do. */
export interface NpyError extends Error {
  /**
   * NOT_NPY; ARCHIVE (an .npz or another zip file); HEADER (damaged, or cut off there); STRUCTURED (elements with fields);
   * DTYPE (another dtype that cosdim lacks); CUT_OFF; TOO_LONG (bytes follow the array); FORTRAN (a stream in Fortran
   * order that is too long to be held).
   */
  readonly code: 'NOT_NPY' | 'ARCHIVE' | 'HEADER' | 'STRUCTURED' | 'DTYPE' | 'CUT_OFF' | 'TOO_LONG' | 'FORTRAN'
  /** What the message names: for example, the fields of STRUCTURED, and the bytes announced and come of CUT_OFF. */
  readonly details: readonly unknown[]
}
