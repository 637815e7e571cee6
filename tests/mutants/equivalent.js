/** Mutants that change nothing a test could see, and why. The lines are as they stand in the file, without indentation. */

/** @type {{ file: string, before: string, after: string, why: string }[]} */
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
    file: 'js/wasm/check.js',
    before: 'const [low, high] = int64s(at.numbers, 2)',
    after: 'const [low, high] = int64s(at.numbers, 3)',
    why: 'One number more is read, and dropped.',
  },
  {
    file: 'js/one-pair.js',
    before:
      'if (!(last === 0 || (last === 1 && shape[0] === 1)) || !holds(dtype, memory ? memory.array : arrayName(data))) return',
    after:
      'if (!(last === 0 || (last === 0 && shape[0] === 1)) || !holds(dtype, memory ? memory.array : arrayName(data))) return',
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
]
