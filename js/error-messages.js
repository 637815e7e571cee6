/**
 * The messages of the core's errors, and what other messages share. If PyTorch or SciPy has a sentence for an error, it
 * comes first, word for word, so that a search finds it. A second sentence says what to do.
 */

import { TORCH_NAMES } from './dtypes.js'

/** As many sizes as a tensor can have; lists that are no shapes may be longer. */
const MOST_SIZES = 64

/** @param {readonly number[]} shape */
export const tuple = (shape) =>
  shape.length === 1
    ? `(${shape[0]},)`
    : `(${shape.slice(0, MOST_SIZES).join(', ')}${shape.length > MOST_SIZES ? ', …' : ''})`

/**
 * A number as C's %g prints it: six significant digits, and two or more in an exponent.
 * @param {number} x
 */
function g(x) {
  if (!Number.isFinite(x)) return String(x).replace('Infinity', 'inf').replace('NaN', 'nan')
  if (x === 0) return Object.is(x, -0) ? '-0' : '0'
  const [digits, power] = x.toExponential(5).split('e')
  const exponent = Number(power)
  const trim = (/** @type {string} */ s) => (s.includes('.') ? s.replace(/\.?0+$/, '') : s)
  if (exponent >= -4 && exponent < 6) return trim(x.toFixed(5 - exponent))
  return `${trim(digits)}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

/** What to do with a Buffer `b`. */
export const BYTES_OF_FLOATS =
  'If these are the bytes of floats, pass new Float32Array(b.buffer, b.byteOffset, b.length / 4).'

/** What to do with a Uint16Array `x`. */
export const BITS_OF_HALVES = "If these are the bits of half floats, pass tensor(x, { dtype: 'float16' })."

/** What integers may be in truth. @type {Record<string, string>} */
const IF_ENCODED = {
  Byte: `${BYTES_OF_FLOATS} Or, for numbers from 0 to 255,`,
  UInt16: `${BITS_OF_HALVES} Or, for integers,`,
}

/** Why shapes do not broadcast, and what to do. @param {readonly number[][]} shapes */
function broadcastHint([a, b]) {
  if (a.length === 1 && b.length === 1) return `The vectors are ${a[0]} and ${b[0]} long: make them equally long.`
  const hint =
    `The shapes ${tuple(a)} and ${tuple(b)} are aligned at their last dim. ` +
    'In every dim, the sizes must be equal, or one of them 1.'
  const haveEqualRows = a.length === 2 && b.length === 2 && a[1] === b[1]
  return haveEqualRows ? `${hint} To compare every row with every row, use pairwiseCosineSimilarity().` : hint
}

/** @param {readonly number[][]} shapes of two matrices */
const rowsHint = ([a, b]) => `The rows are ${a[1]} and ${b[1]} long: make them equally long.`

/** @param {readonly number[][]} shapes */
function topkHint([query, corpus]) {
  const d = query[query.length - 1]
  if (query.length === 2 && corpus.length === 1) return 'The query comes first.'
  if (query.length === 1 && corpus.length === 1 && corpus[0] % d === 0)
    return `If the corpus has its rows one after another, pass tensor(corpus, { shape: [-1, ${d}] }).`
  if (query.length < 1 || query.length > 2 || corpus.length !== 2) return ''
  return `The query is ${d} long, the rows of the corpus ${corpus[1]}: make them equally long.`
}

/**
 * What the failed call was given.
 * @typedef {object} About
 * @property {number[][]} shapes the operands' shapes
 * @property {number} [eps]
 * @property {readonly number[]} [size] the shape asked of a view
 */

/**
 * One entry for each cosdim_status of c/cosdim.h, in its order, which says what the numbers of `fault` are.
 * @type {Record<string, (fault: number[], about: About) => string>}
 */
export const STATUS = {
  OK: () => '',
  DTYPE: ([code]) =>
    `expected common dtype to be floating point, yet common dtype is ${TORCH_NAMES[code]}. ` +
    `${IF_ENCODED[TORCH_NAMES[code]] ?? 'To compare integers,'} cast both first: pass { dtype: 'float32' }.`,
  PROMOTION: ([a, b]) =>
    `Promotion for uint16, uint32, uint64 types is not supported, attempted to promote ${TORCH_NAMES[a]} and ${TORCH_NAMES[b]}. ` +
    "Cast both first: pass { dtype: 'float32' }.",
  RANK: (_, { shapes }) =>
    `only tensors with up to 64 dims are supported. This one has ${Math.max(...shapes.map((shape) => shape.length))}.`,
  EPS: (_, { eps = NaN }) => `eps must be non-negative, got: ${g(eps)}. The default is 1e-8; 0 clamps nothing.`,
  BROADCAST: ([a, b, dim], { shapes }) =>
    `The size of tensor a (${a}) must match the size of tensor b (${b}) at non-singleton dimension ${dim}. ` +
    broadcastHint(shapes),
  DIM: ([low, high, dim], { shapes }) => {
    const rank = Math.max(...shapes.map((shape) => shape.length))
    const hint =
      rank > 1
        ? `dim counts from 0, in the common shape of ${shapes.map(tuple).join(' and ')}.`
        : 'A vector has only dim 0: pass { dim: 0 }.'
    return `Dimension out of range (expected to be in range of [${low}, ${high}], but got ${dim}). ${hint}`
  },
  NO_DIMS: ([, , dim]) =>
    `Dimension specified as ${dim} but tensor has no dimensions. It is a single number; read it with item().`,
  TOO_LARGE: (_, { shapes }) => `The result of shapes ${shapes.map(tuple).join(' and ')} has too many elements.`,
  NOT_A_VECTOR: (_, { shapes }) =>
    `Input vector should be 1-D. The shapes are ${shapes.map(tuple).join(', ')}. ` +
    'For matrices, use cosineSimilarity(x1, x2, { dim }).',
  LENGTHS: ([a, b]) => `The vectors must have the same length, got ${a} and ${b}. Trim or pad one of them first.`,
  NEGATIVE_WEIGHT: () => 'Input weights should be all non-negative. A weight of 0 leaves an element out.',
  ATTENTION_SHAPES: (_, { shapes }) =>
    `attentionDistribution() takes a target of shape (D,) or (1, D) and behaviored of shape (N, D), ` +
    `got ${shapes.map(tuple).join(' and ')}.`,
  PAIRWISE_SHAPES: (_, { shapes }) =>
    `pairwiseCosineSimilarity() takes x1 of shape (N, D) and x2 of shape (M, D), got ${shapes.map(tuple).join(' and ')}. ` +
    (shapes.every(({ length }) => length === 2) ? rowsHint(shapes) : 'For other shapes, use cosineSimilarity().'),
  INDICES: ([given, rank]) =>
    `at() takes ${rank} ${rank === 1 ? 'index' : 'indices'}, one for each dim of the result, got ${given}.`,
  INDEX: ([index, size, dim]) =>
    `index ${index} is out of bounds for dimension ${dim} with size ${size}. Indices count from 0.`,
  VIEW_SIZE: ([elements], { size = [] }) =>
    `shape '[${size.join(', ')}]' is invalid for input of size ${elements}. ` +
    `The product of its sizes must be ${elements}.`,
  VIEW_SIGN: ([given, dim], { size = [] }) =>
    `invalid shape dimension ${given} at index ${dim} of shape [${size.join(', ')}]. ` +
    'A size is a whole number from 0 up, or -1 to be inferred.',
  VIEW_INFERRED: () => 'only one dimension can be inferred. Give the sizes of the others.',
  VIEW_AMBIGUOUS: (_, { size = [] }) =>
    `cannot reshape tensor of 0 elements into shape [${size.join(', ')}] because the unspecified dimension size -1 can be ` +
    'any value and is ambiguous. Give its size.',
  VIEW_STRIDES: () =>
    "view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous " +
    'subspaces). Use .reshape(...) instead.',
  TOPK_SHAPES: (_, { shapes }) =>
    'topkCosineSimilarity() takes a query of shape (D,) or (Q, D) and a corpus of shape (N, D), ' +
    `got ${shapes.map(tuple).join(' and ')}. ${topkHint(shapes)}`.trim(),
  K: ([k, n]) => `selected index k out of range. k is ${k}, and the corpus has ${n} rows: pass a k from 0 to ${n}.`,
  // SCRATCH, TENSOR and CAST are for C callers. This package never causes them.
  SCRATCH: () => 'The scratch is smaller than the minimum of 256 bytes.',
  TENSOR: () => 'A tensor has an out-of-range dtype, rank or size, or elements beyond the address space.',
  CAST: () => 'The cast is not a dtype.',
}

/**
 * @param {string} status a key of STATUS other than OK
 * @param {number[]} fault
 * @param {About} about
 */
export const statusError = (status, fault, about) =>
  new (status === 'DTYPE' || status === 'PROMOTION' ? TypeError : RangeError)(STATUS[status](fault, about))

/**
 * The error for data that does not hold the dtype it is said to have.
 * @param {string} named
 * @param {string | undefined} own
 */
export const otherDtype = (named, own) =>
  new TypeError(
    `dtype says ${named}, but the data is ${own ?? 'not a typed array'}. ` +
      'This dtype only describes the data; to convert it, pass dtype to an operation.',
  )

/**
 * The beginning of a text that may have any length.
 * @param {string} text
 */
export const brief = (text, most = 40) => (text.length > most ? `${text.slice(0, most)}…` : text)

/** The name of the class of an object; undefined for plain objects. @param {any} x */
function className(x) {
  const name = x?.constructor?.name
  return typeof name === 'string' && name !== '' && name !== 'Object' ? brief(name) : undefined
}

/**
 * The name of a value's type or class.
 * @param {unknown} x
 */
export function typeName(x) {
  if (x === null) return 'null'
  if (Array.isArray(x)) return 'array'
  if (typeof x === 'bigint') return 'BigInt'
  return (typeof x === 'object' && className(x)) || typeof x
}

/**
 * A value as a sentence shows it.
 * @param {unknown} x
 */
export function shown(x) {
  if (typeof x === 'string') return JSON.stringify(brief(x, 20))
  if (typeof x === 'bigint') return `${brief(String(x), 20)}n`
  if (typeof x === 'function' || typeof x === 'symbol') return `a ${typeof x}`
  if (typeof x !== 'object' || x === null) return String(x)
  const name = Array.isArray(x) ? 'array' : (className(x) ?? 'object')
  return `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`
}
