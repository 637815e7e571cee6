/* The layouts that have a kernel of their own. */
#ifndef LAYOUTS_H
#define LAYOUTS_H

#include "operand.h"

/* Sizes in a layout: the length of the vectors, and how many there are in x1 and x2. */
enum { LENGTH = -1, COUNT = -2, COUNT2 = -3 };

typedef struct {
  const char *name;
  int rank, dim;
  int64_t shape[2][3];
  int transposed; /* whether the axes of x2 lie in memory the other way round */
} layout;

enum { LAYOUTS = 9 };
extern const layout layouts[LAYOUTS];

/* A problem of random operands without gaps, in place. */
problem make_layout_problem(const layout *l, int dtype, int64_t length, int64_t count, operand *x1, operand *x2);

/*
 * Computes a problem with each operand in place or staged, and returns the result, to be freed. Integers are cast to
 * float32.
 */
char *compute(const problem *p, int *dtype, size_t scratch_bytes);

#endif
