/* Similarities of slices along the reduced axis: their plans hand out sums, which are merged and finalized at the end.
 */
#include "plan/tile.h"
#include "reduce/reduce.h"
#include "tensor/dtype.h"

void cosdim_keep_sums(cosdim_plan *plan) {
  plan->rule = COSDIM_KEPT_SUMS;
}

void cosdim_merge_outputs(cosdim_plan *plan, cosdim_sums *sums) {
  cosdim_copy copy;
  for (int64_t output = 0; cosdim_stage(plan, COSDIM_OUT, &copy);)
    for (int64_t row = 0; row < copy.rows; row++)
      for (int64_t column = 0; column < copy.columns; column++, output++) {
        cosdim_sums part = cosdim_sums_of(plan, output);
        cosdim_merge(&sums[copy.element + row * copy.row_stride + column * copy.column_stride], &part);
      }
}

void cosdim_finalize_outputs(const cosdim_sums *sums, size_t n, double eps, cosdim_dtype dtype, void *out) {
  for (size_t i = 0; i < n; i++) cosdim_write_element(dtype, out, i, cosdim_finalize(&sums[i], eps, NULL));
}
