/**
 * Prints tensors as PyTorch does by default: 4 digits, 80 columns, and a summary above 1000 elements. Follows the rules
 * of torch/_tensor_str.py.
 */
import { elementCount } from './strided.js'

/** @typedef {number | bigint | boolean} Element */

const DIGITS = 4
const LINE_WIDTH = 80
const SUMMARY_ABOVE = 1000
const EDGE_ITEMS = 3
const PREFIX = 'tensor('

/**
 * A number with DIGITS decimals. As in Python, exact ties round to the even digit; JavaScript rounds them up.
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

/** As in Python, exponents have at least two digits. @param {number} x */
const scientific = (x) => decimal(x, 'toExponential').replace(/e([+-])(\d)$/, 'e$10$2')

/** @param {number} x */
const integral = (x) => `${x.toFixed(0)}.`

/** @param {Element} x */
const plain = (x) => (typeof x === 'boolean' ? (x ? 'True' : 'False') : String(x))

/**
 * The notation that all shown elements share, and the width of the longest.
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
  const least = magnitudes.reduce((a, b) => Math.min(a, b), Infinity) // too many arguments for Math.min
  const largest = magnitudes.reduce((a, b) => Math.max(a, b), 0)
  const wide = largest / least > 1000 || largest > 1e8 || least < 1e-4
  const finite = wide ? scientific : measured.every(Number.isInteger) ? integral : fixed
  return padded((x) => {
    if (Object.is(x, -0)) return `-${finite(0)}` // JavaScript drops the sign
    return Number.isFinite(x) ? finite(x) : String(x).replace('Infinity', 'inf').toLowerCase()
  }, measured)
}

/**
 * @param {readonly number[]} shape
 * @param {string} dtype 'float32', 'int64', …
 * @param {(i: number) => Element} at the element at a row-major index
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
  const strides = shape.map((_, dim) => elementCount(shape.slice(dim + 1)))
  const summarized = elementCount(shape) > SUMMARY_ABOVE
  const dots = -1

  /** The indices along a dim that are shown, `dots` among them. @type {(size: number) => number[]} */
  const shown = (size) => {
    const [head, tail] = [0, size - EDGE_ITEMS].map((from) => Array.from({ length: EDGE_ITEMS }, (_, i) => from + i))
    return summarized && size > 2 * EDGE_ITEMS ? [...head, dots, ...tail] : Array.from({ length: size }, (_, i) => i)
  }

  /** @type {(dim: number, index: number) => Element[]} */
  const collect = (dim, index) =>
    dim === rank
      ? [at(index)]
      : shown(shape[dim]).flatMap((i) => (i === dots ? [] : collect(dim + 1, index + i * strides[dim])))

  const { format, width } = notation(collect(0, 0), floating)

  /** @type {(index: number, indent: number) => string} */
  const vector = (index, indent) => {
    const texts = shown(shape[rank - 1]).map((i) => (i === dots ? ' ...' : format(at(index + i))))
    const perLine = Math.max(1, Math.floor((LINE_WIDTH - indent) / (width + 2)))
    const lines = []
    for (let i = 0; i < texts.length; i += perLine) lines.push(texts.slice(i, i + perLine).join(', '))
    return `[${lines.join(`,\n${' '.repeat(indent + 1)}`)}]`
  }

  /** @type {(dim: number, index: number, indent: number) => string} */
  const block = (dim, index, indent) => {
    if (dim === rank) return format(at(index))
    if (dim === rank - 1) return vector(index, indent)
    const blocks = shown(shape[dim]).map((i) =>
      i === dots ? '...' : block(dim + 1, index + i * strides[dim], indent + 1),
    )
    return `[${blocks.join(`,${'\n'.repeat(rank - dim - 1)}${' '.repeat(indent + 1)}`)}]`
  }
  return block(0, 0, PREFIX.length)
}

/**
 * A suffix that does not fit on the last line starts a new one.
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
