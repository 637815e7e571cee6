/*
 * Vectors of a few elements, whatever their layout: summed in float64 and finished at once, a group at a time, since to
 * put the sums in memory and to read them again takes as long as to make them (10^6 x 3: 5.5 ns an output, now 3.3).
 */
#include "group.h"

/* How the vectors of two outputs side by side lie: their elements at any distance; side by side; or three by three. */
typedef enum { APART, BESIDE, TRIPLES } layout;

/* An element of each of the vectors of two outputs. */
INLINE v128_t two_of(layout as, const float *x, ptrdiff_t across) {
  if (as == BESIDE) return promote_low(wasm_v128_load64_zero(x));
  return promote_low(wasm_v128_load32_lane(x + across, wasm_v128_load32_zero(x), 1));
}

/* Three numbers for each of two outputs, in three vectors as rows of three lie: the sums of each. */
INLINE v128_t total_of_triples(const v128_t *x, const v128_t *y) {
  v128_t first = wasm_f64x2_mul(x[0], y[0]), middle = wasm_f64x2_mul(x[1], y[1]), last = wasm_f64x2_mul(x[2], y[2]);
  return wasm_f64x2_add(wasm_f64x2_add(wasm_i64x2_shuffle(first, last, 0, 2), wasm_i64x2_shuffle(first, last, 1, 3)),
                        middle);
}

INLINE void sum_two(layout as, const float *x1, const float *x2, cosdim_vectors of1, cosdim_vectors of2, size_t n,
                    group *sums, int half) {
  v128_t dot, norm1, norm2;
  if (as == TRIPLES) {
    v128_t a[3], b[3];
    for (int k = 0; k < 3; k++) {
      a[k] = promote_low(wasm_v128_load64_zero(x1 + 2 * k));
      b[k] = promote_low(wasm_v128_load64_zero(x2 + 2 * k));
    }
    dot = total_of_triples(a, b), norm1 = total_of_triples(a, a), norm2 = total_of_triples(b, b);
  } else {
    v128_t a = two_of(as, x1, of1.across), b = two_of(as, x2, of2.across);
    dot = wasm_f64x2_mul(a, b), norm1 = wasm_f64x2_mul(a, a), norm2 = wasm_f64x2_mul(b, b);
    while (--n > 0) {
      x1 += of1.step, x2 += of2.step;
      a = two_of(as, x1, of1.across), b = two_of(as, x2, of2.across);
      dot = wasm_f64x2_add(dot, wasm_f64x2_mul(a, b));
      norm1 = wasm_f64x2_add(norm1, wasm_f64x2_mul(a, a));
      norm2 = wasm_f64x2_add(norm2, wasm_f64x2_mul(b, b));
    }
  }
  sums->dot[half] = dot;
  sums->norm1_squared[half] = norm1;
  sums->norm2_squared[half] = norm2;
}

/* So many rows are read ahead at once. */
enum { TOUCHED = 32 };

INLINE size_t finish_as(layout as, cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, const limits *of,
                        float *out) {
  const float *a = x1.data, *b = x2.data;
  size_t i = 0;
  for (; i + COSDIM_GROUP_F32 <= count; i += COSDIM_GROUP_F32) {
    if (as != BESIDE && i % TOUCHED == 0 && i + TOUCHED <= count) {
      touch_rows(COSDIM_FLOAT32, a, x1.across, n, TOUCHED);
      touch_rows(COSDIM_FLOAT32, b, x2.across, n, TOUCHED);
    }
    group sums;
    for (int half = 0; half < 2; half++, a += 2 * x1.across, b += 2 * x2.across)
      sum_two(as, a, b, x1, x2, n, &sums, half);
    if (!is_good(&sums, of, 1)) break;
    finish_group(&sums, out + i);
  }
  return i;
}

size_t cosdim_finalize_short(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, const limits *of,
                             float *out) {
  if (x1.across == 1 && x2.across == 1) return finish_as(BESIDE, x1, x2, n, count, of, out);
  if (n == 3 && x1.step == 1 && x2.step == 1 && x1.across == 3 && x2.across == 3)
    return finish_as(TRIPLES, x1, x2, n, count, of, out);
  return finish_as(APART, x1, x2, n, count, of, out);
}
