/** Numbers as they are typed, and as they are printed. */
import { explain, tensor } from 'cosdim'
import { pytorchWords } from './texts.js'

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** What becomes a number when more is typed. */
const BEGINNING = /^[+-]?\.?$|^[+-]?(\d+\.?\d*|\.\d+)e[+-]?$/i

/** @typedef {(t: import('./texts.js').Translate) => string} Problem */

/**
 * What a text says, or what is wrong with it, and whether it is only not yet a number.
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
 * A number that float32 can hold.
 * @returns {Reading}
 */
export function readElement(text) {
  const read = readDecimal(text)
  if (read.problem || Number.isFinite(tensor(read.value).item())) return read
  return { problem: (t) => t('number.tooLarge', text.trim()) }
}

/**
 * An eps that the package takes: it has the rule, and the words for it.
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

/* A drawing prints all its numbers at every edit, which changes one. */
const PRINTED = new Map()
const MOST_PRINTED = 5000

/** A number as PyTorch prints it, without the zeros and the point at its end: 3.1623, 26, 1e-08. */
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

/** Printed numbers begin with a hyphen; a minus is as wide as a plus. */
export const minus = (text) => text.replace(/^-/, '−')

/** explain gives angles in radians; people read degrees. */
export const degrees = (angle) => ((angle * 180) / Math.PI).toFixed(1)

/** The numbers in a tensor's printing, in order. */
export const printedElements = (printed) => printed.match(/-?(?:\d+\.?\d*(?:e[+-]\d+)?|inf|nan)/g) ?? []
