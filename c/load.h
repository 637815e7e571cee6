/* How kernels read four elements of a dtype as floats, and add them in float64. All are inlined with a constant dtype.
 */
#ifndef COSDIM_LOAD_H
#define COSDIM_LOAD_H

#include "kernels.h"

#define INLINE static inline __attribute__((always_inline))

INLINE size_t bytes_of(cosdim_dtype dtype) {
  return dtype == COSDIM_FLOAT32 ? 4 : dtype == COSDIM_FLOAT16 ? 2 : 1;
}

INLINE const void *element_of(cosdim_dtype dtype, const void *x, ptrdiff_t i) {
  return (const char *)x + i * (ptrdiff_t)bytes_of(dtype);
}

/*
 * Four halves, if they are finite: their exponent and fraction moved to a float's places are the number times 2^-112,
 * subnormal or not. Infinity and NaN come out as 2^16 or more, which no finite half is.
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

INLINE v128_t load4(cosdim_dtype dtype, const void *x) {
  switch (dtype) {
    case COSDIM_FLOAT32:
      return wasm_v128_load(x);
    case COSDIM_FLOAT16:
      return load_halves(x);
    case COSDIM_INT8:
      return wasm_f32x4_convert_i32x4(
          wasm_i32x4_extend_low_i16x8(wasm_i16x8_extend_low_i8x16(wasm_v128_load32_zero(x))));
    default:
      return wasm_f32x4_convert_i32x4(
          wasm_u32x4_extend_low_u16x8(wasm_u16x8_extend_low_u8x16(wasm_v128_load32_zero(x))));
  }
}

/* load4, but for halves only of finite ones. */
INLINE v128_t load4_finite(cosdim_dtype dtype, const void *x) {
  return dtype == COSDIM_FLOAT16 ? load_finite_halves(x) : load4(dtype, x);
}

/*
 * Reads ahead what is summed next: a byte of every second cache line, since cores fetch lines in pairs. A core that has
 * much to do with each line gets only to the next few by itself, while memory could give many at once. Out of cache, on
 * an Intel Xeon in a virtual machine: rows of 768 float32 640 -> 560 ns, float16 920..1100 -> 450, int8 200..490 ->
 * 120..190, float64 1570 -> 1270; rows of 3 7.0 -> 4.0, of 7 22 -> 10, of 64 160 -> 80. In cache it costs rows of 8 to
 * 95 a twentieth, the others nothing. All lines, or more bytes at once, are no faster; but calls of this are slower.
 */
enum { LINES = 128 };
INLINE void touch(const void *x, size_t bytes) {
  for (size_t i = 0; i < bytes; i += LINES) (void)*((const volatile char *)x + i);
}

/* Touches rows of n elements, if they lie one after the other. */
INLINE void touch_rows(cosdim_dtype dtype, const void *x, ptrdiff_t across, size_t n, size_t count) {
  if (across == (ptrdiff_t)n) touch(x, count * n * bytes_of(dtype));
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

/* Adds four floats that lie in memory: converting two from there is one instruction, from a register two or three. */
INLINE void add4(sum4 *sum, const float *x) {
  sum->low = wasm_f64x2_add(sum->low, promote_low(wasm_v128_load64_zero(x)));
  sum->high = wasm_f64x2_add(sum->high, promote_low(wasm_v128_load64_zero(x + 2)));
}

/* Adds products that float64 holds exactly. */
INLINE void add_products4(sum4 *sum, sum4 x, sum4 y) {
  sum->low = wasm_f64x2_add(sum->low, wasm_f64x2_mul(x.low, y.low));
  sum->high = wasm_f64x2_add(sum->high, wasm_f64x2_mul(x.high, y.high));
}

INLINE sum4 promote4(v128_t x) {
  return (sum4){promote_low(x), promote_high(x)};
}

INLINE double total4(sum4 sum) {
  v128_t both = wasm_f64x2_add(sum.low, sum.high);
  return wasm_f64x2_extract_lane(both, 0) + wasm_f64x2_extract_lane(both, 1);
}

/* Float64 sums keep their carry, so that they do not lose more with the length either. */
typedef struct {
  v128_t value, carry;
} carried;

/* cosdim_add for both lanes. */
INLINE void add_f64x2(carried *sum, v128_t x) {
  v128_t total = wasm_f64x2_add(sum->value, x), of_x = wasm_f64x2_sub(total, sum->value);
  v128_t lost = wasm_f64x2_add(wasm_f64x2_sub(sum->value, wasm_f64x2_sub(total, of_x)), wasm_f64x2_sub(x, of_x));
  sum->carry = wasm_f64x2_add(sum->carry, lost);
  sum->value = total;
}

/* The products of four vectors of two, added. */
INLINE v128_t tree_f64x2(const v128_t *x, const v128_t *y) {
  return wasm_f64x2_add(wasm_f64x2_add(wasm_f64x2_mul(x[0], y[0]), wasm_f64x2_mul(x[1], y[1])),
                        wasm_f64x2_add(wasm_f64x2_mul(x[2], y[2]), wasm_f64x2_mul(x[3], y[3])));
}

/*
 * Keeps a half tree's sums in memory until the other half is done. V8's older compiler moves loads ahead of arithmetic
 * over everything but stores, and then spills: with sixteen vectors kernel_dtype at once, rows take a third longer on
 * Node 20.
 */
#define COMPILER_BARRIER __asm__ volatile("" ::: "memory")

#endif
