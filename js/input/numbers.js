/** Plain numbers, copied in tight loops. A loop gives up at the first mistake; js/input/nested.js then finds its place. */
import { halfBits } from '../tensor/elements.js'
import { arrayName, copyAll } from '../typed-array-intrinsics.js'

/** From here on, a finite number rounds to infinity. @type {Record<string, number>} */
export const OVERFLOW = { float16: 65520, float32: 2 ** 128 - 2 ** 103, float64: Infinity }

const { abs } = Math

/**
 * Whether `row` is nothing but numbers below `bound`.
 * @param {any[]} row
 * @param {number} count
 * @param {number} bound
 */
function areNumbers(row, count, bound) {
  let i = 0
  for (; i + 3 < count; i += 4) {
    const a = row[i]
    const b = row[i + 1]
    const c = row[i + 2]
    const d = row[i + 3]
    if (typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number' || typeof d !== 'number') return false
    if (!(abs(a) + abs(b) + abs(c) + abs(d) < bound)) return false
  }
  for (; i < count; i++) if (typeof row[i] !== 'number' || !(abs(row[i]) < bound)) return false
  return true
}

/**
 * Copies `count` numbers, or returns false: at anything that is not a number, that may be too large, or is not finite. It
 * handles no other class, so that engines know which arrays they copy.
 * @param {Float32Array} data
 * @param {number} to
 * @param {any[]} row
 * @param {number} count
 */
export function fill32(data, to, row, count) {
  const bound = OVERFLOW.float32
  let i = 0
  // Eight at a time, with one comparison for all of them: one at a time takes twice as long.
  for (; i + 7 < count; i += 8, to += 8) {
    const a = row[i]
    const b = row[i + 1]
    const c = row[i + 2]
    const d = row[i + 3]
    const e = row[i + 4]
    const f = row[i + 5]
    const g = row[i + 6]
    const h = row[i + 7]
    if (typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number' || typeof d !== 'number') return false
    if (typeof e !== 'number' || typeof f !== 'number' || typeof g !== 'number' || typeof h !== 'number') return false
    if (!(abs(a) + abs(b) + abs(c) + abs(d) + (abs(e) + abs(f) + abs(g) + abs(h)) < bound)) return false
    data[to] = a
    data[to + 1] = b
    data[to + 2] = c
    data[to + 3] = d
    data[to + 4] = e
    data[to + 5] = f
    data[to + 6] = g
    data[to + 7] = h
  }
  for (; i < count; i++, to++) {
    const x = row[i]
    if (typeof x !== 'number' || !(abs(x) < bound)) return false
    data[to] = x
  }
  return true
}

/**
 * The same for any floating dtype.
 * @param {any} data
 * @param {import('../dtypes.js').DType} dtype
 * @param {number} to
 * @param {any} row
 * @param {number} count
 */
export function fillNumbers(data, dtype, to, row, count) {
  if (dtype === 'float32') return fill32(data, to, row, count)
  if (!areNumbers(row, count, OVERFLOW[dtype])) return false
  if (arrayName(data) === 'Uint16Array') for (let i = 0; i < count; i++) data[to + i] = halfBits(row[i])
  else copyAll(data, to, row)
  return true
}
