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

/** The longest lists of a pair that is copied by copyPair: embeddings have at most 4096 dims. */
export const LONGEST_PAIR = 4096

/*
 * Two lists are copied into an array that is a constant of its function. V8 knows its address and its length then, which
 * saves a third of the time, and one copy more into WebAssembly takes a tenth.
 */
function pairStage() {
  const buffer = new ArrayBuffer(2 * LONGEST_PAIR * Float32Array.BYTES_PER_ELEMENT)
  const data = new Float32Array(buffer)
  return {
    /**
     * Copies two lists of `count` numbers, the second one to `second`, or returns false at anything that is no number.
     * Those that are too large become infinities.
     * @param {any[]} x1
     * @param {any[]} x2
     * @param {number} count
     * @param {number} second
     */
    copyPair(x1, x2, count, second) {
      let i = 0
      for (; i + 7 < count; i = (i + 8) | 0) {
        const a1 = x1[i]
        const b1 = x1[(i + 1) | 0]
        const c1 = x1[(i + 2) | 0]
        const d1 = x1[(i + 3) | 0]
        const e1 = x1[(i + 4) | 0]
        const f1 = x1[(i + 5) | 0]
        const g1 = x1[(i + 6) | 0]
        const h1 = x1[(i + 7) | 0]
        const a2 = x2[i]
        const b2 = x2[(i + 1) | 0]
        const c2 = x2[(i + 2) | 0]
        const d2 = x2[(i + 3) | 0]
        const e2 = x2[(i + 4) | 0]
        const f2 = x2[(i + 5) | 0]
        const g2 = x2[(i + 6) | 0]
        const h2 = x2[(i + 7) | 0]
        if (typeof a1 !== 'number' || typeof b1 !== 'number' || typeof c1 !== 'number' || typeof d1 !== 'number')
          return false
        if (typeof e1 !== 'number' || typeof f1 !== 'number' || typeof g1 !== 'number' || typeof h1 !== 'number')
          return false
        if (typeof a2 !== 'number' || typeof b2 !== 'number' || typeof c2 !== 'number' || typeof d2 !== 'number')
          return false
        if (typeof e2 !== 'number' || typeof f2 !== 'number' || typeof g2 !== 'number' || typeof h2 !== 'number')
          return false
        data[i] = a1
        data[(i + 1) | 0] = b1
        data[(i + 2) | 0] = c1
        data[(i + 3) | 0] = d1
        data[(i + 4) | 0] = e1
        data[(i + 5) | 0] = f1
        data[(i + 6) | 0] = g1
        data[(i + 7) | 0] = h1
        data[(i + second) | 0] = a2
        data[(i + second + 1) | 0] = b2
        data[(i + second + 2) | 0] = c2
        data[(i + second + 3) | 0] = d2
        data[(i + second + 4) | 0] = e2
        data[(i + second + 5) | 0] = f2
        data[(i + second + 6) | 0] = g2
        data[(i + second + 7) | 0] = h2
      }
      for (; i < count; i++) {
        const a = x1[i]
        const b = x2[i]
        if (typeof a !== 'number' || typeof b !== 'number') return false
        data[i] = a
        data[i + second] = b
      }
      return true
    },
    /** What copyPair copied, from the start. @param {number} count */
    staged: (count) => new Float32Array(buffer, 0, count),
  }
}
export const { copyPair, staged } = pairStage()

/**
 * Copies `count` numbers, or returns false at anything that is none, and where one may be too large or is not finite. It
 * reads four quarters of the row in turn: a row of a long list comes from memory, which delivers four streams a fifth faster
 * than one.
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
