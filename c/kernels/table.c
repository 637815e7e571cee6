/* The table of kernels by dtype. */
#include "kernels/kernels.h"

const cosdim_kernels *cosdim_kernels_of(cosdim_dtype dtype) {
#define WITH_COLUMNS(name, dtype) \
  [dtype] = {cosdim_rows_##name##_simd128, cosdim_columns_##name##_simd128, cosdim_strided_##name##_simd128},
#define WITHOUT_COLUMNS(name, dtype) [dtype] = {cosdim_rows_##name##_simd128, NULL, cosdim_strided_##name##_simd128},
  static const cosdim_kernels kernels[] = {COSDIM_FLOAT_KERNELS(WITH_COLUMNS) COSDIM_INTEGER_KERNELS(WITHOUT_COLUMNS)
                                               WITH_COLUMNS(f64, COSDIM_FLOAT64)};
#undef WITH_COLUMNS
#undef WITHOUT_COLUMNS
  return &kernels[dtype];
}
