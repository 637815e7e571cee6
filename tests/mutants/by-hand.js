/** Mutants that people thought of: mistakes which once passed every test. `before` stands once in the file. */

/** @type {{ file: string, before: string, after: string }[]} */
export const BY_HAND = [
  // A view of a tensor that is not contiguous.
  { file: 'c/tensor/view.c', before: '  if (filled != n) return COSDIM_ERROR_VIEW_STRIDES;', after: '' },
  // Zeros among weights below 1, in sums that are rescaled.
  { file: 'c/reduce/rescale.c', before: 'if (element == 0 || root == 0) continue;', after: '' },
  // Two calls of init(), of which the second ends later.
  { file: 'js/wasm/instance.js', before: 'if (wasm) return // another call has set it meanwhile', after: '' },
  // A block that ends with the last page of 4 GiB.
  { file: 'c/host/wasm.c', before: 'MAX_PAGES = 65535 }', after: 'MAX_PAGES = 65536 }' },
  // A row that is read, and not used, behind the last.
  { file: 'c/kernels/products.c', before: '(row < x->count ? x->step : 0)', after: '(row <= x->count ? x->step : 0)' },
  // Where explanations change to exponents.
  { file: 'js/cli/explain.js', before: 'Math.abs(x) < 1e-4', after: 'Math.abs(x) < 1e-3' },
  // A mistake at any place of either list.
  { file: 'js/input/numbers.js', before: "typeof c1 !== 'number'", after: "typeof c1 === 'number'" },
  { file: 'js/input/numbers.js', before: "typeof b2 !== 'number'", after: "typeof b2 === 'number'" },
  // What a mistake among lists of vectors is called.
  {
    file: 'js/input/stack.js',
    before: "if (!Array.isArray(list)) throw typeof list === 'number'",
    after: "if (!Array.isArray(list)) throw typeof list !== 'number'",
  },
  // A vector that reaches into the room of the next one.
  { file: 'js/one-pair.js', before: 'Math.abs(reach) < most', after: 'Math.abs(reach) <= most' },
  // Workers that go on although one had no room for its rows.
  { file: 'js/workers/index.js', before: 'await pool.close()', after: '' },
]
