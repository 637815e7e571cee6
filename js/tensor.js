/** Tensors: a strided view of a typed array, with the views and conversions that PyTorch's have. */
import { checkReach, element, sizeAt, toJs, toWasm, transpose, unsqueeze, view } from './core.js'
import { dtypeOf, holds } from './dtypes.js'
import { otherDtype, proxyHint, shown, tuple } from './errors.js'
import { dtypeName, integer, integers } from './options.js'
import { print } from './print.js'
import { addressOf } from './residence.js'
import { elementCount, fieldsOf, Strided } from './strided.js'
import { arrayName } from './typed-arrays.js'

/** @typedef {number | bigint | boolean} Element */
/** @typedef {Element | NestedElements[]} NestedElements */

/**
 * What somebody else says a tensor's fields are: an array of the dtype's class, and lists of its own.
 * @param {any} fields
 * @returns {Strided}
 */
function checkedFields(fields) {
  const { memory, ...given } = fieldsOf(fields)
  if (memory) addressOf(memory)
  const name = memory ? memory.array : arrayName(given.data)
  if (!name)
    throw new TypeError(`data must be a typed array, got ${shown(given.data)}. ${proxyHint(given.data)}`.trim())
  const dtype = dtypeName(given.dtype)
  if (!holds(dtype, name)) throw otherDtype(dtype, dtypeOf(name))
  const shape = Object.freeze(integers(given.shape, 'shape', 0))
  const strides = Object.freeze(integers(given.strides, 'strides', -Infinity))
  if (shape.length !== strides.length)
    throw new RangeError(`shape ${tuple(shape)} and strides ${tuple(strides)} must have the same length.`)
  return new Strided(given.data, memory, { dtype, shape, strides }, integers([given.offset], 'offset', 0)[0])
}

/*
 * The `data` of tensors in WebAssembly memory. One getter for all, the first property that they get: with one of each
 * tensor's own, in the place of another value, engines hold every tensor for an object of another kind, and read its
 * properties several times as slowly.
 */
const COPY = {
  enumerable: true, // so that a structured clone has the elements
  /** @this {Tensor} @returns {any} */
  get() {
    return this.memory?.copy()
  },
}

/** A strided view of a typed array, with PyTorch's shape, dtype and views. It prints as PyTorch prints. */
export class Tensor {
  /**
   * @param {{ data?: import('./dtypes.js').TypedArray, memory?: Strided['memory'], dtype: import('./dtypes.js').DType,
   *   shape: readonly number[], strides: readonly number[], offset: number }} fields
   */
  constructor(fields) {
    const strided = fields instanceof Strided ? fields : checkedFields(fields)
    const { memory, dtype, shape, strides, offset } = strided
    if (memory) {
      Object.defineProperty(this, 'data', COPY)
    } else {
      /**
       * The elements: of a view, all of those it is a view of; a fresh copy of them where the device is wasm. float16 is
       * its bits where there is no Float16Array.
       * @readonly
       * @type {import('./dtypes.js').TypedArray}
       */
      this.data = strided.data
    }
    /** For the package itself: where the elements are, on the wasm device. */
    this.memory = memory
    this.dtype = dtype
    /** Frozen where it was made, as tensors of the same shape may share it. */
    this.shape = shape
    /** How far apart neighbours along each dim are, in elements. */
    this.strides = strides
    /** The place of the element at index 0, 0, …, in elements. */
    this.offset = offset
    Object.freeze(this)
  }

  /** Where the elements are: 'wasm', where they are used in place, or 'js', from where they are copied on every use. */
  get device() {
    return this.memory ? 'wasm' : 'js'
  }

  /**
   * The same tensor on another device, contiguous: a copy, or itself when it is there. RangeError when WebAssembly's memory
   * is full.
   * @param {'wasm' | 'js'} device
   */
  to(device) {
    if (device !== 'wasm' && device !== 'js')
      throw new TypeError(
        `Expected one of wasm, js device type at start of device string: ${shown(device)}. ` +
          "to('wasm') copies a tensor to where it is used in place, to('js') back.",
      )
    if (this.memory) addressOf(this.memory)
    if (device === this.device) return this
    return new Tensor(device === 'wasm' ? toWasm(this) : toJs(this))
  }

  /**
   * Gives the memory of a tensor on the wasm device back; it, and all its views, cannot be used any more. Without, that
   * happens some time after the last of them became unreachable.
   */
  dispose() {
    this.memory?.dispose()
  }

  /** For `using`. An engine that lacks the symbol gets a method that nobody will call, named 'undefined'. */
  [Symbol.dispose]() {
    this.dispose()
  }

  /**
   * The size of one dim; negative dims count from the end. RangeError for a dim that there is not.
   * @param {number} dim
   */
  size(dim) {
    return sizeAt(this, integer('size()', 'dim', dim))
  }

  /** The only element: a number, a bigint of int64, or a boolean of bool. RangeError when there is not exactly one. */
  item() {
    const count = elementCount(this.shape)
    if (count !== 1)
      throw new RangeError(
        `a Tensor with ${count} elements cannot be converted to Scalar. For all of them, use tolist().`,
      )
    return element(this, this.offset)
  }

  /** The elements as nested arrays, or one element where there are no dims. @returns {NestedElements} */
  tolist() {
    if (this.memory) checkReach(fieldsOf(this))
    /** @type {(dim: number, at: number) => NestedElements} */
    const list = (dim, at) =>
      dim === this.shape.length
        ? element(this, at)
        : Array.from({ length: this.shape[dim] }, (_, i) => list(dim + 1, at + i * this.strides[dim]))
    return list(0, this.offset)
  }

  /**
   * The same data under another shape, one size of which may be -1. RangeError where that needs a copy.
   * @param {...(number | readonly number[])} shape sizes, or one array of them
   */
  view(...shape) {
    return new Tensor(
      view(
        this,
        shape.flat().map((size) => integer('view()', 'shape', size)),
      ),
    )
  }

  /**
   * A view with a dim of size 1 put in before `dim`.
   * @param {number} dim
   */
  unsqueeze(dim) {
    return new Tensor(unsqueeze(this, integer('unsqueeze()', 'dim', dim)))
  }

  /**
   * A view with two dims exchanged.
   * @param {number} dim0
   * @param {number} dim1
   */
  transpose(dim0, dim1) {
    return new Tensor(transpose(this, integer('transpose()', 'dim0', dim0), integer('transpose()', 'dim1', dim1)))
  }

  /** As PyTorch prints it. */
  toString() {
    if (this.memory) checkReach(fieldsOf(this))
    const { shape, strides, offset } = this
    return print([...shape], this.dtype, (i) => {
      let at = offset
      for (let dim = shape.length - 1; dim >= 0; dim--) {
        at += (i % shape[dim]) * strides[dim]
        i = Math.floor(i / shape[dim])
      }
      return element(this, at)
    })
  }

  /**
   * A 0-d tensor is its number, wherever one is wanted.
   * @param {string} hint
   */
  [Symbol.toPrimitive](hint) {
    if (hint === 'number') return Number(this.item())
    return hint === 'default' && this.shape.length === 0 ? this.item() : this.toString()
  }

  /** For console.log in Node. */
  [Symbol.for('nodejs.util.inspect.custom')]() {
    return this.toString()
  }
}
