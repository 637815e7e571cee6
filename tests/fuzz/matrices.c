/*
 * Operations on the rows of two matrices, over arbitrary views: pairwise, top-k at once and in shards, attention, and
 * the steps behind an output. Each is compared with its definition in long double.
 */
#include "input.h"

enum { MOST_ROWS = 40, MOST_TERMS = 8000 };

/* Rows of x1 and of x2, and the problem that pairwise solves: (N, 1, D) with (M, D). */
typedef struct {
  operand x1, x2, x1_alone;
  problem all;
  void *scratch;
  size_t bytes;
} matrices;

static int take_matrices(input *in, matrices *m) {
  int64_t columns = take_size(in), rows1 = take(in) % 2 ? 1 : take_below(in, MOST_ROWS),
          rows2 = take_below(in, MOST_ROWS), shape1[] = {rows1, columns}, shape2[] = {rows2, columns};
  int dtype1 = take_below(in, COSDIM_FLOAT64 + 1), dtype2 = take(in) % 2 ? dtype1 : take_below(in, COSDIM_FLOAT64 + 1);
  *m = (matrices){.scratch = NULL};
  if (rows1 * rows2 * columns > MOST_TERMS) return 0;
  if (!take_operand(in, dtype1, 2, shape1, &m->x1) || !take_operand(in, dtype2, 2, shape2, &m->x2)) return 0;
  m->scratch = take_scratch(in, &m->bytes);
  m->x1_alone = m->x1;
  m->x1_alone.x.rank = 3;
  m->x1_alone.x.shape[1] = 1, m->x1_alone.x.shape[2] = columns;
  m->x1_alone.x.stride[1] = 0, m->x1_alone.x.stride[2] = m->x1.x.stride[1];
  m->all = (problem){.x1 = &m->x1_alone,
                     .x2 = &m->x2,
                     .rank = 3,
                     .dim = 2,
                     .shape = {rows1, rows2, columns},
                     .eps = (double[]){1e-8, 0, 1}[take_below(in, 3)]};
  return 1;
}

static void free_matrices(matrices *m) {
  free_operand(&m->x1), free_operand(&m->x2), free(m->scratch);
}

static void check_pairwise(input *in, matrices *m) {
  cosdim_plan plan;
  int cast = take_cast(in, m->x1.x.dtype, m->x2.x.dtype);
  cosdim_status status = cosdim_pairwise(&plan, &m->x1.x, &m->x2.x, m->all.eps, cast);
  if (status == COSDIM_ERROR_PROMOTION) return;
  if (status || plan.rank != 2) abort();
  operand out = {.x = {.dtype = plan.dtype}};
  out.memory = out.origin = malloc((size_t)count_outputs(&m->all) * size_of(plan.dtype));
  walk(&plan, &m->x1, &m->x2, m->scratch, m->bytes, out.memory);
  for (int64_t i = 0; i < count_outputs(&m->all); i++)
    check_close(plan.dtype, (double)read_element(&out, i), definition(&m->all, i));
  free_operand(&out);
}

/* Walks the tiles, and offers their outputs to the heaps. */
static void walk_topk(cosdim_plan *plan, cosdim_topk *topk, const matrices *m, const operand *corpus) {
  cosdim_copy copy;
  if (cosdim_tile(plan, m->scratch, m->bytes)) abort();
  while (cosdim_next_tile(plan)) {
    while (cosdim_stage(plan, COSDIM_X1, &copy)) copy_tile(&copy, size_of(m->x1.x.dtype), m->x1.origin, 0);
    while (cosdim_stage(plan, COSDIM_X2, &copy)) copy_tile(&copy, size_of(corpus->x.dtype), corpus->origin, 0);
    if (cosdim_accumulate(plan)) abort();
    cosdim_topk_update(topk, plan);
  }
}

/* Rows in an order: NaN first, and of equal values the lower index. */
static int is_after(double value, int64_t index, double last, int64_t last_index) {
  if (isnan(value) || isnan(last)) return isnan(last) && (!isnan(value) || index > last_index);
  return value < last || (value == last && index > last_index);
}

/* The k best rows of a query are sorted, each has its similarity, and no other row is better than the last. */
static void check_ranked(const matrices *m, int dtype, int64_t query, const cosdim_ranked *ranked, int64_t k) {
  int64_t n = m->x2.x.shape[0], most = k < n ? k : n;
  char is_ranked[MOST_ROWS] = {0};
  for (int64_t i = 0; i < most; i++) {
    int64_t row = ranked[i].index;
    if (row < 0 || row >= n || is_ranked[row]) abort();
    is_ranked[row] = 1;
    check_close(dtype, ranked[i].value, definition(&m->all, query * n + row));
    if (i && !is_after(ranked[i].value, row, ranked[i - 1].value, ranked[i - 1].index)) abort();
  }
  for (int64_t i = most; i < k; i++)
    if (ranked[i].index != COSDIM_NO_ROW) abort();
  for (int64_t row = 0; most && row < n; row++) {
    long double similarity = definition(&m->all, query * n + row), last = ranked[most - 1].value;
    if (!is_ranked[row] && !isnan(last) && !(similarity <= last) && !is_close(dtype, (double)last, similarity)) abort();
  }
}

static void check_topk(input *in, matrices *m) {
  cosdim_plan plan;
  cosdim_topk topk;
  int64_t n = m->x2.x.shape[0], k = take_below(in, (int)n + 2), queries = m->x1.x.shape[0];
  int cast = take_cast(in, m->x1.x.dtype, m->x2.x.dtype);
  cosdim_status status = cosdim_topk_plan(&plan, &topk, &m->x1.x, &m->x2.x, k, m->all.eps, cast);
  if (status == COSDIM_ERROR_PROMOTION || (status == COSDIM_ERROR_K && k > n)) return;
  if (status) abort();
  void *memory = aligned_alloc(16, ((size_t)cosdim_topk_bytes(&topk) + 15) & ~(size_t)15);
  cosdim_topk_begin(&topk, memory);
  if (k) walk_topk(&plan, &topk, m, &m->x2);
  cosdim_topk_end(&topk, (cosdim_dtype)plan.dtype);
  operand values = {.x = {.dtype = plan.dtype}, .origin = topk.values};
  for (int64_t i = 0; i < queries * k; i++)
    if (memcmp(&topk.indices[i], &topk.heaps[i].index, sizeof *topk.indices) ||
        (!isnan(topk.heaps[i].value) && (double)read_element(&values, i) != topk.heaps[i].value))
      abort();
  for (int64_t query = 0; query < queries; query++) check_ranked(m, plan.dtype, query, topk.heaps + query * k, k);
  free(memory);
}

/* The rows from `from` to `to`, as if they were all. */
static operand rows_of(const operand *o, int64_t from, int64_t to) {
  operand rows = *o;
  rows.x.shape[0] = to - from;
  rows.origin += from * o->x.stride[0] * (int64_t)size_of(o->x.dtype);
  if (o->x.data) rows.x.data = rows.origin;
  return rows;
}

/* The same from shards, in any order, whose heaps are merged. */
static void check_shards(input *in, matrices *m) {
  int64_t n = m->x2.x.shape[0], k = 1 + take_below(in, MOST_ROWS), kept = m->x1.x.shape[0] * k,
          cuts[] = {0, take_below(in, (int)n + 1), take_below(in, (int)n + 1), n};
  if (cuts[1] > cuts[2]) return;
  int cast = take_cast(in, m->x1.x.dtype, m->x2.x.dtype), order = take(in), dtype = -1;
  cosdim_ranked *heaps = malloc((size_t)(2 * kept) * sizeof *heaps);
  for (int half = 0; half < 2; half++) cosdim_topk_clear(heaps + half * kept, m->x1.x.shape[0], k);
  for (int i = 0; i < 3; i++) {
    int shard = (i + order) % 3;
    cosdim_plan plan;
    cosdim_topk topk;
    operand rows = rows_of(&m->x2, cuts[shard], cuts[shard + 1]);
    if (cosdim_topk_plan(&plan, &topk, &m->x1.x, &rows.x, 0, m->all.eps, cast)) break;
    topk.heaps = heaps + (order >> (2 + i)) % 2 * kept, topk.k = k, topk.first = cuts[shard];
    walk_topk(&plan, &topk, m, &rows);
    dtype = plan.dtype;
  }
  cosdim_topk_merge(heaps, heaps + kept, m->x1.x.shape[0], k);
  cosdim_topk_sort(heaps, m->x1.x.shape[0], k);
  for (int64_t query = 0; dtype >= 0 && query < m->x1.x.shape[0]; query++)
    check_ranked(m, dtype, query, heaps + query * k, k);
  free(heaps);
}

/* Scores that nearly cancel out have no exact sum, not even in long double. */
enum { MOST_LOSS = 1000 };

/* Scores, and the distribution that they become, in chunks. */
static void check_attention(input *in, matrices *m) {
  cosdim_plan plan;
  int64_t n = m->x2.x.shape[0], first = take_below(in, (int)n + 1);
  cosdim_status status = cosdim_attention(&plan, &m->x1.x, &m->x2.x);
  if (m->x1.x.shape[0] != 1) {
    if (status != COSDIM_ERROR_ATTENTION_SHAPES) abort();
    return;
  }
  if (status == COSDIM_ERROR_PROMOTION || status == COSDIM_ERROR_DTYPE) return;
  if (status) abort();
  size_t size = size_of(plan.dtype);
  operand out = {.x = {.dtype = plan.dtype}};
  out.memory = out.origin = malloc((size_t)n * size);
  walk(&plan, &m->x1, &m->x2, m->scratch, m->bytes, out.memory);
  m->all.eps = 1e-8;
  cosdim_distribution distribution = {.kind = (cosdim_normalization)(take(in) % 2)};
  cosdim_dtype dtype = (cosdim_dtype)plan.dtype;
  cosdim_distribution_add(&distribution, dtype, out.memory, (size_t)first);
  cosdim_distribution_add(&distribution, dtype, out.memory + (size_t)first * size, (size_t)(n - first));
  long double scores[MOST_ROWS], total = 0, shares = 0;
  for (int64_t i = 0; i < n; i++) {
    long double score = read_element(&out, i);
    check_close(plan.dtype, (double)score, definition(&m->all, i));
    total += scores[i] = distribution.kind == COSDIM_SOFTMAX ? expl(score) : score;
    shares += fabsl(scores[i]);
  }
  cosdim_distribution_divide(&distribution, dtype, out.memory, (size_t)n);
  long double least = plan.dtype == COSDIM_FLOAT16 ? 0x1p-24L : 0x1p-149L;
  long double unit = plan.dtype == COSDIM_FLOAT64 ? 0x1p-49L : plan.dtype == COSDIM_FLOAT32 ? 0x1p-23L : 0x1p-10L;
  for (int64_t i = 0; i < n && !(shares > MOST_LOSS * fabsl(total)); i++) {
    long double share = read_element(&out, i), expected = scores[i] / total;
    if (isnan(expected) ? !isnan(share) : !(fabsl(share - expected) <= unit * fabsl(expected) + least)) abort();
  }
  free_operand(&out);
}

/* The terms of an output and their sums: of both operands the elements of the definition. */
static void check_terms(const matrices *m, cosdim_plan *plan, int64_t output) {
  const problem *p = &m->all;
  const operand *const x[] = {p->x1, p->x2};
  int64_t first[2], t = 0;
  for (int k = 0; k < 2; k++) first[k] = first_element(p, x[k], output);
  if (cosdim_tile(plan, m->scratch, m->bytes)) abort();
  while (cosdim_next_tile(plan)) {
    cosdim_copy copy;
    for (int k = 0; k < 2; k++)
      while (cosdim_stage(plan, k, &copy))
        copy_tile(&copy, size_of(x[k]->x.dtype), x[k]->origin + first[k] * (int64_t)size_of(x[k]->x.dtype), 0);
    for (int64_t i = 0; i < plan->loop[plan->reduced].length; i++, t++) {
      cosdim_term term;
      cosdim_accumulate_term(plan, i, &term);
      double got[] = {term.x1, term.x2};
      for (int k = 0; k < 2; k++) {
        double expected = (double)read_element(x[k], first[k] + t * stride_along_dim(p, x[k]));
        if (isnan(expected) ? !isnan(got[k]) : got[k] != expected) abort();
      }
    }
  }
  if (t != p->shape[p->dim]) abort();
}

static void check_explain(input *in, matrices *m) {
  cosdim_plan plan;
  int64_t index[2], at[2], dim = take_below(in, 3);
  m->all.dim = (int)dim;
  int cast = m->x1.x.dtype < COSDIM_FLOAT16 && m->x2.x.dtype < COSDIM_FLOAT16 ? COSDIM_FLOAT64 : COSDIM_KEEP_DTYPE;
  if (cosdim_similarity(&plan, &m->x1_alone.x, &m->x2.x, dim, m->all.eps, cast)) return;
  int is_inside = 1;
  int64_t output = 0;
  for (int i = 0, axis = 0; axis < 3; axis++) {
    if (axis == dim) continue;
    int64_t n = m->all.shape[axis];
    index[i] = take_below(in, 2 * (int)n + 3) - n - 1;
    is_inside &= index[i] >= -n && index[i] < n;
    at[i] = index[i] < 0 ? index[i] + n : index[i];
    output = output * n + at[i++];
  }
  cosdim_output_vector vectors[2];
  cosdim_status status = cosdim_explain(&plan, &m->x1_alone.x, 2, index, &vectors[0]);
  if (status != (is_inside ? COSDIM_OK : COSDIM_ERROR_INDEX)) abort();
  if (status) return;
  if (cosdim_explain(&plan, &m->x2.x, 2, index, &vectors[1]) || vectors[0].output != output) abort();
  cosdim_narrow_to_output(&plan, &vectors[0], &vectors[1]);
  check_terms(m, &plan, output);
  cosdim_working working;
  if (m->all.shape[dim]) cosdim_finalize(&plan.sums[0], m->all.eps, &working);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static void (*const checks[])(input *, matrices *) = {check_pairwise, check_topk, check_shards, check_attention,
                                                        check_explain};
  input in = {data, data + size};
  seed_random();
  int which = take_below(&in, sizeof checks / sizeof *checks);
  matrices m;
  if (take_matrices(&in, &m)) checks[which](&in, &m);
  free_matrices(&m);
  return 0;
}
