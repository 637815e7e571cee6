/** Tensors in JSON, and where a text stops being JSON: engines do not always say. */
import { tensor } from 'cosdim'
import { errorAt } from './errors.js'

/**
 * @param {string} name for errors
 * @param {string} text
 * @param {import('./formats.js').Float} [dtype]
 */
export function tensorOf(name, text, dtype) {
  try {
    return /** @type {import('cosdim').Tensor} */ (tensor(JSON.parse(text), { dtype }))
  } catch (cause) {
    const hasLine = cause instanceof SyntaxError && text.includes('\n')
    throw errorAt(hasLine ? `${name}:${faultyLine(text)}` : name, cause)
  }
}

/**
 * The first line with which a text can be no beginning of JSON.
 * @param {string} text
 */
function faultyLine(text) {
  const lines = text.split('\n')
  let [good, bad] = [0, lines.length]
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (isBeginning(lines.slice(0, middle).join('\n'))) good = middle
    else bad = middle
  }
  return bad
}

/** Whether a text is JSON once its lists are closed. @param {string} text */
function isBeginning(text) {
  let closing = ''
  for (const [sign] of text.replace(/"[^"]*"/g, '').matchAll(/[[\]{}]/g))
    closing = sign === '[' ? `]${closing}` : sign === '{' ? `}${closing}` : closing.slice(1)
  try {
    JSON.parse(text.replace(/,?\s*$/, '') + closing || '0')
    return true
  } catch {
    return false
  }
}
