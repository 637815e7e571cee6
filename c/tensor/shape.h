/* Shapes: saturating arithmetic, negative dims, strides, and spans of memory. */
#ifndef COSDIM_SHAPE_H
#define COSDIM_SHAPE_H

#include "cosdim.h"

/*
 * a · b and a + b, or the nearest int64. A tensor without elements, or one that repeats its elements, can have any
 * sizes and strides.
 */
int64_t cosdim_checked_product(int64_t a, int64_t b);

static inline int64_t cosdim_saturating_multiply(int64_t a, int64_t b) {
  /* The checked product is 20 % of planning in wasm. */
  return a == (int32_t)a && b == (int32_t)b ? a * b : cosdim_checked_product(a, b);
}

static inline int64_t cosdim_saturating_add(int64_t a, int64_t b) {
  int64_t sum;
  if (!__builtin_add_overflow(a, b, &sum)) return sum;
  return a < 0 ? INT64_MIN : INT64_MAX;
}

static inline int64_t cosdim_min(int64_t a, int64_t b) {
  return a < b ? a : b;
}

static inline uint64_t cosdim_magnitude(int64_t x) {
  return x < 0 ? (uint64_t)(-(x + 1)) + 1 : (uint64_t)x;
}

/*
 * Checks that dtype, rank and sizes are in range, and all elements within the address space: where an element is, in
 * bytes from the one at index 0, 0, …, is an int64, and so is the way along some of the axes.
 */
cosdim_status cosdim_check_tensor(const cosdim_tensor *x);

/* torch's maybe_wrap_dim: counts a negative dim from the end. A 0-d tensor counts as 1-d. */
cosdim_status cosdim_wrap_dim(int64_t dim, int64_t rank, int64_t *wrapped, int64_t *fault);

/* The product of the sizes, saturated. */
int64_t cosdim_element_count(int32_t rank, const int64_t *shape);

void cosdim_contiguous_strides(int32_t rank, const int64_t *shape, int64_t *stride);

/* n elements, stride apart. */
typedef struct {
  int64_t n, stride;
} cosdim_span;

/* What an operand reads, as spans from the innermost outwards. Start with `count` 0. */
typedef struct {
  int count;
  cosdim_span span[COSDIM_MAX_RANK + 1];
} cosdim_spans;

/* Adds an outer span, merged with the outermost one where they are contiguous. */
static inline void cosdim_add_span(cosdim_spans *spans, int64_t n, int64_t stride) {
  cosdim_span *outermost = spans->count ? &spans->span[spans->count - 1] : NULL;
  if (outermost && stride == cosdim_saturating_multiply(outermost->n, outermost->stride))
    outermost->n = cosdim_saturating_multiply(outermost->n, n);
  else
    spans->span[spans->count++] = (cosdim_span){n, stride};
}

/*
 * Fills in copy `i` of those needed to pack the spans, from `element` on. A copy covers the two innermost spans.
 * Returns 0 when there is no copy `i`.
 */
int cosdim_copy_spans(const cosdim_spans *spans, int64_t i, int64_t element, void *packed, size_t size,
                      cosdim_copy *copy);

#endif
