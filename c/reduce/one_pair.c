/* The cosine of one pair of vectors, without a plan, since it is often called in a loop. */
#include "reduce/reduce.h"

double cosdim_pair(cosdim_dtype dtype, const void *data1, const void *data2, size_t n, double eps) {
  int is_f64 = dtype == COSDIM_FLOAT64;
  if (dtype == COSDIM_FLOAT32) {
    double cosine = cosdim_pair_f32_simd128(data1, data2, n, cosdim_min_norm_squared(eps, 0));
    if (cosine == cosine) return cosine;
  }
  cosdim_vectors x1 = {data1, 1, 0}, x2 = {data2, 1, 0}, none = {NULL, 0, 0};
  cosdim_kernel *rows = cosdim_kernels_of(dtype)->rows;
  double work[COSDIM_GROUP_WORK];
  int exact = rows(x1, x2, n, 1, 0, work);
  cosdim_sums sums = cosdim_sums_at(is_f64, work);
  if (!exact && !cosdim_in_safe_range(is_f64, &sums)) {
    if (is_f64) {
      sums = cosdim_scaled_sums(x1, x2, none, n, 1);
    } else {
      rows(x1, x2, n, 1, 1, work);
      sums = cosdim_sums_at(0, work);
    }
  }
  return cosdim_finalize(&sums, eps, NULL);
}

/* The elements of a vector as a kernel reads them, side by side: in place if possible, else in `room`. */
static const void *prepared(const cosdim_vector *x, size_t n, cosdim_dtype as, cosdim_dtype to, void *room) {
  if (x->stride == 1 && x->dtype == as && as == to) return x->data;
  ptrdiff_t size = (ptrdiff_t)cosdim_size(x->dtype);
  if (x->stride != 1)
    cosdim_copy_elements((size_t)size, x->data, x->stride * size, n, room);
  else
    memmove(room, x->data, n * (size_t)size);
  cosdim_convert(room, x->dtype, as, to, n);
  return room;
}

/* Whether float32 holds every element of a dtype. */
static int fits_f32(cosdim_dtype dtype) {
  return cosdim_size(dtype) < sizeof(float) || dtype == COSDIM_FLOAT32;
}

double cosdim_pair_of(const cosdim_vector *x1, const cosdim_vector *x2, size_t n, double eps, cosdim_dtype as1,
                      cosdim_dtype as2, void *room1, void *room2) {
  cosdim_dtype dtype = as1 > as2 ? as1 : as2;
  cosdim_vector floats1, floats2;
  if (dtype == COSDIM_FLOAT16) dtype = COSDIM_FLOAT32;
  if (x1->dtype == x2->dtype && cosdim_is_narrow(x1->dtype) && n >= COSDIM_SHORT_F32 &&
      (dtype == COSDIM_FLOAT32 || x1->dtype != COSDIM_FLOAT16)) {
    dtype = as1 = as2 = x1->dtype; /* sums of 8-bit integers are exact, whatever they are cast to */
  } else if (dtype == COSDIM_FLOAT64 && fits_f32(x1->dtype) && fits_f32(x2->dtype)) {
    /* As distances are computed. Converting 768 float32 to float64 first takes a quarter longer. */
    floats1 = (cosdim_vector){COSDIM_FLOAT32, prepared(x1, n, COSDIM_FLOAT32, COSDIM_FLOAT32, room1), 1};
    floats2 = (cosdim_vector){COSDIM_FLOAT32, prepared(x2, n, COSDIM_FLOAT32, COSDIM_FLOAT32, room2), 1};
    double work[COSDIM_GROUP_WORK];
    cosdim_pair_f32_in_f64_simd128(floats1.data, floats2.data, n, work);
    cosdim_sums sums = cosdim_sums_at(1, work);
    if (cosdim_in_safe_range(1, &sums)) return cosdim_finalize(&sums, eps, NULL);
    x1 = &floats1, x2 = &floats2;
  }
  const void *data1 = prepared(x1, n, as1, dtype, room1), *data2 = prepared(x2, n, as2, dtype, room2);
  return cosdim_pair(dtype, data1, data2, n, eps);
}

double cosdim_weighted_pair(const cosdim_vector x[3], size_t n, void *const room[3]) {
  const double *prepared_x[3];
  for (int k = 0; k < 3; k++) prepared_x[k] = prepared(&x[k], n, COSDIM_FLOAT64, COSDIM_FLOAT64, room[k]);
  double work[COSDIM_GROUP_WORK];
  cosdim_weighted_f64_simd128(prepared_x[0], prepared_x[1], prepared_x[2], n, work);
  cosdim_sums sums = cosdim_sums_at(1, work);
  int is_safe = cosdim_in_safe_range(1, &sums) && !cosdim_has_negative(prepared_x[2], 1, n);
  return is_safe ? cosdim_finalize(&sums, 0, NULL) : COSDIM_NEEDS_PLAN;
}
