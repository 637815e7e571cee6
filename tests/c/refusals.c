/* What the operations refuse, and the numbers that their errors name. The promotion of dtypes is that of torch. */
#include "check.h"
#include "cosdim.h"
#include "tests.h"

#include <string.h>

static const double zeros[64];

/* A contiguous tensor of rank 0 to 3, whose sizes are the digits of `shape`. */
static cosdim_tensor tensor(int32_t dtype, const char *shape) {
  cosdim_tensor x = {.dtype = dtype, .rank = (int32_t)strlen(shape), .data = zeros};
  int64_t stride = 1;
  for (int axis = x.rank - 1; axis >= 0; axis--) {
    x.shape[axis] = shape[axis] - '0';
    x.stride[axis] = stride;
    stride *= x.shape[axis];
  }
  return x;
}

/* torch.promote_types of bool, uint8, int8, int16, int32, int64. */
static const int promoted[6][6] = {
    {0, 1, 2, 3, 4, 5}, {1, 1, 3, 3, 4, 5}, {2, 3, 2, 3, 4, 5},
    {3, 3, 3, 3, 4, 5}, {4, 4, 4, 4, 4, 5}, {5, 5, 5, 5, 5, 5},
};

static void promotion(void) {
  cosdim_plan plan;
  for (int a = COSDIM_BOOL; a < COSDIM_FLOAT16; a++)
    for (int b = COSDIM_BOOL; b < COSDIM_FLOAT16; b++) {
      cosdim_tensor x1 = tensor(a, "3"), x2 = tensor(b, "3");
      cosdim_status status = cosdim_similarity(&plan, &x1, &x2, 0, 1e-8, COSDIM_KEEP_DTYPE);
      int has_none = a != b && (a >= COSDIM_UINT16 || b >= COSDIM_UINT16);
      CHECK(status == (has_none ? COSDIM_ERROR_PROMOTION : COSDIM_ERROR_DTYPE), "dtypes %d and %d: %d", a, b, status);
      if (has_none)
        CHECK(plan.fault[0] == a && plan.fault[1] == b, "dtypes %d and %d", a, b);
      else
        CHECK(plan.fault[0] == (a == b ? a : promoted[a][b]), "dtypes %d and %d: %d", a, b, (int)plan.fault[0]);
    }
}

/* A tensor without dims counts only if its category is higher: torch.result_type. */
static void dtypes_without_dims(void) {
  const struct {
    int32_t with_dims, without;
    cosdim_status status;
    int64_t common;
  } cases[] = {
      {COSDIM_INT8, COSDIM_INT64, COSDIM_ERROR_DTYPE, COSDIM_INT8},
      {COSDIM_UINT8, COSDIM_INT8, COSDIM_ERROR_DTYPE, COSDIM_UINT8},
      {COSDIM_BOOL, COSDIM_INT16, COSDIM_ERROR_DTYPE, COSDIM_INT16},
      {COSDIM_BOOL, COSDIM_BOOL, COSDIM_ERROR_DTYPE, COSDIM_BOOL},
      {COSDIM_INT64, COSDIM_FLOAT16, COSDIM_OK, COSDIM_FLOAT16},
      {COSDIM_FLOAT32, COSDIM_INT64, COSDIM_OK, COSDIM_FLOAT32},
  };
  for (int i = 0; i < 6; i++)
    for (int swapped = 0; swapped < 2; swapped++) {
      cosdim_plan plan;
      cosdim_tensor x[] = {tensor(cases[i].with_dims, "3"), tensor(cases[i].without, "")};
      cosdim_status status = cosdim_similarity(&plan, &x[swapped], &x[!swapped], 0, 1e-8, COSDIM_KEEP_DTYPE);
      int64_t common = status ? plan.fault[0] : plan.dtype;
      CHECK(status == cases[i].status && common == cases[i].common, "case %d: status %d, dtype %d", i, status,
            (int)common);
    }
}

static cosdim_status attention(cosdim_plan *plan, const cosdim_tensor *x1, const cosdim_tensor *x2) {
  return cosdim_attention(plan, x1, x2);
}
static cosdim_status pairwise(cosdim_plan *plan, const cosdim_tensor *x1, const cosdim_tensor *x2) {
  return cosdim_pairwise(plan, x1, x2, 1e-8, COSDIM_KEEP_DTYPE);
}
static cosdim_status topk(cosdim_plan *plan, const cosdim_tensor *x1, const cosdim_tensor *x2) {
  cosdim_topk heaps;
  return cosdim_topk_plan(plan, &heaps, x1, x2, 2, 1e-8, COSDIM_KEEP_DTYPE);
}
static cosdim_status distance(cosdim_plan *plan, const cosdim_tensor *x1, const cosdim_tensor *x2) {
  return cosdim_distance(plan, x1, x2, NULL);
}
static cosdim_status weighted(cosdim_plan *plan, const cosdim_tensor *x1, const cosdim_tensor *x2) {
  return cosdim_distance(plan, x1, x1, x2);
}

static void shapes(void) {
  const struct {
    cosdim_status (*plan)(cosdim_plan *, const cosdim_tensor *, const cosdim_tensor *);
    const char *shape1, *shape2;
    cosdim_status status;
  } cases[] = {
      {attention, "3", "43", COSDIM_OK},
      {attention, "13", "43", COSDIM_OK},
      {attention, "", "43", COSDIM_ERROR_ATTENTION_SHAPES},
      {attention, "23", "43", COSDIM_ERROR_ATTENTION_SHAPES},
      {attention, "113", "43", COSDIM_ERROR_ATTENTION_SHAPES},
      {attention, "3", "3", COSDIM_ERROR_ATTENTION_SHAPES},
      {attention, "3", "143", COSDIM_ERROR_ATTENTION_SHAPES},
      {attention, "3", "41", COSDIM_ERROR_ATTENTION_SHAPES},
      {attention, "13", "41", COSDIM_ERROR_ATTENTION_SHAPES},
      {pairwise, "23", "43", COSDIM_OK},
      {pairwise, "3", "43", COSDIM_ERROR_PAIRWISE_SHAPES},
      {pairwise, "23", "3", COSDIM_ERROR_PAIRWISE_SHAPES},
      {pairwise, "23", "41", COSDIM_ERROR_PAIRWISE_SHAPES},
      {topk, "3", "43", COSDIM_OK},
      {topk, "23", "43", COSDIM_OK},
      {topk, "", "43", COSDIM_ERROR_TOPK_SHAPES},
      {topk, "123", "43", COSDIM_ERROR_TOPK_SHAPES},
      {topk, "3", "3", COSDIM_ERROR_TOPK_SHAPES},
      {topk, "3", "41", COSDIM_ERROR_TOPK_SHAPES},
      {topk, "3", "13", COSDIM_ERROR_K},
      {distance, "3", "3", COSDIM_OK},
      {distance, "3", "2", COSDIM_ERROR_LENGTHS},
      {distance, "3", "13", COSDIM_ERROR_NOT_A_VECTOR},
      {distance, "", "", COSDIM_ERROR_NOT_A_VECTOR},
      {weighted, "3", "3", COSDIM_OK},
      {weighted, "3", "1", COSDIM_ERROR_LENGTHS},
      {weighted, "3", "31", COSDIM_ERROR_NOT_A_VECTOR},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    cosdim_plan plan;
    cosdim_tensor x1 = tensor(COSDIM_FLOAT32, cases[i].shape1), x2 = tensor(COSDIM_FLOAT32, cases[i].shape2);
    cosdim_status status = cases[i].plan(&plan, &x1, &x2);
    CHECK(status == cases[i].status, "(%s) with (%s), case %zu: %s", cases[i].shape1, cases[i].shape2, i,
          cosdim_status_string(status));
    if (status == COSDIM_ERROR_K) CHECK(plan.fault[0] == 2 && plan.fault[1] == 1, "k in case %zu", i);
    if (status == COSDIM_ERROR_LENGTHS)
      CHECK(plan.fault[0] == 3 && plan.fault[1] == x2.shape[0], "the lengths in case %zu", i);
  }
}

/* The indices of an explanation: a wrong number of them, and one beyond its dim on either side. */
static void indices(void) {
  cosdim_plan plan;
  cosdim_output_vector vector;
  cosdim_tensor x1 = tensor(COSDIM_FLOAT64, "423"), x2 = tensor(COSDIM_FLOAT64, "3");
  if (cosdim_similarity(&plan, &x1, &x2, 2, 1e-8, COSDIM_KEEP_DTYPE)) return;
  for (int64_t n = 0; n < 4; n++) {
    cosdim_status status = cosdim_explain(&plan, &x1, (int32_t)n, (int64_t[4]){0}, &vector);
    CHECK(status == (n == 2 ? COSDIM_OK : COSDIM_ERROR_INDICES), "%d indices: %d", (int)n, status);
    if (status) CHECK(plan.fault[0] == n && plan.fault[1] == 2, "%d indices", (int)n);
  }
  for (int64_t i = -6; i < 6; i++)
    for (int64_t j = -6; j < 6; j++) {
      int is_first = i < -4 || i >= 4, is_second = j < -2 || j >= 2;
      cosdim_status status = cosdim_explain(&plan, &x1, 2, (int64_t[2]){i, j}, &vector);
      CHECK(status == (is_first || is_second ? COSDIM_ERROR_INDEX : COSDIM_OK), "[%d, %d]: %d", (int)i, (int)j, status);
      int64_t row = (i + 4) % 4, column = (j + 2) % 2;
      if (status)
        CHECK(plan.fault[0] == (is_first ? i : j) && plan.fault[1] == (is_first ? 4 : 2) && plan.fault[2] == !is_first,
              "[%d, %d]", (int)i, (int)j);
      else
        CHECK(vector.output == row * 2 + column && vector.element == (row * 2 + column) * 3 && vector.axis == 2,
              "[%d, %d]", (int)i, (int)j);
    }
  CHECK(!cosdim_explain(&plan, &x2, 2, (int64_t[2]){3, 1}, &vector) && vector.element == 0 && vector.axis == 0,
        "a vector that is broadcast");
  cosdim_tensor column = tensor(COSDIM_FLOAT64, "413");
  CHECK(!cosdim_explain(&plan, &column, 2, (int64_t[2]){3, 1}, &vector) && vector.element == 9 &&
            vector.index[0] == 3 && vector.index[1] == 0,
        "a vector that is broadcast along a kept axis");
}

/* The shapes of a view, as torch refuses them. */
static void views(void) {
  const struct {
    const char *shape; /* of the tensor */
    int32_t rank;
    int64_t to[3];
    cosdim_status status;
    int64_t fault[2];
  } cases[] = {
      {"23", 1, {6}, COSDIM_OK, {0}},
      {"23", 1, {5}, COSDIM_ERROR_VIEW_SIZE, {6}},
      {"23", 2, {-1, 4}, COSDIM_ERROR_VIEW_SIZE, {6}},
      {"23", 2, {0, -1}, COSDIM_ERROR_VIEW_SIZE, {6}},
      {"23", 3, {2, -1, -1}, COSDIM_ERROR_VIEW_INFERRED, {0}},
      {"23", 3, {2, 3, -2}, COSDIM_ERROR_VIEW_SIGN, {-2, 2}},
      {"20", 2, {-1, 0}, COSDIM_ERROR_VIEW_AMBIGUOUS, {0}},
      {"20", 2, {-1, 5}, COSDIM_OK, {0}},
      {"20", 1, {1}, COSDIM_ERROR_VIEW_SIZE, {0}},
      {"", 0, {0}, COSDIM_OK, {0}},
      {"", 2, {-1, 1}, COSDIM_OK, {0}},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    int64_t fault[3] = {0};
    cosdim_tensor x = tensor(COSDIM_FLOAT32, cases[i].shape);
    cosdim_status status = cosdim_view(&x, cases[i].rank, cases[i].to, fault);
    CHECK(status == cases[i].status, "view %zu: %s", i, cosdim_status_string(status));
    CHECK(!status || (fault[0] == cases[i].fault[0] && fault[1] == cases[i].fault[1]), "view %zu", i);
    CHECK(status || x.rank == cases[i].rank, "view %zu", i);
  }
}

void test_refusals(void) {
  promotion();
  dtypes_without_dims();
  shapes();
  indices();
  views();
}
