/* The steps behind one output: where its terms are, and the sums up to each. */
#include "kernels/compensated.h"
#include "tensor/dtype.h"
#include "plan/plan.h"
#include "tensor/shape.h"
#include "status.h"
#include "plan/tile.h"

cosdim_status cosdim_explain(cosdim_plan *plan, const cosdim_tensor *x, int32_t indices, const int64_t *index,
                             cosdim_output_vector *vector) {
  if (indices != plan->rank) return cosdim_fail(plan->fault, COSDIM_ERROR_INDICES, indices, plan->rank, 0);
  int dim = cosdim_aligned_axis(plan, x, plan->dim);
  vector->n = plan->common_rank ? plan->common_shape[plan->dim] : 1;
  vector->stride = dim < 0 ? 0 : cosdim_aligned_stride(plan, x, plan->dim);
  vector->axis = dim < 0 || x->shape[dim] == 1 ? -1 : dim;
  vector->element = 0;
  vector->output = 0;
  if (dim >= 0) vector->index[dim] = 0;
  for (int axis = 0, kept = 0; axis < plan->common_rank; axis++) {
    if (axis == plan->dim) continue;
    int64_t n = plan->common_shape[axis], at = index[kept] < 0 ? index[kept] + n : index[kept];
    if (at < 0 || at >= n) return cosdim_fail(plan->fault, COSDIM_ERROR_INDEX, index[kept], n, kept);
    kept++;
    /* Saturated, since the sizes before a 0 may be any. The check of `at` refuses that 0. */
    vector->output = cosdim_saturating_add(cosdim_saturating_multiply(vector->output, n), at);
    int under = cosdim_aligned_axis(plan, x, axis);
    if (under < 0) continue;
    vector->index[under] = x->shape[under] == 1 ? 0 : at;
    vector->element += at * cosdim_aligned_stride(plan, x, axis);
  }
  return COSDIM_OK;
}

void cosdim_narrow_to_output(cosdim_plan *plan, const cosdim_output_vector *vector1,
                             const cosdim_output_vector *vector2) {
  const cosdim_output_vector *vectors[] = {vector1, vector2};
  for (int k = 0; k < COSDIM_WEIGHTS; k++) {
    int64_t bytes = vectors[k]->element * (int64_t)cosdim_size((cosdim_dtype)plan->operand_dtype[k]);
    if (plan->data[k]) plan->data[k] = (const char *)plan->data[k] + bytes;
  }
  plan->dtype = plan->compute_dtype = plan->operand_dtype[COSDIM_OUT] = COSDIM_FLOAT64;
  plan->rank = 0;
  plan->loops = 1;
  plan->reduced = 0;
  plan->loop[0] = (cosdim_loop){.n = vector1->n, .stride = {vector1->stride, vector2->stride}};
}

void cosdim_accumulate_term(cosdim_plan *plan, int64_t i, cosdim_term *term) {
  const cosdim_loop *reduced = &plan->loop[plan->reduced];
  cosdim_sums *sums = &plan->sums[0];
  if (reduced->start == 0 && i == 0) memset(sums, 0, sizeof *sums);
  double x1 = ((const double *)cosdim_tile_data(plan, COSDIM_X1))[i * reduced->tile_stride[COSDIM_X1]];
  double x2 = ((const double *)cosdim_tile_data(plan, COSDIM_X2))[i * reduced->tile_stride[COSDIM_X2]];
  cosdim_add(&sums->dot, x1 * x2);
  cosdim_add(&sums->norm1_squared, x1 * x1);
  cosdim_add(&sums->norm2_squared, x2 * x2);
  *term = (cosdim_term){.x1 = x1,
                        .x2 = x2,
                        .product = x1 * x2,
                        .square1 = x1 * x1,
                        .square2 = x2 * x2,
                        .dot = sums->dot.value + sums->dot.carry,
                        .norm1_squared = sums->norm1_squared.value + sums->norm1_squared.carry,
                        .norm2_squared = sums->norm2_squared.value + sums->norm2_squared.carry};
}
