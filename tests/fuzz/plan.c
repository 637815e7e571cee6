/*
 * Plans of arbitrary views, staged and in place, with a scratch of any size: every output is that of the definition,
 * within the error bounds of the README.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "input.h"

enum { MOST_ELEMENTS = 20000 };

/* A view of an operand: each axis has the size of the common shape or is broadcast, and any stride. */
static operand make_view(input *in, const problem *p) {
  operand o = {.x = {.dtype = take_below(in, COSDIM_FLOAT64 + 1)}};
  int dropped = p->rank ? take_below(in, p->rank + 1) : 0;
  for (int axis = dropped; axis < p->rank; axis++) {
    int how = take(in);
    o.x.shape[o.x.rank] = how % 5 == 0 ? 1 : p->shape[axis];
    o.x.stride[o.x.rank++] = how % 3 == 0 ? (int8_t)take(in) : how % 3 == 1 ? 0 : INT64_MIN; /* contiguous, below */
  }
  int64_t next = 1;
  for (int axis = o.x.rank - 1; axis >= 0; axis--) {
    if (o.x.stride[axis] == INT64_MIN) o.x.stride[axis] = next;
    next *= o.x.shape[axis] ? o.x.shape[axis] : 1;
  }
  fill(in, &o);
  return o;
}

/* Whether both operands together have the common shape, as they may be broadcast along the same axis. */
static int64_t size_of_axis(const operand *o, const problem *p, int axis) {
  int own = axis - (p->rank - o->x.rank);
  return own < 0 ? 1 : o->x.shape[own];
}

static void check(const problem *p, int dtype, const char *out, int64_t outputs) {
  double bound = dtype == COSDIM_FLOAT64 ? 6.5 * 0x1p-53 : dtype == COSDIM_FLOAT32 ? 16.5 * 0x1p-24 : 0x1p-12 + 0x1p-20;
  operand result = {.x = {.dtype = dtype}, .origin = (char *)out};
  for (int64_t i = 0; i < outputs; i++) {
    double got = (double)read_element(&result, i);
    long double expected = definition(p, i);
    int is_right = isnan(expected) ? isnan(got) : fabsl(got - expected) <= bound;
    if (!is_right) abort();
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  input in = {data, data + size};
  seed_random();
  problem p = {.rank = take_below(&in, 6), .eps = (double[]){1e-8, 0, 1e-3, 2}[take_below(&in, 4)]};
  int64_t elements = 1;
  for (int axis = 0; axis < p.rank; axis++) {
    int how = take(&in);
    p.shape[axis] = how < 16 ? 0 : how < 200 ? 1 + how % 9 : 1 + take_below(&in, 700);
    if ((elements *= p.shape[axis] ? p.shape[axis] : 1) > MOST_ELEMENTS) return 0;
  }
  p.dim = p.rank ? take_below(&in, p.rank) : 0;
  operand x1 = make_view(&in, &p), x2 = make_view(&in, &p);
  p.x1 = &x1, p.x2 = &x2;
  for (int axis = 0; axis < p.rank; axis++) {
    int64_t size1 = size_of_axis(&x1, &p, axis), size2 = size_of_axis(&x2, &p, axis);
    p.shape[axis] = size1 == 1 ? size2 : size1;
  }
  if (x1.x.rank < p.rank && x2.x.rank < p.rank) { /* the common shape begins with dims of size 1 that neither has */
    int fewer = p.rank - (x1.x.rank > x2.x.rank ? x1.x.rank : x2.x.rank);
    memmove(p.shape, p.shape + fewer, sizeof p.shape - (size_t)fewer * sizeof *p.shape);
    p.rank -= fewer;
    p.dim = p.rank ? p.dim % p.rank : 0;
  }
  int how = take(&in);
  if (how & 1) x1.x.data = x1.origin;
  if (how & 2) x2.x.data = x2.origin;
  int are_integers = x1.x.dtype < COSDIM_FLOAT16 && x2.x.dtype < COSDIM_FLOAT16;
  int cast = are_integers ? (how & 4 ? COSDIM_FLOAT32 : COSDIM_FLOAT64) : COSDIM_KEEP_DTYPE;
  cosdim_plan plan;
  cosdim_status status =
      cosdim_similarity(&plan, &x1.x, &x2.x, how & 8 ? p.dim : p.dim - (p.rank ? p.rank : 1), p.eps, cast);
  if (status && status != COSDIM_ERROR_PROMOTION) abort();
  if (!status) {
    int64_t outputs = count_outputs(&p);
    size_t bytes = COSDIM_MIN_SCRATCH + (size_t)take_below(&in, 40000);
    void *scratch = aligned_alloc(16, (bytes + 15) & ~(size_t)15);
    char *out = malloc((size_t)outputs * size_of(plan.dtype));
    walk(&plan, &x1, &x2, scratch, bytes, out);
    check(&p, plan.dtype, out, outputs);
    free(scratch), free(out);
  }
  free_operand(&x1), free_operand(&x2);
  return 0;
}
