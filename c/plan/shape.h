/* Shapes: arithmetic that cannot overflow, dims that count from the end, strides, and runs of memory. */
#ifndef COSDIM_SHAPE_H
#define COSDIM_SHAPE_H

#include "cosdim.h"

/*
 * a · b and a + b, or the nearest int64. Sizes and strides of a tensor without elements can be anything; no element is
 * ever addressed with them.
 */
static inline int64_t cosdim_times(int64_t a, int64_t b) {
  int64_t product;
  if (!__builtin_mul_overflow(a, b, &product)) return product;
  return (a < 0) == (b < 0) ? INT64_MAX : INT64_MIN;
}

static inline int64_t cosdim_plus(int64_t a, int64_t b) {
  int64_t sum;
  if (!__builtin_add_overflow(a, b, &sum)) return sum;
  return a < 0 ? INT64_MIN : INT64_MAX;
}

static inline int64_t cosdim_smaller(int64_t a, int64_t b) {
  return a < b ? a : b;
}

static inline uint64_t cosdim_magnitude(int64_t x) {
  return x < 0 ? -(uint64_t)x : (uint64_t)x;
}

/* Notes the numbers of an error. */
cosdim_status cosdim_fail(int64_t *fault, cosdim_status status, int64_t a, int64_t b, int64_t c);

/* Whether a tensor is one: its dtype, rank and sizes in range, and its elements within the address space. */
cosdim_status cosdim_check_tensor(const cosdim_tensor *x);

/* torch's maybe_wrap_dim: counts a negative dim from the end. A 0-d tensor is taken as if it had one dim. */
cosdim_status cosdim_wrap_dim(int64_t dim, int64_t rank, int64_t *wrapped, int64_t *fault);

/* The product of the sizes. */
int64_t cosdim_element_count(int32_t rank, const int64_t *shape);

void cosdim_contiguous_strides(int32_t rank, const int64_t *shape, int64_t *stride);

/* n elements, stride apart. */
typedef struct {
  int64_t n, stride;
} cosdim_span;

/* What an operand reads, as spans from the innermost outwards. To begin, set `count` to 0. */
typedef struct {
  int count;
  cosdim_span span[COSDIM_MAX_RANK + 1];
} cosdim_spans;

/* Adds a span outside the others, joined with the outermost where it continues it in memory. */
void cosdim_add_span(cosdim_spans *spans, int64_t n, int64_t stride);

/*
 * Fills in copy `i` of those that pack what the spans read from `element` on: the two innermost spans are one copy.
 * Returns 0 when there is no copy `i`.
 */
int cosdim_copy_spans(const cosdim_spans *spans, int64_t i, int64_t element, void *packed, size_t size,
                      cosdim_copy *copy);

#endif
