/*
 * Plans of arbitrary views, of any rank, staged and in place, with a scratch of any size: every output is that of the
 * definition, within the error bounds of the README.
 */
#include "input.h"

enum { MOST_RANK = 6, MOST_ELEMENTS = 600, MOST_ELEMENTS_RARELY = 30000 };

/* An operand that is broadcast to a common shape: it lacks the first axes, and has size 1 in others. */
static int make_view(input *in, const problem *p, operand *o) {
  int64_t shape[MAX_AXES];
  int dropped = take(in) % 4 ? 0 : take_below(in, p->rank + 1);
  for (int axis = dropped; axis < p->rank; axis++) shape[axis - dropped] = take(in) % 6 ? p->shape[axis] : 1;
  return take_operand(in, take_below(in, COSDIM_FLOAT64 + 1), p->rank - dropped, shape, o);
}

static int64_t size_of_axis(const operand *o, const problem *p, int axis) {
  int own = axis - (p->rank - o->x.rank);
  return own < 0 ? 1 : o->x.shape[own];
}

/* The common shape is what the two operands have together: both may lack the same axes. */
static void find_common_shape(problem *p) {
  for (int axis = 0; axis < p->rank; axis++) {
    int64_t size1 = size_of_axis(p->x1, p, axis), size2 = size_of_axis(p->x2, p, axis);
    p->shape[axis] = size1 == 1 ? size2 : size1;
  }
  int fewer = p->rank - (p->x1->x.rank > p->x2->x.rank ? p->x1->x.rank : p->x2->x.rank);
  memmove(p->shape, p->shape + fewer, sizeof p->shape - (size_t)fewer * sizeof *p->shape);
  p->rank -= fewer;
  p->dim = p->rank ? p->dim % p->rank : 0;
}

/* Puts axes of one element before the last `behind` axes of an operand, which change nothing. */
static cosdim_tensor stretched(const cosdim_tensor *x, int behind, int count, int64_t stride) {
  cosdim_tensor y = *x;
  if (x->rank < behind) return y;
  int at = x->rank - behind;
  for (int axis = 0; axis < count + behind; axis++) {
    y.shape[at + axis] = axis < count ? 1 : x->shape[at + axis - count];
    y.stride[at + axis] = axis < count ? stride : x->stride[at + axis - count];
  }
  y.rank += count;
  return y;
}

static void check(const problem *p, int dtype, const char *out, int64_t outputs) {
  operand result = {.x = {.dtype = dtype}, .origin = (char *)out};
  for (int64_t i = 0; i < outputs; i++) check_close(dtype, (double)read_element(&result, i), definition(p, i));
}

static void compute(input *in, problem *p) {
  int behind = take_below(in, p->rank + 1), count = take(in) % 4 ? 0 : take_below(in, COSDIM_MAX_RANK - p->rank + 1);
  int64_t dim = p->dim - (p->rank ? p->rank : 1), stride = (int64_t)take(in) << take_below(in, 50);
  cosdim_tensor x1 = stretched(&p->x1->x, behind, count, stride), x2 = stretched(&p->x2->x, behind, count, -stride);
  if (-dim > behind && p->rank) dim -= count;
  if (take(in) % 2) dim += p->rank + count ? p->rank + count : 1;
  cosdim_plan plan;
  cosdim_status status = cosdim_similarity(&plan, &x1, &x2, dim, p->eps, take_cast(in, x1.dtype, x2.dtype));
  if (status == COSDIM_ERROR_PROMOTION) return;
  if (status || plan.rank != (p->rank + count ? p->rank + count - 1 : 0)) abort();
  int64_t outputs = count_outputs(p);
  size_t bytes;
  void *scratch = take_scratch(in, &bytes);
  char *out = malloc((size_t)outputs * size_of(plan.dtype));
  if (x1.data && x2.data && take(in) % 2 == 0)
    status = cosdim_compute(&plan, scratch, bytes, out);
  else
    walk(&plan, p->x1, p->x2, scratch, bytes, out);
  if (strcmp(cosdim_status_string(status), "COSDIM_OK")) abort();
  check(p, plan.dtype, out, outputs);
  free(scratch), free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  input in = {data, data + size};
  seed_random();
  problem p = {.rank = take_below(&in, MOST_RANK), .eps = (double[]){1e-8, 0, 1e-3, 2}[take_below(&in, 4)]};
  int64_t elements = 1, most = take(&in) >= 248 ? MOST_ELEMENTS_RARELY : MOST_ELEMENTS;
  for (int axis = 0; axis < p.rank; axis++) {
    p.shape[axis] = take_size(&in);
    if ((elements *= p.shape[axis] ? p.shape[axis] : 1) > most) return 0;
  }
  p.dim = p.rank ? take_below(&in, p.rank) : 0;
  operand x1 = {.memory = NULL}, x2 = {.memory = NULL};
  p.x1 = &x1, p.x2 = &x2;
  if (make_view(&in, &p, &x1) && make_view(&in, &p, &x2)) {
    find_common_shape(&p);
    compute(&in, &p);
  }
  free_operand(&x1), free_operand(&x2);
  return 0;
}
