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
 * The array in chunks of shape (n, …rest), in the order of its rows. Each is read when it is asked for, into memory of its
 * own, which may be kept. Reading takes the memory of two chunks, whatever the size of the file.
 *
 * In Fortran order, chunks have strides to match. Their rows are spread over the whole file, so a chunk takes a read of a
 * Blob or FileHandle for each column, and is read faster the more rows it has. A stream in Fortran order is held whole, up
 * to 64 MiB; a longer one is an error.
 *
 * A 0-d array is one chunk, and so is one without elements.
 *
 * When the loop ends, by `break` or an error too, a stream is cancelled. A FileHandle stays open.
 * @example
 * const best = topkAccumulator(query, 10)
 * for await (const rows of npyChunks((await fetch('corpus.npy')).body)) best.update(rows)
 * @throws TypeError or RangeError, when called, if an argument is wrong. While reading: NpyError, the signal's reason, or
 *   what the source throws. A file that is cut off or too long gives its rows first.
 */
export function npyChunks(source: NpySource, options?: NpyOptions): AsyncGenerator<Tensor, void, undefined>

/**
 * The dtype and shape of a file, from its header alone. A stream is cancelled after it.
 * @throws as npyChunks
 */
export function npyHeader(source: NpySource, options?: Pick<NpyOptions, 'signal'>): Promise<NpyHeader>

/**
 * The array of a whole file, copied.
 * @throws NpyError; TypeError for anything but bytes
 */
export function fromNpy(bytes: Uint8Array): Tensor

/**
 * The file that np.save writes: little-endian and in C order, whatever the strides and the device of the tensor.
 * @example await writeFile('scores.npy', toNpy(cosineSimilarity(corpus, query)))
 * @throws as tensor()
 */
export function toNpy(x: TensorLike): internal.Global<'Uint8Array'>

/**
 * A file: a ReadableStream, such as the body of a Response; an AsyncIterable of Uint8Arrays or Buffers,
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
