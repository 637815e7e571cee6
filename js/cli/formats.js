/** What an input is, and its rows in chunks. */
import { npyChunks } from 'cosdim/npy'
import { errorAt } from './errors.js'
import { tensorOf } from './json.js'
import { csvRow, jsonRow, rowsOfText } from './text.js'

/** @typedef {import('cosdim').Tensor} Tensor */
/** @typedef {'float16' | 'float32' | 'float64'} Float */

/**
 * How to read an input. `all` asks for one chunk, where the format allows it.
 * @typedef {{ name: string, bytes: import('./bytes.js').Bytes, dtype?: Float, all?: boolean }} Reading
 */

/** @type {Record<string, (reading: Reading) => AsyncIterable<Tensor>>} */
export const FORMATS = {
  async *npy({ name, bytes, all }) {
    try {
      yield* npyChunks(bytes.npy, all ? { rows: Number.MAX_SAFE_INTEGER } : undefined)
    } catch (cause) {
      throw errorAt(name, cause)
    }
  },
  async *json({ name, bytes, dtype }) {
    const pieces = []
    for await (const piece of bytes.all) pieces.push(piece)
    yield tensorOf(name, new TextDecoder().decode(Buffer.concat(pieces)), dtype)
  },
  jsonl: (reading) => rowsOfText(reading, () => jsonRow),
  csv: (reading) => rowsOfText(reading, csvRow),
}

/** What the ends of names tell. A .json file may have lines, too: its first bytes tell. */
const ENDINGS = new Map([
  ['npy', 'npy'],
  ['npz', 'npy'],
  ['jsonl', 'jsonl'],
  ['ndjson', 'jsonl'],
  ['csv', 'csv'],
  ['tsv', 'csv'],
])

/**
 * @param {string} name
 * @param {Uint8Array} head
 * @param {string} [said] the option
 */
export const formatOf = (name, head, said) =>
  ENDINGS.get(/\.(\w+)$/.exec(name)?.[1].toLowerCase() ?? '') ?? said ?? sniffed(head)

/**
 * A zip file is left to the reader of .npy files, which says what to do with an archive.
 * @param {Uint8Array} head
 */
function sniffed(head) {
  const text = Buffer.from(head).toString('latin1')
  if (['\x93NUMPY', 'PK\x03\x04'].some((magic) => text.startsWith(magic))) return 'npy'
  if (!/^(?:\xef\xbb\xbf)?\s*[[{]/.test(text)) return 'csv'
  const [line, rest] = [/^\s*.*/.exec(text)?.[0] ?? '', /^\s*.*\n\s*(\S)/.exec(text)?.[1]]
  const isWhole = [...'[{'].every((sign, i) => line.split(sign).length === line.split(']}'[i]).length)
  return rest !== undefined && isWhole ? 'jsonl' : 'json'
}
