/*
 * What a C caller can get wrong: each mistake is an error, and huge sizes and strides of tensors without elements do no
 * harm. The sanitizers watch for overflow and for reads outside the tables.
 */
#include "check.h"
#include "operand.h"
#include "tests.h"

#include <stdlib.h>
#include <string.h>

static const float zeros[4];

static cosdim_tensor vector_of(int32_t dtype, int64_t n, int64_t stride) {
  return (cosdim_tensor){.dtype = dtype, .rank = 1, .shape = {n}, .stride = {stride}, .data = zeros};
}

static void out_of_range(void) {
  cosdim_plan plan;
  cosdim_tensor good = vector_of(COSDIM_FLOAT32, 4, 1);
  for (int32_t cast = -9; cast < 120; cast++) {
    cosdim_status status = cosdim_similarity(&plan, &good, &good, 0, 1e-8, cast);
    int is_dtype = cast >= COSDIM_KEEP_DTYPE && cast <= COSDIM_FLOAT64;
    cosdim_status expected = !is_dtype                                      ? COSDIM_ERROR_CAST
                             : cast >= COSDIM_BOOL && cast < COSDIM_FLOAT16 ? COSDIM_ERROR_DTYPE
                                                                            : COSDIM_OK;
    CHECK(status == expected, "cast %d: %s", cast, cosdim_status_string(status));
  }
  const int32_t dtypes[] = {-1, COSDIM_FLOAT64 + 1, 99, INT32_MIN, INT32_MAX};
  for (int i = 0; i < 5; i++) {
    cosdim_tensor bad = vector_of(dtypes[i], 4, 1);
    CHECK(cosdim_similarity(&plan, &bad, &good, 0, 1e-8, COSDIM_KEEP_DTYPE) == COSDIM_ERROR_TENSOR, "dtype %d",
          dtypes[i]);
    CHECK(cosdim_distance(&plan, &good, &good, &bad) == COSDIM_ERROR_TENSOR, "weights of dtype %d", dtypes[i]);
  }
  const struct {
    int32_t rank;
    cosdim_status status;
  } ranks[] = {
      {-1, COSDIM_ERROR_TENSOR}, {INT32_MIN, COSDIM_ERROR_TENSOR}, {65, COSDIM_ERROR_RANK}, {1000, COSDIM_ERROR_RANK}};
  for (int i = 0; i < 4; i++) {
    int64_t fault[3], size, shape[1] = {4};
    cosdim_tensor bad = vector_of(COSDIM_FLOAT32, 4, 1);
    bad.rank = ranks[i].rank;
    CHECK(cosdim_similarity(&plan, &good, &bad, 0, 1e-8, COSDIM_KEEP_DTYPE) == ranks[i].status, "rank %d", bad.rank);
    CHECK(cosdim_view(&bad, 1, shape, fault) == ranks[i].status, "a view of rank %d", bad.rank);
    CHECK(cosdim_unsqueeze(&bad, 0, fault) == ranks[i].status, "unsqueeze at rank %d", bad.rank);
    CHECK(cosdim_transpose(&bad, 0, 0, fault) == ranks[i].status, "transpose at rank %d", bad.rank);
    CHECK(cosdim_size_at(&bad, 0, &size, fault) == ranks[i].status, "size at rank %d", bad.rank);
    CHECK(cosdim_view(&good, ranks[i].rank, shape, fault) == COSDIM_ERROR_RANK, "a view as rank %d", ranks[i].rank);
  }
  cosdim_tensor negative = vector_of(COSDIM_FLOAT32, -4, 1), far = vector_of(COSDIM_FLOAT32, 4, INT64_MAX / 4),
                farther = vector_of(COSDIM_FLOAT64, 3, INT64_MIN);
  CHECK(cosdim_similarity(&plan, &negative, &good, 0, 1e-8, COSDIM_KEEP_DTYPE) == COSDIM_ERROR_TENSOR, "a size of -4");
  CHECK(cosdim_similarity(&plan, &far, &good, 0, 1e-8, COSDIM_KEEP_DTYPE) == COSDIM_ERROR_TENSOR, "2^61 apart");
  CHECK(cosdim_similarity(&plan, &farther, &good, 0, 1e-8, COSDIM_KEEP_DTYPE) == COSDIM_ERROR_TENSOR, "-2^63 apart");
}

/* From no scratch at all to one that is large enough, which is used to its last byte. */
static void scratch_sizes(void) {
  cosdim_tensor x = vector_of(COSDIM_INT8, 4, 1), y = vector_of(COSDIM_FLOAT32, 4, 1);
  for (size_t bytes = 0; bytes <= 2 * COSDIM_MIN_SCRATCH; bytes++) {
    cosdim_plan plan;
    float out = -1;
    void *scratch = aligned_alloc(16, (bytes + 15) & ~(size_t)15);
    if (cosdim_similarity(&plan, &x, &y, 0, 1e-8, COSDIM_KEEP_DTYPE)) abort();
    cosdim_status status = cosdim_compute(&plan, scratch, bytes, &out);
    cosdim_status expected = bytes < COSDIM_MIN_SCRATCH ? COSDIM_ERROR_SCRATCH : COSDIM_OK;
    CHECK(status == expected, "a scratch of %zu bytes: %s", bytes, cosdim_status_string(status));
    CHECK(out == (status ? -1 : 0), "a scratch of %zu bytes", bytes);
    free(scratch);
  }
}

/* Outputs of float16 are rounded four at a time, beside staged operands: with the smallest scratch as with any. */
static void smallest_scratch(void) {
  static _Alignas(16) char scratch[1 << 16];
  enum { ROWS = 9, COLUMNS = 20 };
  uint16_t few[ROWS], many[ROWS];
  operand vector = make_operand(COSDIM_FLOAT16, 1, (int64_t[]){COLUMNS}, 1),
          rows = make_operand(COSDIM_FLOAT16, 2, (int64_t[]){ROWS, COLUMNS}, 1);
  for (size_t bytes = COSDIM_MIN_SCRATCH; bytes < 2 * COSDIM_MIN_SCRATCH; bytes++) {
    cosdim_plan plan;
    if (cosdim_similarity(&plan, &vector.x, &rows.x, 1, 1e-8, COSDIM_KEEP_DTYPE)) abort();
    walk(&plan, &vector, &rows, scratch, bytes, (char *)few);
    walk(&plan, &vector, &rows, scratch, sizeof scratch, (char *)many);
    CHECK(!memcmp(few, many, sizeof few), "a scratch of %zu bytes changes the result", bytes);
  }
  free_operand(&vector), free_operand(&rows);
}

/* Tensors without elements, whose sizes and strides are the largest there are, in every operation. */
static void empty_and_huge(void) {
  const int64_t sizes[] = {0, 1, 3, (int64_t)1 << 40, INT64_MAX},
                strides[] = {0, 1, -1, INT64_MAX, INT64_MIN, INT64_MIN + 1};
  static char scratch[COSDIM_MIN_SCRATCH] __attribute__((aligned(16))); /* many tiles */
  int tried = 0;
  for (int number = 0; number < rounds(40000); number++) {
    cosdim_tensor x[2];
    for (int k = 0; k < 2; k++) {
      x[k] = (cosdim_tensor){.dtype = COSDIM_FLOAT32, .rank = 1 + below(4), .data = below(2) ? zeros : NULL};
      for (int axis = 0; axis < x[k].rank; axis++) {
        x[k].shape[axis] = sizes[below(5)];
        x[k].stride[axis] = strides[below(6)];
      }
      x[k].shape[below(x[k].rank)] = 0;
    }
    int64_t fault[3], size, low, high, new_shape[] = {0, INT64_MAX, sizes[below(5)], -1}, dim = below(5) - 2;
    cosdim_plan plan;
    cosdim_copy copy;
    float out[64] = {0};
    CHECK(cosdim_extent(&x[0], &low, &high) == 0, "tensor %d has no elements", number);
    CHECK(!cosdim_pack(&x[0], 0, scratch, &copy), "tensor %d asks for a copy", number);
    if (!cosdim_similarity(&plan, &x[0], below(2) ? &x[1] : &x[0], dim, 1e-8, COSDIM_KEEP_DTYPE)) {
      int64_t count = 1;
      for (int axis = 0; axis < plan.rank; axis++)
        count = count > 64 ? count : count * (plan.shape[axis] > 64 ? 65 : plan.shape[axis]);
      if (count <= 64) {
        memset(out, 1, sizeof out);
        if (cosdim_compute(&plan, scratch, sizeof scratch, out)) abort();
        for (int64_t i = 0; i < count; i++) CHECK(out[i] == 0, "an empty sum of tensor %d is %g", number, out[i]);
        tried += count > 0;
      }
    }
    cosdim_pairwise(&plan, &x[0], &x[1], 1e-8, COSDIM_KEEP_DTYPE);
    cosdim_distance(&plan, &x[0], &x[1], NULL);
    cosdim_size_at(&x[0], dim, &size, fault);
    cosdim_transpose(&x[0], dim, 0, fault);
    cosdim_unsqueeze(&x[0], dim, fault);
    cosdim_view(&x[0], 1 + below(4), new_shape, fault);
  }
  CHECK(tried > rounds(100), "only %d results had outputs", tried);
}

/* No array of a plan ends before its last dim. */
static void most_dims(void) {
  static const float data[] = {1, 2, 3, -4, 5, 6};
  static _Alignas(16) char scratch[COSDIM_MIN_SCRATCH];
  cosdim_tensor x = {.dtype = COSDIM_FLOAT32, .rank = COSDIM_MAX_RANK, .data = data};
  for (int axis = 0; axis < x.rank; axis++) x.shape[axis] = 1, x.stride[axis] = 6;
  x.shape[x.rank - 2] = 2, x.stride[x.rank - 2] = 3;
  x.shape[x.rank - 1] = 3, x.stride[x.rank - 1] = 1;
  cosdim_plan plan;
  float out[2] = {0};
  cosdim_status status = cosdim_similarity(&plan, &x, &x, -1, 1e-8, COSDIM_KEEP_DTYPE);
  if (!status) status = cosdim_compute(&plan, scratch, sizeof scratch, out);
  CHECK(status == COSDIM_OK && plan.rank == COSDIM_MAX_RANK - 1, "%s", cosdim_status_string(status));
  CHECK(out[0] == 1 && out[1] == 1, "cosines of rows with themselves are %g and %g", out[0], out[1]);
}

/* A view of repeated elements has more of them than an int64 counts. */
static void views_beyond_counting(void) {
  int64_t fault[3], shape[] = {-1}, four_rows[] = {(int64_t)1 << 62, 4};
  cosdim_tensor x = {.dtype = COSDIM_FLOAT32, .rank = 2, .shape = {(int64_t)1 << 32, (int64_t)1 << 32}, .data = zeros};
  cosdim_tensor y = x, z = x;
  cosdim_plan plan;
  CHECK(cosdim_view(&x, 1, shape, fault) == COSDIM_ERROR_TOO_LARGE, "2^64 elements in a row");
  CHECK(cosdim_view(&y, 2, four_rows, fault) == COSDIM_ERROR_TOO_LARGE, "2^64 elements in four rows");
  cosdim_status status = cosdim_similarity(&plan, &z, &z, 1, 1e-8, COSDIM_KEEP_DTYPE);
  CHECK(status == COSDIM_OK && plan.shape[0] == (int64_t)1 << 32, "%s", cosdim_status_string(status));
}

/* One element, repeated 2^32 + 1 times: a tile of them all would have more terms than a size_t of 32 bits counts. */
static void loops_without_steps(void) {
  const int64_t n = ((int64_t)1 << 32) + 1;
  static char scratch[1 << 16] __attribute__((aligned(16)));
  for (int columns = 1; columns <= 3; columns += 2) {
    cosdim_tensor x = {.dtype = COSDIM_FLOAT32, .rank = 2, .shape = {n, columns}, .data = zeros};
    cosdim_plan plan;
    int64_t terms = 0, longest = 0;
    if (cosdim_similarity(&plan, &x, &x, 0, 1e-8, COSDIM_KEEP_DTYPE)) abort();
    if (cosdim_tile(&plan, scratch, sizeof scratch)) abort();
    for (; cosdim_next_tile(&plan); terms += plan.loop[plan.reduced].length)
      if (plan.loop[plan.reduced].length > longest) longest = plan.loop[plan.reduced].length;
    CHECK(terms == n && longest <= INT32_MAX, "%lld terms, %lld in a tile", (long long)terms, (long long)longest);
  }
}

/* A loop of the most iterations that an int64 counts ends, from a start near its end. */
static void longest_loop(void) {
  static char scratch[1 << 16] __attribute__((aligned(16)));
  cosdim_tensor x = vector_of(COSDIM_FLOAT32, INT64_MAX, 0);
  cosdim_plan plan;
  if (cosdim_similarity(&plan, &x, &x, 0, 1e-8, COSDIM_KEEP_DTYPE)) abort();
  if (cosdim_tile(&plan, scratch, sizeof scratch) || !cosdim_next_tile(&plan)) abort();
  cosdim_loop *loop = &plan.loop[plan.reduced];
  loop->start = INT64_MAX - loop->limit - 3;
  CHECK(cosdim_next_tile(&plan) && loop->length == 3, "%lld terms are left", (long long)loop->length);
  CHECK(!cosdim_next_tile(&plan), "a tile after the last");
}

/* Tensors without elements, of every dtype, over no memory: the sanitizer finds any read. */
static void nothing_to_read(void) {
  static char scratch[COSDIM_MIN_SCRATCH] __attribute__((aligned(16)));
  char *nothing = malloc(0);
  for (int number = 0; number < rounds(20000); number++) {
    int32_t dtype = below(COSDIM_FLOAT64 + 1);
    int rank = 1 + below(3), empty = below(rank);
    cosdim_tensor x[2];
    for (int k = 0; k < 2; k++) {
      x[k] = (cosdim_tensor){.dtype = k ? COSDIM_FLOAT32 : dtype, .rank = rank, .data = nothing};
      for (int axis = 0; axis < rank; axis++) {
        x[k].shape[axis] = axis == empty ? 0 : below(3);
        x[k].stride[axis] = below(3) - 1;
      }
    }
    cosdim_plan plan;
    double out[27];
    const cosdim_tensor *x2 = below(2) ? &x[0] : &x[1];
    if (!cosdim_similarity(&plan, &x[0], x2, below(rank), 1e-8, below(2) ? COSDIM_KEEP_DTYPE : COSDIM_FLOAT32))
      cosdim_compute(&plan, scratch, sizeof scratch, out);
    if (!cosdim_distance(&plan, &x[0], x2, &x[below(2)])) cosdim_compute(&plan, scratch, sizeof scratch, out);
  }
  free(nothing);
}

/* A result without elements has no output, however large the sizes before the 0 are. */
static void outputs_of_nothing(void) {
  const int64_t large = (int64_t)1 << 40;
  cosdim_tensor x = {.dtype = COSDIM_FLOAT32, .rank = 4, .shape = {large, large, 0, 3}, .data = zeros};
  cosdim_plan plan;
  cosdim_output_vector vector;
  if (cosdim_similarity(&plan, &x, &x, 3, 1e-8, COSDIM_KEEP_DTYPE)) abort();
  cosdim_status status = cosdim_explain(&plan, &x, 3, (int64_t[]){large - 1, -1, 0}, &vector);
  CHECK(status == COSDIM_ERROR_INDEX && plan.fault[2] == 2, "%s", cosdim_status_string(status));
}

static void status_strings(void) {
  CHECK(!strcmp(cosdim_status_string(COSDIM_OK), "COSDIM_OK"), "%s", cosdim_status_string(COSDIM_OK));
  CHECK(!strcmp(cosdim_status_string(COSDIM_ERROR_CAST), "COSDIM_ERROR_CAST"), "the last status");
  for (int status = COSDIM_OK; status <= COSDIM_ERROR_CAST; status++)
    CHECK(!strncmp(cosdim_status_string((cosdim_status)status), "COSDIM_", 7), "status %d", status);
  CHECK(!strcmp(cosdim_status_string((cosdim_status)(COSDIM_ERROR_CAST + 1)), "unknown status"), "beyond the last");
}

void test_arguments(void) {
  out_of_range();
  scratch_sizes();
  smallest_scratch();
  most_dims();
  empty_and_huge();
  views_beyond_counting();
  loops_without_steps();
  longest_loop();
  nothing_to_read();
  outputs_of_nothing();
  status_strings();
}
