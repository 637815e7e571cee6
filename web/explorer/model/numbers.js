/** Reads and prints numbers. */
import { explain, tensor } from 'cosdim'
import { pytorchWords } from '../texts/languages.js'

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** Matches text that more typing may turn into a number. */
const BEGINNING = /^[+-]?\.?$|^[+-]?(\d+\.?\d*|\.\d+)e[+-]?$/i

/** @typedef {(t: import('../texts/languages.js').Translate) => string} Problem */

/**
 * The number that a text holds, or what is wrong with the text. `isBeginning` marks a number that is not finished yet.
 * @typedef {{ value: number, problem?: undefined, isBeginning?: undefined }
 *   | { value?: undefined, problem: Problem, isBeginning?: boolean }} Reading
 */

/** @returns {Reading} */
function readDecimal(text) {
  const trimmed = text.trim().replace(/^−/, '-')
  if (DECIMAL.test(trimmed)) return { value: Number(trimmed) }
  const isBeginning = BEGINNING.test(trimmed)
  if (trimmed === '') return { problem: (t) => t('number.empty'), isBeginning }
  const pointed = trimmed.replace(',', '.')
  return {
    problem: DECIMAL.test(pointed) ? (t) => t('number.comma', trimmed, pointed) : (t) => t('number.none', trimmed),
    isBeginning,
  }
}

/**
 * Reads a number that float32 can hold.
 * @returns {Reading}
 */
export function readElement(text) {
  const read = readDecimal(text)
  if (read.problem || Number.isFinite(tensor(read.value).item())) return read
  return { problem: (t) => t('number.tooLarge', text.trim()) }
}

/**
 * Reads an eps. The package checks it and words the error.
 * @returns {Reading}
 */
export function readEps(text) {
  const read = readDecimal(text)
  if (read.problem) return read
  if (!Number.isFinite(read.value)) return { problem: (t) => t('eps.tooLarge', text.trim()) }
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
