/*
 * Plans: every rule about shapes. Broadcasting, dims, the result's shape and dtype, and what is wrong with an input, in
 * the order in which PyTorch checks; then the same as a list of loops, which is all that the walk in tile.c knows.
 */
#include "kernels.h"

static cosdim_status fail(int64_t *fault, cosdim_status status, int64_t a, int64_t b, int64_t c) {
  fault[0] = a;
  fault[1] = b;
  fault[2] = c;
  return status;
}

/* torch's maybe_wrap_dim: a 0-d tensor is taken as if it had one dim. */
cosdim_status cosdim_wrap_dim(int64_t dim, int64_t rank, int64_t *wrapped, int64_t *fault) {
  int64_t dims = rank > 0 ? rank : 1;
  if (dim < -dims || dim >= dims) return fail(fault, COSDIM_ERROR_DIM, -dims, dims - 1, dim);
  *wrapped = dim < 0 ? dim + dims : dim;
  return COSDIM_OK;
}

/* The axis of `x` under an axis of the common shape, to which shapes are aligned at their end; -1 where it has none. */
static int axis_under(const cosdim_plan *plan, const cosdim_tensor *x, int axis) {
  int under = axis - (plan->common_rank - x->rank);
  return under < 0 || under >= x->rank ? -1 : under;
}

static int64_t size_under(const cosdim_plan *plan, const cosdim_tensor *x, int axis) {
  int under = axis_under(plan, x, axis);
  return under < 0 ? 1 : x->shape[under];
}

/* How far apart two neighbours along an axis of the common shape lie in `x`: nowhere, where it is broadcast. */
static int64_t step_under(const cosdim_plan *plan, const cosdim_tensor *x, int axis) {
  return size_under(plan, x, axis) == 1 ? 0 : x->stride[axis_under(plan, x, axis)];
}

/* torch's infer_size, which finds the last mismatch first. */
static cosdim_status broadcast(cosdim_plan *plan, const cosdim_tensor *x1, const cosdim_tensor *x2) {
  plan->common_rank = x1->rank > x2->rank ? x1->rank : x2->rank;
  for (int axis = plan->common_rank - 1; axis >= 0; axis--) {
    int64_t size1 = size_under(plan, x1, axis), size2 = size_under(plan, x2, axis);
    if (size1 != size2 && size1 != 1 && size2 != 1)
      return fail(plan->fault, COSDIM_ERROR_BROADCAST, size1, size2, axis);
    plan->common_shape[axis] = size1 == 1 ? size2 : size1;
  }
  return COSDIM_OK;
}

static int64_t magnitude(int64_t x) {
  return x < 0 ? -x : x;
}

static int64_t largest_step(const cosdim_loop *loop) {
  int64_t largest = 0;
  for (int k = 0; k < COSDIM_OUT; k++)
    if (magnitude(loop->step[k]) > largest) largest = magnitude(loop->step[k]);
  return largest;
}

/* Adds a loop at its place: the smaller its steps, the further in; the later of equals goes outside. */
static int insert_loop(cosdim_plan *plan, const cosdim_loop *loop) {
  int at = plan->loops++;
  for (; at > 0 && largest_step(&plan->loop[at - 1]) > largest_step(loop); at--) plan->loop[at] = plan->loop[at - 1];
  plan->loop[at] = *loop;
  return at;
}

/* Two loops are one where every operand goes on after the inner one as it would have within it. */
static void merge_loops(cosdim_plan *plan) {
  int merged = 0;
  for (int l = 1; l < plan->loops; l++) {
    cosdim_loop *inner = &plan->loop[merged];
    int continues = 1;
    for (int k = 0; k < COSDIM_OPERANDS; k++)
      continues &= plan->loop[l].step[k] == cosdim_times(inner->step[k], inner->n);
    if (continues)
      inner->n *= plan->loop[l].n;
    else
      plan->loop[++merged] = plan->loop[l];
  }
  if (plan->loops) plan->loops = merged + 1;
}

static cosdim_loop loop_over(const cosdim_plan *plan, const cosdim_tensor *const *x, int axis, int64_t n,
                             int64_t out_step) {
  cosdim_loop loop = {.n = n, .step[COSDIM_OUT] = out_step};
  for (int k = 0; k < COSDIM_OUT; k++)
    if (x[k]) loop.step[k] = step_under(plan, x[k], axis);
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

/* The common shape without dim, contiguous. */
static cosdim_status reduce_shape(cosdim_plan *plan) {
  plan->rank = 0;
  for (int axis = 0; axis < plan->common_rank; axis++)
    if (axis != plan->dim) plan->shape[plan->rank++] = plan->common_shape[axis];
  int64_t step = 1, count = 1;
  for (int axis = plan->rank - 1; axis >= 0; axis--) {
    plan->stride[axis] = step;
    step = cosdim_times(step, plan->shape[axis] ? plan->shape[axis] : 1);
    count = cosdim_times(count, plan->shape[axis]);
  }
  return count == INT64_MAX ? COSDIM_ERROR_TOO_LARGE : COSDIM_OK;
}

/* What is compute_dtype in: float16 in float32, which holds its products exactly. */
static cosdim_dtype computed_in(cosdim_dtype result) {
  return result == COSDIM_FLOAT64 ? COSDIM_FLOAT64 : COSDIM_FLOAT32;
}

static cosdim_status make_plan(cosdim_plan *plan, const cosdim_tensor *const *x, int64_t dim, double eps,
                               cosdim_dtype result, cosdim_rule rule) {
  plan->dtype = result;
  plan->compute_dtype = computed_in(result);
  plan->eps = eps;
  plan->rule = rule;
  plan->weighted = x[COSDIM_WEIGHTS] != NULL;
  for (int k = 0; k < COSDIM_OUT; k++)
    if (x[k] && x[k]->rank > COSDIM_MAX_RANK) return COSDIM_ERROR_RANK;
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
  plan->operand_dtype[COSDIM_OUT] = result;
  plan->data[COSDIM_OUT] = NULL;
  return COSDIM_OK;
}

/* Integer operands are cast to the common dtype; floating ones keep theirs, and the result has the wider of the two. */
cosdim_status cosdim_similarity(cosdim_plan *plan, const cosdim_tensor *x1, const cosdim_tensor *x2, int64_t dim,
                                double eps, int32_t cast) {
  const cosdim_tensor *x[COSDIM_OUT] = {x1, x2, NULL};
  cosdim_dtype common = (cosdim_dtype)cast;
  if (cast == COSDIM_KEEP_DTYPE) {
    cosdim_status status = cosdim_common_dtype(x1, x2, &common, plan->fault);
    if (status) return status;
  }
  if (!cosdim_is_floating(common)) return fail(plan->fault, COSDIM_ERROR_DTYPE, common, 0, 0);
  for (int k = 0; k < COSDIM_WEIGHTS; k++) {
    int keeps = cast == COSDIM_KEEP_DTYPE && cosdim_is_floating((cosdim_dtype)x[k]->dtype);
    plan->cast[k] = keeps ? x[k]->dtype : (int32_t)common;
  }
  int32_t result = plan->cast[COSDIM_X1] > plan->cast[COSDIM_X2] ? plan->cast[COSDIM_X1] : plan->cast[COSDIM_X2];
  return make_plan(plan, x, dim, eps, (cosdim_dtype)result, COSDIM_COSINE);
}

cosdim_status cosdim_distance(cosdim_plan *plan, const cosdim_tensor *u, const cosdim_tensor *v,
                              const cosdim_tensor *weights) {
  const cosdim_tensor *x[COSDIM_OUT] = {u, v, weights};
  for (int k = 0; k < COSDIM_OUT; k++) {
    plan->cast[k] = COSDIM_FLOAT64;
    if (!x[k]) continue;
    if (x[k]->rank != 1) return COSDIM_ERROR_NOT_A_VECTOR;
    if (x[k]->shape[0] != u->shape[0]) return fail(plan->fault, COSDIM_ERROR_LENGTHS, u->shape[0], x[k]->shape[0], k);
  }
  return make_plan(plan, x, 0, 0, COSDIM_FLOAT64, COSDIM_COSINE_DISTANCE);
}

/* x1[:, None] with x2[None] along the last dim, which the walk knows as all pairs. */
cosdim_status cosdim_pairwise(cosdim_plan *plan, const cosdim_tensor *x1, const cosdim_tensor *x2, double eps,
                              int32_t cast) {
  if (x1->rank != 2 || x2->rank != 2 || x1->shape[1] != x2->shape[1]) return COSDIM_ERROR_PAIRWISE_SHAPES;
  cosdim_tensor rows = *x1, columns = *x2;
  cosdim_unsqueeze(&rows, 1, plan->fault);
  cosdim_unsqueeze(&columns, 0, plan->fault);
  return cosdim_similarity(plan, &rows, &columns, -1, eps, cast);
}

cosdim_status cosdim_attention(cosdim_plan *plan, const cosdim_tensor *target, const cosdim_tensor *behaviored) {
  int one = target->rank == 1 || (target->rank == 2 && target->shape[0] == 1);
  if (!one || behaviored->rank != 2 || target->shape[target->rank - 1] != behaviored->shape[1])
    return COSDIM_ERROR_ATTENTION_SHAPES;
  return cosdim_similarity(plan, target, behaviored, 1, 1e-8, COSDIM_KEEP_DTYPE);
}

cosdim_status cosdim_topk_plan(cosdim_plan *plan, cosdim_topk *topk, const cosdim_tensor *query,
                               const cosdim_tensor *corpus, int64_t k, double eps, int32_t cast) {
  cosdim_tensor queries = *query;
  if (query->rank < 1 || query->rank > 2 || corpus->rank != 2) return COSDIM_ERROR_TOPK_SHAPES;
  if (query->shape[query->rank - 1] != corpus->shape[1]) return COSDIM_ERROR_TOPK_SHAPES;
  if (query->rank == 1) cosdim_unsqueeze(&queries, 0, plan->fault);
  cosdim_status status = cosdim_pairwise(plan, &queries, corpus, eps, cast);
  if (status) return status;
  *topk = (cosdim_topk){.queries = plan->shape[0], .n = plan->shape[1], .k = k};
  if (k < 0 || k > topk->n) return fail(plan->fault, COSDIM_ERROR_K, k, topk->n, 0);
  if (topk->n > INT32_MAX) return COSDIM_ERROR_TOO_LARGE;
  /* What the host reads of the plan is the result; the walk goes by the loops. */
  plan->rank = query->rank;
  plan->shape[plan->rank - 1] = k;
  plan->stride[plan->rank - 1] = 1;
  if (plan->rank == 2) plan->stride[0] = k > 0 ? k : 1;
  return COSDIM_OK;
}

cosdim_status cosdim_explain(cosdim_plan *plan, const cosdim_tensor *x, int32_t indices, const int64_t *index,
                             cosdim_output_vector *lane) {
  if (indices != plan->rank) return fail(plan->fault, COSDIM_ERROR_INDICES, indices, plan->rank, 0);
  int at_dim = axis_under(plan, x, plan->dim);
  lane->n = plan->common_rank ? plan->common_shape[plan->dim] : 1;
  lane->step = at_dim < 0 ? 0 : step_under(plan, x, plan->dim);
  lane->axis = at_dim < 0 || x->shape[at_dim] == 1 ? -1 : at_dim;
  lane->element = 0;
  lane->output = 0;
  if (at_dim >= 0) lane->index[at_dim] = 0;
  for (int axis = 0, kept = 0; axis < plan->common_rank; axis++) {
    if (axis == plan->dim) continue;
    int64_t n = plan->common_shape[axis], at = index[kept] < 0 ? index[kept] + n : index[kept];
    if (at < 0 || at >= n) return fail(plan->fault, COSDIM_ERROR_INDEX, index[kept], n, kept);
    kept++;
    lane->output = lane->output * n + at;
    int under = axis_under(plan, x, axis);
    if (under < 0) continue;
    lane->index[under] = x->shape[under] == 1 ? 0 : at;
    lane->element += lane->index[under] * x->stride[under];
  }
  return COSDIM_OK;
}

void cosdim_narrow_to_output(cosdim_plan *plan, const cosdim_output_vector *lane1, const cosdim_output_vector *lane2) {
  const cosdim_output_vector *lanes[] = {lane1, lane2};
  for (int k = 0; k < COSDIM_WEIGHTS; k++) {
    int64_t bytes = lanes[k]->element * (int64_t)cosdim_size((cosdim_dtype)plan->operand_dtype[k]);
    if (plan->data[k]) plan->data[k] = (const char *)plan->data[k] + bytes;
  }
  plan->dtype = plan->compute_dtype = plan->operand_dtype[COSDIM_OUT] = COSDIM_FLOAT64;
  plan->rank = 0;
  plan->loops = 1;
  plan->reduced = 0;
  plan->loop[0] = (cosdim_loop){.n = lane1->n, .step = {lane1->step, lane2->step}};
}
