/* What the fuzzers' targets share: their input, bytes and zeros after the last; operands made of it; and bounds. */
#ifndef INPUT_H
#define INPUT_H

#include "../c/check.h"
#include "../c/operand.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Few and small allocations, so that little of each execution is spent on remembering them. */
const char *__asan_default_options(void);
const char *__asan_default_options(void) {
  return "quarantine_size_mb=2:malloc_context_size=1:detect_leaks=1";
}

typedef struct {
  const uint8_t *at, *end;
} input;

static inline int take(input *in) {
  return in->at < in->end ? *in->at++ : 0;
}

/* A number below n, which is at most 2^16. */
static inline int take_below(input *in, int n) {
  int low = take(in);
  return (n > 256 ? low | take(in) << 8 : low) % n;
}

/* Mostly small, so that an execution takes microseconds; sometimes longer than the longest block of any kernel. */
static inline int64_t take_size(input *in) {
  int how = take(in);
  return how < 12 ? 0 : how < 220 ? 1 + how % 9 : how < 250 ? 1 + take(in) : 1 + take_below(in, 3000);
}

/* Sums that squares overflow or make vanish, signed zeros, and what is no number. */
static inline double special_value(int dtype) {
  int is_f64 = dtype == COSDIM_FLOAT64, is_half = dtype == COSDIM_FLOAT16;
  double largest = is_f64    ? DBL_MAX
                   : is_half ? 65504
                             : FLT_MAX,
         least = is_f64    ? 0x1p-1074
                 : is_half ? 0x1p-24
                           : 0x1p-149;
  return (double[]){NAN, INFINITY, -INFINITY, -0.0, largest, -largest, least, -least}[below(8)];
}

/* Elements of one kind; the memory holds no byte more than the tensor reads. */
static inline void fill(input *in, operand *o) {
  int64_t low, high;
  if (!cosdim_extent(&o->x, &low, &high)) low = 0, high = -1;
  size_t size = size_of(o->x.dtype);
  o->memory = malloc((size_t)(high - low + 1) * size);
  o->origin = o->memory - low * (int64_t)size;
  int kind = take_below(in, o->x.dtype < COSDIM_FLOAT16 ? 2 : 5), is_half = o->x.dtype == COSDIM_FLOAT16;
  int rare = kind == 4 ? 1 + take_below(in, 100) : 0;
  for (int skipped = take(in); skipped > 0; skipped--) below(2);
  for (int64_t element = low; element <= high; element++)
    write_element(o, element,
                  rare && !below(rare)   ? special_value(o->x.dtype)
                  : kind == 2 && is_half ? any_value(3)
                                         : any_value(kind % 4));
}

/* How many elements a view may span: filling them takes most of the time. */
enum { MOST_SPANNED = 40000 };

/*
 * A view of any shape, with axes of any stride, contiguous or broadcast. It has `data` if the operand is to be read in
 * place. Returns 0, without memory, if it would span too much.
 */
static inline int take_operand(input *in, int dtype, int rank, const int64_t *shape, operand *o) {
  *o = (operand){.x = {.dtype = dtype, .rank = rank}};
  int64_t next = 1, low, high;
  for (int axis = rank - 1; axis >= 0; axis--) {
    int how = take(in), stride = (int8_t)take(in);
    o->x.shape[axis] = shape[axis];
    o->x.stride[axis] = how < 150 ? next : how < 190 ? 0 : shape[axis] > 12 ? stride % 5 : stride;
    next *= shape[axis] ? shape[axis] : 1;
  }
  cosdim_extent(&o->x, &low, &high);
  if (high - low > MOST_SPANNED) return 0;
  fill(in, o);
  if (take(in) % 2) o->x.data = o->origin;
  return 1;
}

/* A scratch of any size, and no byte more. */
static inline void *take_scratch(input *in, size_t *bytes) {
  int how = take(in);
  *bytes = COSDIM_MIN_SCRATCH + (size_t)take_below(in, how < 128 ? 3000 : 60000);
  return aligned_alloc(16, (*bytes + 15) & ~(size_t)15);
}

/* Integers beside integers need a cast. */
static inline int take_cast(input *in, int dtype1, int dtype2) {
  int cast = COSDIM_FLOAT32 + take_below(in, 2);
  return dtype1 < COSDIM_FLOAT16 && dtype2 < COSDIM_FLOAT16 ? cast : COSDIM_KEEP_DTYPE;
}

/* Whether an output is as near to the definition as the README says, whichever kernel computed it. */
static inline int is_close(int dtype, double got, long double expected) {
  double bound = dtype == COSDIM_FLOAT64 ? 8 * 0x1p-53 : dtype == COSDIM_FLOAT32 ? 17 * 0x1p-24 : 0x1p-12 + 0x1p-20;
  return isnan(expected) ? isnan(got) : fabsl(got - expected) <= bound;
}

/* Ends the execution, which is a finding, if an output is not. */
static inline void check_close(int dtype, double got, long double expected) {
  if (is_close(dtype, got, expected)) return;
  fprintf(stderr, "dtype %d: %.17g instead of %.17Lg\n", dtype, got, expected);
  abort();
}

#endif
