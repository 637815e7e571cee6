/** Numbers as they are typed, and as they are printed. */
import { explain, tensor } from 'cosdim'

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** @returns {{ value: number } | { problem: string }} what a text says, or what is wrong with it */
function readDecimal(text) {
  const trimmed = text.trim().replace(/^−/, '-')
  if (trimmed === '') return { problem: 'is empty. Give a number.' }
  if (DECIMAL.test(trimmed)) return { value: Number(trimmed) }
  const pointed = trimmed.replace(',', '.')
  return {
    problem: DECIMAL.test(pointed) ? `is “${trimmed}”. Write ${pointed}.` : `is “${trimmed}”, which is not a number.`,
  }
}

/** A number that float32 can hold. */
export function readElement(text) {
  const read = readDecimal(text)
  if (read.problem || Number.isFinite(tensor(read.value).item())) return read
  return { problem: `is “${text.trim()}”, too large for float32, which ends at 3.4e38.` }
}

/** An eps that the package takes: it has the rule, and the words for it. */
export function readEps(text) {
  const read = readDecimal(text)
  if (read.problem) return read
  if (!Number.isFinite(read.value)) return { problem: `is “${text.trim()}”, too large for a number.` }
  try {
    explain([1], [1], { dim: 0, eps: read.value })
    return read
  } catch (error) {
    return { problem: `is wrong: ${error.message}` }
  }
}

/** A number as PyTorch prints it, without the zeros and the point at its end: 3.1623, 26, 1e-08. */
export function printed(value) {
  const [, figures] = String(tensor([value], { dtype: 'float64', shape: [] })).match(/\(([^,)]+)/)
  return figures.replace(/\.0*(?=e|$)|(\.\d*[1-9])0+(?=e|$)/, '$1')
}

/** The numbers in a tensor's printing, in order. */
export const printedElements = (result) => String(result).match(/-?(?:\d+\.?\d*(?:e[+-]\d+)?|inf|nan)/g) ?? []
