/*
 * An infinity or a NaN makes NaN of the outputs that read it, and changes no other: in every layout and floating dtype,
 * in either operand and anywhere in a vector. Float16 has kernels that assume finite numbers, and redo sums that turn
 * out otherwise; so it is tested at every length that they may treat differently.
 */
#include "check.h"
#include "layouts.h"
#include "tests.h"

#include <math.h>
#include <stdlib.h>

enum { MAX_COUNT = 9, MAX_OUTPUTS = MAX_COUNT * MAX_COUNT };

/* The NaN of float16 is the one whose bits are next to those of infinity. */
static void write_special(operand *o, int64_t element, double value) {
  if (o->x.dtype == COSDIM_FLOAT16 && isnan(value))
    ((uint16_t *)o->origin)[element] = 0x7c01;
  else
    write_element(o, element, value);
}

/* Puts `value` at one place of one vector of an operand, checks every output, and takes it out again. */
static void check_special(const problem *p, operand *o, int64_t term, double value, const long double *expected,
                          const char *name) {
  int64_t index[MAX_AXES];
  index_of_output(p, below((int)count_outputs(p)), index);
  index[p->dim] = term;
  int64_t special = element_at_index(&o->x, p->rank, index);
  double finite = (double)read_element(o, special);
  write_special(o, special, value);

  operand result = {.x = {.rank = 0}};
  result.origin = compute(p, &result.x.dtype, below(3) ? 1 << 17 : 1 << 11);
  for (int64_t i = 0; i < count_outputs(p); i++) {
    index_of_output(p, i, index);
    index[p->dim] = term;
    int reads_special = element_at_index(&o->x, p->rank, index) == special;
    double got = (double)read_element(&result, i);
    CHECK(reads_special ? isnan(got) : fabsl(got - expected[i]) <= 8 * rounding_of(result.x.dtype),
          "%s of dtype %d, %g in x%d at %lld of %lld, output %lld: %.9g instead of %.9Lg", name, o->x.dtype, value,
          o == p->x1 ? 1 : 2, (long long)term, (long long)p->shape[p->dim], (long long)i, got,
          reads_special ? (long double)NAN : expected[i]);
  }
  free(result.origin);
  write_element(o, special, finite);
}

static void check_length(const layout *l, int dtype, int64_t length) {
  const double values[] = {INFINITY, -INFINITY, NAN};
  const int64_t terms[] = {0, length / 2, length - 1};
  operand operands[2];
  problem p = make_layout_problem(l, dtype, length, 2 + below(MAX_COUNT - 1), &operands[0], &operands[1]);
  long double expected[MAX_OUTPUTS];
  for (int64_t i = 0; i < count_outputs(&p); i++) expected[i] = definition(&p, i);
  for (int k = 0; k < 2; k++)
    for (int t = 0; t < 3; t++)
      for (int v = 0; v < 3; v++) check_special(&p, &operands[k], terms[t], values[v], expected, l->name);
  for (int k = 0; k < 2; k++) free_operand(&operands[k]);
}

void test_nonfinite(void) {
  for (int l = 0; l < LAYOUTS; l++) {
    for (int64_t n = 1; n <= 400; n++) check_length(&layouts[l], COSDIM_FLOAT16, n);
    for (int64_t n = 700; n <= 800; n += 7) check_length(&layouts[l], COSDIM_FLOAT16, n);
    for (int64_t n = 3000; n <= 5000; n += 1000) check_length(&layouts[l], COSDIM_FLOAT16, n);
    for (int dtype = COSDIM_FLOAT32; dtype <= COSDIM_FLOAT64; dtype++) {
      for (int64_t n = 1; n <= 120; n++) check_length(&layouts[l], dtype, n);
      for (int64_t n = 700; n <= 800; n += 50) check_length(&layouts[l], dtype, n);
    }
  }
}
