#include "layouts.h"

#include "check.h"

#include <stdlib.h>

const layout layouts[LAYOUTS] = {
    {"rows", 2, 1, {{COUNT, LENGTH}, {COUNT, LENGTH}}, 0},
    {"one row against many", 2, 1, {{1, LENGTH}, {COUNT, LENGTH}}, 0},
    {"many rows against one", 2, 1, {{COUNT, LENGTH}, {1, LENGTH}}, 0},
    {"all pairs", 3, 2, {{COUNT, 1, LENGTH}, {1, COUNT2, LENGTH}}, 0},
    {"columns", 2, 0, {{LENGTH, COUNT}, {LENGTH, COUNT}}, 0},
    {"one column against many", 2, 0, {{LENGTH, 1}, {LENGTH, COUNT}}, 0},
    {"many columns against one", 2, 0, {{LENGTH, COUNT}, {LENGTH, 1}}, 0},
    {"rows with columns", 2, 1, {{COUNT, LENGTH}, {COUNT, LENGTH}}, 1},
    {"one row against many columns", 2, 1, {{1, LENGTH}, {COUNT, LENGTH}}, 1},
};

static void swap(int64_t *a, int64_t *b) {
  int64_t old = *a;
  *a = *b;
  *b = old;
}

problem make_layout_problem(const layout *l, int dtype, int64_t length, int64_t count, operand *x1, operand *x2) {
  problem p = {.x1 = x1, .x2 = x2, .rank = l->rank, .dim = l->dim, .eps = 1e-8};
  operand *operands[] = {x1, x2};
  for (int k = 0; k < 2; k++) {
    int64_t shape[3];
    for (int axis = 0; axis < l->rank; axis++) {
      int64_t size = l->shape[k][axis];
      shape[axis] = size == LENGTH ? length : size == COUNT ? count : size == COUNT2 ? 1 + count / 2 : size;
      if (shape[axis] > p.shape[axis]) p.shape[axis] = shape[axis];
    }
    int transposed = k == 1 && l->transposed;
    if (transposed) swap(&shape[0], &shape[1]);
    *operands[k] = make_operand(dtype, l->rank, shape, 1);
    cosdim_tensor *x = &operands[k]->x;
    x->data = operands[k]->origin;
    if (transposed) swap(&x->shape[0], &x->shape[1]), swap(&x->stride[0], &x->stride[1]);
  }
  return p;
}

char *compute(const problem *p, int *dtype, size_t scratch_bytes) {
  cosdim_plan plan;
  cosdim_tensor x1 = p->x1->x, x2 = p->x2->x;
  if (below(2)) x1.data = NULL;
  if (below(2)) x2.data = NULL;
  int cast = x1.dtype < COSDIM_FLOAT16 ? COSDIM_FLOAT32 : COSDIM_KEEP_DTYPE;
  cosdim_status status = cosdim_similarity(&plan, &x1, &x2, p->dim, p->eps, cast);
  CHECK(status == COSDIM_OK, "status %d", status);
  void *scratch = aligned_alloc(16, scratch_bytes);
  char *out = malloc((size_t)count_outputs(p) * size_of(plan.dtype));
  walk(&plan, p->x1, p->x2, scratch, scratch_bytes, out);
  free(scratch);
  *dtype = plan.dtype;
  return out;
}
