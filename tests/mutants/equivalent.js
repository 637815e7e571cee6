/**
 * Mutants that change nothing a test could see, and why. The lines are as they stand in the file, without indentation. Where
 * others say the same, `above` is the line above.
 */

/** @type {{ file: string, above?: string, before: string, after: string, why: string }[]} */
export const EQUIVALENT = [
  {
    file: 'c/host/wasm.c',
    before: 'planned.by = by, planned.number = number, planned.eps = eps, planned.cast = cast;',
    after: ';',
    why: 'No plan is used again: each call plans anew, which only takes longer.',
  },
  {
    file: 'c/kernels/columns_f32.c',
    before: 'enum { IN_CACHE = 512 << 10, SAME_SET = 4096 };',
    after: 'enum { IN_CACHE = 511 << 10, SAME_SET = 4096 };',
    why: 'From which size on trees are summed at once: it changes the time, and roundings within their bounds.',
  },
  {
    file: 'c/kernels/output_group.h',
    before: 'v128_t product[2], least[2];',
    after: 'v128_t product[3], least[2];',
    why: 'Room for one more.',
  },
  {
    file: 'js/input/numbers.js',
    before: 'const h2 = x2[(i + 7) | 0]',
    after: 'const h2 = x2[(i - 7) | 0]',
    why: 'The quick copy meets undefined and gives up; the slow one gives the same.',
  },
  {
    file: 'js/input/nested.js',
    before:
      'for (let i = 0; i < shape[depth]; i++) if (!fillRows(x[i], target, to + i * step, depth + 1)) return false',
    after:
      'for (let i = 0; i <= shape[depth]; i++) if (!fillRows(x[i], target, to + i * step, depth + 1)) return false',
    why: 'The quick copy meets undefined and gives up; the slow one gives the same.',
  },
  {
    file: 'c/kernels/columns_f32.c',
    before: 'enum { NARROW = 16, FOLDED = 24 };',
    after: 'enum { NARROW = 16, FOLDED = 23 };',
    why: 'How many rows are treated as one: it changes the time, and roundings within their bounds.',
  },
  {
    file: 'c/kernels/columns_f32.c',
    before: 'enum { REPEATED = 512 };',
    after: 'enum { REPEATED = 511 };',
    why: 'How much of a vector is copied at a time: it changes the time, and roundings within their bounds.',
  },
  {
    file: 'js/input/numbers.js',
    before: 'const d1 = x1[(i + 3) | 0]',
    after: 'const d1 = x1[(i + 3) | 1]',
    why: 'i is a multiple of 8, so i + 3 is odd.',
  },
  {
    file: 'js/wasm/check.js',
    before: 'const [low, high] = int64s(at.numbers, 2)',
    after: 'const [low, high] = int64s(at.numbers, 3)',
    why: 'One number more is read, and dropped.',
  },
  {
    file: 'js/one-pair.js',
    before: 'if (!(last === 0 || (last === 1 && shape[0] === 1)) || !isHeld(dtype, name)) return',
    after: 'if (!(last === 0 || (last === 0 && shape[0] === 1)) || !isHeld(dtype, name)) return',
    why: 'The quick path is for vectors only then; a plan gives the same for one row.',
  },
  {
    file: 'js/input/numbers.js',
    before: "if (typeof a2 !== 'number' || typeof b2 !== 'number' || typeof c2 !== 'number' || typeof d2 !== 'number')",
    after: "if (typeof a2 === 'number' || typeof b2 !== 'number' || typeof c2 !== 'number' || typeof d2 !== 'number')",
    why: 'The first number of each list is known to be one, so that the quick copy gives up; the slow one gives the same.',
  },
  {
    file: 'c/kernels/columns_f32.c',
    before: 'size_t at_once = exact ? 0 : in_cache ? BLOCK_TREES : 1;',
    after: 'size_t at_once = exact ? 0 : in_cache ? BLOCK_TREES : 2;',
    why: 'How many trees are summed at once: it changes the time, and roundings within their bounds.',
  },
  {
    file: 'c/kernels/rows_f32.c',
    before: 'else if (n % LANES)',
    after: 'else if (n * LANES)',
    why: 'Where nothing is left, zeros are added.',
  },
  {
    file: 'c/operations/similarity.c',
    before: 'if (!cosdim_is_floating(common)) return cosdim_fail(fault, COSDIM_ERROR_DTYPE, common, 0, 0);',
    after: 'if (!cosdim_is_floating(common)) return cosdim_fail(fault, COSDIM_ERROR_DTYPE, common, 1, 0);',
    why: 'The message of this error has one number.',
  },
  {
    file: 'c/plan/plan.c',
    before: 'merge_loops(plan);',
    after: ';',
    why: 'More loops take more time, and give the same outputs.',
  },
  {
    file: 'c/plan/stage.c',
    before: 'return 1;',
    after: 'return 2;',
    why: 'Callers ask whether it is 0.',
  },
  {
    file: 'c/plan/tile.c',
    before: 'enum { PAIRWISE_VECTORS = 32, PAIRWISE_PAIRS = 1024 };',
    after: 'enum { PAIRWISE_VECTORS = 31, PAIRWISE_PAIRS = 1024 };',
    why: 'The size of a tile, which changes the time.',
  },
  {
    file: 'c/plan/tile.c',
    before: 'int a1 = a->stride[COSDIM_X1] != 0, a2 = a->stride[COSDIM_X2] != 0;',
    after: 'int a1 = a->stride[COSDIM_X1] != 0, a2 = a->stride[COSDIM_X2] != 1;',
    why: 'Which tiles all pairs get: it changes the time, and roundings within their bounds.',
  },
  {
    file: 'c/plan/tile.c',
    before:
      'int64_t least = cosdim_size((cosdim_dtype)plan->kernel_dtype) == 1 ? LEAST_PAIRWISE_INTEGERS : LEAST_PAIRWISE;',
    after:
      'int64_t least = cosdim_size((cosdim_dtype)plan->kernel_dtype) == 1 == 0 ? LEAST_PAIRWISE_INTEGERS : LEAST_PAIRWISE;',
    why: 'From how many vectors on all pairs have their own kernel: it changes the time, and roundings within their bounds.',
  },
  {
    file: 'c/reduce/all_pairs.c',
    before: 'for (int64_t column = 0; column < column_loop->length; column += COSDIM_PRODUCT_COLUMNS) {',
    after: 'for (int64_t column = 0; column <= column_loop->length; column += COSDIM_PRODUCT_COLUMNS) {',
    why: 'One more step has no columns.',
  },
  {
    file: 'c/reduce/choose_kernel.c',
    before: 'int64_t index[COSDIM_MAX_RANK + 1], element[COSDIM_OPERANDS];',
    after: 'int64_t index[COSDIM_MAX_RANK + 2], element[COSDIM_OPERANDS];',
    why: 'Room for one more.',
  },
  {
    file: 'c/kernels/columns_f32.c',
    before: 'int in_cache = 2 * n * count * size <= IN_CACHE && x1.element_stride * (ptrdiff_t)size % SAME_SET != 0;',
    after: 'int in_cache = 2 * n * count * size <= IN_CACHE && x1.element_stride / (ptrdiff_t)size % SAME_SET != 0;',
    why: 'How many trees are summed at once: it changes the time, and roundings within their bounds.',
  },
  {
    file: 'c/kernels/rows_f32.c',
    before: 'enum { PLACES = 2, SEGMENT = 16 * BLOCK };',
    after: 'enum { PLACES = 2, SEGMENT = 17 * BLOCK };',
    why: 'How much of a long row is read at a time: it changes the time, and roundings within their bounds.',
  },
  {
    file: 'c/plan/tile.c',
    before: 'enum { MAX_OUTPUTS = 4096 };',
    after: 'enum { MAX_OUTPUTS = 4095 };',
    why: 'The size of a tile, which changes the time.',
  },
  {
    file: 'c/plan/tile.c',
    before: 'enum { IN_PLACE_ELEMENTS = 4 << 20 };',
    after: 'enum { IN_PLACE_ELEMENTS = 3 << 20 };',
    why: 'The size of a tile, which changes the time.',
  },
  {
    file: 'c/plan/tile.c',
    before:
      'if (loop->limit > COSDIM_PRODUCT_ROWS && loop->limit < loop->n) loop->limit -= loop->limit % COSDIM_PRODUCT_ROWS;',
    after:
      'if (loop->limit > COSDIM_PRODUCT_ROWS && loop->limit <= loop->n) loop->limit -= loop->limit % COSDIM_PRODUCT_ROWS;',
    why: 'The size of a tile, which changes the time.',
  },
  {
    file: 'c/reduce/outputs.c',
    before:
      'safe_range range = cosdim_safe_range(complete ? plan->eps : 0, exact), of_totals = cosdim_safe_range(plan->eps, 1);',
    after:
      'safe_range range = cosdim_safe_range(complete ? plan->eps : 0, exact), of_totals = cosdim_safe_range(plan->eps, 0);',
    why: 'Outputs that are not finalized in groups are finalized one by one, which takes longer.',
  },
  {
    file: 'c/reduce/outputs.c',
    before: 'v128_t least = wasm_f64x2_splat(cosdim_min_norm_squared(complete ? plan->eps : 0, 1)),',
    after: 'v128_t least = wasm_f64x2_splat(cosdim_min_norm_squared(complete ? plan->eps : 0, 0)),',
    why: 'Outputs that are not finalized in groups are finalized one by one, which takes longer.',
  },
  {
    file: 'c/reduce/outputs.c',
    before: 'for (int k = 0; k < COSDIM_WEIGHTS; k++)',
    after: 'for (int k = 0; k <= COSDIM_WEIGHTS; k++)',
    why: 'A distance with weights has one output, so that none is skipped.',
  },
  {
    file: 'c/tensor/shape.c',
    before: 'return (a < 0) == (b < 0) ? INT64_MAX : INT64_MIN;',
    after: 'return (a <= 0) == (b < 0) ? INT64_MAX : INT64_MIN;',
    why: 'A product with 0 does not overflow.',
  },
  {
    file: 'c/tensor/view.c',
    before:
      'if (inferred >= 0 || known != elements) return cosdim_fail(fault, COSDIM_ERROR_VIEW_SIZE, elements, 0, 0);',
    after: 'if (inferred >= 1 || known != elements) return cosdim_fail(fault, COSDIM_ERROR_VIEW_SIZE, elements, 0, 0);',
    why: 'If the sizes beside a -1 have all elements, the -1 is a 1, or ambiguous, and has been dealt with.',
  },
  {
    file: 'js/input/numbers.js',
    before: 'const quarter = (count >> 3) << 1',
    after: 'const quarter = (count >> 3) >> 1',
    why: 'Fewer numbers are copied eight at a time; the others are, one by one.',
  },
  {
    file: 'js/input/stack.js',
    before: 'return depth > 0 && findRow(x, depth, isTensorLike) ? depth : undefined',
    after: 'return depth >= 0 && findRow(x, depth, isTensorLike) ? depth : undefined',
    why: 'A list is no tensor.',
  },
  {
    file: 'js/wasm/abi.js',
    before: 'if (layouts.length === LAYOUTS) layouts.shift()',
    after: 'if (layouts.length !== LAYOUTS) layouts.shift()',
    why: 'Fewer layouts are kept, which takes longer.',
  },
  {
    file: 'c/tensor/shape.c',
    before: 'return (a < 0) == (b < 0) ? INT64_MAX : INT64_MIN;',
    after: 'return (a < 1) == (b < 0) ? INT64_MAX : INT64_MIN;',
    why: 'A product with 0 does not overflow.',
  },
  {
    file: 'c/tensor/view.c',
    before:
      'if (inferred >= 0 || known != elements) return cosdim_fail(fault, COSDIM_ERROR_VIEW_SIZE, elements, 0, 0);',
    after: 'if (inferred > 0 || known != elements) return cosdim_fail(fault, COSDIM_ERROR_VIEW_SIZE, elements, 0, 0);',
    why: 'If the sizes beside a -1 have all elements, the -1 is a 1, or ambiguous, and has been dealt with.',
  },
  {
    file: 'js/input/nested.js',
    before: 'return true',
    after: 'return false',
    why: 'The quick copy seems to have given up; the slow one gives the same.',
  },
  {
    file: 'c/kernels/strided.c',
    before: 'enum { VECTORS = 16, BYTES = 384 };',
    after: 'enum { VECTORS = 16, BYTES = 383 };',
    why: 'How much is packed at a time: it changes the time, and roundings within their bounds.',
  },
  {
    file: 'c/plan/tile.c',
    before: 'for (int k = 0; k < l; k++) inner |= plan->loop[k].stride[operand] != 0;',
    after: 'for (int k = 0; k < l; k++) inner |= plan->loop[k].stride[operand] != 1;',
    why: 'Which tiles all pairs get: it changes the time, and roundings within their bounds.',
  },
  {
    file: 'js/one-pair.js',
    before: "return single(data, 'float32')",
    after: ';',
    why: 'A plan gives the same, and takes longer.',
  },
  {
    file: 'c/plan/tile.c',
    before: 'return (a1 && !a2 && !b1 && b2) || (!a1 && a2 && b1 && !b2);',
    after: 'return (a1 && !a2 || !b1 && b2) || (!a1 && a2 && b1 && !b2);',
    why: 'Which tiles all pairs get: it changes the time, and roundings within their bounds.',
  },
  {
    file: 'c/plan/tile.c',
    before:
      'size_t share = staged ? (bytes - output_bytes) / (size_t)staged & ~(size_t)31 : 0; /* whole blocks of four */',
    after:
      'size_t share = staged ? (bytes - output_bytes) / (size_t)staged & ~(size_t)31 : 1; /* whole blocks of four */',
    why: 'Only staged operands have a share.',
  },
  {
    file: 'c/plan/tile.c',
    before:
      'int64_t entire_columns = most / cosdim_saturating_add(plan->loop[plan->reduced].n, 1), least = least_columns(plan);',
    after:
      'int64_t entire_columns = most / cosdim_saturating_add(plan->loop[plan->reduced].n, 2), least = least_columns(plan);',
    why: 'The size of a tile, which changes the time.',
  },
  {
    file: 'c/reduce/choose_kernel.c',
    before: 'return loop->length > 1 && loop->tile_stride[COSDIM_X1] == 0 && loop->tile_stride[COSDIM_X2] != 0;',
    after: 'return loop->length >= 1 && loop->tile_stride[COSDIM_X1] == 0 && loop->tile_stride[COSDIM_X2] != 0;',
    why: 'From how many vectors on all pairs have their own kernel: it changes the time, and roundings within their bounds.',
  },
  {
    file: 'js/index.js',
    before: 'giveBack([x1, x2], inputs)',
    after: ';',
    why: 'The next list is copied to memory of its own, which takes longer.',
  },
  {
    file: 'js/index.js',
    before: 'giveBack([query, corpus], inputs)',
    after: ';',
    why: 'The next list is copied to memory of its own, which takes longer.',
  },
  {
    file: 'js/shards/shard.js',
    before: 'const PIECE = 2 ** 20',
    after: 'const PIECE = 2 ** 21',
    why: 'How much is read at a time.',
  },
  {
    file: 'c/host/wasm.c',
    before: 'static _Alignas(16) unsigned char scratch[960 << 10];',
    after: 'static _Alignas(16) unsigned char scratch[961 << 10];',
    why: 'The size of a tile, which changes the time.',
  },
  {
    file: 'c/plan/tile.c',
    before:
      'int64_t entire_columns = most / cosdim_saturating_add(plan->loop[plan->reduced].n, 1), least = least_columns(plan);',
    after:
      'int64_t entire_columns = most * cosdim_saturating_add(plan->loop[plan->reduced].n, 1), least = least_columns(plan);',
    why: 'The size of a tile, which changes the time.',
  },
  {
    file: 'c/host/wasm.c',
    before: '} extents[COSDIM_OPERANDS] = {{1, 0, 0}, {1, 0, 0}, {1, 0, 0}, {1, 0, 0}}; /* zeroed tensors are 0-d */',
    after: '} extents[COSDIM_OPERANDS] = {{1, 0, 0}, {1, 0, 0}, {1, 0, 0}, {0, 0, 0}}; /* zeroed tensors are 0-d */',
    why: 'The extent of a result is worked out each time.',
  },
  {
    file: 'c/kernels/columns_f32.c',
    before: 'size_t rows = n - row < most ? n - row : most;',
    after: 'size_t rows = n - row <= most ? n - row : most;',
    why: 'Of two equal numbers either is the lower.',
  },
  {
    file: 'c/kernels/convert.c',
    before: 'break;',
    after: ';',
    why: 'Float32 is converted to itself, which takes longer.',
  },
  {
    file: 'c/kernels/kernels.h',
    before: 'enum { COSDIM_SHORT_F32 = 16 };',
    after: 'enum { COSDIM_SHORT_F32 = 15 };',
    why: 'Which kernel takes vectors of 15: it changes the time, and roundings within their bounds.',
  },
  {
    file: 'c/kernels/rows_f64.c',
    before: 'ROLLED for (; i + 8 <= n; i += 8) {',
    after: 'ROLLED for (; i + 9 <= n; i += 8) {',
    why: 'How many terms are added in trees: it changes the time, and roundings within their bounds.',
  },
  {
    file: 'c/plan/tile.c',
    before: 'enum { TILE_ROW = 4096 };',
    after: 'enum { TILE_ROW = 4095 };',
    why: 'The size of a tile, which changes the time.',
  },
  {
    file: 'c/plan/tile.c',
    before:
      'int64_t least = cosdim_size((cosdim_dtype)plan->kernel_dtype) == 1 ? LEAST_PAIRWISE_INTEGERS : LEAST_PAIRWISE;',
    after:
      'int64_t least = cosdim_size((cosdim_dtype)plan->kernel_dtype) != 1 ? LEAST_PAIRWISE_INTEGERS : LEAST_PAIRWISE;',
    why: 'From how many vectors on all pairs have their own kernel: it changes the time, and roundings within their bounds.',
  },
  {
    file: 'c/plan/tile.c',
    before: 'for (; at > 0 && cosdim_magnitude(plan->loop[order[at - 1]].stride[operand]) > stride; at--)',
    after: 'for (; at > 0 && cosdim_magnitude(plan->loop[order[at - 1]].stride[operand]) >= stride; at--)',
    why: 'Which of two loops with one stride is copied first.',
  },
  {
    file: 'c/plan/tile.c',
    before: 'outputs = outputs > 2 ? outputs & ~1 : 1; /* even, so that what follows stays aligned */',
    after: 'outputs = outputs > 1 ? outputs & ~1 : 1; /* even, so that what follows stays aligned */',
    why: 'Whether a tile has one or two outputs.',
  },
  {
    file: 'c/plan/tile.c',
    before: 'for (int k = 0; k < l; k++) inner |= plan->loop[k].stride[operand] != 0;',
    after: 'for (int k = 0; k < l; k++) inner &= plan->loop[k].stride[operand] != 0;',
    why: 'Which tiles all pairs get: it changes the time, and roundings within their bounds.',
  },
  {
    file: 'c/tensor/dtype.c',
    before:
      'if (magnitude >= 65520) return sign | 0x7c00; /* halfway between the largest half, 65504, and the next power */',
    after:
      'if (magnitude >= 65521) return sign | 0x7c00; /* halfway between the largest half, 65504, and the next power */',
    why: 'What is rounded to 2^16 has the bits of infinity.',
  },
  {
    file: 'c/tensor/shape.h',
    before: 'return a < 0 ? INT64_MIN : INT64_MAX;',
    after: 'return a < 1 ? INT64_MIN : INT64_MAX;',
    why: 'A sum with 0 does not overflow.',
  },
  {
    file: 'js/cli/inputs.js',
    before: 'for (let bytes = 0; held.length < 2 || bytes <= SMALL; ) {',
    after: 'for (let bytes = 0; held.length < 2 && bytes <= SMALL; ) {',
    why: 'How much is read ahead.',
  },
  {
    file: 'js/cli/progress.js',
    before: 'const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))',
    after: 'const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(2, bytes)) / 3))',
    why: 'One byte is not a thousand either.',
  },
  {
    file: 'js/input/arrow.js',
    before: 'const parts = (filled.length ? filled : data.slice(0, 1)).map((/** @type {any} */ chunk) => {',
    after: 'const parts = (filled.length ? filled : data.slice(0, 2)).map((/** @type {any} */ chunk) => {',
    why: 'Two chunks without rows are one without rows.',
  },
  {
    file: 'js/input/numbers.js',
    before: 'data[(i + 3) | 0] = d1',
    after: 'data[(i + 3) | 1] = d1',
    why: 'i is a multiple of 8, so i + 3 is odd.',
  },
  {
    file: 'c/host/wasm.c',
    before: 'return queries >= 0 && k >= 0 && has_room(heaps, queries * k, sizeof *heaps);',
    after: 'return queries > 0 && k >= 0 && has_room(heaps, queries * k, sizeof *heaps);',
    why: 'No queries have no heaps to clear, merge, sort or go on with.',
  },
  {
    file: 'c/kernels/kernels.h',
    before: 'enum { COSDIM_PRODUCT_ROWS = 4, COSDIM_PRODUCT_COLUMNS = 64 };',
    after: 'enum { COSDIM_PRODUCT_ROWS = 3, COSDIM_PRODUCT_COLUMNS = 64 };',
    why: 'How many rows are multiplied at a time, which changes the time.',
  },
  {
    file: 'c/kernels/products.c',
    before: 'memset(dots, 0, COSDIM_PRODUCT_ROWS * COSDIM_PRODUCT_COLUMNS * sizeof *dots);',
    after: 'memset(dots, 1, COSDIM_PRODUCT_ROWS * COSDIM_PRODUCT_COLUMNS * sizeof *dots);',
    why: 'Eight bytes of 1 are 8e-304, which no cosine of float32 shows.',
  },
  {
    file: 'c/kernels/rows_f32.c',
    before: 'int is_x1 = x1.vector_stride == 0, is_one = !exact && count > 1 && (is_x1 || x2.vector_stride == 0);',
    after: 'int is_x1 = x1.vector_stride == 0, is_one = !exact && count > 1 && (is_x1 && x2.vector_stride == 0);',
    why: 'The norm of one vector against many is summed with each of them, in the same order.',
  },
  {
    file: 'c/reduce/all_pairs.c',
    before: 'return (size_t)(n < most ? n : most);',
    after: 'return (size_t)(n <= most ? n : most);',
    why: 'Where both are the same, either will do.',
  },
  {
    file: 'c/reduce/choose_kernel.c',
    before: 'int64_t index[COSDIM_MAX_RANK + 1], element[COSDIM_OPERANDS];',
    after: 'int64_t index[COSDIM_MAX_RANK - 1], element[COSDIM_OPERANDS];',
    why: 'Loops have two steps or more, and no memory holds the outputs of 63 of them.',
  },
  {
    file: 'c/reduce/one_pair.c',
    before: 'if (dtype == COSDIM_FLOAT16) dtype = COSDIM_FLOAT32;',
    after: ';',
    why: 'The kernel that reads halves gives the same; a few are converted to be compared faster.',
  },
  {
    file: 'c/reduce/one_pair.c',
    before: 'if (cosdim_in_safe_range(1, &sums)) return cosdim_finalize(&sums, eps, NULL);',
    after: ';',
    why: 'Both are converted to float64 then, which takes longer and gives the same.',
  },
  {
    file: 'js/input/nested.js',
    before: 'if (pause?.()) yield i / shape[0]',
    after: 'if (pause?.()) yield i * shape[0]',
    why: 'How much of a list is read: onProgress tells only what is computed.',
  },
  {
    file: 'js/input/numbers.js',
    before: 'const b1 = x1[(i + 1) | 0]',
    after: 'const b1 = x1[(i + 1) | 1]',
    why: 'i is a multiple of 8, so i + 1 is odd.',
  },
  {
    file: 'js/one-pair.js',
    before: 'if (address1 === NOWHERE || address2 === NOWHERE) return NEEDS_PLAN',
    after: 'if (address1 === NOWHERE || address2 !== NOWHERE) return NEEDS_PLAN',
    why: 'A plan takes longer and gives the same.',
  },
  {
    file: 'c/plan/tile.c',
    before:
      'int64_t least = cosdim_size((cosdim_dtype)plan->kernel_dtype) == 1 ? LEAST_PAIRWISE_INTEGERS : LEAST_PAIRWISE;',
    after:
      'int64_t least = cosdim_size((cosdim_dtype)plan->kernel_dtype) == 0 ? LEAST_PAIRWISE_INTEGERS : LEAST_PAIRWISE;',
    why: 'From how many vectors on all pairs have their own kernel: it changes the time, and integers are exact in both.',
  },
  {
    file: 'c/plan/tile.c',
    above: 'divide_scratch(plan, scratch, bytes, staged, room);',
    before: 'for (int l = 0; l < plan->loops; l++) {',
    after: 'for (int l = 0; l <= plan->loops; l++) {',
    why: 'There is room for one loop more, and nothing reads it.',
  },
  {
    file: 'c/reduce/outputs.c',
    before: 'int in_range = 1;',
    after: 'int in_range = 2;',
    why: 'Outputs are finalized one by one then, which takes longer and gives the same.',
  },
  {
    file: 'js/cli/errors.js',
    before: 'if (!(cause instanceof Error)) return String(cause)',
    after: ';',
    why: 'Nothing that the command calls throws anything else.',
  },
  {
    file: 'js/input/numbers.js',
    above: 'else copyAll(data, to, row)',
    before: 'return true',
    after: ';',
    why: 'The slow copy gives the same.',
  },
  {
    file: 'js/one-pair.js',
    before: 'if (length <= 2 * span && length <= (at.pair2 - at.scratch) / 8) {',
    after: 'if (length <= 2 * span && length < (at.pair2 - at.scratch) / 8) {',
    why: 'A view of the part is copied instead, which gives the same.',
  },
]
