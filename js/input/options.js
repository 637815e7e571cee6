/** Arguments that are not tensors: whole numbers, dtypes and options, with their defaults. */
import { dtypeNamed, NAMES } from '../dtypes.js'
import { brief, shown, statusError, typeName } from '../error-messages.js'
import { MAX_RANK } from '../tensor/strided.js'

/** @typedef {import('../dtypes.js').DType} DType */

const isOwn = Object.prototype.hasOwnProperty

/** How attention scores become a distribution, with the values of c/cosdim.h's cosdim_normalization. */
export const NORMALIZATIONS = { sum: 0, softmax: 1 }

/**
 * A whole number. TypeError for anything else.
 * @param {string} where
 * @param {string} name
 * @param {unknown} value
 */
export function integer(where, name, value) {
  if (Number.isSafeInteger(value)) return /** @type {number} */ (value)
  throw new TypeError(
    `${where}: argument '${name}' must be int, not ${typeName(value)}. Got ${shown(value)}; pass a whole number.`,
  )
}

/**
 * A copy of a list of whole numbers. TypeError or RangeError for anything else.
 * @param {unknown} list
 * @param {string} name
 * @param {number} least
 */
export function integers(list, name, least) {
  const isList = Array.isArray(list) || (ArrayBuffer.isView(list) && 'length' in list)
  if (!isList) throw new TypeError(`${name} must be an array of whole numbers, got ${shown(list)}.`)
  const { length } = /** @type {any} */ (list)
  if (length > MAX_RANK) throw statusError('RANK', [], { shapes: [/** @type {any} */ ({ length })] })
  /** @type {number[]} */
  const values = []
  for (let i = 0; i < length; i++) {
    // by index: an iterator may have no end
    const value = /** @type {any} */ (list)[i]
    if (!Number.isSafeInteger(value) || value < least)
      throw new (typeof value === 'number' ? RangeError : TypeError)(
        `${name} must be whole numbers${least ? '' : ' from 0 up'}: ${name}[${i}] is ${shown(value)}.`,
      )
    values.push(value)
  }
  return values
}

/**
 * The dtype of that name, here or in another library. TypeError for an unknown name.
 * @param {unknown} name
 * @returns {DType}
 */
export function dtypeName(name) {
  const dtype = dtypeNamed(name)
  if (dtype) return dtype
  const complex = name === 'complex64' ? 'ComplexFloat' : name === 'complex128' ? 'ComplexDouble' : undefined
  if (complex)
    throw new TypeError(
      `expected common dtype to be floating point, yet common dtype is ${complex}. ` +
        'Pass the real and the imaginary parts separately.',
    )
  throw new TypeError(`dtype must be one of ${NAMES.join(', ')}, got ${shown(name)}.`)
}

/** How the value of each option is checked. @type {Record<string, (where: string, value: any) => any>} */
const CHECKS = {
  dim: (where, dim) => integer(where, 'dim', dim),
  eps: (where, eps) => {
    if (typeof eps === 'number') return eps
    throw new TypeError(`${where}: argument 'eps' must be float, not ${typeName(eps)}. The default is 1e-8.`)
  },
  dtype: (_, dtype) => dtypeName(dtype),
  normalize: (where, normalize) => {
    if (Object.keys(NORMALIZATIONS).includes(normalize)) return normalize
    throw new TypeError(`${where}: normalize must be "sum" or "softmax", got ${shown(normalize)}.`)
  },
  signal: (where, signal) => {
    if (typeof signal?.aborted === 'boolean') return signal
    throw new TypeError(`${where}: signal must be an AbortSignal, got ${shown(signal)}.`)
  },
  onProgress: (where, onProgress) => {
    if (typeof onProgress === 'function') return onProgress
    throw new TypeError(`${where}: onProgress must be a function, got ${shown(onProgress)}.`)
  },
  module: (where, module) => {
    if (module instanceof WebAssembly.Module) return module
    const hint =
      typeof module?.then === 'function'
        ? ' Await it first.'
        : module?.default instanceof WebAssembly.Module
          ? ' Pass its default export.'
          : ''
    throw new TypeError(`${where}: module must be a WebAssembly.Module, got ${shown(module)}.${hint}`)
  },
}

/** The names that other libraries give to options. */
const ALIASES = /** @type {Record<string, string>} */ ({
  axis: 'dim',
  epsilon: 'eps',
  w: 'weights',
  size: 'shape',
  type: 'dtype',
})

/**
 * The options, checked, with their defaults. An unknown option is an error; it is never ignored.
 * @template {Record<string, any>} D
 * @param {string} where
 * @param {unknown} options
 * @param {D} defaults
 * @returns {{ [K in keyof D]: any }}
 */
export function optionsOf(where, options, defaults) {
  if (options === undefined) return defaults
  const names = Object.keys(defaults)
  if (typeof options !== 'object' || options === null || Array.isArray(options) || ArrayBuffer.isView(options))
    throw new TypeError(`${where} takes its options as an object, { ${names.join(', ')} }, got ${shown(options)}.`)
  /** @type {Record<string, any>} */
  const checked = { ...defaults }
  for (const name of Object.keys(options)) {
    if (!names.includes(name)) throw unknownOption(where, name, names)
    const value = /** @type {Record<string, unknown>} */ (options)[name]
    if (value !== undefined) checked[name] = isOwn.call(CHECKS, name) ? CHECKS[name](where, value) : value
  }
  return /** @type {any} */ (checked)
}

export const PAIRWISE = { eps: 1e-8, dtype: undefined, out: undefined }
export const TOPK = { eps: 1e-8, dtype: undefined }
export const SLICED = { signal: undefined, onProgress: undefined }
const SIMILARITY = { dim: 1, eps: 1e-8, dtype: undefined, out: undefined }

/**
 * The options of cosineSimilarity. A plain object without mistakes takes a short cut, because the general way takes as
 * long as the similarity of a pair.
 * @param {string} where
 * @param {any} options
 * @returns {{ dim: number, eps: number, dtype?: DType, out?: any }}
 */
export function similarityOptions(where, options) {
  if (options?.constructor !== Object) return optionsOf(where, options, SIMILARITY)
  let known = true
  for (const name in options)
    known &&= (name === 'dim' || name === 'eps' || name === 'dtype' || name === 'out') && isOwn.call(options, name)
  const { dim = 1, eps = 1e-8, dtype, out } = options
  known &&= Number.isSafeInteger(dim) && typeof eps === 'number' && (dtype === undefined || NAMES.includes(dtype))
  return known ? { dim, eps, dtype, out } : optionsOf(where, options, SIMILARITY)
}

/**
 * @param {string} where
 * @param {string} name
 * @param {string[]} names
 */
function unknownOption(where, name, names) {
  const hint = names.includes(ALIASES[name]) ? `Use ${ALIASES[name]}.` : `Its options are: ${names.join(', ')}.`
  return new TypeError(`${where} got an unexpected keyword argument '${brief(name)}'. ${hint}`)
}
