/**
 * The messages of the core's errors, and what other messages share. If PyTorch or SciPy has a sentence for an error, it
 * comes first, word for word, so that a search finds it. A second sentence says what to do.
 */

import { TORCH_NAMES } from './dtypes.js'
import { arrayName, TypedArray } from './typed-array-intrinsics.js'

/** @param {readonly number[]} shape */
export const tuple = (shape) => (shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`)

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
    (TORCH_NAMES[code] === 'Byte'
      ? `${BYTES_OF_FLOATS} Or, for numbers from 0 to 255, cast both first: pass { dtype: 'float32' }.`
      : "To compare integers, cast both first: pass { dtype: 'float32' }."),
  PROMOTION: ([a, b]) =>
    `Promotion for uint16, uint32, uint64 types is not supported, attempted to promote ${TORCH_NAMES[a]} and ${TORCH_NAMES[b]}. ` +
    "Cast both first: pass { dtype: 'float32' }.",
  RANK: (_, { shapes }) =>
    `only tensors with up to 64 dims are supported. This one has ${Math.max(...shapes.map((shape) => shape.length))}.`,
  EPS: (_, { eps = NaN }) => `eps must be non-negative, got: ${g(eps)}. The default is 1e-8; 0 clamps nothing.`,
  BROADCAST: ([a, b, dim], { shapes }) =>
    `The size of tensor a (${a}) must match the size of tensor b (${b}) at non-singleton dimension ${dim}. ` +
    `The shapes ${shapes.map(tuple).join(' and ')} are aligned at their last dim. In every dim, ` +
    'the sizes must be equal, or one of them 1.',
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
    'For other shapes, use cosineSimilarity().',
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
    `got ${shapes.map(tuple).join(' and ')}.`,
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
 * What to do where something only looks like a typed array; an empty string for anything else.
 * @param {unknown} x
 */
export const proxyHint = (x) =>
  x instanceof TypedArray && arrayName(x) === undefined
    ? 'It is a Proxy of a typed array, or something else that only looks like an array. Pass the array itself.'
    : ''

/** Whether a string looks like a list in JSON. @param {unknown} x */
export const isJsonList = (x) => typeof x === 'string' && /^\s*\[/.test(x)

/** Whether it is what JSON makes of a Buffer. @param {any} x */
export const isJsonBuffer = (x) => x?.type === 'Buffer' && Array.isArray(x.data)

/**
 * What to do with something that holds numbers but is no list of them; an empty string for anything else.
 * @param {any} x
 */
export function hintFor(x) {
  if (isJsonList(x)) return 'It looks like JSON: pass JSON.parse(x).'
  if (isJsonBuffer(x))
    return (
      'It is what JSON makes of a Buffer. If these are the bytes of floats, ' +
      'pass new Float32Array(Uint8Array.from(x.data).buffer).'
    )
  if (x?.constructor === Object && typeof x[0] === 'number')
    return 'JSON makes such objects of typed arrays: pass Object.values(x).'
  return proxyHint(x)
}

/**
 * JavaScript's name for the type of a value.
 * @param {unknown} x
 */
export function typeName(x) {
  if (x === null) return 'null'
  if (Array.isArray(x)) return 'array'
  return typeof x === 'bigint' ? 'BigInt' : typeof x
}

/**
 * A value as a sentence shows it.
 * @param {unknown} x
 */
export function shown(x) {
  if (typeof x === 'string') return JSON.stringify(x.length > 20 ? `${x.slice(0, 20)}…` : x)
  if (typeof x === 'bigint') return `${x}n`
  if (typeof x === 'object' && x !== null) return Array.isArray(x) ? 'an array' : 'an object'
  return typeof x === 'function' || typeof x === 'symbol' ? `a ${typeof x}` : String(x)
}
