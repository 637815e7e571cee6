/* Plans of the similarities and of SciPy's distance: their shapes and dtypes. */
#include "tensor/dtype.h"
#include "plan/plan.h"
#include "tensor/shape.h"
#include "status.h"

cosdim_status cosdim_casts(const cosdim_tensor *x1, const cosdim_tensor *x2, int32_t cast, int32_t *casts,
                           cosdim_dtype *result, int64_t *fault) {
  if (cast < COSDIM_KEEP_DTYPE || cast > COSDIM_FLOAT64) return COSDIM_ERROR_CAST;
  cosdim_dtype common = (cosdim_dtype)cast;
  cosdim_status status = COSDIM_OK;
  if (cast == COSDIM_KEEP_DTYPE && (status = cosdim_common_dtype(x1, x2, &common, fault))) return status;
  if (!cosdim_is_floating(common)) return cosdim_fail(fault, COSDIM_ERROR_DTYPE, common, 0, 0);
  const cosdim_tensor *x[COSDIM_WEIGHTS] = {x1, x2};
  for (int k = 0; k < COSDIM_WEIGHTS; k++) {
    int keeps = cast == COSDIM_KEEP_DTYPE && cosdim_is_floating((cosdim_dtype)x[k]->dtype);
    casts[k] = keeps ? x[k]->dtype : (int32_t)common;
  }
  *result = (cosdim_dtype)(casts[COSDIM_X1] > casts[COSDIM_X2] ? casts[COSDIM_X1] : casts[COSDIM_X2]);
  return COSDIM_OK;
}

cosdim_status cosdim_similarity(cosdim_plan *plan, const cosdim_tensor *x1, const cosdim_tensor *x2, int64_t dim,
                                double eps, int32_t cast) {
  const cosdim_tensor *x[COSDIM_OUT] = {x1, x2, NULL};
  cosdim_status status;
  for (int k = 0; k < COSDIM_WEIGHTS; k++)
    if ((status = cosdim_check_tensor(x[k]))) return status;
  cosdim_dtype result;
  if ((status = cosdim_casts(x1, x2, cast, plan->cast, &result, plan->fault))) return status;
  return cosdim_make_plan(plan, x, dim, eps, result, COSDIM_COSINE);
}

/* x1[:, None] with x2 along the last dim, which the walk recognizes as all pairs. */
cosdim_status cosdim_pairwise(cosdim_plan *plan, const cosdim_tensor *x1, const cosdim_tensor *x2, double eps,
                              int32_t cast) {
  if (x1->rank != 2 || x2->rank != 2 || x1->shape[1] != x2->shape[1]) return COSDIM_ERROR_PAIRWISE_SHAPES;
  cosdim_tensor rows = *x1;
  cosdim_status status = cosdim_unsqueeze(&rows, 1, plan->fault);
  return status ? status : cosdim_similarity(plan, &rows, x2, -1, eps, cast);
}

cosdim_status cosdim_distance(cosdim_plan *plan, const cosdim_tensor *u, const cosdim_tensor *v,
                              const cosdim_tensor *weights) {
  const cosdim_tensor *x[COSDIM_OUT] = {u, v, weights};
  for (int k = 0; k < COSDIM_OUT; k++) {
    plan->cast[k] = COSDIM_FLOAT64;
    if (!x[k]) continue;
    cosdim_status status = cosdim_check_tensor(x[k]);
    if (status) return status;
    if (x[k]->rank != 1) return COSDIM_ERROR_NOT_A_VECTOR;
    if (x[k]->shape[0] != u->shape[0])
      return cosdim_fail(plan->fault, COSDIM_ERROR_LENGTHS, u->shape[0], x[k]->shape[0], k);
  }
  return cosdim_make_plan(plan, x, 0, 0, COSDIM_FLOAT64, COSDIM_COSINE_DISTANCE);
}
