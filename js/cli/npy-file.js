/** A .npy file that appears when it is complete: it is written beside its place, and then renamed. */
import { unlinkSync } from 'node:fs'
import { open, realpath, rename, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { toNpy } from 'cosdim/npy'
import { writeHeader } from '../npy/header.js'
import { errorAt } from './errors.js'

/** @typedef {import('cosdim').Tensor} Tensor */

/** Files that are not complete: they are deleted if the process ends. @type {Set<string>} */
const unfinished = new Set()
process.on('exit', () => {
  for (const path of unfinished)
    try {
      unlinkSync(path)
    } catch {}
})

/**
 * Where a file will be, through links. An error if it cannot be there.
 * @param {string} path
 */
export async function placeOf(path) {
  try {
    const found = await stat(path).catch(() => undefined)
    if (found && !found.isFile())
      throw new Error(`this is ${found.isDirectory() ? 'a directory' : 'not a regular file'}. Name another file.`)
    const folder = await realpath(`${dirname(path)}/.`) // an error if it is a file
    return { target: found ? await realpath(path) : join(folder, basename(path)), mode: found?.mode }
  } catch (cause) {
    throw errorAt(path, cause)
  }
}

/**
 * Writes a file by what `write` puts into it.
 * @param {string} path
 * @param {(handle: import('node:fs/promises').FileHandle) => Promise<unknown>} write
 */
async function replace(path, write) {
  const { target, mode } = await placeOf(path)
  const beside = `${target}.${process.pid}.part`
  const handle = await open(beside, 'wx', mode).catch((cause) => {
    throw errorAt(path, cause)
  })
  unfinished.add(beside)
  try {
    await write(handle)
    await handle.close()
    await rename(beside, target)
  } catch (error) {
    await handle.close().catch(() => {})
    await unlink(beside)
    throw /** @type {any} */ (error).syscall ? errorAt(path, error) : error
  } finally {
    unfinished.delete(beside)
  }
}

/**
 * @param {string} path
 * @param {Tensor} x
 */
export const writeTensor = (path, x) => replace(path, (handle) => handle.writeFile(toNpy(x)))

/**
 * Writes the rows of chunks as they come. The header has room for any number of rows.
 * @param {string} path
 * @param {AsyncIterable<Tensor>} chunks
 */
export const writeRows = (path, chunks) =>
  replace(path, async (handle) => {
    let rows = 0
    /** @type {Tensor | undefined} */
    let last
    for await (const chunk of chunks) {
      const { length } = writeHeader(chunk.dtype, chunk.shape)
      await handle.writeFile(toNpy(chunk).subarray(last ? length : 0)) // after what was written before
      last = chunk
      rows += chunk.shape[0]
    }
    if (!last) throw new Error('there are no rows.')
    const header = writeHeader(last.dtype, [rows, ...last.shape.slice(1)])
    await handle.write(header, 0, header.length, 0)
  })
