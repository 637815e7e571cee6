/*
 * cosdim_similarity against its definition over random problems: broadcast, permuted, gapped and reversed operands, in
 * place and staged, with a scratch of any size, at once and in slices.
 */
#include "check.h"
#include "operand.h"
#include "tests.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Drops leading axes of one operand, as far as broadcasting gives the same common shape. */
static void drop_leading_axes(const problem *p, int64_t (*shape)[MAX_AXES], int *rank) {
  int k = below(2);
  while (rank[k] > 0 && !below(4)) {
    int axis = p->rank - rank[k];
    if (shape[k][0] != 1 && shape[!k][axis] != p->shape[axis]) break;
    memmove(shape[k], shape[k] + 1, sizeof shape[k] - sizeof shape[k][0]);
    rank[k]--;
  }
}

/* A common shape and dim, and two operands that broadcast to it. */
static problem make_problem(operand *x1, operand *x2) {
  problem p = {.x1 = x1, .x2 = x2, .rank = below(6), .eps = (double[]){1e-8, 0, 1e-3, 2}[below(4)]};
  int64_t shape[2][MAX_AXES];
  int rank[2] = {p.rank, p.rank};
  p.dim = p.rank ? below(p.rank) : 0;
  for (int axis = 0; axis < p.rank; axis++) {
    p.shape[axis] = below(20) ? 1 + below(p.rank < 3 ? 40 : 6) : 0;
    int broadcast = below(6);
    shape[0][axis] = broadcast == 0 ? 1 : p.shape[axis];
    shape[1][axis] = broadcast == 1 ? 1 : p.shape[axis];
  }
  if (p.rank && !below(10)) p.shape[p.dim] = shape[0][p.dim] = shape[1][p.dim] = 100 + below(400);
  drop_leading_axes(&p, shape, rank);
  *x1 = make_operand(any_dtype(), rank[0], shape[0], below(2));
  *x2 = make_operand(any_dtype(), rank[1], shape[1], below(2));
  if (!below(2)) x1->x.data = x1->origin;
  if (!below(2)) x2->x.data = x2->origin;
  return p;
}

static void check_random_problem(int number) {
  operand x1, x2;
  problem p = make_problem(&x1, &x2);
  int are_integers = x1.x.dtype < COSDIM_FLOAT16 && x2.x.dtype < COSDIM_FLOAT16;
  int cast = are_integers ? COSDIM_FLOAT32 + below(2) : COSDIM_KEEP_DTYPE;
  int dim = below(2) ? p.dim : p.dim - (p.rank ? p.rank : 1);

  cosdim_plan plan;
  cosdim_status status = cosdim_similarity(&plan, &x1.x, &x2.x, dim, p.eps, cast);
  CHECK(status == COSDIM_OK, "problem %d: status %d", number, status);
  CHECK(plan.rank == (p.rank ? p.rank - 1 : 0), "problem %d: rank %d", number, plan.rank);

  size_t bytes = below(3) ? COSDIM_MIN_SCRATCH + (size_t)below(3000) : 1 << 18;
  void *scratch = aligned_alloc(16, (bytes + 15) & ~(size_t)15);
  char *out = malloc((size_t)count_outputs(&p) * size_of(plan.dtype) + 1);
  if (x1.x.data && x2.x.data)
    cosdim_compute(&plan, scratch, bytes, out);
  else
    walk(&plan, &x1, &x2, scratch, bytes, out);

  char name[32];
  snprintf(name, sizeof name, "problem %d", number);
  check_outputs(&p, plan.dtype, out, name);
  free_operand(&x1);
  free_operand(&x2);
  free(scratch);
  free(out);
}

/* Part of an operand along a dim of the common shape: `n` terms from `start` on. */
static operand slice_of(const problem *p, const operand *o, int64_t start, int64_t n) {
  operand slice = *o;
  int axis = p->dim - (p->rank - o->x.rank);
  if (axis < 0 || o->x.shape[axis] != p->shape[p->dim]) return slice;
  int64_t bytes = start * o->x.stride[axis] * (int64_t)size_of(o->x.dtype);
  slice.x.shape[axis] = n;
  slice.origin += bytes;
  if (o->x.data) slice.x.data = (const char *)o->x.data + bytes;
  return slice;
}

enum { SLICES = 4 };

/* Merges the sums of slices along dim, in any order. */
static void check_slices(int number) {
  operand x1, x2;
  problem p = make_problem(&x1, &x2);
  size_t count = (size_t)count_outputs(&p);
  int64_t n = p.rank ? p.shape[p.dim] : 1, start = 0;
  int cast = x1.x.dtype < COSDIM_FLOAT16 && x2.x.dtype < COSDIM_FLOAT16 ? COSDIM_FLOAT64 : COSDIM_KEEP_DTYPE;
  cosdim_sums *sums = calloc((SLICES + 2) * count + 1, sizeof *sums), *forwards = sums + SLICES * count,
              *backwards = forwards + count;
  size_t bytes = below(2) ? COSDIM_MIN_SCRATCH + (size_t)below(3000) : 1 << 18;
  void *scratch = aligned_alloc(16, (bytes + 15) & ~(size_t)15);
  cosdim_plan plan;
  for (int i = p.rank ? 0 : SLICES - 1; i < SLICES; i++) { /* a number is one slice */
    int64_t end = i == SLICES - 1 ? n : start + below((int)(n - start) + 1);
    operand slice1 = slice_of(&p, &x1, start, end - start), slice2 = slice_of(&p, &x2, start, end - start);
    cosdim_status status = cosdim_similarity(&plan, &slice1.x, &slice2.x, p.dim, p.eps, cast);
    CHECK(status == COSDIM_OK, "slices of problem %d: status %d", number, status);
    cosdim_keep_sums(&plan);
    walk(&plan, &slice1, &slice2, scratch, bytes, (char *)(sums + (size_t)i * count));
    start = end;
  }
  for (size_t i = 0; i < SLICES * count; i++) {
    cosdim_merge(&forwards[i % count], &sums[i]);
    cosdim_merge(&backwards[i % count], &sums[SLICES * count - count - i / count * count + i % count]);
  }
  char *out = malloc(count * size_of(plan.dtype) + 1), name[32];
  snprintf(name, sizeof name, "slices of problem %d", number);
  for (int order = 0; order < 2; order++) {
    cosdim_finalize_outputs(order ? backwards : forwards, count, n ? p.eps : 1, (cosdim_dtype)plan.dtype, out);
    check_outputs(&p, plan.dtype, out, name);
  }
  for (size_t i = 0; i < count; i++) {
    cosdim_sums ab = sums[i], ba = sums[count + i];
    cosdim_merge(&ab, &sums[count + i]);
    cosdim_merge(&ba, &sums[i]);
    CHECK(!memcmp(&ab, &ba, sizeof ab), "slices of problem %d: merging does not commute", number);
  }
  free_operand(&x1);
  free_operand(&x2);
  free(sums);
  free(scratch);
  free(out);
}

void test_slices(void) {
  for (int number = 0; number < rounds(10000); number++) check_slices(number);
}

void test_similarity(void) {
  for (int number = 0; number < rounds(20000); number++) check_random_problem(number);
}
