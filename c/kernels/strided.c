/* The kernels for every other layout: any strides, one term at a time, in float64. */
#include "kernels/kernels.h"
#include "kernels/compensated.h"

int cosdim_strided_f32_scalar(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work) {
  (void)exact; /* products of float32 are exact in float64 */
  for (size_t output = 0; output < count; output++) {
    const float *a = (const float *)x1.data + (ptrdiff_t)output * x1.vector_stride;
    const float *b = (const float *)x2.data + (ptrdiff_t)output * x2.vector_stride;
    double dot = 0, norm1 = 0, norm2 = 0;
    for (size_t i = 0; i < n; i++, a += x1.element_stride, b += x2.element_stride) {
      dot += (double)*a * *b;
      norm1 += (double)*a * *a;
      norm2 += (double)*b * *b;
    }
    double *sums = cosdim_work_of(work, output, count, COSDIM_GROUP_F32);
    sums[0] = dot;
    sums[4] = norm1;
    sums[8] = norm2;
  }
  return 1;
}

/* Two terms are added before the compensated sum: more would exceed the error budget (kernels.h). */
enum { BLOCK = 2 };

int cosdim_strided_f64_scalar(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, double *work) {
  for (size_t output = 0; output < count; output++) {
    const double *a = (const double *)x1.data + (ptrdiff_t)output * x1.vector_stride;
    const double *b = (const double *)x2.data + (ptrdiff_t)output * x2.vector_stride;
    cosdim_sum dot = {0}, norm1 = {0}, norm2 = {0};
    for (size_t i = 0; i < n; i += BLOCK) {
      double dots = 0, norms1 = 0, norms2 = 0;
      for (size_t k = i; k < n && k < i + BLOCK; k++, a += x1.element_stride, b += x2.element_stride) {
        dots += *a * *b;
        norms1 += *a * *a;
        norms2 += *b * *b;
      }
      cosdim_add(&dot, dots);
      cosdim_add(&norm1, norms1);
      cosdim_add(&norm2, norms2);
    }
    double *sums = cosdim_work_of(work, output, count, COSDIM_GROUP_F64);
    const cosdim_sum of[] = {dot, norm1, norm2};
    for (int k = 0; k < 3; k++) {
      sums[4 * k] = of[k].value;
      sums[4 * k + 2] = of[k].carry;
    }
  }
  return exact;
}
