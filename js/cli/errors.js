/** What ends the command with a line on stderr: mistakes in its arguments, and in its inputs. */
import { getSystemErrorMap } from 'node:util'

/** A mistake in the arguments. */
export class UsageError extends Error {}

/** A mistake in an input, which the message names. */
class InputError extends Error {}

/**
 * An error about a place in an input: corpus.jsonl:17. One that has a place keeps it.
 * @param {string} place
 * @param {unknown} cause
 */
export const errorAt = (place, cause) =>
  cause instanceof InputError ? cause : new InputError(`${place}: ${messageOf(cause)}`, { cause })

/**
 * What `use` gives. Its errors are about this place.
 * @template T
 * @param {string} place
 * @param {() => T | Promise<T>} use
 */
export async function attempt(place, use) {
  try {
    return await use()
  } catch (cause) {
    throw errorAt(place, cause)
  }
}

/** What the system refuses, where its own words say too little. @type {Record<string, string>} */
const SYSTEM = {
  EISDIR: 'this is a directory, not a file.',
  ENOSPC: 'the disk is full.',
  ERR_STRING_TOO_LONG: 'this is too long to be read as one text. Save it as .npy or .jsonl, which are read in chunks.',
}

/** @param {unknown} cause */
function messageOf(cause) {
  if (!(cause instanceof Error)) return String(cause)
  const { code, errno, message } = /** @type {NodeJS.ErrnoException} */ (cause)
  const [, words] = getSystemErrorMap().get(errno ?? 0) ?? []
  return SYSTEM[code ?? ''] ?? (words ? `${words}.` : message)
}

/** What the library's words are on the command line. @type {[RegExp, string][]} */
const WORDS = [
  [/\s*\n\s*/g, ' '],
  [/\{ (\w+): '?([\w.-]+)'? \}/g, '--$1 $2'],
  [/, here or to tensor\(…\)/, ''],
  [/\b\w+\(\): /, ''],
  [/\bdim counts/, '--dim counts'],
  [/\bat\(\) takes/, 'it takes'],
  [/\btopkCosineSimilarity\(\)/, 'topk'],
  [/\bpairwiseCosineSimilarity\(\)/, 'pairwise'],
  [/\battentionDistribution\(\)/, 'attention'],
  [/\bcosineSimilarity\([^)]*\)/, 'similarity'],
  [/\bbehaviored\b/, 'rows'],
  [/\bx1\b/, 'A'],
  [/\bx2\b/, 'B'],
  [/pass tensor\(corpus, \{ shape: \[(.*?)\] \}\)/, "save it as rows: np.save('a.npy', a.reshape($1))"],
  [/pass tensor\(x, --dtype float16\)/, "save them as such: np.save('a.npy', a.view('float16'))"],
  [/pass new Float32Array\(b\..*?\)/, "save them as such: np.save('a.npy', a.view('float32'))"],
  [/Pass a Blob or a FileHandle instead/, 'Name the file instead'],
  [
    /If its numbers are there, pass x\.([\w.]+)\. Of a list of them, .*/,
    "Take the numbers out first, for example with jq 'map(.$1)'.",
  ],
  [/If its numbers are there, pass x\.([\w.]+)\./, 'Take the numbers out first, for example with jq .$1.'],
]

/** What only helps in JavaScript. */
const SCRIPT = /^(?!.*(?:np\.|jq )).*(?:\w\(|=>|\{ \.{3}|\bx\.\w)/

/**
 * The message in a line, in the words of the command line. Advice for those who write JavaScript is left out.
 * @param {unknown} error
 */
export function lineOf(error) {
  const text = WORDS.reduce((text, [from, to]) => text.replace(from, to), messageOf(error))
  const [first, ...rest] = text.split(/(?<=[.?]) (?=[A-Z])/)
  return [first, ...rest.filter((sentence) => !SCRIPT.test(sentence))].join(' ')
}
