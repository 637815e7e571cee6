/* The conversion of staged elements against C's casts: any bits, every pair of dtypes and several lengths. */
#include "check.h"
#include "kernels/kernels.h"
#include "operand.h"
#include "tests.h"

#include <math.h>
#include <string.h>

enum { MOST = 40 };

/* The value that an element has when cast to a floating dtype. */
static double cast_to(int dtype, long double element) {
  if (dtype == COSDIM_FLOAT64) return (double)element;
  float narrow = (float)element;
  return dtype == COSDIM_FLOAT16 ? cosdim_half_to_double(cosdim_double_to_half(narrow)) : narrow;
}

/*
 * A plan casts floating operands to no wider dtype than the kernels read, and integers to that of the result. Results
 * of float16 are computed in float32, and what is explained in float64.
 */
static int is_planned(int from, int as, int to) {
  if (to == COSDIM_FLOAT16) return as == to && from == COSDIM_FLOAT32;
  return to == COSDIM_FLOAT64 ? as == to || as == from || from < COSDIM_FLOAT16 : as != COSDIM_FLOAT64;
}

/* Converts n elements, the first of `raw`, which has room for MOST of them. */
static void check_conversion(int from, int as, int to, int n, const void *raw) {
  _Alignas(16) char memory[MOST * 8];
  memcpy(memory, raw, sizeof memory);
  operand before = {.x = {.dtype = from}, .origin = (char *)raw}, after = {.x = {.dtype = to}, .origin = memory};
  cosdim_convert(memory, (cosdim_dtype)from, (cosdim_dtype)as, (cosdim_dtype)to, (size_t)n);
  for (int i = 0; i < n; i++) {
    double expected = cast_to(as, read_element(&before, i)), got = (double)read_element(&after, i);
    CHECK(isnan(expected) ? isnan(got) : got == expected && signbit(got) == signbit(expected),
          "element %d of %d, dtype %d as %d to %d: %.17g instead of %.17g", i, n, from, as, to, got, expected);
  }
}

/* Any bits, or few of them. */
static void check_bits(int from, int as, int to, int n) {
  _Alignas(16) char raw[MOST * 8];
  for (size_t i = 0; i < sizeof raw; i++) raw[i] = (char)below(below(2) ? 256 : 2);
  for (size_t i = 0; from == COSDIM_BOOL && i < sizeof raw; i++) raw[i] &= 1;
  check_conversion(from, as, to, n, raw);
}

/* 64-bit integers near a power of two, all of one sign. Those of up to 52 bits are converted in another way. */
static void check_powers(int as, int to) {
  for (int bits = 0; bits <= 62; bits++)
    for (int sign = -1; sign <= 1; sign += 2) {
      int64_t raw[MOST];
      for (int i = 0; i < MOST; i++) raw[i] = sign * ((INT64_C(1) << bits) + below(3) - 1);
      check_conversion(COSDIM_INT64, as, to, MOST, raw);
    }
}

void test_conversion(void) {
  for (int as = COSDIM_FLOAT16; as <= COSDIM_FLOAT64; as++)
    for (int to = COSDIM_FLOAT16; to <= COSDIM_FLOAT64; to++) {
      for (int from = COSDIM_BOOL; from <= COSDIM_FLOAT64; from++)
        for (int n = 0; is_planned(from, as, to) && n <= MOST; n++) check_bits(from, as, to, n);
      if (is_planned(COSDIM_INT64, as, to)) check_powers(as, to);
    }
}
