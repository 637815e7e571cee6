/** Sources of bytes for the tests of cosdim/npy, cut as a test likes and counted. */
import { open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

let files = 0

/** Pieces of `bytes`, whose lengths go round. */
export function* cut(bytes, lengths) {
  for (let start = 0, i = 0; start < bytes.length; i++) {
    const end = start + lengths[i % lengths.length]
    yield bytes.slice(start, end)
    start = end
  }
}

/** A stream that makes pieces only when it is asked for them. `given` counts bytes, `cancelled` is the reason. */
export function streamOf(bytes, lengths) {
  const pieces = cut(bytes, lengths)
  const state = { given: 0, cancelled: /** @type {unknown} */ (false) }
  const stream = new ReadableStream(
    {
      pull(controller) {
        const { done, value } = pieces.next()
        if (done) return controller.close()
        state.given += value.length
        controller.enqueue(value)
      },
      cancel(reason) {
        state.cancelled = reason ?? true
      },
    },
    { highWaterMark: 0 },
  )
  return Object.assign(stream, { state })
}

/** Node's streams give Buffers. This one has every piece in the same memory. */
export async function* iterableOf(bytes, lengths) {
  const memory = Buffer.alloc(Math.max(0, ...lengths))
  for (const piece of cut(bytes, lengths)) {
    memory.set(piece)
    yield memory.subarray(0, piece.length)
    memory.fill(0xaa)
  }
}

/** A file that is gone once `use` is done. Its reads are as short as `lengths` says. */
export async function withHandle(bytes, lengths, use) {
  const path = join(tmpdir(), `cosdim-npy-${process.pid}-${files++}.npy`)
  await writeFile(path, bytes)
  const handle = await open(path)
  let reads = 0
  try {
    return await use({
      stat: () => handle.stat(),
      read: (into, offset, length, position) =>
        handle.read(into, offset, Math.min(length, lengths[reads++ % lengths.length]), position),
    })
  } finally {
    await handle.close() // throws if it was closed
    await rm(path)
  }
}

/** The four kinds. @type {Record<string, (bytes: Uint8Array, lengths: number[], use: (source: any) => Promise<any>) => Promise<any>>} */
export const SOURCES = {
  ReadableStream: (bytes, lengths, use) => use(streamOf(bytes, lengths)),
  AsyncIterable: (bytes, lengths, use) => use(iterableOf(bytes, lengths)),
  Blob: (bytes, lengths, use) => use(new Blob([...cut(bytes, lengths)])),
  FileHandle: withHandle,
}
