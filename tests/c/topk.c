/* The k most similar rows, at once and in shards, against sorting all similarities. */
#include "check.h"
#include "operand.h"
#include "tests.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SCRATCH = 1 << 16 };

static int precedes(const cosdim_ranked *a, const cosdim_ranked *b) {
  if (isnan(a->value) || isnan(b->value)) return isnan(a->value) && (!isnan(b->value) || a->index < b->index);
  return a->value != b->value ? a->value > b->value : a->index < b->index;
}

static int compare(const void *a, const void *b) {
  return precedes(a, b) ? -1 : 1;
}

/* A matrix with few different rows, some zero and some NaN. */
static float *matrix(int64_t rows, int64_t columns) {
  float *x = malloc((size_t)(rows * columns) * sizeof *x + 1);
  for (int64_t row = 0; row < rows; row++) {
    int kind = below(12);
    for (int64_t i = 0; i < columns; i++)
      x[row * columns + i] = kind == 0   ? 0
                             : kind == 1 ? NAN
                                         : (float)(below(3) - 1) * (kind < 6 ? 1 : (float)uniform());
  }
  return x;
}

static cosdim_tensor tensor_of(const float *data, int64_t rows, int64_t columns) {
  return (cosdim_tensor){COSDIM_FLOAT32, 2, {rows, columns}, {columns, 1}, data};
}

/* Walks the tiles of a shard, which is planned with k = 0, into heaps. */
static void update(const cosdim_tensor *query, const cosdim_tensor *corpus, int64_t k, int64_t first,
                   cosdim_ranked *heaps, void *scratch) {
  cosdim_plan plan;
  cosdim_topk topk;
  cosdim_status status = cosdim_topk_plan(&plan, &topk, query, corpus, 0, 1e-8, COSDIM_KEEP_DTYPE);
  CHECK(!status, "status %d", status);
  topk.k = k, topk.first = first, topk.heaps = heaps;
  cosdim_tile(&plan, scratch, SCRATCH);
  while (cosdim_next_tile(&plan)) {
    cosdim_accumulate(&plan);
    cosdim_topk_update(&topk, &plan);
  }
}

static void check_corpus(int number) {
  int64_t queries = 1 + below(4), n = 9 + below(60), columns = 1 + below(20), k = 1 + below((int)n + 5);
  float *x = matrix(queries, columns), *y = matrix(n, columns);
  cosdim_tensor query = tensor_of(x, queries, columns), corpus = tensor_of(y, n, columns);
  void *scratch = aligned_alloc(16, SCRATCH);
  float *similarities = malloc((size_t)(queries * n) * sizeof *similarities);
  cosdim_plan plan;
  cosdim_pairwise(&plan, &query, &corpus, 1e-8, COSDIM_KEEP_DTYPE);
  cosdim_compute(&plan, scratch, SCRATCH, similarities);

  size_t bytes = (size_t)(queries * k) * sizeof(cosdim_ranked);
  cosdim_ranked *heaps = malloc(bytes), *others = malloc(bytes), *all = malloc((size_t)n * sizeof *all);
  /* Shards of one or two rows could be rounded otherwise: with three queries and more, those have another kernel. */
  int64_t first = INT64_C(1) << 40, cut = 3 * below((int)n / 3), end = below(2) ? cut : n - (n - cut) / 6 * 3;
  cosdim_topk_clear(heaps, queries, k);
  cosdim_topk_clear(others, queries, k);
  struct {
    int64_t from, to;
    cosdim_ranked *into;
  } shards[] = {{end, n, heaps}, {0, cut, others}, {cut, end, heaps}};
  for (int i = 0; i < 3; i++) {
    cosdim_tensor shard = tensor_of(y + shards[i].from * columns, shards[i].to - shards[i].from, columns);
    update(&query, &shard, k, first + shards[i].from, shards[i].into, scratch);
  }
  cosdim_topk_merge(heaps, others, queries, k);
  cosdim_topk_sort(heaps, queries, k);
  for (int64_t q = 0; q < queries; q++) {
    for (int64_t i = 0; i < n; i++) all[i] = (cosdim_ranked){similarities[q * n + i], first + i};
    qsort(all, (size_t)n, sizeof *all, compare);
    for (int64_t i = 0; i < k; i++) {
      const cosdim_ranked *got = &heaps[q * k + i];
      if (i >= n)
        CHECK(got->index == COSDIM_NO_ROW, "corpus %d has no row %lld", number, (long long)i);
      else
        CHECK(got->index == all[i].index && (isnan(all[i].value) ? isnan(got->value) : got->value == all[i].value),
              "corpus %d, query %lld, row %lld", number, (long long)q, (long long)i);
    }
  }
  free(x), free(y), free(scratch), free(similarities), free(heaps), free(others), free(all);
}

/* The best none: heaps of no bytes stay as they are. */
static void check_no_rows(void) {
  float x[] = {1, 2, 3, 4};
  cosdim_tensor rows = tensor_of(x, 2, 2);
  void *scratch = aligned_alloc(16, SCRATCH), *heaps = malloc(0);
  update(&rows, &rows, 0, 0, heaps, scratch);
  CHECK(x[0] == 1, "the corpus has changed");
  free(scratch), free(heaps);
}

void test_topk(void) {
  check_no_rows();
  for (int number = 0; number < rounds(3000); number++) check_corpus(number);
}
