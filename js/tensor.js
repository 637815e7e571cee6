/** Tensors: what is taken for one, and the views and conversions that a tensor has. */
import { DTYPES, sizeAt, transpose, unsqueeze, view } from './core.js'
import { shown, tuple, typeName } from './errors.js'
import { print } from './print.js'

/** @typedef {import('./core.js').DType} DType */
/** @typedef {import('./core.js').Strided} Strided */
/** @typedef {number | Nested[] | Float32Array | Float64Array} Nested numbers, nested to any depth */
/**
 * Anything with its data and its shape, as other libraries describe a tensor; strides and offset count elements.
 * @typedef {{ data: Float32Array | Float64Array | number[], shape?: ArrayLike<number>, dims?: ArrayLike<number>,
 *   strides?: ArrayLike<number>, stride?: ArrayLike<number>, offset?: number, dtype?: string, type?: string }} Descriptor
 */
/** @typedef {Tensor | Nested | Descriptor} TensorLike */
/** @typedef {number | NestedNumbers[]} NestedNumbers */

/** A strided view of a typed array, with PyTorch's shape, dtype and views. It prints as PyTorch prints. */
export class Tensor {
  /** @param {Strided} strided */
  constructor({ data, dtype, shape, strides, offset }) {
    /** The elements: of a view, all of those it is a view of. */
    this.data = data
    this.dtype = dtype
    /** @type {readonly number[]} */
    this.shape = Object.freeze([...shape])
    /** How far apart neighbours along each dim are, in elements. @type {readonly number[]} */
    this.strides = Object.freeze([...strides])
    /** The place of the element at index 0, 0, …, in elements. */
    this.offset = offset
    Object.freeze(this)
  }

  /**
   * The size of one dim; negative dims count from the end. RangeError for a dim that there is not.
   * @param {number} dim
   */
  size(dim) {
    return sizeAt(this, integer('size()', 'dim', dim))
  }

  /** The only element, as a number. RangeError when there is not exactly one. */
  item() {
    const count = elementCount(this.shape)
    if (count !== 1)
      throw new RangeError(
        `a Tensor with ${count} elements cannot be converted to Scalar. For all of them, use tolist().`,
      )
    return this.data[this.offset]
  }

  /** The elements as nested arrays, or a number where there are no dims. @returns {NestedNumbers} */
  tolist() {
    /** @type {(dim: number, at: number) => NestedNumbers} */
    const list = (dim, at) =>
      dim === this.shape.length
        ? this.data[at]
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
    const { data, shape, strides, offset } = this
    return print([...shape], this.dtype, (i) => {
      let at = offset
      for (let dim = shape.length - 1; dim >= 0; dim--) {
        at += (i % shape[dim]) * strides[dim]
        i = Math.floor(i / shape[dim])
      }
      return data[at]
    })
  }

  /**
   * A 0-d tensor is its number, wherever one is wanted.
   * @param {string} hint
   */
  [Symbol.toPrimitive](hint) {
    if (hint === 'number') return this.item()
    return hint === 'default' && this.shape.length === 0 ? this.item() : this.toString()
  }

  /** For console.log in Node. */
  [Symbol.for('nodejs.util.inspect.custom')]() {
    return this.toString()
  }
}

/** @param {readonly number[]} shape */
const elementCount = (shape) => shape.reduce((product, size) => product * size, 1)

/**
 * @param {string} where
 * @param {string} name
 * @param {unknown} value
 */
export function integer(where, name, value) {
  if (Number.isSafeInteger(value)) return /** @type {number} */ (value)
  throw new TypeError(
    `${where}: argument '${name}' must be int, not ${typeName(value)}. Got ${shown(value)}; give a whole number.`,
  )
}

/**
 * The name of a dtype that tensors can have.
 * @param {unknown} dtype
 * @returns {DType}
 */
export function dtypeName(dtype) {
  if (typeof dtype === 'string' && Object.hasOwn(DTYPES, dtype)) return /** @type {DType} */ (dtype)
  throw new TypeError(`dtype must be one of ${Object.keys(DTYPES).map(shown).join(', ')}, got ${shown(dtype)}.`)
}

/**
 * What a tensor is made of, in any of its forms. `where` begins the sentence when an operation gets none of them.
 * @param {unknown} x
 * @param {string | undefined} where
 * @param {DType} [listDtype] the dtype of numbers in plain arrays
 */
export function asTensor(x, where, listDtype = 'float32') {
  if (x instanceof Tensor) return x
  if (typeof x === 'number' || Array.isArray(x)) return fromNested(x, listDtype)
  if (ArrayBuffer.isView(x)) return vector(typedArray(x))
  if (typeof x === 'object' && x !== null && 'data' in x)
    return fromDescriptor(/** @type {Descriptor} */ (x), listDtype)
  if (where === undefined) throw notANumber(x, [], false)
  throw new TypeError(
    `${where} must be Tensor, not ${typeName(x)}. ` +
      'Give numbers, nested arrays, a Float32Array or Float64Array, a tensor(…) or { data, shape }.',
  )
}

/**
 * A typed array whose elements a tensor can have. Told by its name, so that one from another window is one too.
 * @param {ArrayBufferView} array
 * @returns {Float32Array | Float64Array}
 */
function typedArray(array) {
  const name = /** @type {any} */ (array)[Symbol.toStringTag]
  if (Object.values(DTYPES).some(({ TypedArray }) => TypedArray.name === name))
    return /** @type {Float32Array | Float64Array} */ (/** @type {unknown} */ (array))
  throw new TypeError(
    `${name} does not hold float32 or float64 numbers. ` +
      (name === 'DataView' ? 'Use new Float32Array(buffer).' : 'Convert it: Float32Array.from(x).'),
  )
}

/** @param {Float32Array | Float64Array} data */
function vector(data) {
  const name = /** @type {DType} */ (data[Symbol.toStringTag].replace('Array', '').toLowerCase())
  return new Tensor({ data, dtype: name, shape: [data.length], strides: [1], offset: 0 })
}

/** @param {readonly number[]} place */
const placeName = (place) => (place.length ? `[${place.join('][')}]` : 'the top')

/**
 * Why something in a nested array is no number, and where.
 * @param {unknown} x
 * @param {readonly number[]} place
 * @param {boolean} hole
 */
function notANumber(x, place, hole) {
  const at = `${place.length ? placeName(place) : 'The data'} is ${hole ? 'a hole' : shown(x)}`
  if (typeof x === 'bigint') return new TypeError(`A BigInt cannot be mixed with numbers: ${at}. Use Number(x).`)
  if (typeof x === 'string') {
    // torch takes a string for a sequence while it looks for the shape, which it does at the first element.
    const first = place.length > 0 && place.every((i) => i === 0)
    return new TypeError(
      `${first ? 'too many dimensions' : 'new(): invalid data type'} 'str'. ${at}; convert it with Number(x).`,
    )
  }
  return new TypeError(`Could not infer dtype of ${typeName(x)}. ${at}, where a number is expected.`)
}

/**
 * @param {number | unknown[]} x
 * @param {DType} listDtype
 */
function fromNested(x, listDtype) {
  /** @type {number[]} */
  const shape = []
  /** @type {unknown} */
  let first = x
  for (; Array.isArray(first); first = first[0]) {
    shape.push(first.length)
    if (shape.length > 64) break // a cycle, or more dims than a tensor can have, which the core will say
  }
  // Rows may be typed arrays, whose type is then the tensor's.
  const rows = ArrayBuffer.isView(first) ? vector(typedArray(first)) : undefined
  if (rows) shape.push(rows.shape[0])
  const dtype = rows?.dtype ?? listDtype
  const data = new DTYPES[dtype].TypedArray(shape.length > 64 ? 0 : elementCount(shape))
  let filled = 0
  /** @type {(x: unknown, place: number[], hole: boolean) => void} */
  const fill = (x, place, hole) => {
    const dim = place.length
    const isRow = rows && dim === shape.length - 1
    if (dim === shape.length) {
      if (typeof x !== 'number') throw Array.isArray(x) ? ragged(x, place) : notANumber(x, place, hole)
      data[filled++] = x
      return
    }
    const length =
      isRow && ArrayBuffer.isView(x) ? /** @type {any} */ (x).length : Array.isArray(x) ? x.length : undefined
    if (length === undefined) throw typeof x === 'number' ? ragged(x, place) : notANumber(x, place, hole)
    if (length !== shape[dim])
      throw new RangeError(
        `expected sequence of length ${shape[dim]} at dim ${dim} (got ${length}). ` +
          `${placeName(place)} is ${length} long, the first of its kind ${shape[dim]}: all must be equally long.`,
      )
    if (isRow) {
      const row = vector(typedArray(/** @type {ArrayBufferView} */ (x)))
      if (row.dtype !== dtype)
        throw new TypeError(`${placeName(place)} is ${row.dtype}, but the rows before it are ${dtype}.`)
      data.set(row.data, filled)
      filled += length
      return
    }
    const list = /** @type {unknown[]} */ (x)
    for (let i = 0; i < length; i++) fill(list[i], [...place, i], !(i in list))
  }
  if (shape.length <= 64) fill(x, [], false)
  return reshape(data, dtype, shape)
}

/**
 * @param {unknown} x
 * @param {readonly number[]} place
 */
const ragged = (x, place) =>
  new TypeError(
    `${Array.isArray(x) ? 'must be real number, not list' : 'not a sequence'}. ${placeName(place)} is ${shown(x)}, where ` +
      `${Array.isArray(x) ? 'a number' : 'an array'} is expected: all must be nested equally deep.`,
  )

/**
 * @param {Float32Array | Float64Array} data
 * @param {DType} dtype
 * @param {readonly number[]} shape
 */
const reshape = (data, dtype, shape) =>
  new Tensor(view({ data, dtype, shape: [data.length], strides: [1], offset: 0 }, shape))

/**
 * A list of whole numbers, read once.
 * @param {unknown} list
 * @param {string} name
 * @param {number} least
 */
function integers(list, name, least) {
  const isList = Array.isArray(list) || (ArrayBuffer.isView(list) && 'length' in list)
  if (!isList) throw new TypeError(`${name} must be an array of whole numbers, got ${shown(list)}.`)
  return Array.from(/** @type {ArrayLike<unknown>} */ (list), (value, i) => {
    if (Number.isSafeInteger(value) && /** @type {number} */ (value) >= least) return /** @type {number} */ (value)
    throw new (typeof value === 'number' ? RangeError : TypeError)(
      `${name} must be whole numbers${least === 0 ? ' from 0 on' : ''}: ${name}[${i}] is ${shown(value)}.`,
    )
  })
}

/**
 * @param {Descriptor} x
 * @param {DType} listDtype
 */
function fromDescriptor(x, listDtype) {
  const { data, shape, dims, strides, stride, offset, dtype, type } = x
  const flat = Array.isArray(data)
    ? fromNested(data, listDtype)
    : ArrayBuffer.isView(data)
      ? vector(typedArray(data))
      : undefined
  if (flat?.shape.length !== 1) throw new TypeError(`data must be a flat array or a typed array, got ${shown(data)}.`)
  const named = dtype ?? type
  if (named !== undefined && dtypeName(named) !== flat.dtype)
    throw new TypeError(
      `dtype says ${shown(named)}, but the data is ${flat.dtype}. dtype names what the data is; to convert, see an operation's dtype.`,
    )
  const sizes = integers(shape ?? dims ?? flat.shape, 'shape', 0)
  const steps = strides ?? stride
  if (steps === undefined && offset === undefined) return reshape(flat.data, flat.dtype, sizes)
  const start = integers([offset ?? 0], 'offset', 0)[0]
  if (steps === undefined)
    return new Tensor({ ...reshape(flat.data.subarray(start), flat.dtype, sizes), data: flat.data, offset: start })
  const stridesList = integers(steps, 'strides', -Infinity)
  if (stridesList.length !== sizes.length)
    throw new RangeError(`shape ${tuple(sizes)} and strides ${tuple(stridesList)} must have the same length.`)
  return new Tensor({ data: flat.data, dtype: flat.dtype, shape: sizes, strides: stridesList, offset: start })
}

/**
 * A tensor over `data`, as torch.as_tensor makes one: a typed array is wrapped, not copied; numbers become float32.
 * @param {TensorLike} data
 * @param {DType} [dtype] what the data is; for plain arrays, what they become
 * @param {ArrayLike<number>} [shape]
 */
export function makeTensor(data, dtype, shape) {
  const x = asTensor(data, undefined, dtype)
  if (dtype !== undefined && x.dtype !== dtype)
    throw new TypeError(
      `dtype says ${shown(dtype)}, but the data is ${x.dtype}. dtype names what the data is; to convert, see an operation's dtype.`,
    )
  return shape === undefined ? x : x.view(integers(shape, 'shape', 0))
}
