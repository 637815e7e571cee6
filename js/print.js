/**
 * Prints tensors as PyTorch does by default: 4 digits, 80 columns, a summary above 1000 elements. The rules are those of
 * torch/_tensor_str.py.
 */
import { elementCount } from './strided.js'

/** @typedef {number | bigint | boolean} Element */

const DIGITS = 4
const LINE_WIDTH = 80
const SUMMARY_ABOVE = 1000
const EDGE_ITEMS = 3
const PREFIX = 'tensor('

/**
 * A number with DIGITS decimals, rounded as Python rounds: exact ties go to the even digit, where JavaScript's go up.
 * @param {number} x
 * @param {'toFixed' | 'toExponential'} notation
 */
function decimal(x, notation) {
  const exact = x[notation](100)
  const end = exact.indexOf('.') + 1 + DIGITS
  const [, rest, exponent] = /** @type {RegExpMatchArray} */ (exact.slice(end).match(/^(\d*)(.*)$/))
  const staysEven = /^50*$/.test(rest) && /[02468]$/.test(exact.slice(0, end))
  return staysEven ? exact.slice(0, end) + exponent : x[notation](DIGITS)
}

/** @param {number} x */
const fixed = (x) => decimal(x, 'toFixed')

/** Python's exponents have two digits or more. @param {number} x */
const scientific = (x) => decimal(x, 'toExponential').replace(/e([+-])(\d)$/, 'e$10$2')

/** @param {number} x */
const whole = (x) => `${x.toFixed(0)}.`

/** @param {Element} x */
const plain = (x) => (typeof x === 'boolean' ? (x ? 'True' : 'False') : String(x))

/**
 * The one notation for all elements that are shown, and the width of the longest.
 * @param {Element[]} elements
 * @param {boolean} floating
 * @returns {{ format: (x: Element) => string, width: number }}
 */
function notation(elements, floating) {
  /** @type {(format: (x: any) => string, measured: Element[]) => { format: (x: any) => string, width: number }} */
  const padded = (format, measured) => {
    const width = measured.reduce((/** @type {number} */ widest, x) => Math.max(widest, format(x).length), 1)
    return { width, format: (x) => format(x).padStart(width) }
  }
  if (!floating) return padded(plain, elements)

  const measured = /** @type {number[]} */ (elements).filter((x) => Number.isFinite(x) && x !== 0)
  const magnitudes = measured.map(Math.abs)
  const least = magnitudes.reduce((a, b) => Math.min(a, b), Infinity) // as arguments they could be too many
  const largest = magnitudes.reduce((a, b) => Math.max(a, b), 0)
  const wide = largest / least > 1000 || largest > 1e8 || least < 1e-4
  const finite = wide ? scientific : measured.every(Number.isInteger) ? whole : fixed
  return padded((x) => {
    if (Object.is(x, -0)) return `-${finite(0)}` // JavaScript drops its sign
    return Number.isFinite(x) ? finite(x) : String(x).replace('Infinity', 'inf').toLowerCase()
  }, measured)
}

/**
 * @param {readonly number[]} shape
 * @param {string} dtype 'float32', 'int64', …
 * @param {(i: number) => Element} at the element at a row-major place
 */
export function print(shape, dtype, at) {
  const count = elementCount(shape)
  const suffixes = []
  if (count === 0 && shape.length !== 1) suffixes.push(`size=(${shape.join(', ')})`)
  if (dtype !== 'float32' && (count === 0 || !['int64', 'bool'].includes(dtype))) suffixes.push(`dtype=torch.${dtype}`)
  return withSuffixes(PREFIX + (count ? contents(shape, dtype.startsWith('float'), at) : '[]'), suffixes)
}

/**
 * @param {readonly number[]} shape
 * @param {boolean} floating
 * @param {(i: number) => Element} at
 */
function contents(shape, floating, at) {
  const rank = shape.length
  const steps = shape.map((_, dim) => elementCount(shape.slice(dim + 1)))
  const summarized = elementCount(shape) > SUMMARY_ABOVE
  const dots = -1

  /** The indices along a dim that are shown. @type {(size: number) => number[]} */
  const shown = (size) => {
    const [head, tail] = [0, size - EDGE_ITEMS].map((from) => Array.from({ length: EDGE_ITEMS }, (_, i) => from + i))
    return summarized && size > 2 * EDGE_ITEMS ? [...head, dots, ...tail] : Array.from({ length: size }, (_, i) => i)
  }

  /** @type {(dim: number, place: number) => Element[]} */
  const collect = (dim, place) =>
    dim === rank
      ? [at(place)]
      : shown(shape[dim]).flatMap((i) => (i === dots ? [] : collect(dim + 1, place + i * steps[dim])))

  const { format, width } = notation(collect(0, 0), floating)

  /** @type {(place: number, indent: number) => string} */
  const vector = (place, indent) => {
    const texts = shown(shape[rank - 1]).map((i) => (i === dots ? ' ...' : format(at(place + i))))
    const perLine = Math.max(1, Math.floor((LINE_WIDTH - indent) / (width + 2)))
    const lines = []
    for (let i = 0; i < texts.length; i += perLine) lines.push(texts.slice(i, i + perLine).join(', '))
    return `[${lines.join(`,\n${' '.repeat(indent + 1)}`)}]`
  }

  /** @type {(dim: number, place: number, indent: number) => string} */
  const block = (dim, place, indent) => {
    if (dim === rank) return format(at(place))
    if (dim === rank - 1) return vector(place, indent)
    const blocks = shown(shape[dim]).map((i) =>
      i === dots ? '...' : block(dim + 1, place + i * steps[dim], indent + 1),
    )
    return `[${blocks.join(`,${'\n'.repeat(rank - dim - 1)}${' '.repeat(indent + 1)}`)}]`
  }
  return block(0, 0, PREFIX.length)
}

/**
 * A suffix that would not fit the last line goes on one of its own.
 * @param {string} text
 * @param {string[]} suffixes
 */
function withSuffixes(text, suffixes) {
  let used = text.length - text.lastIndexOf('\n') + 1
  for (const suffix of suffixes) {
    const fits = used + suffix.length + 2 <= LINE_WIDTH
    text += (fits ? ', ' : `,\n${' '.repeat(PREFIX.length)}`) + suffix
    used = (fits ? used + 2 : PREFIX.length) + suffix.length
  }
  return `${text})`
}
