/**
 * Hostile arguments for fuzzing, described by plain data, so that fast-check can shrink and print them. `build` makes an
 * argument of a description: ordinary data, or data in a disguise that does mischief when it is read.
 */
import { accumulator, Tensor, tensor, topkAccumulator } from 'cosdim'
import { toNpy } from 'cosdim/npy'
import fc from 'fast-check'

const CLASSES = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  BigInt64Array,
  BigUint64Array,
  Float32Array,
  Float64Array,
]

const NUMBER = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -9, max: 9 }) },
  fc.double({ noDefaultInfinity: true }),
  fc.constantFrom(NaN, Infinity, -Infinity, -0, 1e308, 2 ** 31, 2 ** 32, 2 ** 53, -1, 0.5),
)
export const ODD = fc.oneof(
  NUMBER,
  fc.constantFrom(null, undefined, true, '', '3', 'float16', 'x'.repeat(5000), 3n, -(2n ** 63n)),
  fc.constantFrom('a symbol', 'a function', 'a class', 'a DataView', 'an object', 'a date').map((odd) => ({ odd })),
)
const SHAPE = fc.oneof(
  { weight: 9, arbitrary: fc.array(fc.nat({ max: 4 }), { maxLength: 3 }) },
  fc.array(fc.oneof(fc.nat({ max: 4 }), fc.constant(70), ODD), { maxLength: 4 }),
  fc.constantFrom(Array(70).fill(1), [1e6, 1e6, 1e6], [2 ** 52, 0]),
)
const DTYPE = fc.constantFrom(undefined, 'float32', 'float64', 'float16', 'int8', 'bool', 'int64', 'uint16', 'no dtype')
const DISGUISE = fc.constantFrom(
  'none',
  'none',
  'none',
  'proxy',
  'getters',
  'subclass',
  'species',
  'valueOf',
  'resizable',
  'shared',
  'resident',
)

/** Bytes that the package writes; one of them may be another. */
export const FILE = fc.record({
  file: fc.constantFrom('npy', 'sums', 'heaps'),
  change: fc.oneof(fc.constant(-1), fc.nat()),
  as: DISGUISE,
})

const { value: VALUE } = fc.letrec((tie) => ({
  value: fc.oneof(
    {
      weight: 2,
      arbitrary: fc.record({
        list: fc.array(fc.oneof({ weight: 9, arbitrary: NUMBER }, ODD, tie('value')), { maxLength: 6 }),
        as: DISGUISE,
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ rows: fc.nat({ max: 5 }), columns: fc.nat({ max: 80 }), seed: fc.nat(), as: DISGUISE }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        array: fc.nat({ max: CLASSES.length - 1 }),
        length: fc.oneof(fc.nat({ max: 40 }), fc.constantFrom(0, 100, 70_000)),
        seed: fc.nat(),
        as: DISGUISE,
      }),
    },
    { weight: 4, arbitrary: fc.record({ tensor: tie('data'), shape: SHAPE, dtype: DTYPE, as: DISGUISE }) },
    {
      weight: 2,
      arbitrary: fc.record({
        data: tie('data'),
        shape: SHAPE,
        strides: fc.oneof(fc.constant(undefined), SHAPE),
        offset: fc.oneof(fc.constantFrom(undefined, 0, 1), ODD),
        dtype: DTYPE,
        as: DISGUISE,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        forged: tie('data'),
        shape: SHAPE,
        strides: SHAPE,
        offset: ODD,
        dtype: DTYPE,
        as: DISGUISE,
      }),
    },
    { weight: 1, arbitrary: fc.record({ items: fc.array(tie('value'), { maxLength: 3 }), as: DISGUISE }) },
    {
      weight: 1,
      arbitrary: FILE,
    },
    { weight: 1, arbitrary: ODD },
  ),
  data: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({
      array: fc.nat({ max: CLASSES.length - 1 }),
      length: fc.nat({ max: 100 }),
      seed: fc.nat(),
      as: DISGUISE,
    }),
    tie('value'),
  ),
}))

export { VALUE }

/** Two operands of the same matrix shape, each of which may come in any form. */
export const MATCHING = fc
  .record({
    rows: fc.integer({ min: 1, max: 5 }),
    columns: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 15, max: 90 })),
  })
  .chain(({ rows, columns }) => {
    const FLOATS = fc.constantFrom(9, 10)
    const part = (/** @type {number} */ length) =>
      fc.record({ array: FLOATS, length: fc.constant(length), seed: fc.nat(), as: DISGUISE })
    const common = { shape: fc.constant([rows, columns]), as: DISGUISE }
    const form = fc.oneof(
      fc.record({ rows: fc.constant(rows), columns: fc.constant(columns), seed: fc.nat(), as: DISGUISE }),
      fc.record({ tensor: part(rows * columns), ...common }),
      fc.record({ data: part(rows * columns), ...common }),
      fc.record({ data: part(rows * columns), strides: fc.constantFrom([1, rows], [columns, 1]), ...common }),
      fc.record({ items: fc.array(part(columns), { minLength: rows, maxLength: rows }), as: DISGUISE }),
    )
    return fc.tuple(form, form)
  })

/** Bytes that the package writes. @type {Record<string, () => Uint8Array>} */
const FILES = {
  npy: () =>
    toNpy([
      [1, 2, 3],
      [4, 5, 6],
    ]),
  sums: () =>
    accumulator({ dim: 0 })
      .update([[1, 2]], [[3, 4]])
      .toBytes(),
  heaps: () =>
    topkAccumulator([1, 2], 2)
      .update([[3, 4]])
      .toBytes(),
}

const ODDITIES = {
  'a symbol': () => Symbol('odd'),
  'a function': () => () => 1,
  'a class': () => Tensor,
  'a DataView': () => new DataView(new ArrayBuffer(8)),
  'an object': () => Object.create(null),
  'a date': () => new Date(0),
}

/** Small whole numbers, many of them alike. @param {number} seed */
const number = (seed, /** @type {number} */ i) => (((seed % 1009) + 1) * (i + 3) * 7919) % 19

/** An array whose buffer can be detached, and resized if `as` says so. */
function arrayOf(Class, length, seed, as) {
  const bytes = length * Class.BYTES_PER_ELEMENT
  const buffer =
    as === 'shared'
      ? new SharedArrayBuffer(bytes)
      : as === 'resizable'
        ? new ArrayBuffer(bytes, /** @type {any} */ ({ maxByteLength: bytes + 64 }))
        : new ArrayBuffer(bytes)
  const array = new Class(buffer)
  const isBig = array instanceof BigInt64Array || array instanceof BigUint64Array
  for (let i = 0; i < length; i++) array[i] = isBig ? BigInt(number(seed, i)) : number(seed, i)
  return array
}

/**
 * What happens when something is read, which gives the value that is read, or another; and what it can happen to.
 * @typedef {{ touch: (value?: any) => any, buffers: any[], tensors: any[] }} Mischief
 */

/** @type {Record<string, (value: any, mischief: Mischief) => any>} */
const DISGUISES = {
  /** Every trap touches. */
  proxy(value, { touch }) {
    if (typeof value !== 'object' || value === null) return value
    /** @type {any} */
    const handler = {}
    for (const trap of ['get', 'has', 'getPrototypeOf', 'ownKeys', 'getOwnPropertyDescriptor', 'set'])
      handler[trap] = (/** @type {any[]} */ ...args) => {
        if (trap === 'get') return touch(Reflect.get(args[0], args[1]))
        touch()
        return /** @type {any} */ (Reflect)[trap](...args)
      }
    return new Proxy(value, handler)
  },
  /** Every own property that can be is a getter that touches. */
  getters(value, { touch }) {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || value instanceof Tensor)
      return value
    for (const key of Object.keys(value).slice(0, 50)) {
      const inner = value[key]
      Object.defineProperty(value, key, {
        get: () => touch(inner),
      })
    }
    return value
  },
  /** Of a subclass whose getters and iterator touch. */
  subclass(value, { touch }) {
    if (!Array.isArray(value) && !ArrayBuffer.isView(value)) return value
    const Class = /** @type {any} */ (value.constructor)
    class Sub extends Class {
      get [Symbol.toStringTag]() {
        touch()
        return 'Float32Array'
      }
      get buffer() {
        touch()
        return super.buffer
      }
      get byteLength() {
        touch()
        return 2 ** 40
      }
      subarray() {
        touch()
        return Object.assign(new Uint8Array(9), { length: 1 })
      }
      slice() {
        touch()
        return Object.create(null)
      }
      *[Symbol.iterator]() {
        touch()
        for (;;) yield 1
      }
    }
    Object.setPrototypeOf(value, Sub.prototype)
    return value
  },
  species(value, { touch }) {
    if (!Array.isArray(value) && !ArrayBuffer.isView(value)) return value
    const Class = /** @type {any} */ (value.constructor)
    Object.defineProperty(value, 'constructor', {
      value: {
        get [Symbol.species]() {
          touch()
          return Class
        },
      },
    })
    return value
  },
  valueOf(value, { touch }) {
    if (!Array.isArray(value)) return value
    return value.map((item) =>
      typeof item !== 'number'
        ? item
        : {
            valueOf: () => touch(item),
          },
    )
  },
  resident(value, { tensors }) {
    if (!ArrayBuffer.isView(value) && !(value instanceof Tensor)) return value
    const resident = tensor(/** @type {any} */ (value)).to('wasm')
    tensors.push(resident)
    return resident
  },
}

/**
 * Each kind of description by the name of its first property.
 * @type {Record<string, (described: any, mischief: Mischief) => any>}
 */
const KINDS = {
  odd: ({ odd }) => ODDITIES[/** @type {keyof typeof ODDITIES} */ (odd)](),
  list: ({ list }, mischief) => list.map((/** @type {any} */ item) => build(item, mischief)),
  items: ({ items }, mischief) => items.map((/** @type {any} */ item) => build(item, mischief)),
  rows: ({ rows, columns, seed }) =>
    Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (_, i) => number(seed + row, i))),
  array: ({ array, length, seed, as }, { buffers }) => {
    const made = arrayOf(CLASSES[array], length, seed, as)
    buffers.push(made.buffer)
    return made
  },
  file({ file, change }, { buffers }) {
    const bytes = FILES[file]()
    if (change >= 0) bytes[change % bytes.length] ^= 1 + (change % 255)
    buffers.push(bytes.buffer)
    return bytes
  },
  tensor: ({ tensor: data, shape, dtype }, mischief) =>
    tensor(build(data, mischief), { dtype, shape: build(shape, mischief) }),
  data: ({ as, ...fields }, mischief) => buildAll(fields, mischief),
  forged: ({ as, forged, ...fields }, mischief) =>
    Object.assign(Object.create(Tensor.prototype), buildAll({ data: forged, ...fields }, mischief)),
}

/** @param {any} fields */
export const buildAll = (fields, /** @type {Mischief} */ mischief) =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, build(field, mischief)]))

/**
 * Makes what a description says. Throws what tensor() does.
 * @param {any} described
 * @param {Mischief} mischief
 * @returns {any}
 */
export function build(described, mischief) {
  if (Array.isArray(described)) return described.map((item) => build(item, mischief))
  if (typeof described !== 'object' || described === null) return described
  const kind = Object.keys(described).find((name) => KINDS[name])
  const value = KINDS[/** @type {string} */ (kind)](described, mischief)
  return DISGUISES[described.as]?.(value, mischief) ?? value
}
