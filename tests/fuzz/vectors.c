/*
 * Operations on two vectors with any strides, compared with their definition in long double: SciPy's distance, with
 * weights and without, and the similarity of a pair without a plan.
 */
#include "input.h"

enum { MOST_TERMS = 3000 };

static double element_of(const operand *o, int64_t i) {
  return (double)read_element(o, i * o->x.stride[0]);
}

/* 1 - Σw·u·v / √(Σw·u² · Σw·v²); `least` becomes the least weight. */
static long double distance_of(const operand *x, int weighted, int64_t n, double *least) {
  long double sums[3] = {0};
  *least = 0;
  for (int64_t i = 0; i < n; i++) {
    long double weight = weighted ? element_of(&x[2], i) : 1, a = element_of(&x[0], i), b = element_of(&x[1], i);
    if (weight < *least) *least = (double)weight;
    sums[0] += weight * a * b, sums[1] += weight * a * a, sums[2] += weight * b * b;
  }
  return 1 - sums[0] / sqrtl(sums[1]) / sqrtl(sums[2]);
}

/* Weights are not negative, but for one now and then. */
static void make_weights(input *in, operand *w, int64_t n) {
  int negative = take(in) % 8 == 0 && n ? take_below(in, (int)n) : -1;
  for (int64_t i = 0; i < n && w->x.dtype >= COSDIM_FLOAT16; i++)
    write_element(w, i * w->x.stride[0], fabs(element_of(w, i)));
  if (negative >= 0 && w->x.dtype >= COSDIM_FLOAT16) write_element(w, negative * w->x.stride[0], -1);
}

/* The same without a plan, unless it needs one. */
static void check_weighted_pair(const operand *x, int64_t n, long double distance, double least) {
  cosdim_vector vectors[3];
  void *rooms[3];
  for (int k = 0; k < 3; k++) {
    vectors[k] = (cosdim_vector){(cosdim_dtype)x[k].x.dtype, x[k].origin, (ptrdiff_t)x[k].x.stride[0]};
    rooms[k] = aligned_alloc(16, ((size_t)(n + 3) / 4 * 4 * sizeof(double) + 15) & ~(size_t)15);
  }
  double cosine = cosdim_weighted_pair(vectors, (size_t)n, rooms);
  if (least < 0 && cosine != COSDIM_NEEDS_PLAN) abort();
  if (cosine != COSDIM_NEEDS_PLAN && !(fabsl(1 - cosine - distance) <= 2e-15)) abort();
  for (int k = 0; k < 3; k++) free(rooms[k]);
}

static void check_distance(input *in, operand *x, int64_t n) {
  int weighted = take(in) % 2;
  double least, distance = -1;
  make_weights(in, &x[2], n);
  long double expected = distance_of(x, weighted, n, &least);
  cosdim_plan plan;
  cosdim_copy copy;
  if (cosdim_distance(&plan, &x[0].x, &x[1].x, weighted ? &x[2].x : NULL)) abort();
  size_t bytes;
  void *scratch = take_scratch(in, &bytes);
  cosdim_status status = cosdim_tile(&plan, scratch, bytes);
  while (!status && cosdim_next_tile(&plan)) {
    for (int k = 0; k < COSDIM_OUT; k++)
      while (cosdim_stage(&plan, k, &copy)) copy_tile(&copy, size_of(x[k].x.dtype), x[k].origin, 0);
    status = cosdim_accumulate(&plan);
    while (!status && cosdim_stage(&plan, COSDIM_OUT, &copy)) copy_tile(&copy, sizeof distance, (char *)&distance, 1);
  }
  free(scratch);
  if (status != (least < 0 ? COSDIM_ERROR_NEGATIVE_WEIGHT : COSDIM_OK)) abort();
  if (!status && (isnan(expected) ? !isnan(distance) : !(fabsl(distance - expected) <= 2e-15))) abort();
  if (weighted && n) check_weighted_pair(x, n, expected, least);
}

static void check_pair(input *in, operand *x, int64_t n) {
  int32_t casts[2];
  int64_t fault[3];
  cosdim_dtype result;
  double eps = (double[]){1e-8, 0, 1}[take_below(in, 3)];
  if (n == 0) return;
  if (cosdim_casts(&x[0].x, &x[1].x, take_cast(in, x[0].x.dtype, x[1].x.dtype), casts, &result, fault)) return;
  cosdim_vector vectors[2];
  void *rooms[2];
  for (int k = 0; k < 2; k++) {
    vectors[k] = (cosdim_vector){(cosdim_dtype)x[k].x.dtype, x[k].origin, (ptrdiff_t)x[k].x.stride[0]};
    rooms[k] = aligned_alloc(16, ((size_t)(n + 3) / 4 * 4 * sizeof(double) + 15) & ~(size_t)15);
  }
  double got = cosdim_pair_of(&vectors[0], &vectors[1], (size_t)n, eps, (cosdim_dtype)casts[0], (cosdim_dtype)casts[1],
                              rooms[0], rooms[1]);
  problem p = {.x1 = &x[0], .x2 = &x[1], .rank = 1, .shape = {n}, .eps = eps};
  check_close(result == COSDIM_FLOAT64 ? COSDIM_FLOAT64 : COSDIM_FLOAT32, got, definition(&p, 0));
  free(rooms[0]), free(rooms[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  input in = {data, data + size};
  seed_random();
  int which = take(&in) % 2, made = 0;
  int64_t n = take_size(&in);
  operand x[3] = {{.memory = NULL}};
  while (n <= MOST_TERMS && made < 3 && take_operand(&in, take_below(&in, COSDIM_FLOAT64 + 1), 1, &n, &x[made])) made++;
  if (made == 3) (which ? check_distance : check_pair)(&in, x, n);
  for (int k = 0; k < 3; k++) free_operand(&x[k]);
  return 0;
}
