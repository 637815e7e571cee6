/** Where results go: printed as PyTorch prints them, as JSON, or into .npy files. */
import { tensor } from 'cosdim'
import { print as printed } from '../tensor/print.js'
import { writeRows, writeTensor } from './npy-file.js'
import { progress } from './progress.js'
import { cut, joined } from './rows.js'

/** @typedef {import('cosdim').Tensor} Tensor */
/** @typedef {{ json?: boolean, out?: string }} Options */

/** @param {string} text */
export const print = (text) => write(`${text}\n`)

/**
 * Resolves when it is written, so that long output does not pile up. On a terminal it takes the place of the progress bar.
 * @param {string} text
 */
function write(text) {
  if (process.stdout.isTTY) progress.end()
  return /** @type {Promise<void>} */ (new Promise((resolve) => process.stdout.write(text, () => resolve())))
}

/**
 * @param {Tensor} x
 * @param {Options} options
 */
export const putTensor = (x, { json, out }) => (out ? writeTensor(out, x) : print(json ? JSON.stringify(x) : String(x)))

/**
 * @param {number} x
 * @param {Options} options
 */
export function putNumber(x, options) {
  if (options.out) return putTensor(/** @type {Tensor} */ (tensor(Float64Array.of(x), { shape: [] })), options)
  return print(options.json ? JSON.stringify(x) : String(x).replace('NaN', 'nan'))
}

/**
 * Several tensors, each in a file of its own: best.values.npy and best.indices.npy.
 * @param {string} type what PyTorch calls them together
 * @param {Record<string, Tensor>} tensors
 * @param {Options} options
 */
export async function putTensors(type, tensors, { json, out }) {
  const entries = Object.entries(tensors)
  if (out) for (const [name, x] of entries) await writeTensor(out.replace(/npy$/, `${name}.npy`), x)
  else if (json) await print(JSON.stringify(tensors))
  else await print(`torch.return_types.${type}(\n${entries.map(([name, x]) => `${name}=${x}`).join(',\n')})`)
}

/**
 * The rows of a long result, chunk by chunk.
 * @param {AsyncIterable<Tensor>} chunks
 * @param {Options} options
 */
export async function putRows(chunks, { json, out }) {
  if (out) await writeRows(out, chunks)
  else if (json) await putJson(chunks)
  else await print(await summary(chunks))
}

/** @param {AsyncIterable<Tensor>} chunks */
async function putJson(chunks) {
  let before = '['
  for await (const chunk of chunks) {
    await write(before + JSON.stringify(chunk).slice(1, -1))
    before = ','
  }
  await print(']')
}

/** As PyTorch, which prints a long tensor by three rows at each end. */
const EDGE = 3
const SUMMARY_ABOVE = 1000

/** @param {Tensor} x */
const isLong = ({ shape }) => shape[0] > 2 * EDGE && shape.reduce((product, size) => product * size, 1) > SUMMARY_ABOVE

/**
 * What is printed of all chunks together. Of long ones only both ends are kept.
 * @param {AsyncIterable<Tensor>} chunks
 */
async function summary(chunks) {
  /** @type {Tensor[]} */
  let [start, end] = []
  let rows = 0
  for await (const chunk of chunks) {
    rows += chunk.shape[0]
    if (!start || !isLong(start)) start = start ? joined([start, chunk]) : chunk
    const both = end ? joined([end, chunk]) : chunk
    end = cut(both, Math.max(0, both.shape[0] - EDGE))
  }
  if (!isLong(start)) return String(start)
  const [first, last] = [cut(start, 0, EDGE), end].map((x) => /** @type {any[]} */ (x.tolist()).flat(64))
  const before = (rows / EDGE - 1) * first.length
  return printed([rows, ...start.shape.slice(1)], start.dtype, (i) => (i < first.length ? first[i] : last[i - before]))
}
