/** Inputs as they come: what is taken for a tensor. */
import { checkReach, view } from './core.js'
import { dtypeOf, holds } from './dtypes.js'
import { otherDtype, proxyHint, shown, tuple, typeName } from './errors.js'
import { fromNested, notANumber } from './nested.js'
import { dtypeName, integers } from './options.js'
import { elementCount, fieldsOf, strided } from './strided.js'
import { Tensor } from './tensor.js'
import { arrayName, lengthOf } from './typed-arrays.js'

/** @typedef {import('./dtypes.js').DType} DType */
/** @typedef {import('./dtypes.js').TypedArray} TypedArray */
/** @typedef {import('./strided.js').Strided} Strided */
/**
 * Anything with its data and its shape, as other libraries describe a tensor: scijs and stdlib say shape and stride(s),
 * ONNX Runtime and transformers.js dims and type. Strides and offset count elements.
 * @typedef {{ data: TypedArray | number[], shape?: ArrayLike<number>, dims?: ArrayLike<number>, strides?: any,
 *   stride?: any, offset?: number, dtype?: string, type?: string }} Descriptor
 */
/** @typedef {{ dataSync(): TypedArray, shape: ArrayLike<number>, dtype: string }} TfjsTensor */
/** @typedef {Tensor | import('./nested.js').Nested | Descriptor | TfjsTensor} TensorLike */

/**
 * Where the elements of a tensor are, in any of its forms. `where` and `argument` begin the sentence when an operation gets
 * none of them.
 * @param {unknown} x
 * @param {string | undefined} where
 * @param {string | undefined} argument
 * @param {DType} [dtype] what numbers in plain arrays become
 * @returns {Strided}
 */
export function asStrided(x, where, argument, dtype) {
  if (x instanceof Tensor) return fieldsOf(x)
  if (typeof x === 'number' || Array.isArray(x)) return contiguous(fromNested(x, dtype))
  if (ArrayBuffer.isView(x)) return contiguous(typedArray(x))
  if (typeof x === 'object' && x !== null) {
    const { dataSync } = /** @type {{ dataSync?: unknown }} */ (x)
    if (typeof dataSync === 'function') {
      const { shape, dtype } = /** @type {TfjsTensor} */ (x)
      return fromDescriptor({ data: dataSync.call(x), shape, dtype })
    }
    if ('data' in x) return fromDescriptor(/** @type {Descriptor} */ (x), dtype)
  }
  if (where === undefined) throw notANumber(x)
  throw new TypeError(
    `${where}: argument ${argument} must be Tensor, not ${typeName(x)}. ` +
      (proxyHint(x) || 'Give numbers, nested arrays, a typed array, a tensor(…) or { data, shape }.'),
  )
}

/**
 * @param {{ data: TypedArray, dtype: DType, shape: number[] }} x
 * @returns {Strided}
 */
function contiguous({ data, dtype, shape }) {
  const length = lengthOf(data)
  const vector = strided({ data }, { dtype, shape: [length], strides: [1] })
  return shape.length === 1 && shape[0] === length ? vector : view(vector, shape)
}

/**
 * A typed array with its dtype, which `named` may tell where several share an array.
 * @param {ArrayBufferView} array
 * @param {DType} [named]
 * @returns {{ data: TypedArray, dtype: DType, shape: number[] }}
 */
function typedArray(array, named) {
  const data = /** @type {TypedArray} */ (array)
  const name = arrayName(data)
  const own = dtypeOf(name)
  if (!own)
    throw new TypeError(`A ${name ?? 'DataView'} has no elements of one type. Use new Float32Array(buffer), say.`)
  if (named && !holds(named, name)) throw otherDtype(named, own)
  return { data, dtype: named ?? own, shape: [lengthOf(data)] }
}

/**
 * @param {Descriptor} descriptor
 * @param {DType} [listDtype]
 */
function fromDescriptor({ data, shape, dims, strides, stride, offset, dtype, type }, listDtype) {
  const name = dtype ?? type
  // scijs and stdlib so call a plain array; transformers.js has a method stride().
  const named = name === undefined || name === 'array' || name === 'generic' ? undefined : dtypeName(name)
  const steps = [strides, stride].find((list) => list !== undefined && typeof list !== 'function')
  const elements = Array.isArray(data)
    ? fromNested(data, named ?? listDtype)
    : ArrayBuffer.isView(data)
      ? typedArray(data, named)
      : undefined
  if (elements?.shape.length !== 1)
    throw new TypeError(`data must be a flat array or a typed array, got ${shown(data)}. ${proxyHint(data)}`.trim())
  const sizes = integers(shape ?? dims ?? elements.shape, 'shape', 0)
  if (steps === undefined && offset === undefined) return contiguous({ ...elements, shape: sizes })
  const start = offset === undefined ? 0 : integers([offset], 'offset', 0)[0]
  if (steps === undefined)
    return view(strided(elements, { ...elements, shape: [elementCount(sizes)], strides: [1] }, start), sizes)
  const list = integers(steps, 'strides', -Infinity)
  if (list.length !== sizes.length)
    throw new RangeError(`shape ${tuple(sizes)} and strides ${tuple(list)} must have the same length.`)
  const x = strided(elements, { dtype: elements.dtype, shape: sizes, strides: list }, start)
  checkReach(x)
  return x
}

/**
 * A tensor over `data`, as torch.as_tensor makes one: a typed array is wrapped, not copied.
 * @param {TensorLike} data
 * @param {DType} [dtype] what the data is; of plain arrays, what they become
 * @param {ArrayLike<number>} [shape]
 */
export function makeTensor(data, dtype, shape) {
  const x = ArrayBuffer.isView(data)
    ? contiguous(typedArray(data, dtype))
    : asStrided(data, undefined, undefined, dtype)
  if (dtype !== undefined && x.dtype !== dtype) throw otherDtype(dtype, x.dtype)
  if (shape !== undefined) return new Tensor(view(x, integers(shape, 'shape', 0)))
  if (data instanceof Tensor) return data
  Object.freeze(x.shape)
  Object.freeze(x.strides)
  return new Tensor(x)
}
