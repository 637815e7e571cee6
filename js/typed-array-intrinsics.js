/**
 * Typed arrays, read through the intrinsics of %TypedArray%, which are taken once at import. The properties of an array, of
 * its class and of its prototypes cannot be trusted.
 */

export const TypedArray = Object.getPrototypeOf(Uint8Array)
const { prototype } = TypedArray
const { set } = prototype

/** @param {string | symbol} name @returns {(this: unknown) => any} */
const getter = (name) => /** @type {any} */ (Object.getOwnPropertyDescriptor(prototype, name)).get

const tag = getter(Symbol.toStringTag)
const length = getter('length')
const buffer = getter('buffer')
const byteOffset = getter('byteOffset')
const byteLength = getter('byteLength')

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
 * The name of a typed array's class, whatever window it comes from; undefined for anything else, including a Proxy of a
 * typed array.
 * @param {unknown} x
 * @returns {string | undefined}
 */
export const arrayName = (x) => tag.call(x)

/** @param {import('./dtypes.js').TypedArray} array @returns {number} */
export const lengthOf = (array) => length.call(array)

/**
 * A fresh array of the class with that name.
 * @param {string} name
 * @param {number} count
 */
export const makeArray = (name, count) => new CLASSES[name](count)

/**
 * A view of a part of an array. subarray would ask the array's class which class to make.
 * @param {import('./dtypes.js').TypedArray} array
 * @param {number} start
 * @param {number} count
 */
export function part(array, start, count) {
  const Class = CLASSES[tag.call(array)]
  return new Class(buffer.call(array), byteOffset.call(array) + start * Class.BYTES_PER_ELEMENT, count)
}

/**
 * Copies all elements of `source` into `target`, from `to` on.
 * @param {import('./dtypes.js').TypedArray} target
 * @param {number} to
 * @param {import('./dtypes.js').TypedArray} source
 */
export const copyAll = (target, to, source) => set.call(target, source, to)

/**
 * Copies `count` elements of `source`, from `from` on.
 * @param {import('./dtypes.js').TypedArray} target
 * @param {number} to
 * @param {import('./dtypes.js').TypedArray} source
 * @param {number} from
 * @param {number} count
 */
export const copy = (target, to, source, from, count) =>
  set.call(target, from === 0 && count === length.call(source) ? source : part(source, from, count), to)

/**
 * Whether two arrays share bytes.
 * @param {import('./dtypes.js').TypedArray} a
 * @param {import('./dtypes.js').TypedArray} b
 */
export function overlap(a, b) {
  const [start1, start2] = [byteOffset.call(a), byteOffset.call(b)]
  return (
    buffer.call(a) === buffer.call(b) && start1 < start2 + byteLength.call(b) && start2 < start1 + byteLength.call(a)
  )
}
