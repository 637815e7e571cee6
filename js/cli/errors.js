/** What ends the command with a line on stderr: mistakes in its arguments, and in its inputs. */

/** A mistake in the arguments. */
export class UsageError extends Error {}

/**
 * An error about a place in an input: corpus.jsonl:17.
 * @param {string} place
 * @param {unknown} cause
 */
export function errorAt(place, cause) {
  const message = cause instanceof Error ? (SYSTEM[/** @type {any} */ (cause).code] ?? cause.message) : String(cause)
  return new Error(`${place}: ${message}`, { cause })
}

/** What the system refuses, in words. @type {Record<string, string>} */
const SYSTEM = {
  ENOENT: 'no such file or directory.',
  EACCES: 'permission denied.',
  EISDIR: 'this is a directory, not a file.',
  ENOSPC: 'the disk is full.',
  ERR_STRING_TOO_LONG: 'this is too long to be read as one text. Save it as .npy or .jsonl, which are read in chunks.',
}

/**
 * The message in a line, with options as the command line has them.
 * @param {unknown} error
 */
export const lineOf = (error) =>
  (error instanceof Error ? error.message : String(error))
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\{ (\w+): '?([\w.-]+)'? \}/g, '--$1 $2')
