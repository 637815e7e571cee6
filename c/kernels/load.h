/* How kernels read four elements of a dtype as floats, and add them in float64. Inlined, with a constant dtype. */
#ifndef COSDIM_LOAD_H
#define COSDIM_LOAD_H

#include "kernels/kernels.h"
#include "tensor/dtype.h"

#ifdef __wasm__
#include <wasm_simd128.h>
#else
#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/wasm/simd128.h>
#endif

#define INLINE static inline __attribute__((always_inline))

/* V8 spills what an unrolled loop keeps in more than sixteen registers. */
#define ROLLED _Pragma("clang loop unroll(disable)")

INLINE const void *element_at(cosdim_dtype dtype, const void *x, ptrdiff_t i) {
  return (const char *)x + i * (ptrdiff_t)cosdim_size(dtype);
}

/*
 * Four halves, if they are finite: with exponent and fraction moved to a float's places they are the number times
 * 2^-112, subnormal or not. Infinity and NaN come out as 2^16 or more, which no finite half is.
 */
INLINE v128_t load_finite_halves(const void *x) {
  v128_t bits = wasm_i32x4_shl(wasm_i32x4_load16x4(x), 13);
  return wasm_f32x4_mul(wasm_v128_and(bits, wasm_i32x4_splat((int32_t)0x8fffe000)), wasm_f32x4_splat(0x1p112f));
}

/* Any four halves: an exponent of 31 stands for infinity or NaN, as 255 does in a float. */
INLINE v128_t load_halves(const void *x) {
  v128_t number = load_finite_halves(x);
  v128_t special = wasm_f32x4_ge(wasm_f32x4_abs(number), wasm_f32x4_splat(0x1p16f));
  return wasm_v128_or(number, wasm_v128_and(special, wasm_i32x4_splat(0x7f800000)));
}

/* Loads eight elements as 16-bit integers with one instruction: extending both ends of a loaded vector takes Node 26
 * 184 ns a row of 768 instead of 114. */
INLINE v128_t load8(cosdim_dtype dtype, const char *x) {
  return dtype == COSDIM_INT8 ? wasm_i16x8_load8x8(x) : wasm_u16x8_load8x8(x);
}

INLINE v128_t load4(cosdim_dtype dtype, const void *x) {
  switch (dtype) {
    case COSDIM_FLOAT32:
      return wasm_v128_load(x);
    case COSDIM_FLOAT16:
      return load_halves(x);
    default:
      COSDIM_UNREACHABLE();
  }
}

/* load4 for finite values; faster for float16. */
INLINE v128_t load4_finite(cosdim_dtype dtype, const void *x) {
  return dtype == COSDIM_FLOAT16 ? load_finite_halves(x) : load4(dtype, x);
}

/* Reads a byte, so that memory delivers its cache line. */
INLINE void touch(const void *x) {
  (void)*(const volatile char *)x;
}

/*
 * Touches what will be summed next, every PREFETCH_BYTES, for any other i nothing: every second cache line, since cores
 * fetch lines in pairs. A core that computes much per line fetches only the next few lines by itself, although memory
 * could deliver many at once. Out of cache, on an Intel Xeon: rows of 768 int8 200..490 -> 120..190 ns, float64 1570 ->
 * 1270; on an AMD Zen 5 the same. There, more at once is slower: 512 bytes of float32 rows by half, 32 short rows by a
 * fifth or more.
 */
enum { PREFETCH_BYTES = 256, PREFETCH_STRIDE = 128 };
INLINE void prefetch_stretch(size_t size, const void *x1, const void *x2, size_t i, size_t n) {
  size_t elements = PREFETCH_BYTES / size;
  if (i % elements != 0 || i + elements > n) return;
  for (size_t byte = i * size; byte < (i + elements) * size; byte += PREFETCH_STRIDE) {
    touch((const char *)x1 + byte);
    touch((const char *)x2 + byte);
  }
}

/* Four sums in float64. */
typedef struct {
  v128_t low, high;
} sum4;

INLINE sum4 zero4(void) {
  v128_t zero = wasm_f64x2_splat(0);
  return (sum4){zero, zero};
}

INLINE v128_t promote_low(v128_t x) {
  return wasm_f64x2_promote_low_f32x4(x);
}

INLINE v128_t promote_high(v128_t x) {
  return wasm_f64x2_promote_low_f32x4(wasm_i32x4_shuffle(x, x, 2, 3, 2, 3));
}

/* Adds products that float64 holds exactly. */
INLINE void add_products4(sum4 *sum, sum4 x, sum4 y) {
  sum->low = wasm_f64x2_add(sum->low, wasm_f64x2_mul(x.low, y.low));
  sum->high = wasm_f64x2_add(sum->high, wasm_f64x2_mul(x.high, y.high));
}

INLINE sum4 promote4(v128_t x) {
  return (sum4){promote_low(x), promote_high(x)};
}

/* Rounds four doubles to float32. */
INLINE v128_t demote4(v128_t low, v128_t high) {
  return wasm_i32x4_shuffle(wasm_f32x4_demote_f64x2_zero(low), wasm_f32x4_demote_f64x2_zero(high), 0, 1, 4, 5);
}

INLINE double total4(sum4 sum) {
  v128_t pairs = wasm_f64x2_add(sum.low, sum.high);
  return wasm_f64x2_extract_lane(pairs, 0) + wasm_f64x2_extract_lane(pairs, 1);
}

INLINE sum4 load_sum4(const double *sum) {
  return (sum4){wasm_v128_load(sum), wasm_v128_load(sum + 2)};
}

INLINE void store_sum4(double *sum, sum4 x) {
  wasm_v128_store(sum, x.low);
  wasm_v128_store(sum + 2, x.high);
}

/* A compensated sum in each lane, so that float64 sums lose no accuracy with the length. */
typedef struct {
  v128_t value, carry;
} sum_f64x2;

/* cosdim_add for two lanes. */
INLINE void add_f64x2(sum_f64x2 *sum, v128_t x) {
  v128_t total = wasm_f64x2_add(sum->value, x), of_x = wasm_f64x2_sub(total, sum->value);
  v128_t lost = wasm_f64x2_add(wasm_f64x2_sub(sum->value, wasm_f64x2_sub(total, of_x)), wasm_f64x2_sub(x, of_x));
  sum->carry = wasm_f64x2_add(sum->carry, lost);
  sum->value = total;
}

/* The same where neither the sum nor x is negative: the larger of them comes first, which takes three additions less
 * (Dekker's fast two-sum). Processors find the larger with the units that multiply. */
INLINE void add_squares_f64x2(sum_f64x2 *sum, v128_t x) {
  v128_t larger = wasm_f64x2_pmax(sum->value, x), smaller = wasm_f64x2_pmin(sum->value, x);
  v128_t total = wasm_f64x2_add(sum->value, x);
  sum->carry = wasm_f64x2_add(sum->carry, wasm_f64x2_sub(smaller, wasm_f64x2_sub(total, larger)));
  sum->value = total;
}

/* The products of four vectors of two, added as a tree. */
INLINE v128_t tree_f64x2(const v128_t *x, const v128_t *y) {
  return wasm_f64x2_add(wasm_f64x2_add(wasm_f64x2_mul(x[0], y[0]), wasm_f64x2_mul(x[1], y[1])),
                        wasm_f64x2_add(wasm_f64x2_mul(x[2], y[2]), wasm_f64x2_mul(x[3], y[3])));
}

#endif
