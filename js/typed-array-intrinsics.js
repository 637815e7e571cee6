/**
 * Reads typed arrays through the intrinsics of %TypedArray%, which are saved once, at import. The properties of an
 * array, of its class and of its prototypes cannot be trusted.
 */

/** @typedef {import('./dtypes.js').TypedArray} Array */

export const TypedArray = Object.getPrototypeOf(Uint8Array)

/*
 * The intrinsics are constants in functions, not in the module. The build turns every const of a module into a var,
 * which engines do not treat as a constant, so they would call an intrinsic instead of inlining it.
 */

/** @param {string | symbol} name @returns {(x: any) => any} */
function getter(name) {
  const { get } = /** @type {any} */ (Object.getOwnPropertyDescriptor(TypedArray.prototype, name))
  return (x) => get.call(x)
}

/** @returns {(target: Array, source: Array, to: number) => void} */
function setter() {
  const { set } = TypedArray.prototype
  return (target, source, to) => set.call(target, source, to)
}

const bufferOf = getter('buffer')
const byteOffsetOf = getter('byteOffset')
const byteLengthOf = getter('byteLength')
const setAll = setter()

/**
 * The name of a typed array's class, whatever window it comes from; undefined for anything else, including a Proxy of a
 * typed array.
 * @type {(x: unknown) => string | undefined}
 */
export const arrayName = getter(Symbol.toStringTag)

/** @type {(array: Array) => number} */
export const lengthOf = getter('length')

/** Whether the buffer of an array was transferred. @param {Array} array */
export function isDetached(array) {
  if (lengthOf(array) > 0) return false
  try {
    new Uint8Array(bufferOf(array))
    return false
  } catch {
    return true // ArrayBuffer.prototype.detached would say so, but older engines lack it
  }
}

/** @type {Record<string, any>} */
const CLASSES = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  BigInt64Array,
  BigUint64Array,
  Float16Array: /** @type {any} */ (globalThis).Float16Array,
  Float32Array,
  Float64Array,
}

/**
 * A fresh array of the class with that name.
 * @param {string} name
 * @param {number} count
 */
export const makeArray = (name, count) => new CLASSES[name](count)

/**
 * A view of a part of an array. subarray would ask the array's class for the class of the view.
 * @param {Array} array
 * @param {number} start
 * @param {number} count
 */
export function part(array, start, count) {
  const Class = CLASSES[/** @type {string} */ (arrayName(array))]
  return new Class(bufferOf(array), byteOffsetOf(array) + start * Class.BYTES_PER_ELEMENT, count)
}

/**
 * The bytes of an array as another class.
 * @param {any} Class
 * @param {Array} array
 */
export const viewAs = (Class, array) =>
  new Class(bufferOf(array), byteOffsetOf(array), byteLengthOf(array) / Class.BYTES_PER_ELEMENT)

/**
 * Copies all elements of `source` into `target`, from `to` on.
 * @param {Array} target
 * @param {number} to
 * @param {Array} source
 */
export const copyAll = (target, to, source) => setAll(target, source, to)

/**
 * Copies `count` elements of `source`, from `from` on.
 * @param {Array} target
 * @param {number} to
 * @param {Array} source
 * @param {number} from
 * @param {number} count
 */
export const copy = (target, to, source, from, count) =>
  setAll(target, from === 0 && count === lengthOf(source) ? source : part(source, from, count), to)

/**
 * Whether two arrays share bytes.
 * @param {Array} a
 * @param {Array} b
 */
export function overlap(a, b) {
  const [start1, start2] = [byteOffsetOf(a), byteOffsetOf(b)]
  return bufferOf(a) === bufferOf(b) && start1 < start2 + byteLengthOf(b) && start2 < start1 + byteLengthOf(a)
}
