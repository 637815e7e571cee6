/** Errors about a chunk of rows, as those of the whole that it was taken from. */
import { tuple } from './error-messages.js'

/** @typedef {[chunk: readonly number[], rows: number | undefined][]} Shapes each with the rows of the whole, if they are known */

/**
 * What `use` gives. In the messages of its errors, the shapes of chunks become those of the wholes.
 * @template T
 * @param {Shapes} chunks in the order of messages
 * @param {() => T} use
 */
export function inWhole(chunks, use) {
  try {
    return use()
  } catch (error) {
    if (error instanceof Error) error.message = restated(error.message, chunks)
    throw error
  }
}

/**
 * @param {string} message
 * @param {Shapes} chunks
 */
function restated(message, chunks) {
  let [text, rest] = ['', message]
  for (const [shape, rows = 'N'] of chunks) {
    const shown = tuple(shape)
    if (shape.length === 0 || !rest.includes(shown)) continue
    const [before] = rest.split(shown, 1)
    text += before + tuple(/** @type {number[]} */ ([rows, ...shape.slice(1)]))
    rest = rest.slice(before.length + shown.length)
  }
  return text + rest
}
