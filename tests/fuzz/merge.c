/*
 * Sums of slices of any length, merged in any order and grouping: the similarity is that of the definition, and the
 * order of two parts does not change a bit.
 */

#include "input.h"

enum { MOST_PARTS = 16 };

/* The sign of a NaN depends on the order. */
static void merge(cosdim_sums *sums, const cosdim_sums *part) {
  cosdim_sums other = *part;
  cosdim_merge(&other, sums);
  cosdim_merge(sums, part);
  double total = sums->dot.carry + sums->norm1_squared.carry + sums->norm2_squared.carry;
  if (!isnan(total) && memcmp(&other, sums, sizeof other)) abort();
}

/* The sums of elements `start` to `end` of two vectors. */
static cosdim_sums sums_of(operand *x1, operand *x2, int64_t start, int64_t end) {
  static _Alignas(16) char scratch[1 << 12];
  const operand *const whole[] = {x1, x2};
  operand slices[2];
  for (int k = 0; k < 2; k++) {
    slices[k] = *whole[k];
    slices[k].x.shape[0] = end - start;
    slices[k].origin += start * whole[k]->x.stride[0] * (int64_t)size_of(whole[k]->x.dtype);
    slices[k].x.data = slices[k].origin;
  }
  cosdim_plan plan;
  cosdim_sums sums = {0};
  if (cosdim_similarity(&plan, &slices[0].x, &slices[1].x, 0, 1e-8, COSDIM_KEEP_DTYPE)) abort();
  cosdim_keep_sums(&plan);
  walk(&plan, &slices[0], &slices[1], scratch, sizeof scratch, (char *)&sums);
  return sums;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  input in = {data, data + size};
  seed_random();
  int64_t n = 1 + take_below(&in, 600), start = 0;
  operand x[2];
  for (int k = 0; k < 2; k++) {
    int stride = (int8_t)take(&in);
    x[k] = (operand){.x = {.dtype = COSDIM_FLOAT32 + take_below(&in, 2), .rank = 1, .shape = {n}, .stride = {stride}}};
    fill(&in, &x[k]);
    int power = x[k].x.dtype == COSDIM_FLOAT64 ? take_below(&in, 1800) - 900 : 0; /* where squares leave float64 */
    for (int64_t i = 0; i < n && stride && take_below(&in, 2); i++)
      write_element(&x[k], i * stride, ldexp((double)read_element(&x[k], i * stride), power));
  }
  cosdim_sums parts[MOST_PARTS];
  int count = 0;
  for (; start < n && count < MOST_PARTS; count++) {
    int64_t end = count == MOST_PARTS - 1 ? n : start + take_below(&in, (int)(n - start) + 1);
    parts[count] = sums_of(&x[0], &x[1], start, end);
    start = end;
  }
  if (start < n) abort();
  while (count > 1) {
    int from = take_below(&in, count), to = take_below(&in, count - 1);
    cosdim_sums part = parts[from];
    parts[from] = parts[--count];
    merge(&parts[to], &part);
  }
  problem p = {.x1 = &x[0], .x2 = &x[1], .rank = 1, .shape = {n}};
  long double expected = definition(&p, 0);
  double got = cosdim_finalize(&parts[0], 0, NULL);
  check_close(x[0].x.dtype > x[1].x.dtype ? x[0].x.dtype : x[1].x.dtype, got, expected);
  free_operand(&x[0]), free_operand(&x[1]);
  return 0;
}
