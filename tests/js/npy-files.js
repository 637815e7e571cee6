/** The files that NumPy wrote, files made up, and what all chunks of one have. */
import { readFileSync } from 'node:fs'
import { npyChunks } from 'cosdim/npy'

export const golden = (name) => readFileSync(new URL(`../golden/${name}`, import.meta.url))
export const file = (name) => new Uint8Array(golden(`npy/${name}.npy`))
export const { arrays, refused, written, headers } = JSON.parse(String(golden('npy.json')))

const SPECIAL = { nan: NaN, inf: Infinity, '-inf': -Infinity, '-0': -0 }

/** A list as npy.json has it, with the elements of a tensor of that dtype. */
export function exactly(list, dtype) {
  if (Array.isArray(list)) return list.map((item) => exactly(item, dtype))
  return dtype.endsWith('int64') ? BigInt(list) : (SPECIAL[list] ?? list)
}

/** All chunks of a source. Every one is kept until the last is read. */
export async function collect(source, options) {
  const chunks = []
  for await (const chunk of npyChunks(source, options)) chunks.push(chunk)
  return chunks
}

/** What chunks have together. */
export const rowsOf = (chunks) =>
  chunks[0].shape.length ? chunks.flatMap((chunk) => chunk.tolist()) : chunks[0].tolist()

/** The code of an error about a file; undefined if there is no error. */
export const codeOf = async (read) => {
  try {
    await read()
  } catch (error) {
    const { code } = /** @type {import('cosdim/npy').NpyError} */ (error)
    if (code) return code
    throw error
  }
}

/** A header and bytes, as a file of version 1. */
export const fileOf = (header, bytes = new Uint8Array()) =>
  new Uint8Array(
    Buffer.concat([
      Buffer.from('\x93NUMPY\x01\0', 'latin1'),
      Uint8Array.of(header.length & 255, header.length >> 8),
      Buffer.from(header, 'latin1'),
      bytes,
    ]),
  )

/** 12 rows of 20 bytes, after 128. */
export const twelveRows = () => file('version-1')
