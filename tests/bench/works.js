/** The work that benchmarks time, as plain data: a page can take it from Node. */

/**
 * @typedef {object} Work
 * @property {'similarity' | 'pairwise' | 'topk' | 'distance'} does
 * @property {number[]} x1 its shape
 * @property {number[]} x2
 * @property {number} dim
 * @property {'float16' | 'float32' | 'float64' | 'int8'} dtype
 * @property {'wasm' | 'js'} device
 * @property {'wasm' | 'js'} [out] where the result goes; by default into a new array
 * @property {'numbers' | 'arrays'} [lists] the operands are number[] or lists of arrays, instead of typed arrays and tensors
 * @property {boolean} [same] x2 is a copy of x1
 * @property {number} units how many of the contest's units it is
 */

/** @returns {Work} n rows of d numbers with n others; a unit is a pair of rows. */
export const rows = (n, d, more) => ({
  does: 'similarity',
  x1: [n, d],
  x2: [n, d],
  dim: 1,
  dtype: 'float32',
  device: 'wasm',
  units: n,
  ...more,
})
/** @returns {Work} The same numbers along dim 0. */
export const columns = (n, d, more) => rows(n, d, { dim: 0, ...more })
/** @returns {Work} One row with n others. */
export const query = (n, d, more) => rows(n, d, { x1: [d], ...more })
/** @returns {Work} The ten best of n rows for each of q queries; a unit is a row and a query. */
export const top10 = (q, n, d, more) => rows(n, d, { does: 'topk', x1: q === 1 ? [d] : [q, d], units: q * n, ...more })
/** @returns {Work} All pairs of n rows of 768. */
export const pairwise = (n, more) => rows(n, 768, { does: 'pairwise', out: 'js', units: n * n, ...more })
/** @returns {Work} One pair of arrays of n floats. */
export const pair = (n, more) => rows(1, n, { x1: [n], x2: [n], dim: 0, device: 'js', ...more })
/** @returns {Work} As many rows of 768 as `bytes` hold; a unit is a number. */
export const sized = (bytes) => {
  const n = Math.round(bytes / (2 * 4 * 768))
  return rows(n, 768, { units: n * 768 })
}
