/** Element types, in the order of c/cosdim.h's cosdim_dtype, and the typed arrays that hold them. */

/** @typedef {'bool' | 'uint8' | 'int8' | 'int16' | 'int32' | 'int64' | 'uint16' | 'uint32' | 'uint64' | 'float16' | 'float32' | 'float64'} DType */
/** @typedef {Int8Array | Uint8Array | Uint8ClampedArray | Int16Array | Uint16Array | Int32Array | Uint32Array | BigInt64Array | BigUint64Array | Float32Array | Float64Array} TypedArray or a Float16Array, where the engine has it */

/* Without Float16Array, half floats are kept as their bits. */
const Float16 = /** @type {any} */ (globalThis).Float16Array ?? Uint16Array

/**
 * `array` is the class of new arrays, `accepts` the names of all classes that can hold the dtype.
 * @type {Record<DType, { array: new (length: number) => TypedArray, accepts: string[] }>}
 */
export const DTYPES = {
  bool: { array: Uint8Array, accepts: ['Uint8Array'] },
  uint8: { array: Uint8Array, accepts: ['Uint8Array', 'Uint8ClampedArray'] },
  int8: { array: Int8Array, accepts: ['Int8Array'] },
  int16: { array: Int16Array, accepts: ['Int16Array'] },
  int32: { array: Int32Array, accepts: ['Int32Array'] },
  int64: { array: BigInt64Array, accepts: ['BigInt64Array'] },
  uint16: { array: Uint16Array, accepts: ['Uint16Array'] },
  uint32: { array: Uint32Array, accepts: ['Uint32Array'] },
  uint64: { array: BigUint64Array, accepts: ['BigUint64Array'] },
  float16: { array: Float16, accepts: ['Float16Array', 'Uint16Array'] },
  float32: { array: Float32Array, accepts: ['Float32Array'] },
  float64: { array: Float64Array, accepts: ['Float64Array'] },
}

export const NAMES = /** @type {DType[]} */ (Object.keys(DTYPES))

/** The names that PyTorch's sentences use, in the same order. */
export const TORCH_NAMES = 'Bool Byte Char Short Int Long UInt16 UInt32 UInt64 Half Float Double'.split(' ')

/** @type {Record<string, number>} */
const CODES = {}
/** @type {Map<string | undefined, DType>} */
const OWN = new Map()
for (let code = 0; code < NAMES.length; code++) {
  const name = NAMES[code]
  CODES[name] = code
  for (const array of DTYPES[name].accepts) if (name !== 'bool' && !OWN.has(array)) OWN.set(array, name)
}

/** @param {DType} dtype */
export const codeOf = (dtype) => CODES[dtype]

/** The names of JavaScript libraries. @type {Map<string, DType>} */
const ALIASES = new Map([
  ['uint8_clamped', 'uint8'],
  ['bigint64', 'int64'],
  ['biguint64', 'uint64'],
])

/**
 * The dtype of a name as people write it: float32, Float32, torch.float32, float.
 * @param {unknown} name
 * @returns {DType | undefined}
 */
export function dtypeNamed(name) {
  if (typeof name !== 'string') return
  const plain = name.toLowerCase().replace(/^torch\./, '')
  const isNamed = (/** @type {string} */ other) => other.toLowerCase() === plain
  return NAMES[NAMES.findIndex(isNamed)] ?? NAMES[TORCH_NAMES.findIndex(isNamed)] ?? ALIASES.get(plain)
}

/**
 * The dtype of a class of typed arrays unless told otherwise: a Uint8Array is uint8, a Uint16Array uint16.
 * @param {string | undefined} arrayName
 * @returns {DType | undefined}
 */
export const dtypeOf = (arrayName) => OWN.get(arrayName)

/**
 * Whether a class of typed arrays can hold a dtype.
 * @param {DType} dtype
 * @param {string | undefined} arrayName
 */
export const holds = (dtype, arrayName) =>
  arrayName !== undefined && DTYPES[dtype]?.accepts?.includes(arrayName) === true
