/** The operands of contests. */
import { stream } from './data.js'

/** @typedef {import('./works.js').Work} Work */

const ARRAYS = { float32: Float32Array, float64: Float64Array, float16: Uint16Array, int8: Int8Array }
const NUMBERS = {
  float32: (random) => random - 0.5,
  float64: (random) => random - 0.5,
  float16: (random) => 0x3800 + Math.floor(random * 0x400), // the bits of 0.5 to 1
  int8: (random) => Math.floor(random * 255) - 127,
}
const PERIOD = 1000003 // numbers before they repeat: making a gigabyte of random ones takes longer than measuring

export const bytesPerElement = (dtype) => ARRAYS[dtype].BYTES_PER_ELEMENT
export const count = (shape) => shape.reduce((a, b) => a * b, 1)

/** Numbers for an operand. They are written, since untouched pages all map to one page of zeros. */
function numbers(shape, dtype, seed) {
  const data = new ARRAYS[dtype](count(shape))
  const random = stream(seed)
  for (let i = 0; i < Math.min(PERIOD, data.length); i++) data[i] = NUMBERS[dtype](random())
  for (let filled = PERIOD; filled < data.length; filled *= 2) data.copyWithin(filled, 0, filled)
  return data
}

/** @param {Work} work */
export const operands = ({ x1, x2, dtype, same }) => [numbers(x1, dtype, 1), numbers(x2, dtype, same ? 1 : 2)]

/* How people hold vectors: as lists of numbers, or of arrays. */
const LISTS = { numbers: (row) => Array.from(row), arrays: (row) => row.slice() }

/** The operands of a contest of lists: a vector, or a list of rows. */
export const listed = (work) =>
  operands(work).map((data, i) => {
    const { length, 0: n, [length - 1]: d } = [work.x1, work.x2][i]
    const rows = Array.from({ length: length === 1 ? 1 : n }, (_, row) =>
      LISTS[work.lists](data.subarray(row * d, (row + 1) * d)),
    )
    return length === 1 ? rows[0] : rows
  })
