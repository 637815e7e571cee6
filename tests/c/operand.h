/* Operands with memory of their own, and cosine similarity by its definition. */
#ifndef OPERAND_H
#define OPERAND_H

#include "cosdim.h"

enum { MAX_AXES = 8 };

/* A tensor over `memory`, which holds the elements it reads and no more, so that the sanitizer finds any read past
 * them. */
typedef struct {
  cosdim_tensor x;
  char *memory, *origin; /* `origin` is the element at index 0, 0, … */
} operand;

size_t size_of(int dtype);

/* Floating dtypes twice as often as integers. */
int any_dtype(void);

/* A random number; `kind` is one of 0 to 3. Integers and float16 cannot hold those of kind 2. */
double any_value(int kind);

/* A random operand: contiguous, or with its axes in any order, gaps between elements, and some axes reversed. */
operand make_operand(int dtype, int rank, const int64_t *shape, int contiguous);
void free_operand(operand *o);

long double read_element(const operand *o, int64_t element);

/* Writes a floating value as it is; scales and rounds it for an integer dtype. */
void write_element(operand *o, int64_t element, double value);

/* A call of F.cosine_similarity, in its own terms: the common shape and the dim within it. */
typedef struct {
  const operand *x1, *x2;
  int rank, dim;
  int64_t shape[MAX_AXES];
  double eps;
} problem;

/* The outputs of a problem. */
int64_t count_outputs(const problem *p);

/* Which element of `x` the common index reads. */
int64_t element_at_index(const cosdim_tensor *x, int common_rank, const int64_t *index);

/* The common index of an output's first term. */
void index_of_output(const problem *p, int64_t output, int64_t *index);

/* Which element of an operand an output's first term reads, and how far apart its terms are: 0 where it is broadcast.
 */
int64_t first_element(const problem *p, const operand *o, int64_t output);
int64_t stride_along_dim(const problem *p, const operand *o);

/* The output by its definition, in long double. */
long double definition(const problem *p, int64_t output);

/* Half a unit in the last place of numbers below 1; for float16 twice that, since a result may be the second nearest.
 */
double rounding_of(int dtype);

/* Checks every output of a plan that was walked to `out`. */
void check_outputs(const problem *p, int dtype, char *out, const char *name);

/* The similarity of two contiguous vectors in memory, through a plan. */
double similarity_of(int dtype, const void *x1, const void *x2, int64_t n, double eps);

/* Makes a copy between the scratch and the memory of an operand, or of the result. */
void copy_tile(const cosdim_copy *copy, size_t size, char *memory, int to_memory);

/* Walks the tiles as a host does whose operands are elsewhere: those without `data` are copied in. Kept sums are merged
 * into `out`. */
void walk(cosdim_plan *plan, const operand *x1, const operand *x2, void *scratch, size_t bytes, char *out);

#endif
