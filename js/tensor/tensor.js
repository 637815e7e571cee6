/** Tensors: a strided view of a typed array or of WebAssembly memory, with PyTorch's views and conversions. */

import { dtypeOf, holds } from '../dtypes.js'
import { otherDtype, shown, tuple } from '../error-messages.js'
import { hintFor } from '../input/hints.js'
import { dtypeName, integer, integers } from '../input/options.js'
import { arrayName } from '../typed-array-intrinsics.js'
import { checkReach } from '../wasm/check.js'
import { canView, sizeAt, transpose, unsqueeze, view } from '../wasm/relayout.js'
import { addressOf } from '../wasm/resident.js'
import { toJs, toWasm } from './devices.js'
import { element, jsonElement, nested } from './elements.js'
import { print } from './print.js'
import { elementCount, readFields, readPlainFields, Strided } from './strided.js'

/** @typedef {import('../../types/index.js').TensorOf<any, any>} Declared */

/**
 * Checks fields that the caller gives, and copies the lists.
 * @param {any} fields
 */
function checkFields(fields) {
  const { memory } = fields
  const data = memory ? undefined : fields.data // otherwise its getter would copy the elements
  if (memory) addressOf(memory) // throws for anything but a WasmBuffer
  const name = memory ? memory.array : arrayName(data)
  if (!name) throw new TypeError(`data must be a typed array, got ${shown(data)}. ${hintFor(data) || 'Use tensor(…).'}`)
  const dtype = dtypeName(fields.dtype)
  if (!holds(dtype, name)) throw otherDtype(dtype, dtypeOf(name))
  const shape = Object.freeze(integers(fields.shape, 'shape', 0))
  const strides = Object.freeze(integers(fields.strides, 'strides', -Infinity))
  if (shape.length !== strides.length)
    throw new RangeError(`shape ${tuple(shape)} and strides ${tuple(strides)} must have the same length.`)
  const [offset] = integers([fields.offset], 'offset', 0)
  return new Strided(data, memory, dtype, shape, strides, offset)
}

/**
 * The fields of a tensor whose elements are read one by one. Throws if a resident tensor was disposed of, or would read
 * beyond its memory.
 * @param {Tensor} tensor
 */
function readable(tensor) {
  const fields = readPlainFields(tensor)
  if (fields.memory) checkReach(fields)
  return fields
}

/**
 * Inside the class, it would refer to itself, and the build would rename it: constructor.name would be _Tensor.
 * @param {Strided} strided
 */
function fromStrided(strided) {
  return new Tensor(strided)
}

/**
 * What a tensor iterates over. Views share `shape` and `strides`.
 * @param {Strided} x
 * @returns {IterableIterator<any>}
 */
function* alongFirstDim({ data, memory, dtype, shape: [size, ...shape], strides: [stride, ...strides], offset }) {
  Object.freeze(shape)
  Object.freeze(strides)
  for (let i = 0, start = offset; i < size; i++, start += stride) {
    const x = new Strided(data, memory, dtype, shape, strides, start)
    yield shape.length === 0 ? element(x, start) : fromStrided(x)
  }
}

/** @param {number} count */
const notSingle = (count) =>
  new RangeError(`a Tensor with ${count} elements cannot be converted to Scalar. For all of them, use tolist().`)

/*
 * The `data` of resident tensors: one shared getter, defined before any other field. If each tensor had its own,
 * engines would give every tensor another hidden class, and reading its fields would be several times slower.
 */
const COPY = {
  __proto__: null, // a descriptor inherits fields otherwise
  enumerable: true, // so that a structured clone carries the elements
  /** @this {Tensor} @returns {any} */
  get() {
    return this.memory?.copy()
  },
}

/**
 * What types/index.d.ts declares and describes.
 * @implements {Declared}
 */
export class Tensor {
  /**
   * Use tensor(…) instead.
   * @param {{ data?: import('../dtypes.js').TypedArray, memory?: Strided['memory'], dtype: import('../dtypes.js').DType,
   *   shape: readonly number[], strides: readonly number[], offset: number }} fields
   * @throws {TypeError} for an array that does not hold the dtype, or a field of another type
   * @throws {RangeError} for an out-of-range shape or offset
   */
  constructor(fields) {
    const strided = fields instanceof Strided ? fields : checkFields(fields)
    const { memory, dtype, shape, strides, offset } = strided
    if (memory) {
      Object.defineProperty(this, 'data', COPY)
    } else {
      /** @readonly @type {import('../dtypes.js').TypedArray} */
      this.data = strided.data
    }
    /**
     * Internal: where the elements of a tensor on the wasm device are.
     * @readonly
     */
    this.memory = memory
    /** @readonly */
    this.dtype = dtype
    /** @readonly */
    this.shape = shape
    /** @readonly */
    this.strides = strides
    /** @readonly */
    this.offset = offset
    Object.freeze(this)
  }

  get device() {
    return this.memory ? 'wasm' : 'js'
  }

  get length() {
    return this.shape[0]
  }

  /** @type {Declared[typeof Symbol.iterator]} */
  [Symbol.iterator]() {
    // A 0-d tensor yields its element, where PyTorch's throws: to tell whether two are equal, test runners iterate them.
    const fields = readable(this)
    return fields.shape.length === 0 ? [this.item()][Symbol.iterator]() : alongFirstDim(fields)
  }

  /** @type {Declared['to']} */
  to(device) {
    if (device !== 'wasm' && device !== 'js')
      throw new TypeError(
        `Expected one of wasm, js device type at start of device string: ${shown(device)}. ` +
          "to('wasm') copies a tensor to WebAssembly memory, to('js') copies it back.",
      )
    if (this.memory) addressOf(this.memory) // throws after dispose()
    if (device === this.device) return this
    const fields = readPlainFields(this)
    return fromStrided(device === 'wasm' ? toWasm(fields) : toJs(fields))
  }

  dispose() {
    this.memory?.dispose()
  }

  /** For `using`. In engines without Symbol.dispose the method is named 'undefined', which is harmless. */
  [Symbol.dispose]() {
    this.dispose()
  }

  /** @type {Declared['size']} */
  size(dim) {
    return sizeAt(readPlainFields(this), integer('size()', 'dim', dim))
  }

  /** @type {Declared['item']} */
  item() {
    const fields = readFields(this)
    const count = elementCount(fields.shape)
    if (count !== 1) throw notSingle(count)
    return element(fields, fields.offset)
  }

  /** @type {Declared['tolist']} */
  tolist() {
    return nested(readable(this), (x) => x)
  }

  /** @type {Declared['toJSON']} */
  toJSON() {
    return nested(readable(this), jsonElement)
  }

  /** @type {Declared['view']} */
  view(...shape) {
    const sizes = shape.flat().map((size) => integer('view()', 'shape', size))
    return fromStrided(view(readPlainFields(this), sizes))
  }

  /** @type {Declared['reshape']} */
  reshape(...shape) {
    const sizes = shape.flat().map((size) => integer('reshape()', 'shape', size))
    const fields = readPlainFields(this)
    const viewable = canView(fields, sizes) ? fields : fields.memory ? toWasm(fields) : toJs(fields)
    return fromStrided(view(viewable, sizes))
  }

  /** @type {Declared['unsqueeze']} */
  unsqueeze(dim) {
    return fromStrided(unsqueeze(readPlainFields(this), integer('unsqueeze()', 'dim', dim)))
  }

  /** @type {Declared['transpose']} */
  transpose(dim0, dim1) {
    const [first, second] = [integer('transpose()', 'dim0', dim0), integer('transpose()', 'dim1', dim1)]
    return fromStrided(transpose(readPlainFields(this), first, second))
  }

  toString() {
    const { shape, strides, offset, dtype } = readable(this)
    return print([...shape], dtype, (i) => {
      let at = offset
      for (let dim = shape.length - 1; dim >= 0; dim--) {
        at += (i % shape[dim]) * strides[dim]
        i = Math.floor(i / shape[dim])
      }
      return element(this, at)
    })
  }

  /** @type {Declared[typeof Symbol.toPrimitive]} */
  [Symbol.toPrimitive](hint) {
    if (hint === 'number') return Number(this.item())
    return hint === 'default' && this.shape.length === 0 ? this.item() : this.toString()
  }

  /** For console.log in Node. */
  [Symbol.for('nodejs.util.inspect.custom')]() {
    return this.toString()
  }
}
