/** Mutants that people thought of: mistakes which once passed every test. `before` stands once in the file. */

/** @type {{ file: string, before: string, after: string }[]} */
export const BY_HAND = [
  // A view of a tensor that is not contiguous.
  { file: 'c/tensor/view.c', before: '  if (filled != n) return COSDIM_ERROR_VIEW_STRIDES;', after: '' },
  // Zeros among weights below 1, in sums that are rescaled.
  { file: 'c/reduce/rescale.c', before: 'if (element == 0 || root == 0) continue;', after: '' },
  // Two calls of init(), of which the second ends later.
  { file: 'js/wasm/instance.js', before: 'if (wasm) return // another call has set it meanwhile', after: '' },
]
