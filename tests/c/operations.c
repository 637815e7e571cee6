/*
 * Distances with and without weights, attention, top-k at once, the steps behind an output, and packing: each against
 * its definition, in any layout, under the sanitizers.
 */
#include "check.h"
#include "operand.h"
#include "tests.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SCRATCH = 4096 };
static _Alignas(16) char scratch[SCRATCH];

static operand vector(int64_t n) {
  operand o = make_operand(any_dtype(), 1, &n, below(2));
  o.x.data = o.origin;
  return o;
}

/* 1 - Σw·u·v / √(Σw·u² · Σw·v²), as SciPy defines it. Operands of any size are multiplied by powers of two: these
 * change no digit of the distance. */
static void check_distance(int number) {
  int64_t n = 1 + below(below(3) ? 40 : 400);
  operand u = vector(n), v = vector(n), w = make_operand(COSDIM_FLOAT64, 1, &n, below(2));
  w.x.data = w.origin;
  int weighted = below(4), power = below(3) ? 0 : 400 * (below(3) - 1);
  double below_one = below(2) ? 1 : 0x1p-40;
  for (int k = 0; k < 2; k++) {
    operand *o = k ? &v : &u;
    if (o->x.dtype != COSDIM_FLOAT64) continue;
    for (int64_t i = 0; i < n; i++) write_element(o, i * o->x.stride[0], ldexp(below(4) ? uniform() - 0.5 : 0, power));
  }
  long double dot = 0, norm1 = 0, norm2 = 0;
  for (int64_t i = 0; i < n; i++) {
    write_element(&w, i * w.x.stride[0], below(3) ? uniform() * below_one : 0);
    long double weight = weighted ? read_element(&w, i * w.x.stride[0]) : 1;
    long double a = read_element(&u, i * u.x.stride[0]), b = read_element(&v, i * v.x.stride[0]);
    dot += weight * a * b, norm1 += weight * a * a, norm2 += weight * b * b;
  }
  double expected = (double)(1 - dot / sqrtl(norm1 * norm2)), distance;
  cosdim_plan plan;
  cosdim_status status = cosdim_distance(&plan, &u.x, &v.x, weighted ? &w.x : NULL);
  if (!status) status = cosdim_compute(&plan, scratch, COSDIM_MIN_SCRATCH + (size_t)below(3000) / 16 * 16, &distance);
  CHECK(!status, "distance %d: status %d", number, status);
  CHECK(isnan(expected) ? isnan(distance) : fabs(distance - expected) < 2e-15, "distance %d: %.17g, not %.17g", number,
        distance, expected);
  if (weighted) {
    write_element(&w, (n - 1) * w.x.stride[0], -1);
    cosdim_distance(&plan, &u.x, &v.x, &w.x);
    status = cosdim_compute(&plan, scratch, SCRATCH, &distance);
    CHECK(status == COSDIM_ERROR_NEGATIVE_WEIGHT, "distance %d: status %d", number, status);
  }
  free_operand(&u), free_operand(&v), free_operand(&w);
}

/* Terms too small to change the sum one by one count together: they are in the carries. */
static void check_carries(int weighted) {
  enum { N = 1 << 14 };
  static double u[N], v[N], weights[N];
  long double dot = 0, norm_squared = 0;
  for (int i = 0; i < N; i++) {
    weights[i] = 1;
    u[i] = i ? 0x1p-30 : 1;
    v[i] = i ? -0x1p-30 : 1;
    dot += (long double)u[i] * v[i];
    norm_squared += (long double)u[i] * u[i];
  }
  const void *data[] = {u, v, weights};
  cosdim_tensor x[3];
  for (int k = 0; k < 3; k++)
    x[k] = (cosdim_tensor){.dtype = COSDIM_FLOAT64, .rank = 1, .shape = {N}, .stride = {1}, .data = data[k]};
  double expected = (double)(1 - dot / norm_squared), distance = -1;
  cosdim_plan plan;
  cosdim_status status = cosdim_distance(&plan, &x[0], &x[1], weighted ? &x[2] : NULL);
  if (!status) status = cosdim_compute(&plan, scratch, SCRATCH, &distance);
  CHECK(!status && fabs(distance - expected) < 2e-15, "%.17g, not %.17g", distance, expected);
}

/* The scores and their sum, or that of their powers of e. */
static void check_attention(int number) {
  int64_t shape[] = {1 + below(60), 1 + below(30)};
  operand target = make_operand(COSDIM_FLOAT64, 1, &shape[1], below(2)),
          behaviored = make_operand(any_dtype(), 2, shape, below(2));
  target.x.data = target.origin, behaviored.x.data = behaviored.origin;
  cosdim_plan plan;
  double *scores = malloc((size_t)shape[0] * sizeof *scores), *shares = malloc((size_t)shape[0] * sizeof *shares);
  cosdim_status status = cosdim_attention(&plan, &target.x, &behaviored.x);
  if (!status) status = cosdim_compute(&plan, scratch, SCRATCH, scores);
  CHECK(!status && plan.dtype == COSDIM_FLOAT64, "attention %d: status %d", number, status);
  problem p = {.x1 = &target, .x2 = &behaviored, .rank = 2, .dim = 1, .shape = {shape[0], shape[1]}, .eps = 1e-8};
  check_outputs(&p, COSDIM_FLOAT64, (char *)scores, "attention");
  for (int kind = COSDIM_SUM; kind <= COSDIM_SOFTMAX; kind++) {
    cosdim_distribution distribution = {.kind = (cosdim_normalization)kind};
    size_t n = (size_t)shape[0], first = (size_t)below((int)n + 1);
    memcpy(shares, scores, n * sizeof *scores);
    cosdim_distribution_add(&distribution, COSDIM_FLOAT64, shares, first);
    cosdim_distribution_add(&distribution, COSDIM_FLOAT64, shares + first, n - first);
    cosdim_distribution_divide(&distribution, COSDIM_FLOAT64, shares, n);
    long double total = 0;
    for (size_t i = 0; i < n; i++) total += kind ? expl(scores[i]) : scores[i];
    for (size_t i = 0; i < n; i++) {
      long double share = (kind ? expl(scores[i]) : scores[i]) / total;
      CHECK(isnan(share) ? isnan(shares[i]) : isinf(share) || fabsl(shares[i] - share) <= 1e-12L * (1 + fabsl(share)),
            "attention %d, kind %d: %.17g, not %.17Lg", number, kind, shares[i], share);
    }
  }
  free(scores), free(shares), free_operand(&target), free_operand(&behaviored);
}

/* The k first of all similarities, in one call. */
static void check_topk(int number) {
  int64_t shape[] = {1 + below(50), 1 + below(20)}, k = below((int)shape[0] + 1);
  operand query = make_operand(COSDIM_FLOAT32, 1, &shape[1], below(2)),
          corpus = make_operand(COSDIM_FLOAT32, 2, shape, below(2));
  query.x.data = query.origin, corpus.x.data = corpus.origin;
  cosdim_plan plan;
  cosdim_topk topk;
  float *all = malloc((size_t)shape[0] * sizeof *all);
  cosdim_tensor rows = query.x;
  int64_t fault[3];
  cosdim_unsqueeze(&rows, 0, fault);
  cosdim_pairwise(&plan, &rows, &corpus.x, 1e-8, COSDIM_KEEP_DTYPE);
  cosdim_compute(&plan, scratch, SCRATCH, all);
  cosdim_status status = cosdim_topk_plan(&plan, &topk, &query.x, &corpus.x, k, 1e-8, COSDIM_KEEP_DTYPE);
  CHECK(!status && plan.rank == 1 && plan.shape[0] == k, "top-k %d: status %d", number, status);
  size_t bytes = (size_t)cosdim_topk_bytes(&topk);
  char *memory = aligned_alloc(16, (bytes + 31) / 16 * 16);
  cosdim_topk_begin(&topk, memory);
  cosdim_tile(&plan, scratch, SCRATCH);
  cosdim_copy copy;
  while (k && cosdim_next_tile(&plan)) {
    for (int x = 0; x < 2; x++) CHECK(!cosdim_stage(&plan, x, &copy), "float32 in memory is staged");
    cosdim_accumulate(&plan);
    cosdim_topk_update(&topk, &plan);
  }
  cosdim_topk_end(&topk, COSDIM_FLOAT32);
  const float *values = topk.values;
  for (int64_t i = 0; i < k; i++) {
    int64_t before = 0, row = topk.indices[i];
    for (int64_t j = 0; j < shape[0]; j++) before += all[j] > all[row] || (all[j] == all[row] && j < row);
    CHECK(values[i] == all[row] && before == i, "top-k %d: row %lld is number %lld", number, (long long)row,
          (long long)before);
  }
  free(all), free(memory), free_operand(&query), free_operand(&corpus);
}

/* Every output of a problem: where its terms are, and their sums. */
static void check_explain(int number) {
  int64_t shape[] = {1 + below(4), 1 + below(5), 1 + below(30)}, shape2[] = {below(2) ? 1 : shape[1], shape[2]};
  operand x1 = make_operand(any_dtype(), 3, shape, below(2)), x2 = make_operand(any_dtype(), 2, shape2, below(2));
  x1.x.data = x1.origin, x2.x.data = x2.origin;
  int cast = x1.x.dtype < COSDIM_FLOAT16 && x2.x.dtype < COSDIM_FLOAT16 ? COSDIM_FLOAT64 : COSDIM_KEEP_DTYPE;
  problem p = {.x1 = &x1, .x2 = &x2, .rank = 3, .dim = below(3), .shape = {shape[0], shape[1], shape[2]}, .eps = 1e-8};
  for (int64_t output = 0; output < count_outputs(&p); output++) {
    int64_t index[MAX_AXES], kept[2];
    index_of_output(&p, output, index);
    for (int axis = 0, k = 0; axis < 3; axis++)
      if (axis != p.dim) kept[k++] = below(2) ? index[axis] : index[axis] - p.shape[axis];
    cosdim_plan plan;
    cosdim_output_vector vectors[2];
    cosdim_status status = cosdim_similarity(&plan, &x1.x, &x2.x, p.dim, p.eps, cast);
    for (int k = 0; k < 2 && !status; k++) status = cosdim_explain(&plan, k ? &x2.x : &x1.x, 2, kept, &vectors[k]);
    CHECK(!status && vectors[0].output == output, "explanation %d: status %d", number, status);
    if (status) break;
    cosdim_narrow_to_output(&plan, &vectors[0], &vectors[1]);
    cosdim_tile(&plan, scratch, COSDIM_MIN_SCRATCH);
    double dot = 0;
    int64_t t = 0;
    while (cosdim_next_tile(&plan)) {
      cosdim_copy copy;
      for (int k = 0; k < 2; k++)
        while (cosdim_stage(&plan, k, &copy))
          for (int64_t i = 0; i < copy.columns; i++) {
            size_t size = size_of(plan.operand_dtype[k]);
            memcpy((char *)copy.staged + (size_t)i * size,
                   (const char *)plan.data[k] + (copy.element + i * copy.column_stride) * (int64_t)size, size);
          }
      for (int64_t i = 0; i < plan.loop[plan.reduced].length; i++, t++) {
        cosdim_term term;
        cosdim_accumulate_term(&plan, i, &term);
        double a = (double)read_element(&x1, first_element(&p, &x1, output) + t * stride_along_dim(&p, &x1));
        double b = (double)read_element(&x2, first_element(&p, &x2, output) + t * stride_along_dim(&p, &x2));
        dot += a * b;
        CHECK(term.x1 == a && term.x2 == b && term.product == a * b, "explanation %d: term %lld", number, (long long)t);
        CHECK(fabs(term.dot - dot) <= 1e-12 * sqrt(term.norm1_squared * term.norm2_squared), "explanation %d", number);
      }
    }
    cosdim_working working;
    cosdim_finalize(&plan.sums[0], p.eps, &working);
    CHECK(t == p.shape[p.dim] && fabs(working.cosine - (double)definition(&p, output)) < 1e-12, "explanation %d: %g",
          number, working.cosine);
  }
  free_operand(&x1), free_operand(&x2);
}

/* The elements of a tensor side by side, in order. */
static void check_pack(int number) {
  int64_t shape[] = {1 + below(4), 1 + below(4), 1 + below(4), 1 + below(4)}, elements = 0, i = 0;
  operand o = make_operand(any_dtype(), 4, shape, below(2));
  size_t size = size_of(o.x.dtype);
  char packed[256 * 8] = {0};
  cosdim_copy copy;
  for (int n = 0; cosdim_pack(&o.x, n, packed, &copy); n++)
    for (int64_t row = 0; row < copy.rows; row++)
      for (int64_t column = 0; column < copy.columns; column++, elements++)
        memcpy((char *)copy.staged + (size_t)(row * copy.columns + column) * size,
               o.origin + (copy.element + row * copy.row_stride + column * copy.column_stride) * (int64_t)size, size);
  CHECK(elements == shape[0] * shape[1] * shape[2] * shape[3], "%lld elements of tensor %d", (long long)elements,
        number);
  int64_t at[4] = {0};
  for (; at[0] < shape[0]; i++) {
    int64_t element = element_at_index(&o.x, 4, at);
    CHECK(!memcmp(packed + (size_t)i * size, o.origin + element * (int64_t)size, size), "element %lld of tensor %d",
          (long long)i, number);
    for (int axis = 3; axis >= 0 && ++at[axis] == shape[axis] && axis > 0; axis--) at[axis] = 0;
  }
  free_operand(&o);
}

void test_operations(void) {
  for (int weighted = 0; weighted < 2; weighted++) check_carries(weighted);
  for (int number = 0; number < rounds(3000); number++) {
    check_distance(number);
    check_attention(number);
    check_topk(number);
    if (number < 1000) check_explain(number);
    check_pack(number);
  }
}
