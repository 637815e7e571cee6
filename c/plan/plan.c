/*
 * Plans: every rule about shapes, in the order in which PyTorch checks them. Broadcasting, dim and the result's shape
 * become a list of loops, all that tile.c needs.
 */
#include "plan/plan.h"

#include "tensor/shape.h"
#include "status.h"

int cosdim_aligned_axis(const cosdim_plan *plan, const cosdim_tensor *x, int axis) {
  int under = axis - (plan->common_rank - x->rank); /* shapes are aligned at their end */
  return under < 0 || under >= x->rank ? -1 : under;
}

static int64_t aligned_size(const cosdim_plan *plan, const cosdim_tensor *x, int axis) {
  int under = cosdim_aligned_axis(plan, x, axis);
  return under < 0 ? 1 : x->shape[under];
}

int64_t cosdim_aligned_stride(const cosdim_plan *plan, const cosdim_tensor *x, int axis) {
  if (aligned_size(plan, x, axis) == 1) return 0;
  for (int i = 0; i < x->rank; i++)
    if (x->shape[i] == 0) return 0;
  return x->stride[cosdim_aligned_axis(plan, x, axis)];
}

/* torch's infer_size, which reports the last mismatch. */
static cosdim_status broadcast(cosdim_plan *plan, const cosdim_tensor *x1, const cosdim_tensor *x2) {
  plan->common_rank = x1->rank > x2->rank ? x1->rank : x2->rank;
  for (int axis = plan->common_rank - 1; axis >= 0; axis--) {
    int64_t size1 = aligned_size(plan, x1, axis), size2 = aligned_size(plan, x2, axis);
    if (size1 != size2 && size1 != 1 && size2 != 1)
      return cosdim_fail(plan->fault, COSDIM_ERROR_BROADCAST, size1, size2, axis);
    plan->common_shape[axis] = size1 == 1 ? size2 : size1;
  }
  return COSDIM_OK;
}

static uint64_t largest_stride(const cosdim_loop *loop) {
  uint64_t largest = 0;
  for (int k = 0; k < COSDIM_OUT; k++)
    if (cosdim_magnitude(loop->stride[k]) > largest) largest = cosdim_magnitude(loop->stride[k]);
  return largest;
}

/* Inserts a loop by its largest stride, smallest innermost; equals keep their order. */
static int insert_loop(cosdim_plan *plan, const cosdim_loop *loop) {
  int at = plan->loops++;
  for (; at > 0 && largest_stride(&plan->loop[at - 1]) > largest_stride(loop); at--)
    plan->loop[at] = plan->loop[at - 1];
  plan->loop[at] = *loop;
  return at;
}

/* Merges two neighbouring loops where the outer one continues the inner one in every operand. */
static void merge_loops(cosdim_plan *plan) {
  int merged = 0;
  for (int l = 1; l < plan->loops; l++) {
    cosdim_loop *inner = &plan->loop[merged];
    int continues = 1;
    for (int k = 0; k < COSDIM_OPERANDS; k++)
      continues &= plan->loop[l].stride[k] == cosdim_saturating_multiply(inner->stride[k], inner->n);
    if (continues)
      inner->n = cosdim_saturating_multiply(inner->n, plan->loop[l].n);
    else
      plan->loop[++merged] = plan->loop[l];
  }
  if (plan->loops) plan->loops = merged + 1;
}

static cosdim_loop loop_over(const cosdim_plan *plan, const cosdim_tensor *const *x, int axis, int64_t n,
                             int64_t out_stride) {
  cosdim_loop loop = {.n = n, .stride[COSDIM_OUT] = out_stride};
  for (int k = 0; k < COSDIM_OUT; k++)
    if (x[k]) loop.stride[k] = cosdim_aligned_stride(plan, x[k], axis);
  return loop;
}

static void make_loops(cosdim_plan *plan, const cosdim_tensor *const *x) {
  plan->loops = 0;
  for (int axis = plan->common_rank - 1; axis >= 0; axis--) {
    int64_t n = plan->common_shape[axis];
    if (axis == plan->dim || n == 1) continue;
    cosdim_loop kept = loop_over(plan, x, axis, n, plan->stride[axis > plan->dim ? axis - 1 : axis]);
    insert_loop(plan, &kept);
  }
  merge_loops(plan);
  int64_t n = plan->common_rank ? plan->common_shape[plan->dim] : 1;
  cosdim_loop reduced = loop_over(plan, x, plan->dim, n, 0);
  plan->reduced = insert_loop(plan, &reduced);
}

/* The result's shape: the common shape without dim. */
static cosdim_status reduce_shape(cosdim_plan *plan) {
  plan->rank = 0;
  for (int axis = 0; axis < plan->common_rank; axis++)
    if (axis != plan->dim) plan->shape[plan->rank++] = plan->common_shape[axis];
  cosdim_contiguous_strides(plan->rank, plan->shape, plan->stride);
  return cosdim_element_count(plan->rank, plan->shape) == INT64_MAX ? COSDIM_ERROR_TOO_LARGE : COSDIM_OK;
}

cosdim_status cosdim_make_plan(cosdim_plan *plan, const cosdim_tensor *const *x, int64_t dim, double eps,
                               cosdim_dtype result, cosdim_rule rule) {
  plan->dtype = (int32_t)result;
  plan->compute_dtype =
      result == COSDIM_FLOAT64 ? COSDIM_FLOAT64 : COSDIM_FLOAT32; /* float32 holds float16's products exactly */
  plan->eps = eps;
  plan->rule = rule;
  plan->weighted = x[COSDIM_WEIGHTS] != NULL;
  if (!(eps >= 0)) return COSDIM_ERROR_EPS;
  cosdim_status status = broadcast(plan, x[COSDIM_X1], x[COSDIM_X2]);
  if (status) return status;
  int64_t wrapped;
  if ((status = cosdim_wrap_dim(dim, plan->common_rank, &wrapped, plan->fault))) return status;
  plan->dim = (int32_t)wrapped;
  if ((status = reduce_shape(plan))) return status;
  make_loops(plan, x);
  for (int k = 0; k < COSDIM_OUT; k++) {
    plan->operand_dtype[k] = x[k] ? x[k]->dtype : COSDIM_FLOAT64;
    plan->data[k] = x[k] ? x[k]->data : NULL;
  }
  plan->operand_dtype[COSDIM_OUT] = (int32_t)result;
  plan->data[COSDIM_OUT] = NULL;
  return COSDIM_OK;
}
