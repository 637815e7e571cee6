/* Kernels for every other layout: vectors whose elements are apart are packed, some at a time, and summed as rows. */
#include "kernels/compensated.h"
#include "kernels/kernels.h"
#include "tensor/dtype.h"

/* At most this many vectors are packed at a time, and this much of each: whole blocks of every kernel for rows. */
enum { VECTORS = 16, BYTES = 384 };

/* Unrolled or inlined, this takes a kilobyte. */
__attribute__((noinline)) void cosdim_copy_elements(size_t size, const char *from, ptrdiff_t step, size_t n, char *to) {
#define COPY(type)                                                                                       \
  _Pragma("clang loop unroll(disable) vectorize(disable)") for (size_t i = 0; i < n; i++, from += step)( \
      (type *)to)[i] = *(const type *)from;
  if (size == 1)
    COPY(uint8_t)
  else if (size == 2)
    COPY(uint16_t)
  else if (size == 4)
    COPY(uint32_t)
  else
    COPY(uint64_t)
#undef COPY
}

/*
 * Part of some vectors, contiguous: in place if they are, else packed. Vectors side by side are read one after the
 * other, too: the first brings the cache lines of the others, all at once.
 */
static cosdim_vectors pack(size_t size, cosdim_vectors x, size_t first, size_t vectors, size_t start, size_t terms,
                           char *packed) {
  ptrdiff_t element = (ptrdiff_t)first * x.vector_stride + (ptrdiff_t)start * x.element_stride;
  const char *from = (const char *)x.data + element * (ptrdiff_t)size;
  if (x.element_stride == 1) return (cosdim_vectors){from, 1, x.vector_stride};
  if (x.vector_stride == 0) vectors = 1;
  ptrdiff_t step = x.element_stride * (ptrdiff_t)size, stride = x.vector_stride * (ptrdiff_t)size;
  for (size_t k = 0; k < vectors; k++) {
    cosdim_copy_elements(size, from, step, terms, packed + k * terms * size);
    from += stride;
  }
  return (cosdim_vectors){packed, 1, x.vector_stride ? (ptrdiff_t)terms : 0};
}

/* Adds the sums of part of an output to its others. */
static void add_part(int is_f64, double *sums, const double *part) {
  for (int k = 0; k < COSDIM_GROUP_WORK; k += 4) {
    cosdim_sum sum = {sums[k], 0};
    cosdim_add(&sum, part[k]);
    sums[k] = sum.value;
    if (is_f64) sums[k + 2] += sum.carry + part[k + 2];
  }
}

static int strided(cosdim_dtype dtype, cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, double *work,
                   int exact) {
  const size_t size = cosdim_size(dtype), most = BYTES / size;
  const int is_f64 = dtype == COSDIM_FLOAT64, group = is_f64 ? COSDIM_GROUP_F64 : COSDIM_GROUP_F32;
  _Alignas(16) char packed[2][VECTORS * BYTES];
  double part[VECTORS * COSDIM_OUTPUT_WORK];
  int are_exact = 1;
  memset(work, 0, (count + group - 1) / group * COSDIM_GROUP_WORK * sizeof *work);
  for (size_t first = 0; first < count; first += VECTORS) {
    size_t vectors = count - first < VECTORS ? count - first : VECTORS;
    for (size_t start = 0; start < n; start += most) {
      size_t terms = n - start < most ? n - start : most;
      are_exact &= cosdim_kernels_of(dtype)->rows(pack(size, x1, first, vectors, start, terms, packed[0]),
                                                  pack(size, x2, first, vectors, start, terms, packed[1]), terms,
                                                  vectors, exact, part);
      for (size_t i = 0; i < vectors; i++)
        add_part(is_f64, cosdim_work_of(work, first + i, count, group), cosdim_work_of(part, i, vectors, group));
    }
  }
  return are_exact;
}

#define STRIDED_OF(name, dtype)                                                                                \
  int cosdim_strided_##name##_simd128(cosdim_vectors x1, cosdim_vectors x2, size_t n, size_t count, int exact, \
                                      double *work) {                                                          \
    return strided(dtype, x1, x2, n, count, work, exact);                                                      \
  }
COSDIM_WIDE_KERNELS(STRIDED_OF)
#undef STRIDED_OF
