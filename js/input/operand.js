/** What counts as a tensor, and where its elements are. */
import { dtypeOf, holds } from '../dtypes.js'
import { BITS_OF_HALVES, BYTES_OF_FLOATS, otherDtype, shown, tuple, typeName } from '../error-messages.js'
import { elementCount, readPlainFields, Strided } from '../tensor/strided.js'
import { Tensor } from '../tensor/tensor.js'
import { arrayName, isDetached, lengthOf } from '../typed-array-intrinsics.js'
import { checkReach } from '../wasm/check.js'
import { view } from '../wasm/relayout.js'
import { runToEnd } from '../wasm/tiles.js'
import { contentsOf, isDescriptor, isTensorLike } from './containers.js'
import { hintFor, hintForData } from './hints.js'
import { errorIn, within } from './item-error.js'
import { fromNested, notANumber } from './nested.js'
import { dtypeName, integers } from './options.js'
import { depthOfRows, stack } from './stack.js'

/** @typedef {import('../dtypes.js').DType} DType */
/** @typedef {import('../dtypes.js').TypedArray} TypedArray */
/** @typedef {import('./nested.js').Elements} Elements */
/**
 * @template T
 * @typedef {import('../wasm/tiles.js').Sliced<T>} Sliced
 */
/**
 * Data with a shape, as other libraries describe a tensor: scijs and stdlib say shape and stride(s), ONNX Runtime and
 * transformers.js dims and type. Strides and offset count elements.
 * @typedef {{ data: TypedArray | number[], shape?: ArrayLike<number>, dims?: ArrayLike<number>, strides?: any,
 *   stride?: any, offset?: number, dtype?: string, type?: string }} Descriptor
 */

/**
 * Two operands of a function, `where`, by their names.
 * @param {string} where
 * @param {string} name1
 * @param {unknown} x1
 * @param {string} name2
 * @param {unknown} x2
 * @param {DType} [dtype] what the operation casts to, and plain numbers become
 */
export function operands(where, name1, x1, name2, x2, dtype) {
  const first = operand(where, name1, 1, x1, dtype)
  const second = x2 === x1 ? first : operand(where, name2, 2, x2, dtype)
  return together([x1, x2], [first, second])
}

/**
 * The operands of a call. TypeError for a bare Uint16Array beside float16: its elements would be read as integers, and are
 * most likely the bits of half floats. A tensor whose dtype is uint16 promotes as in PyTorch.
 * @param {readonly unknown[]} given
 * @param {Strided[]} read what they were read as
 */
export function together(given, read) {
  if (read.some(({ dtype }) => dtype === 'float16'))
    for (let k = 0; k < read.length; k++)
      if (read[k].dtype === 'uint16' && isBare(given[k]))
        throw new TypeError(
          `A Uint16Array beside float16 is ambiguous. ${BITS_OF_HALVES} Or, for integers, tensor(x, { dtype: 'uint16' }).`,
        )
  return read
}

/** Whether the dtype of an operand is only that of its typed arrays. @param {any} x @returns {boolean} */
const isBare = (x) => (Array.isArray(x) ? x.some(isBare) : !(x instanceof Tensor) && (x.dtype ?? x.type) === undefined)

/** The dtype that plain numbers become. The core refuses any that is not floating. @param {DType} [dtype] */
const floating = (dtype) => (dtype?.startsWith('float') ? dtype : undefined)

/**
 * @param {string} where
 * @param {string} name
 * @param {number} position
 * @param {unknown} x
 * @param {DType} [dtype] what the operation casts to, and plain numbers become
 * @returns {Strided}
 */
function operand(where, name, position, x, dtype) {
  if (Array.isArray(x)) return runToEnd(operandInSlices(where, name, position, x, dtype))
  let strided
  try {
    strided = asStrided(x, floating(dtype))
  } catch (error) {
    throw errorIn(error, name)
  }
  if (strided) return strided
  throw new TypeError(
    `${mustBeTensor(where, name, position, typeName(x))} ` +
      (hintFor(x) || 'Pass a number, nested arrays, a typed array, a tensor(…) or { data, shape }.'),
  )
}

/**
 * The same two operands. Copying long lists pauses whenever `pause()` says so.
 * @param {string} where
 * @param {[name: string, x: unknown][]} named
 * @param {DType | undefined} dtype
 * @param {() => boolean} pause
 * @returns {Sliced<Strided[]>}
 */
export function* operandsInSlices(where, named, dtype, pause) {
  /** @type {Strided[]} */
  const read = []
  const given = named.map(([, x]) => x)
  for (const [i, [name, x]] of named.entries()) {
    const same = given.indexOf(x)
    read.push(read[same] ?? (yield* operandInSlices(where, name, i + 1, x, dtype, pause)))
  }
  if (pause()) yield 1 // what follows has a slice of its own
  return together(given, read)
}

/**
 * @param {string} where
 * @param {string} name
 * @param {number} position
 * @param {unknown} x
 * @param {DType} [dtype]
 * @param {() => boolean} [pause]
 * @returns {Sliced<Strided>}
 */
export function* operandInSlices(where, name, position, x, dtype, pause) {
  if (!Array.isArray(x)) return operand(where, name, position, x, dtype)
  try {
    return contiguous(yield* fromList(x, floating(dtype), undefined, pause))
  } catch (error) {
    throw errorIn(error, name)
  }
}

/** @type {(where: string, name: string, position: number, type: string) => string} */
const mustBeTensor = (where, name, position, type) =>
  `${where}: argument '${name}'${position ? ` (position ${position})` : ''} must be Tensor, not ${type}.`

/**
 * The operands of cosineDistance.
 * @param {string} where
 * @param {unknown} u
 * @param {unknown} v
 * @param {unknown} [weights]
 */
export function vectors(where, u, v, weights) {
  const read = [vector(where, 'u', 1, u), vector(where, 'v', 2, v)]
  if (weights !== undefined) read.push(vector(where, 'weights', 0, weights))
  return together([u, v, weights], read)
}

/**
 * A vector of cosineDistance, which takes bytes as numbers, but not those of a Buffer: they may be anything.
 * @param {string} where
 * @param {string} name
 * @param {number} position 0 for an option
 * @param {unknown} x
 */
function vector(where, name, position, x) {
  const { Buffer } = /** @type {any} */ (globalThis)
  if (ArrayBuffer.isView(x) && Buffer?.isBuffer?.(x))
    throw new TypeError(
      `${mustBeTensor(where, name, position, 'Buffer')} ${BYTES_OF_FLOATS} ` +
        'Or, for numbers from 0 to 255, Uint8Array.from(b).',
    )
  return operand(where, name, position, x, 'float64')
}

/**
 * The rows of an operand: an empty list has none, as long as those of the other operand.
 * @param {unknown} given
 * @param {Strided} x what it was read as
 * @param {Strided} other
 */
export function rowsOf(given, x, other) {
  if (!Array.isArray(given) || given.length > 0) return x
  const { shape } = other
  return contiguous({ data: x.data, dtype: x.dtype, shape: [0, shape[shape.length - 1] ?? 0] })
}

/**
 * @param {unknown} x
 * @param {DType} [dtype] what plain numbers become
 * @param {DType} [named] what the data of a list is said to be
 * @returns {Strided | undefined} undefined for anything that does not count as a tensor
 */
function asStrided(x, dtype, named) {
  if (x instanceof Tensor) return readPlainFields(x)
  if (typeof x === 'number' || Array.isArray(x)) return contiguous(runToEnd(fromList(x, dtype, named)))
  if (ArrayBuffer.isView(x)) return contiguous(fromTypedArray(x, named))
  if (typeof x !== 'object' || x === null) return
  if (isDescriptor(x)) return fromDescriptor(/** @type {Descriptor} */ (x), dtype, named)
  const contents = contentsOf(x)
  return contents === undefined ? undefined : asStrided(contents, dtype, named)
}

/**
 * Numbers, or a list of tensors, arrays and numbers.
 * @param {unknown} x
 * @param {DType} [dtype]
 * @param {DType} [named]
 * @param {() => boolean} [pause]
 * @returns {Sliced<Elements>}
 */
function* fromList(x, dtype, named, pause) {
  const depth = depthOfRows(x, isTensorLike)
  if (depth === undefined) return yield* fromNested(x, dtype, named, pause)
  const read = (/** @type {unknown} */ row) => /** @type {Strided} */ (asStrided(row, dtype, named))
  return yield* stack(x, depth, { isTensorLike, read }, pause)
}

/** @param {Elements} elements */
function contiguous({ data, dtype, shape }) {
  const length = lengthOf(data)
  const vector = new Strided(data, undefined, dtype, [length], [1])
  return shape.length === 1 && shape[0] === length ? vector : view(vector, shape)
}

/**
 * @param {ArrayBufferView} array
 * @param {DType} [named] for a class of array that can hold several dtypes
 * @returns {Elements}
 */
function fromTypedArray(array, named) {
  const data = /** @type {TypedArray} */ (array)
  const name = arrayName(data)
  const own = dtypeOf(name)
  if (!own)
    throw new TypeError(
      `A ${name ?? 'DataView'} has no element type. If these are the bytes of floats, ` +
        'pass new Float32Array(x.buffer, x.byteOffset, x.byteLength / 4).',
    )
  if (named && !holds(named, name)) throw otherDtype(named, own)
  if (isDetached(data))
    throw new TypeError(
      'The array is detached: its buffer was transferred, as to a worker. Pass a copy made before that.',
    )
  return { data, dtype: named ?? own, shape: [lengthOf(data)] }
}

/** The dtypes that scijs and stdlib give plain arrays and Buffers. */
const ANY_DTYPE = ['array', 'generic', 'buffer']

/**
 * @param {Descriptor} descriptor
 * @param {DType} [listDtype] what plain numbers become
 * @param {DType} [givenDtype] what the data is, unless the descriptor says so
 */
function fromDescriptor(descriptor, listDtype, givenDtype) {
  const { data, shape, dims, strides, stride, offset, dtype, type } = descriptor
  const name = dtype ?? type
  const named = name === undefined || ANY_DTYPE.includes(name) ? givenDtype : dtypeName(name)
  const elements = Array.isArray(data)
    ? within(['data'], () => runToEnd(fromNested(data, listDtype, named)))
    : ArrayBuffer.isView(data)
      ? fromTypedArray(data, named)
      : undefined
  if (elements?.shape.length !== 1)
    throw new TypeError(
      `data must be a flat array or a typed array, got ${shown(data)}. ${hintForData(descriptor)}`.trim(),
    )
  const sizes = integers(shape ?? dims ?? elements.shape, 'shape', 0)
  const given = [strides, stride].find((list) => list !== undefined && typeof list !== 'function') // transformers.js has a method stride()
  if (given === undefined && offset === undefined) return contiguous({ ...elements, shape: sizes })
  const start = offset === undefined ? 0 : integers([offset], 'offset', 0)[0]
  if (given === undefined) {
    const vector = new Strided(elements.data, undefined, elements.dtype, [elementCount(sizes)], [1], start)
    return view(vector, sizes)
  }
  const list = integers(given, 'strides', -Infinity)
  if (list.length !== sizes.length)
    throw new RangeError(`shape ${tuple(sizes)} and strides ${tuple(list)} must have the same length.`)
  const x = new Strided(elements.data, undefined, elements.dtype, sizes, list, start)
  checkReach(x)
  return x
}

/**
 * A tensor over `data`, as torch.as_tensor makes one: a typed array is wrapped, not copied.
 * @param {import('../../types/index.js').TensorLike} data
 * @param {DType} [dtype] what the data is; plain numbers become it
 * @param {ArrayLike<number>} [shape]
 */
export function makeTensor(data, dtype, shape) {
  let x
  try {
    x = asStrided(data, dtype, dtype)
    if (!x) throw notANumber(data)
  } catch (error) {
    throw errorIn(error, '')
  }
  if (dtype !== undefined && x.dtype !== dtype) throw otherDtype(dtype, x.dtype)
  if (shape !== undefined) return new Tensor(view(x, integers(shape, 'shape', -Infinity))) // the core infers -1
  if (data instanceof Tensor) return data
  Object.freeze(x.shape)
  Object.freeze(x.strides)
  return new Tensor(x)
}
