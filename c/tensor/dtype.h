/* Element types: their sizes, how an element is read and written, and torch's promotion of two dtypes. */
#ifndef COSDIM_DTYPE_H
#define COSDIM_DTYPE_H

#include "cosdim.h"

#include <string.h>

/* Marks unreachable code: it traps instead of computing with a wrong dtype. */
#define COSDIM_UNREACHABLE() __builtin_trap()

/* The size of an element, by dtype. */
static const unsigned char cosdim_sizes[] = {
    [COSDIM_BOOL] = 1,   [COSDIM_UINT8] = 1,   [COSDIM_INT8] = 1,    [COSDIM_INT16] = 2,
    [COSDIM_INT32] = 4,  [COSDIM_INT64] = 8,   [COSDIM_UINT16] = 2,  [COSDIM_UINT32] = 4,
    [COSDIM_UINT64] = 8, [COSDIM_FLOAT16] = 2, [COSDIM_FLOAT32] = 4, [COSDIM_FLOAT64] = 8};

static inline size_t cosdim_size(cosdim_dtype dtype) {
  return cosdim_sizes[dtype];
}

static inline int cosdim_is_floating(cosdim_dtype dtype) {
  return dtype >= COSDIM_FLOAT16;
}

/*
 * Element i of an array, cast to the floating dtype `as` (but not rounded to float16). A 64-bit integer is rounded
 * once, straight to `as`. Inlined, so that kernels with a constant dtype pay for no switch.
 */
static inline __attribute__((always_inline)) double cosdim_element_as(cosdim_dtype dtype, const void *data, ptrdiff_t i,
                                                                      cosdim_dtype as) {
  /* memcpy: converted elements overlap the raw ones in memory, which typed pointers would hide from the compiler. */
#define READ(name, type)                                                \
  case name: {                                                          \
    type x;                                                             \
    memcpy(&x, (const char *)data + i * (ptrdiff_t)sizeof x, sizeof x); \
    return as == COSDIM_FLOAT64 ? (double)x : (double)(float)x;         \
  }
  switch (dtype) {
    case COSDIM_BOOL:
      return ((const char *)data)[i] != 0;
      READ(COSDIM_UINT8, uint8_t)
      READ(COSDIM_INT8, int8_t)
      READ(COSDIM_INT16, int16_t)
      READ(COSDIM_INT32, int32_t)
      READ(COSDIM_INT64, int64_t)
      READ(COSDIM_UINT16, uint16_t)
      READ(COSDIM_UINT32, uint32_t)
      READ(COSDIM_UINT64, uint64_t)
      READ(COSDIM_FLOAT32, float)
      READ(COSDIM_FLOAT64, double)
    case COSDIM_FLOAT16: {
      uint16_t bits;
      memcpy(&bits, (const char *)data + i * (ptrdiff_t)sizeof bits, sizeof bits);
      return cosdim_half_to_double(bits);
    }
  }
#undef READ
  COSDIM_UNREACHABLE();
}

/* Element i of an array, as a double. */
static inline __attribute__((always_inline)) double cosdim_element(cosdim_dtype dtype, const void *data, ptrdiff_t i) {
  return cosdim_element_as(dtype, data, i, COSDIM_FLOAT64);
}

/* Writes element i of an array of a floating dtype. cosdim_read_element is its counterpart. */
void cosdim_write_element(cosdim_dtype dtype, void *data, size_t i, double x);

/* torch.result_type of two operands. On error, fault[0] and fault[1] are the two dtypes. */
cosdim_status cosdim_common_dtype(const cosdim_tensor *x1, const cosdim_tensor *x2, cosdim_dtype *common,
                                  int64_t *fault);

#endif
