/** Plain numbers, copied in tight loops. A loop gives up at the first mistake; js/input/nested.js then finds its place. */
import { halfBits } from '../tensor/elements.js'
import { arrayName, copyAll } from '../typed-array-intrinsics.js'

/** From here on, a finite number rounds to infinity. @type {Record<string, number>} */
export const OVERFLOW = { float16: 65520, float32: 2 ** 128 - 2 ** 103, float64: Infinity }

/**
 * An element of any list. Code that reads both lists of numbers and lists of lists with [] makes V8 turn the former into
 * the kind of the latter, with every number an object: that takes 0.3 s for 5000 embeddings and slows their owner down.
 * @type {(list: any, i: number) => any}
 */
export const elementAt = (list, i) => Reflect.get(list, i)

/*
 * The loops take eight numbers at a time, which is twice as fast as one. `| 0` tells V8 that an index does not overflow,
 * which it checks otherwise: a quarter of the time.
 */

/**
 * Copies `count` numbers, or returns false at anything that is none. Those that are too large become infinities. It copies to
 * no other class, so that engines know which arrays they copy.
 * @param {Float32Array} data
 * @param {number} to
 * @param {any[]} row
 * @param {number} count
 */
export function copyNumbers(data, to, row, count) {
  let i = 0
  for (; i + 7 < count; i += 8, to = (to + 8) | 0) {
    const a = row[i]
    const b = row[(i + 1) | 0]
    const c = row[(i + 2) | 0]
    const d = row[(i + 3) | 0]
    const e = row[(i + 4) | 0]
    const f = row[(i + 5) | 0]
    const g = row[(i + 6) | 0]
    const h = row[(i + 7) | 0]
    if (typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number' || typeof d !== 'number') return false
    if (typeof e !== 'number' || typeof f !== 'number' || typeof g !== 'number' || typeof h !== 'number') return false
    data[to] = a
    data[(to + 1) | 0] = b
    data[(to + 2) | 0] = c
    data[(to + 3) | 0] = d
    data[(to + 4) | 0] = e
    data[(to + 5) | 0] = f
    data[(to + 6) | 0] = g
    data[(to + 7) | 0] = h
  }
  for (; i < count; i++, to++) {
    const x = row[i]
    if (typeof x !== 'number') return false
    data[to] = x
  }
  return true
}

/**
 * The same, which returns false also where a number may be too large or is not finite. It reads four quarters of the row in
 * turn: a row of a long list comes from memory, which delivers four streams a fifth faster than one.
 * @param {Float32Array} data
 * @param {number} to
 * @param {any[]} row
 * @param {number} count
 */
function copyInRange(data, to, row, count) {
  const bound = OVERFLOW.float32
  const quarter = (count >> 3) << 1
  for (let i = 0; i < quarter; i += 2) {
    const i2 = (i + quarter) | 0
    const i3 = (i2 + quarter) | 0
    const i4 = (i3 + quarter) | 0
    const a = row[i]
    const b = row[(i + 1) | 0]
    const c = row[i2]
    const d = row[(i2 + 1) | 0]
    const e = row[i3]
    const f = row[(i3 + 1) | 0]
    const g = row[i4]
    const h = row[(i4 + 1) | 0]
    if (typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number' || typeof d !== 'number') return false
    if (typeof e !== 'number' || typeof f !== 'number' || typeof g !== 'number' || typeof h !== 'number') return false
    const sum1 = Math.abs(a) + Math.abs(b) + Math.abs(c) + Math.abs(d)
    const sum2 = Math.abs(e) + Math.abs(f) + Math.abs(g) + Math.abs(h)
    if (!(sum1 + sum2 < bound)) return false
    data[(to + i) | 0] = a
    data[(to + i + 1) | 0] = b
    data[(to + i2) | 0] = c
    data[(to + i2 + 1) | 0] = d
    data[(to + i3) | 0] = e
    data[(to + i3 + 1) | 0] = f
    data[(to + i4) | 0] = g
    data[(to + i4 + 1) | 0] = h
  }
  for (let i = 4 * quarter; i < count; i++) {
    const x = row[i]
    if (typeof x !== 'number' || !(Math.abs(x) < bound)) return false
    data[to + i] = x
  }
  return true
}

/**
 * @param {any[]} row
 * @param {number} count
 * @param {number} bound
 */
function areInRange(row, count, bound) {
  for (let i = 0; i < count; i++) {
    const x = row[i]
    if (typeof x !== 'number' || !(Math.abs(x) < bound)) return false
  }
  return true
}

/**
 * Copies `count` numbers of a floating dtype, or returns false: at anything that is none, and where one may be too large or
 * is not finite.
 * @param {any} data
 * @param {import('../dtypes.js').DType} dtype
 * @param {number} to
 * @param {any} row
 * @param {number} count
 */
export function fillNumbers(data, dtype, to, row, count) {
  if (dtype === 'float32') return copyInRange(data, to, row, count)
  if (!areInRange(row, count, OVERFLOW[dtype])) return false
  if (arrayName(data) === 'Uint16Array') for (let i = 0; i < count; i++) data[to + i] = halfBits(row[i])
  else copyAll(data, to, row)
  return true
}
