/** The working behind results, as text and as JSON. */

/** @typedef {import('cosdim').Explanation} Explanation */

/** How many results are shown, and how many terms at each end of a sum. */
const RESULTS = 10
const TERMS = 3

/**
 * @param {Explanation} explanation
 * @param {number} eps
 * @param {{ at?: number[], json?: boolean }} options
 */
export function working(explanation, eps, { at, json }) {
  const { shape } = explanation
  const count = shape.reduce((product, size) => product * size, 1)
  const indices = at
    ? [at]
    : Array.from({ length: json ? count : Math.min(count, RESULTS) }, (_, i) => indexOf(i, shape))
  if (json) return JSON.stringify(indices.map((index) => ({ index, ...explanation.at(...index) })))
  const texts = indices.map((index) => sentences(index, explanation.at(...index), eps))
  const left = count - indices.length
  if (!at && left > 0)
    texts.push(`… and ${left} more. For one of them, pass --at ${shape.map((size) => size - 1).join(',')}`)
  return texts.join('\n\n')
}

/**
 * @param {number} i
 * @param {readonly number[]} shape
 */
const indexOf = (i, shape) =>
  shape.map((_, dim) => Math.floor(i / shape.slice(dim + 1).reduce((product, size) => product * size, 1)) % shape[dim])

/**
 * @param {number[]} index
 * @param {import('cosdim').Working} working
 * @param {number} eps
 */
function sentences(index, { similarity, angle, dot, norm1, norm2, clamped1, clamped2, terms }, eps) {
  const ofNorm = (/** @type {number} */ norm, /** @type {number} */ clamped, /** @type {'x1' | 'x2'} */ name) =>
    `√(${sum(terms, (term) => `${signed(term[name])}²`)}) = ${short(norm)}${clamped === norm ? '' : `, raised to eps, ${eps}`}`
  return [
    `similarity${index.length ? `[${index.join(', ')}]` : ''} = ${short(similarity)}`,
    `  dot   = ${sum(terms, ({ x1, x2 }) => `${signed(x1)}·${signed(x2)}`)} = ${short(dot)}`,
    `  norm1 = ${ofNorm(norm1, clamped1, 'x1')}`,
    `  norm2 = ${ofNorm(norm2, clamped2, 'x2')}`,
    `  ${short(dot)} / (${short(clamped1)} · ${short(clamped2)}) = ${short(similarity)}` +
      (Number.isNaN(angle) ? '' : `, an angle of ${short((angle * 180) / Math.PI)}°`),
  ].join('\n')
}

/**
 * @param {import('cosdim').Term[]} terms
 * @param {(term: import('cosdim').Term) => string} text
 */
function sum(terms, text) {
  if (!terms.length) return '0'
  if (terms.length <= 2 * TERMS + 1) return terms.map(text).join(' + ')
  return [...terms.slice(0, TERMS).map(text), '…', ...terms.slice(-TERMS).map(text)].join(' + ')
}

/** Four decimals, unless it is whole, very large or very small. @param {number} x */
const short = (x) =>
  Number.isInteger(x) || !Number.isFinite(x)
    ? String(x)
    : Math.abs(x) < 1e-4 || Math.abs(x) >= 1e8
      ? x.toExponential(4)
      : x.toFixed(4)

/** @param {number} x */
const signed = (x) => (x < 0 ? `(${short(x)})` : short(x))
