/*
 * cosdim: cosine similarity along a dim, with PyTorch's semantics. This header is the manual of the C core and of the
 * WebAssembly module's ABI (at the end).
 *
 * A computation is planned once and then walked tile by tile:
 *
 *     cosdim_plan plan;
 *     cosdim_status status = cosdim_similarity(&plan, &x1, &x2, dim, eps, COSDIM_KEEP_DTYPE);
 *     // plan.rank, plan.shape and plan.dtype are the result's now: make room for it at `out`
 *     cosdim_compute(&plan, scratch, sizeof scratch, out);
 *
 * cosdim_compute is the few lines that a host writes whose operands lie in ordinary memory. A host whose operands lie
 * elsewhere (JavaScript's typed arrays) walks the tiles itself and copies what the plan asks for:
 *
 *     cosdim_tile(&plan, scratch, bytes);
 *     while (cosdim_next_tile(&plan)) {
 *       for each input: while (cosdim_stage(&plan, input, &copy)) … copy into the scratch …
 *       cosdim_accumulate(&plan);
 *       while (cosdim_stage(&plan, COSDIM_OUT, &copy)) … copy out of the scratch …
 *     }
 *
 * Nothing here allocates: the plan and the scratch are the caller's. Sizes, strides and offsets count elements.
 */
#ifndef COSDIM_H
#define COSDIM_H

#include <stddef.h>
#include <stdint.h>

/* As many dims as PyTorch reduces over. */
enum { COSDIM_MAX_RANK = 64 };

/* Element types, the narrower before the wider. The integers and bool are taken beside a floating operand. */
typedef enum {
  COSDIM_BOOL,
  COSDIM_UINT8,
  COSDIM_INT8,
  COSDIM_INT16,
  COSDIM_INT32,
  COSDIM_INT64,
  COSDIM_UINT16,
  COSDIM_UINT32,
  COSDIM_UINT64,
  COSDIM_FLOAT16,
  COSDIM_FLOAT32,
  COSDIM_FLOAT64,
} cosdim_dtype;

/* For the `cast` of cosdim_similarity: take the operands as they are. */
enum { COSDIM_KEEP_DTYPE = -1 };

/* What can be wrong with the input. The text that people read is the host's (js/errors.js); `fault` has its numbers. */
typedef enum {
  COSDIM_OK,
  COSDIM_ERROR_DTYPE,     /* the common dtype fault[0] is not floating */
  COSDIM_ERROR_PROMOTION, /* dtypes fault[0] and fault[1], one of them uint16, uint32 or uint64, have none in common */
  COSDIM_ERROR_RANK,      /* more than COSDIM_MAX_RANK dims */
  COSDIM_ERROR_EPS,       /* eps is negative or NaN */
  COSDIM_ERROR_BROADCAST, /* sizes fault[0] and fault[1] differ at dim fault[2] of the common shape */
  COSDIM_ERROR_DIM,       /* dim fault[2] is not in [fault[0], fault[1]] */
  COSDIM_ERROR_NO_DIMS,   /* dim fault[2] of a tensor without dims */
  COSDIM_ERROR_TOO_LARGE, /* the result has more elements than an int64 counts */
  COSDIM_ERROR_NOT_A_VECTOR,     /* a distance takes 1-D vectors */
  COSDIM_ERROR_LENGTHS,          /* a distance of vectors with fault[0] and fault[1] elements */
  COSDIM_ERROR_NEGATIVE_WEIGHT,  /* a distance with a weight below 0 */
  COSDIM_ERROR_ATTENTION_SHAPES, /* attention takes (D) or (1, D) and (N, D) */
  COSDIM_ERROR_PAIRWISE_SHAPES,  /* pairwise takes (N, D) and (M, D) */
  COSDIM_ERROR_INDICES,          /* fault[0] indices for an output that has fault[1] dims */
  COSDIM_ERROR_INDEX,            /* index fault[0] of an output in a dim with fault[1] elements, dim fault[2] */
  COSDIM_ERROR_VIEW_SIZE,        /* a view with another number of elements than the tensor's fault[0] */
  COSDIM_ERROR_VIEW_SIGN,        /* size fault[0] at dim fault[1] of a view is negative and not the only -1 */
  COSDIM_ERROR_VIEW_INFERRED,    /* more than one -1 in a view's shape */
  COSDIM_ERROR_VIEW_AMBIGUOUS,   /* a -1 beside a 0 in a view's shape */
  COSDIM_ERROR_VIEW_STRIDES,     /* a view that the tensor's strides cannot give without a copy */
  COSDIM_ERROR_TOPK_SHAPES,      /* topk takes (D) or (Q, D) and (N, D) */
  COSDIM_ERROR_K,                /* the fault[0] most similar of fault[1] */
} cosdim_status;

/* A strided view. `data` is the element at index 0, 0, …, or NULL when the host keeps it elsewhere and copies tiles. */
typedef struct {
  int32_t dtype;
  int32_t rank;
  int64_t shape[COSDIM_MAX_RANK];
  int64_t stride[COSDIM_MAX_RANK];
  const void *data;
} cosdim_tensor;

/* The operands of a plan, in the order of every array that has an entry for each. */
enum { COSDIM_X1, COSDIM_X2, COSDIM_WEIGHTS, COSDIM_OUT, COSDIM_OPERANDS };

/* A sum that is not yet rounded: its value is value + carry. */
typedef struct {
  double value, carry;
} cosdim_sum;

/*
 * The accumulator, the heart of it all: what is known of an output after a part of its terms. Parts are merged in any
 * order, and finished once. Sums are those of x1 · 2^-exponent1 and x2 · 2^-exponent2, so that no square overflows or
 * vanishes; the exponents are 0 unless float64 operands are that large or small.
 */
typedef struct {
  cosdim_sum dot, norm1_squared, norm2_squared;
  int32_t exponent1, exponent2;
} cosdim_sums;

/* One loop of a plan: `n` steps, of which the current tile does `length` from `start` on, at most `limit`. */
typedef struct {
  int64_t n, start, length, limit;
  int64_t step[COSDIM_OPERANDS];        /* from one element to the next in the operand; 0 where it is broadcast */
  int64_t tile_stride[COSDIM_OPERANDS]; /* the same where the kernels read it: in the scratch, or in place */
} cosdim_loop;

/* How the sums become the output. */
typedef enum { COSDIM_COSINE, COSDIM_COSINE_DISTANCE } cosdim_rule;

typedef struct {
  /* the result, contiguous, for the host to read */
  int32_t dtype, rank;
  int64_t shape[COSDIM_MAX_RANK];
  int64_t stride[COSDIM_MAX_RANK];
  int64_t fault[3]; /* the numbers of an error */

  /* the definition */
  int32_t common_rank, dim; /* dim counts in the common shape; 0 when both operands are 0-d */
  int64_t common_shape[COSDIM_MAX_RANK];
  double eps;
  cosdim_rule rule;
  int32_t weighted;

  /* loops, from the innermost outwards: the kept ones, merged where all steps agree, and the one reduced */
  int32_t loops, reduced;
  cosdim_loop loop[COSDIM_MAX_RANK + 1];
  int32_t operand_dtype[COSDIM_OPERANDS]; /* of its elements; they are cast to `cast`, and compute_dtype with in
                                             `compute_dtype` */
  int32_t cast[COSDIM_OPERANDS];
  int32_t compute_dtype; /* in float32, for float16 too, or in float64 */
  int32_t kernel_dtype;  /* what the kernels read: `compute_dtype`, or the operands' own dtype if they have one and a
                            kernel */
  const void *data[COSDIM_OPERANDS];

  /* the walk */
  int32_t started;
  int32_t order[COSDIM_OPERANDS][COSDIM_MAX_RANK + 1]; /* each operand's own loops, the smallest step first */
  int32_t own_loops[COSDIM_OPERANDS];
  int32_t in_place[COSDIM_OPERANDS];
  int32_t stale[COSDIM_OPERANDS]; /* its part of the tile has still to be staged */
  int32_t moved[COSDIM_OUT];      /* its part of the tile, or what is left in `work`, is not that of the one before */
  int64_t copied[COSDIM_OPERANDS];
  void *stage[COSDIM_OPERANDS];
  cosdim_sums *sums;
  double *work;
} cosdim_plan;

/*
 * A copy between an operand and the scratch: `rows` runs of `columns` elements, packed in the scratch, and in the
 * operand `row_stride` and `column_stride` apart. `element` is the first one's place in the operand, counted from the
 * element at index 0, 0, …; `staged` is its address in the scratch.
 */
typedef struct {
  int64_t element, rows, row_stride, columns, column_stride;
  void *staged;
} cosdim_copy;

/* Plans torch.nn.functional.cosine_similarity(x1, x2, dim, eps). `cast` is the dtype that both are cast to first. */
cosdim_status cosdim_similarity(cosdim_plan *plan, const cosdim_tensor *x1, const cosdim_tensor *x2, int64_t dim,
                                double eps, int32_t cast);

/* Plans scipy.spatial.distance.cosine(u, v, w), always in float64; `weights` may be NULL. */
cosdim_status cosdim_distance(cosdim_plan *plan, const cosdim_tensor *u, const cosdim_tensor *v,
                              const cosdim_tensor *weights);

/* Plans the similarity of each row of x1, (N, D), with each row of x2, (M, D): (N, M). */
cosdim_status cosdim_pairwise(cosdim_plan *plan, const cosdim_tensor *x1, const cosdim_tensor *x2, double eps,
                              int32_t cast);

/* Plans the similarity of one target, (D) or (1, D), with each row of `behaviored`, (N, D). */
cosdim_status cosdim_attention(cosdim_plan *plan, const cosdim_tensor *target, const cosdim_tensor *behaviored);

/* A row of a corpus, and how similar it is to a query. */
typedef struct {
  double value;
  int32_t index;
} cosdim_ranked;

/*
 * The k most similar of n rows for each query, in the order of torch.topk; of equal ones the lower index comes first.
 * Instead of copying outputs, the walk of its plan feeds them (where k is at least 1):
 *
 *     cosdim_topk_plan(&plan, &topk, &query, &corpus, k, eps, COSDIM_KEEP_DTYPE);
 *     cosdim_topk_begin(&topk, memory of cosdim_topk_bytes(&topk), aligned to 16 bytes);
 *     … walk: after cosdim_accumulate, cosdim_topk_update(&topk, &plan) …
 *     cosdim_topk_end(&topk, plan.dtype);
 *     // topk.values and topk.indices have plan.rank and plan.shape
 */
typedef struct {
  int64_t queries, n, k;
  cosdim_ranked *heaps; /* k for each query; the last in order is on top */
  void *values;
  int32_t *indices;
} cosdim_topk;

cosdim_status cosdim_topk_plan(cosdim_plan *plan, cosdim_topk *topk, const cosdim_tensor *query,
                               const cosdim_tensor *corpus, int64_t k, double eps, int32_t cast);
int64_t cosdim_topk_bytes(const cosdim_topk *topk);
void cosdim_topk_begin(cosdim_topk *topk, void *memory);
void cosdim_topk_update(cosdim_topk *topk, cosdim_plan *plan);
void cosdim_topk_end(cosdim_topk *topk, cosdim_dtype dtype);

/* The least scratch, in bytes; 1 MiB is as fast as more. */
enum { COSDIM_MIN_SCRATCH = 256 };

/* Chooses the tiles. `scratch` is aligned to 16 bytes and stays the plan's until the walk ends. */
void cosdim_tile(cosdim_plan *plan, void *scratch, size_t bytes);

/* Before the first tile again: the same plan, and what of its operands lay in memory may lie elsewhere now (`data`). */
void cosdim_restart(cosdim_plan *plan);

/* Goes to the first or the next tile; 0 after the last. */
int cosdim_next_tile(cosdim_plan *plan);

/* Gives the next copy that `operand` needs in this tile; 0 when there is none (left). */
int cosdim_stage(cosdim_plan *plan, int operand, cosdim_copy *copy);

/* Adds the tile to the sums, and finishes them when the reduced axis is at its end: the outputs can then be copied. */
cosdim_status cosdim_accumulate(cosdim_plan *plan);

/* How many outputs the current tile finishes: none while their reduced axis goes on. */
int64_t cosdim_finished_outputs(const cosdim_plan *plan);

/* For a walk that goes on after others used the scratch, which it may leave to them when a tile finished its outputs.
 */
void cosdim_resume(cosdim_plan *plan);

/* Walks all tiles of operands that lie in memory; writes the result, contiguous, to `out`. */
cosdim_status cosdim_compute(cosdim_plan *plan, void *scratch, size_t bytes, void *out);

/*
 * The cosine of two vectors of n elements that lie in memory, n > 0, in float32 or float64, without a plan; not yet
 * rounded to the dtype.
 */
double cosdim_pair(cosdim_dtype dtype, const void *x1, const void *x2, size_t n, double eps);

/* Adds `part` to `sums`. A zeroed accumulator is the empty sum. */
void cosdim_merge(cosdim_sums *sums, const cosdim_sums *part);

/* The working behind an output, as the definition names it; the angle is in radians, NaN beside a zero vector. */
typedef struct {
  double dot, norm1, norm2, clamped1, clamped2, cosine, angle;
} cosdim_working;

/* dot / (max(norm1, eps) · max(norm2, eps)), never outside [-1, 1]. `working` may be NULL. */
double cosdim_finalize(const cosdim_sums *sums, double eps, cosdim_working *working);

/*
 * Where the `n` terms of an output lie in an operand: term t at element + t · step, and at `index` with index[axis] =
 * t; where the operand is broadcast along dim, axis is -1 and all are at `index`. `output` counts outputs in order.
 */
typedef struct {
  int64_t n, element, step, axis, output;
  int64_t index[COSDIM_MAX_RANK];
} cosdim_output_vector;

/* Undoes broadcasting: the lane in `x`, one of the plan's operands, of the output at an index of so many numbers. */
cosdim_status cosdim_explain(cosdim_plan *plan, const cosdim_tensor *x, int32_t indices, const int64_t *index,
                             cosdim_output_vector *lane);

/* One term of a dot product, and the sums up to it. */
typedef struct {
  double x1, x2, product, square1, square2, dot, norm1_squared, norm2_squared;
} cosdim_term;

/* Turns a plan into that of one output, in float64: of lanes, whose first elements the host counts from. */
void cosdim_narrow_to_output(cosdim_plan *plan, const cosdim_output_vector *lane1, const cosdim_output_vector *lane2);

/* Instead of cosdim_accumulate, for such a plan: does term `i` of the current tile. */
void cosdim_accumulate_term(cosdim_plan *plan, int64_t i, cosdim_term *term);

/* How attention scores become a distribution: score / Σ score, or exp(score) / Σ exp(score). */
typedef enum { COSDIM_SUM, COSDIM_SOFTMAX } cosdim_normalization;

/* What is known of all scores after some: fold every chunk in, then divide every chunk. Starts zeroed but for the kind.
 */
typedef struct {
  cosdim_normalization kind;
  int32_t any;
  double largest;
  cosdim_sum total;
} cosdim_distribution;

void cosdim_distribution_add(cosdim_distribution *distribution, cosdim_dtype dtype, const void *scores, size_t n);
void cosdim_distribution_divide(const cosdim_distribution *distribution, cosdim_dtype dtype, void *scores, size_t n);

/* Half floats, by their bits; rounded to the nearest, ties to even. */
double cosdim_half_to_double(uint16_t bits);
uint16_t cosdim_double_to_half(double x);

/* Element i of an array of a floating dtype. */
double cosdim_read_element(cosdim_dtype dtype, const void *data, size_t i);

/* Views: Tensor.view, unsqueeze and transpose change `x`, whose data does not move. Errors write fault[3]. */
cosdim_status cosdim_view(cosdim_tensor *x, int32_t rank, const int64_t *shape, int64_t *fault);
cosdim_status cosdim_unsqueeze(cosdim_tensor *x, int64_t dim, int64_t *fault);
cosdim_status cosdim_transpose(cosdim_tensor *x, int64_t dim0, int64_t dim1, int64_t *fault);

/* Tensor.size(dim). */
cosdim_status cosdim_size_at(const cosdim_tensor *x, int64_t dim, int64_t *size, int64_t *fault);

/* Counts a negative dim from the end. */
cosdim_status cosdim_wrap_dim(int64_t dim, int64_t rank, int64_t *wrapped, int64_t *fault);

/* Gives copy `i` of those that put all elements of `x`, in order, to `packed`; 0 when there is none (left). */
int cosdim_pack(const cosdim_tensor *x, int64_t i, void *packed, cosdim_copy *copy);

/* The lowest and the highest element that `x` reads, from its element at index 0, 0, …; 0 elements when it has none. */
int64_t cosdim_extent(const cosdim_tensor *x, int64_t *low, int64_t *high);

#endif
