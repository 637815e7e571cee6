/* The tutorial's matrices, compared along dim 0 and dim 1, on the native build. cosdim.h says how to compile it. */
#include "cosdim.h"

#include <stdio.h>

int main(void) {
  static const float a[] = {1, 2, 3, 4}, b[] = {5, 6, 7, 8};
  static max_align_t scratch[4096]; /* COSDIM_MIN_SCRATCH bytes or more, aligned to 16 */
  cosdim_tensor x1 = {COSDIM_FLOAT32, 2, {2, 2}, {2, 1}, a}, x2 = {COSDIM_FLOAT32, 2, {2, 2}, {2, 1}, b};
  for (int dim = 0; dim < 2; dim++) {
    cosdim_plan plan;
    float out[2];
    cosdim_status status = cosdim_similarity(&plan, &x1, &x2, dim, 1e-8, COSDIM_KEEP_DTYPE);
    if (!status) status = cosdim_compute(&plan, scratch, sizeof scratch, out);
    if (status) return fprintf(stderr, "%s\n", cosdim_status_string(status)), 1;
    printf("dim=%d: %.4f %.4f\n", dim, out[0], out[1]);
  }
  return 0;
}
