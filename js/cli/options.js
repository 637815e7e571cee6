/** The options of all commands: how they are written, checked, explained and completed. */
import { UsageError } from './errors.js'

/**
 * @typedef {object} Option
 * @property {string} help
 * @property {string} [value] what its value is called; a flag has none
 * @property {string} [short]
 * @property {string[]} [choices]
 * @property {RegExp} [pattern] of the value
 * @property {string} [expected] the pattern in words
 * @property {(text: string) => unknown} [read]
 * @property {boolean} [isFile]
 */

const WHOLE = { pattern: /^[-+]?\d{1,15}$/, expected: 'a whole number', read: Number }

/** @type {Record<string, Option>} */
export const OPTIONS = {
  dim: {
    value: 'N',
    ...WHOLE,
    help: 'the dim that vanishes, from the end if negative (1 by default)',
  },
  k: {
    value: 'N',
    short: 'k',
    pattern: /^\+?\d{1,15}$/,
    expected: 'a whole number from 0 up',
    read: Number,
    help: 'how many rows (10 by default, or all if there are fewer)',
  },
  eps: {
    value: 'X',
    pattern: /^\+?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i,
    expected: 'a number from 0 up',
    read: Number,
    help: 'the least norm to divide by (1e-8 by default)',
  },
  dtype: {
    value: 'NAME',
    choices: ['float16', 'float32', 'float64'],
    help: 'cast the inputs to it first; numbers in text are float32 otherwise',
  },
  weights: { value: 'INPUT', isFile: true, help: 'a weight for each element' },
  normalize: {
    value: 'HOW',
    choices: ['sum', 'softmax'],
    help: 'divide by the sum (the default), or take the softmax',
  },
  at: {
    value: 'I,J',
    pattern: /^-?\d+(,-?\d+)*$/,
    expected: 'whole numbers with commas between them',
    read: (text) => text.split(',').map(Number),
    help: 'only the result at this index',
  },
  json: { help: 'print JSON, which has null for NaN and infinities' },
  out: {
    value: 'FILE',
    isFile: true,
    pattern: /\.npy$/,
    expected: 'a name that ends in .npy',
    help: 'write a .npy file instead of printing',
  },
  format: {
    value: 'FORMAT',
    choices: ['npy', 'json', 'jsonl', 'csv'],
    help: 'of an input whose name does not tell; otherwise its first bytes do',
  },
  help: { short: 'h', help: 'print this' },
  version: { short: 'V', help: 'print the version' },
}

/**
 * The value of an option. UsageError if it cannot be one.
 * @param {string} name
 * @param {string} typed the option as it was typed
 * @param {string | undefined} text
 */
export function optionValue(name, typed, text) {
  const { value, pattern, expected, choices, read } = OPTIONS[name]
  if (!value && text !== undefined) throw new UsageError(`${typed} takes no value, got '${text}'.`)
  if (text === undefined) {
    if (value) throw new UsageError(`${typed} needs a value: ${typed} ${value}.`)
    return true
  }
  const wanted = choices ? `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}` : expected
  if (choices ? !choices.includes(text) : pattern && !pattern.test(text))
    throw new UsageError(`${typed} takes ${wanted}, not '${text}'.`)
  return read ? read(text) : text
}
