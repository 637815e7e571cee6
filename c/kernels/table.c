/* The table of kernels by dtype. */
#include "kernels/kernels.h"

const cosdim_kernels *cosdim_kernels_of(cosdim_dtype dtype) {
#define ALL(name, dtype) \
  [dtype] = {cosdim_rows_##name##_simd128, cosdim_columns_##name##_simd128, cosdim_strided_##name##_simd128},
#define ROWS(name, dtype) [dtype] = {cosdim_rows_##name##_simd128, NULL, NULL},
  static const cosdim_kernels kernels[] = {COSDIM_NARROW_KERNELS(ROWS) COSDIM_WIDE_KERNELS(ALL)};
#undef ALL
#undef ROWS
  return &kernels[dtype];
}
