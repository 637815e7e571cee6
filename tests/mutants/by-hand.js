/** Mutants that people thought of: mistakes which once passed every test. `before` stands once in the file. */

/** @type {{ file: string, before: string, after: string }[]} */
export const BY_HAND = [
  // A view of a tensor that is not contiguous.
  { file: 'c/tensor/view.c', before: '  if (filled != n) return COSDIM_ERROR_VIEW_STRIDES;', after: '' },
  // Zeros among weights below 1, in sums that are rescaled.
  { file: 'c/reduce/rescale.c', before: 'if (element == 0 || root == 0) continue;', after: '' },
  // Two calls of init(), of which the second ends later.
  { file: 'js/wasm/instance.js', before: 'if (wasm) return // another call has set it meanwhile', after: '' },
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
  // Kernels of products that are never used.
  {
    file: 'c/plan/tile.c',
    before: 'if (pairwise_vectors(plan, l)) return 1;',
    after: 'if (pairwise_vectors(plan, l)) return 0;',
  },
  // Indices along an axis that is broadcast.
  { file: 'c/operations/explain.c', before: 'x->shape[under] == 1 ? 0 : at', after: 'at' },
  // Distances with weights, without what rounding dropped.
  { file: 'c/reduce/choose_kernel.c', before: 'contiguous ? cosdim_sums_at(1', after: 'contiguous ? cosdim_sums_at(0' },
  // Cosines of float64 beyond 1.
  {
    file: 'c/reduce/outputs.c',
    before: 'wasm_f64x2_pmin(wasm_f64x2_splat(1)',
    after: 'wasm_f64x2_pmin(wasm_f64x2_splat(2)',
  },
  // Chunks of Arrow that differ in their number of rows, and in their length.
  { file: 'js/input/arrow.js', before: 'dim > 0 && size !== shape[dim]', after: 'dim >= 0 && size !== shape[dim]' },
  // Data in a list, without a shape.
  {
    file: 'js/input/containers.js',
    before: 'if (Array.isArray(data)) return !isObject(data[0]) && !isJsonBuffer(x)',
    after: '',
  },
  // Tensors of shape (0, n), and (1, n) for a distance, that are no vectors.
  { file: 'js/one-pair.js', before: 'last === 1 && shape[0] === 1', after: 'last === 1 && shape[0] === 0' },
  { file: 'js/one-pair.js', before: 'x1?.shape.length !== 1', after: 'x1?.shape.length !== 2' },
  // All pairs of vectors side by side.
  {
    file: 'c/plan/tile.c',
    before: 'l = 0; l < plan->loops; l++)\n    if (pairwise',
    after: 'l = 1; l < plan->loops; l++)\n    if (pairwise',
  },
  // Tensors that are added.
  {
    file: 'js/tensor/tensor.js',
    before: "hint === 'default' && this.shape.length === 0",
    after: "hint === 'default' && this.shape.length !== 0",
  },
]
