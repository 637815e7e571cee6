/** Reads and prints numbers. */
import { explain, tensor } from 'cosdim'
import { pytorchWords } from '../texts/languages.js'
import { LONGEST_TEXT } from './tensors.js'

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** As Python, PyTorch and JavaScript write them. */
const NOT_FINITE = /^([+-]?)(?:(nan)|inf(?:inity)?|∞)$/i

/** Matches text that more typing may turn into a number. */
const BEGINNING = /^[+-]?(\.|n|na|i|in)?$|^[+-]?inf[a-z]*$|^[+-]?(\d+\.?\d*|\.\d+)e[+-]?$/i

/* Characters that mean the same as one of ASCII. */
const OTHERS = '\u2212\u2013\ufe63【〔】〕“”‘’、'
const SAME = '---[[]]""\'\',' // in the same order

/** Thin spaces between groups of three digits, as typesetters write 1 234 567. */
export const GROUPS = /(?<![\d.,])\d{1,3}(?:[\u2009\u202f]\d{3})+(?!\d)/g

/**
 * Writes digits, signs, punctuation and spaces in ASCII. Every character keeps its place. Thin spaces within a number
 * become underscores, which Python writes there.
 */
export const plain = (text) =>
  text
    .replace(GROUPS, (number) => number.replace(/[\u2009\u202f]/g, '_'))
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[^\S\n\r\t]/g, ' ')
    .replace(/[\u2212\u2013\ufe63【】〔〕“”‘’、]/g, (one) => SAME[OTHERS.indexOf(one)])

/** What stands for a number, readable or not: digits that no letter precedes, or a word for none, such as #N/A. */
const MEANT =
  /^[^\p{L}]*\p{N}|^"?[+-]?(?:nan|inf|infinity|∞|na|n\/a|<na>|null|none|true|false|#n\/a|#(?:div\/0|name|null|num|ref|value)[!?])"?$/iu

/** Whether a text was meant as a number: 1,5 or 12 kg or NA, but not x1. */
export const isMeantAsNumber = (text) => MEANT.test(text.trim())

/* Longer texts are quoted without their end. */
const LONGEST_QUOTE = 40

/** A text to quote in a message. */
export function quotable(text) {
  const trimmed = text.trim()
  const characters = Array.from(trimmed.slice(0, 2 * LONGEST_QUOTE))
  return characters.length > LONGEST_QUOTE ? `${characters.slice(0, LONGEST_QUOTE).join('')}…` : trimmed
}

/** @typedef {(t: import('../texts/languages.js').Translate) => string} Problem */

/**
 * The number that a text holds, or what is wrong with the text. `isBeginning` marks a number that is not finished yet.
 * @typedef {{ value: number, problem?: undefined, isBeginning?: undefined }
 *   | { value?: undefined, problem: Problem, isBeginning?: boolean }} Reading
 */

/** @returns {Reading} */
function readDecimal(text) {
  const trimmed = plain(text)
    .trim()
    .replace(/(?<=\d)_(?=\d)/g, '')
  if (DECIMAL.test(trimmed)) return { value: Number(trimmed) }
  const isBeginning = BEGINNING.test(trimmed)
  if (trimmed === '') return { problem: (t) => t('number.empty'), isBeginning }
  const meant = withoutCommas(trimmed).map(quotable)
  return {
    problem: (t) => (meant.length ? t('number.comma', quotable(text), meant) : t('number.none', quotable(text))),
    isBeginning,
  }
}

/** What a number with commas may mean: 1,5 is 1.5, and 1,234 is 1.234 or 1234. */
export const withoutCommas = (text) =>
  [
    /^[+-]?\d*,\d+(e[+-]?\d+)?$/i.test(text) && text.replace(',', '.'),
    /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(text) && text.replaceAll(',', ''),
  ].filter((meant) => DECIMAL.test(meant))

/**
 * Reads a number that float32 can hold, nan and inf among them.
 * @returns {Reading}
 */
export function readElement(text) {
  const [isOther, sign, nan] = plain(text).trim().match(NOT_FINITE) ?? []
  if (isOther) return { value: nan ? Number.NaN : sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY }
  const read = readDecimal(text)
  if (read.problem || Number.isFinite(Math.fround(read.value))) return read
  return { problem: (t) => t('number.tooLarge', quotable(text)) }
}

/** The text of a number as a cell shows it: `-1.` becomes `-1`, `+2` becomes `2`, `Infinity` becomes `inf`. */
export function cellOf(text) {
  const { value } = readElement(text)
  if (!Number.isFinite(value)) return `${value}`.toLowerCase().replace('inity', '')
  const short = plain(text)
    .replaceAll('_', '')
    .replace(/^\+/, '')
    .replace(/\.(?=e|$)/i, '')
  return short.length > LONGEST_TEXT ? `${value}` : short
}

/**
 * Reads an eps. The package checks it and words the error.
 * @returns {Reading}
 */
export function readEps(text) {
  const read = readDecimal(text)
  if (read.problem) return read
  if (!Number.isFinite(read.value)) return { problem: (t) => t('eps.tooLarge', quotable(text)) }
  try {
    explain([1], [1], { dim: 0, eps: read.value })
    return read
  } catch (error) {
    const { message } = /** @type {Error} */ (error)
    return { problem: (t) => t('eps.refused', pytorchWords(message)) }
  }
}

/* Each edit changes one number, but the drawing prints all of them again. */
const PRINTED = new Map()
const MOST_PRINTED = 5000

/** Prints a number as PyTorch does, without trailing zeros and point: 3.1623, 26, 1e-08. */
export function printed(value) {
  const known = PRINTED.get(value)
  if (known !== undefined) return known
  const scalar = tensor([value], { dtype: 'float64', shape: [] })
  const [, figures] = /** @type {RegExpMatchArray} */ (String(scalar).match(/\(([^,)]+)/))
  const text = figures.replace(/\.0*(?=e|$)|(\.\d*[1-9])0+(?=e|$)/, '$1')
  if (PRINTED.size === MOST_PRINTED) PRINTED.clear()
  PRINTED.set(value, text)
  return text
}

/** Printed numbers start with a hyphen. A minus sign is as wide as a plus. */
export const minus = (text) => text.replace(/^-/, '−')

/** explain gives angles in radians. Readers expect degrees. */
export const degrees = (angle) => ((angle * 180) / Math.PI).toFixed(1)

/** The numbers in a printed tensor, in order. */
export const printedElements = (printed) => printed.match(/-?(?:\d+\.?\d*(?:e[+-]\d+)?|inf|nan)/g) ?? []
