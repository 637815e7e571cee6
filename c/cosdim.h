/*
 * cosdim: cosine similarity along a dim, with PyTorch's semantics. This header is the manual of the C core and of the
 * WebAssembly module's ABI (host/wasm.c).
 *
 * A C or C++ program needs these sources and SIMDe's header (Debian: libsimde-dev), which brings WebAssembly's SIMD to
 * any CPU. examples/similarity.c is such a program:
 *
 *     cc -O2 -ffp-contract=off -Ic examples/similarity.c $(find c -name '*.c') -lm
 *
 * A computation is planned once, then runs tile by tile:
 *
 *     cosdim_plan plan;
 *     cosdim_status status = cosdim_similarity(&plan, &x1, &x2, dim, eps, COSDIM_KEEP_DTYPE);
 *     // plan.rank, plan.shape and plan.dtype describe the result: allocate `out` for it
 *     status = cosdim_compute(&plan, scratch, sizeof scratch, out);
 *
 * A host is a program that calls these functions. cosdim_compute is for hosts whose operands are in ordinary memory. A
 * host whose operands are elsewhere (JavaScript's typed arrays) walks the tiles itself, and stages the operands: it
 * makes the copies that the plan asks for.
 *
 *     cosdim_tile(&plan, scratch, bytes);
 *     while (cosdim_next_tile(&plan)) {
 *       for each input: while (cosdim_stage(&plan, input, &copy)) … copy into the scratch …
 *       cosdim_accumulate(&plan);
 *       while (cosdim_stage(&plan, COSDIM_OUT, &copy)) … copy out of the scratch …
 *     }
 *
 * Nothing here allocates: the plan and the scratch (a buffer) belong to the caller. Sizes, strides and offsets count
 * elements.
 */
#ifndef COSDIM_H
#define COSDIM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the package that these sources are part of. */
#define COSDIM_VERSION "0.1.0"

/* The largest rank. PyTorch cannot reduce tensors of a larger rank, either. */
enum { COSDIM_MAX_RANK = 64 };

/* Element types, in the order of promotion. Bool and the integers need a floating operand beside them, or a cast. */
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

/* A value of `cast` that keeps the operands' dtypes. */
enum { COSDIM_KEEP_DTYPE = -1 };

/* Errors. js/error-messages.js has a message for each, with the numbers in `fault`. */
typedef enum {
  COSDIM_OK,
  COSDIM_ERROR_DTYPE,           /* the common dtype, fault[0], is not floating */
  COSDIM_ERROR_PROMOTION,       /* dtypes fault[0] and fault[1] have no common dtype: one is uint16, uint32 or uint64 */
  COSDIM_ERROR_RANK,            /* more than COSDIM_MAX_RANK dims */
  COSDIM_ERROR_EPS,             /* eps is negative or NaN */
  COSDIM_ERROR_BROADCAST,       /* sizes fault[0] and fault[1] differ at dim fault[2] of the common shape */
  COSDIM_ERROR_DIM,             /* dim fault[2] is outside [fault[0], fault[1]] */
  COSDIM_ERROR_NO_DIMS,         /* dim fault[2] of a tensor without dims */
  COSDIM_ERROR_TOO_LARGE,       /* more elements than an int64 can count, or more corpus rows than an int32 */
  COSDIM_ERROR_NOT_A_VECTOR,    /* a distance takes 1-D vectors */
  COSDIM_ERROR_LENGTHS,         /* a distance of vectors with fault[0] and fault[1] elements */
  COSDIM_ERROR_NEGATIVE_WEIGHT, /* a distance with a weight below 0 */
  COSDIM_ERROR_ATTENTION_SHAPES, /* attention takes (D) or (1, D) and (N, D) */
  COSDIM_ERROR_PAIRWISE_SHAPES,  /* pairwise takes (N, D) and (M, D) */
  COSDIM_ERROR_INDICES,          /* fault[0] indices for an output that has fault[1] dims */
  COSDIM_ERROR_INDEX,            /* index fault[0] in dim fault[2] of the result, whose size is fault[1] */
  COSDIM_ERROR_VIEW_SIZE,        /* a view whose shape does not have the tensor's fault[0] elements */
  COSDIM_ERROR_VIEW_SIGN,        /* size fault[0] at dim fault[1] of a view's shape is below -1 */
  COSDIM_ERROR_VIEW_INFERRED,    /* more than one -1 in a view's shape */
  COSDIM_ERROR_VIEW_AMBIGUOUS,   /* a -1 beside a 0 in a view's shape */
  COSDIM_ERROR_VIEW_STRIDES,     /* a view that the tensor's strides cannot express without a copy */
  COSDIM_ERROR_TOPK_SHAPES,      /* topk takes (D) or (Q, D) and (N, D) */
  COSDIM_ERROR_K,                /* k, fault[0], is outside [0, fault[1]] */
  COSDIM_ERROR_SCRATCH,          /* a scratch smaller than COSDIM_MIN_SCRATCH */
  COSDIM_ERROR_TENSOR,           /* a dtype, rank or size out of range, or elements beyond the address space */
  COSDIM_ERROR_CAST,             /* `cast` is not a dtype */
} cosdim_status;

/* The name of a status, "COSDIM_ERROR_DIM", for logs. */
const char *cosdim_status_string(cosdim_status status);

/* A strided view. `data` points at the element at index 0, 0, …; NULL if the host has it elsewhere and copies tiles. */
typedef struct {
  int32_t dtype;
  int32_t rank;
  int64_t shape[COSDIM_MAX_RANK];
  int64_t stride[COSDIM_MAX_RANK];
  const void *data;
} cosdim_tensor;

/* The operands of a plan. These are the indices of every array of length COSDIM_OPERANDS. */
enum { COSDIM_X1, COSDIM_X2, COSDIM_WEIGHTS, COSDIM_OUT, COSDIM_OPERANDS };

/* A compensated sum: its value is value + carry. */
typedef struct {
  double value, carry;
} cosdim_sum;

/*
 * The accumulator: the sums of an output over some of its terms. Accumulators can be merged in any order and are
 * finalized once. The sums are those of x1 · 2^-exponent1 and x2 · 2^-exponent2, so that no square overflows or
 * underflows. The exponents are 0 unless the operands are float64 and their squares would do so.
 */
typedef struct {
  cosdim_sum dot, norm1_squared, norm2_squared;
  int32_t exponent1, exponent2;
} cosdim_sums;

/* One loop of a plan, of n iterations. The current tile covers `length` of them from `start`, at most `limit`. */
typedef struct {
  int64_t n, start, length, limit;
  int64_t stride[COSDIM_OPERANDS];      /* in the operand; 0 where it is broadcast */
  int64_t tile_stride[COSDIM_OPERANDS]; /* where the kernels read: in the scratch, or in place */
} cosdim_loop;

/* What the sums become. */
typedef enum { COSDIM_COSINE, COSDIM_COSINE_DISTANCE, COSDIM_KEPT_SUMS } cosdim_rule;

/* Hosts read the result's layout and `fault`; the rest is internal. */
typedef struct {
  /* the result, contiguous */
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

  /* the loops, innermost first: the kept ones, merged where every operand is contiguous across them, and the one
   * reduced */
  int32_t loops, reduced;
  cosdim_loop loop[COSDIM_MAX_RANK + 1];
  int32_t operand_dtype[COSDIM_OPERANDS];
  int32_t cast[COSDIM_OPERANDS]; /* the dtype that an operand is cast to */
  int32_t compute_dtype;         /* float32, for float16 as well, or float64 */
  int32_t kernel_dtype;          /* what the kernels read: compute_dtype, or a narrow dtype that has kernels */
  const void *data[COSDIM_OPERANDS];

  /* the walk over the tiles */
  int32_t started;
  int32_t order[COSDIM_OPERANDS][COSDIM_MAX_RANK + 1]; /* the loops that move an operand, smallest stride first */
  int32_t order_count[COSDIM_OPERANDS];                /* how many there are */
  int64_t gap[COSDIM_OPERANDS];      /* how far apart the elements are that copies take together, with those between */
  int32_t in_place[COSDIM_OPERANDS]; /* read where it is, not staged */
  int32_t stale[COSDIM_OPERANDS];    /* its part of the tile must still be staged */
  int32_t norms_stale[COSDIM_OUT];   /* pairwise: its norms in `work` must be computed again */
  int64_t copied[COSDIM_OPERANDS];   /* the copies already made for this tile */
  void *staged[COSDIM_OPERANDS];
  cosdim_sums *sums;
  double *work; /* what the kernels write; pairwise keeps its norms there */
} cosdim_plan;

/*
 * A copy between an operand and the scratch: `rows` runs of `columns` elements, row_stride and column_stride apart in
 * the operand and packed in the scratch. `element` is the index of the first one, relative to the operand's element at
 * index 0, 0, …; `staged` is its address in the scratch.
 */
typedef struct {
  int64_t element, rows, row_stride, columns, column_stride;
  void *staged;
} cosdim_copy;

/*
 * Plans torch.nn.functional.cosine_similarity(x1, x2, dim, eps). Both operands are cast to `cast` first, unless it is
 * COSDIM_KEEP_DTYPE.
 */
cosdim_status cosdim_similarity(cosdim_plan *plan, const cosdim_tensor *x1, const cosdim_tensor *x2, int64_t dim,
                                double eps, int32_t cast);

/*
 * What cosdim_similarity casts each of two operands to, and the dtype of the result. Integer operands are cast to the
 * common dtype; floating ones keep theirs, and the result has the wider of the two.
 */
cosdim_status cosdim_casts(const cosdim_tensor *x1, const cosdim_tensor *x2, int32_t cast, int32_t *casts,
                           cosdim_dtype *result, int64_t *fault);

/* Plans scipy.spatial.distance.cosine(u, v, w), always in float64; `weights` may be NULL. */
cosdim_status cosdim_distance(cosdim_plan *plan, const cosdim_tensor *u, const cosdim_tensor *v,
                              const cosdim_tensor *weights);

/* Plans the similarity of each row of x1, (N, D), with each row of x2, (M, D): (N, M). */
cosdim_status cosdim_pairwise(cosdim_plan *plan, const cosdim_tensor *x1, const cosdim_tensor *x2, double eps,
                              int32_t cast);

/* Plans the similarity of one target, (D) or (1, D), with each row of `behaviored`, (N, D). */
cosdim_status cosdim_attention(cosdim_plan *plan, const cosdim_tensor *target, const cosdim_tensor *behaviored);

/* A row of a corpus and its similarity to a query. */
typedef struct {
  double value;
  int64_t index;
} cosdim_ranked;

/*
 * The k most similar of n rows for each query, in torch.topk's order. Of equal values the lower index is first. For
 * k > 0 each tile's outputs go into heaps instead of being copied out:
 *
 *     cosdim_topk_plan(&plan, &topk, &query, &corpus, k, eps, COSDIM_KEEP_DTYPE);
 *     cosdim_topk_begin(&topk, memory of cosdim_topk_bytes(&topk), aligned to 16 bytes);
 *     … for each tile, after cosdim_accumulate: cosdim_topk_update(&topk, &plan) …
 *     cosdim_topk_end(&topk, plan.dtype);
 *     // topk.values and topk.indices have plan.rank and plan.shape
 *
 * A corpus can also arrive in shards. Each is planned with k = 0, and updates heaps that the caller keeps and has
 * cleared: set `heaps`, `k`, and `first`, which is the number of the shard's first row. Heaps can be merged, in any
 * order.
 */
typedef struct {
  int64_t queries, n, k, first;
  cosdim_ranked *heaps; /* k for each query, the least similar on top */
  void *values;
  int32_t *indices;
} cosdim_topk;

cosdim_status cosdim_topk_plan(cosdim_plan *plan, cosdim_topk *topk, const cosdim_tensor *query,
                               const cosdim_tensor *corpus, int64_t k, double eps, int32_t cast);
int64_t cosdim_topk_bytes(const cosdim_topk *topk);
void cosdim_topk_begin(cosdim_topk *topk, void *memory);
void cosdim_topk_update(cosdim_topk *topk, cosdim_plan *plan);
void cosdim_topk_end(cosdim_topk *topk, cosdim_dtype dtype);

/* Heaps without rows. In the place of rows that are missing are those of COSDIM_NO_ROW. */
#define COSDIM_NO_ROW INT64_MAX
void cosdim_topk_clear(cosdim_ranked *heaps, int64_t queries, int64_t k);

/* Adds the rows of other heaps. */
void cosdim_topk_merge(cosdim_ranked *heaps, const cosdim_ranked *others, int64_t queries, int64_t k);

/* Puts each heap into order, the most similar row first. It is no heap then. */
void cosdim_topk_sort(cosdim_ranked *heaps, int64_t queries, int64_t k);

/* The smallest scratch, in bytes. More than 1 MiB is no faster. */
enum { COSDIM_MIN_SCRATCH = 512 };

/* Divides the work into tiles. `scratch` is aligned to 16 bytes and belongs to the plan until the walk ends. */
cosdim_status cosdim_tile(cosdim_plan *plan, void *scratch, size_t bytes);

/* Rewinds the plan, to run it again on operands of the same layout. plan->data may be changed first. */
void cosdim_restart(cosdim_plan *plan);

/* Advances to the next tile; returns 0 after the last. */
int cosdim_next_tile(cosdim_plan *plan);

/* Fills in the next copy that `operand` needs in this tile; returns 0 when no copy is left. */
int cosdim_stage(cosdim_plan *plan, int operand, cosdim_copy *copy);

/* Accumulates the tile, and finalizes its outputs at the end of the reduced axis: they can then be copied out. */
cosdim_status cosdim_accumulate(cosdim_plan *plan);

/* How many outputs the current tile finalizes: 0 before the end of the reduced axis. */
int64_t cosdim_finished_outputs(const cosdim_plan *plan);

/* Continues a walk after its scratch was used for something else. Only allowed once a tile's outputs are copied. */
void cosdim_resume(cosdim_plan *plan);

/* Walks all tiles of operands in memory and writes the result, contiguous, to `out`. */
cosdim_status cosdim_compute(cosdim_plan *plan, void *scratch, size_t bytes, void *out);

/*
 * The cosine of two contiguous vectors of n > 0 elements of a dtype that has kernels, without a plan. It is not rounded
 * to the dtype.
 */
double cosdim_pair(cosdim_dtype dtype, const void *x1, const void *x2, size_t n, double eps);

/* A vector: its element i is i * stride elements after `data`. */
typedef struct {
  cosdim_dtype dtype;
  const void *data;
  ptrdiff_t stride;
} cosdim_vector;

/*
 * The same for any two vectors, cast to floating dtypes as cosdim_casts chooses them. Each room has n elements, rounded
 * up to a multiple of four, of float64 and of the vector's dtype.
 */
double cosdim_pair_of(const cosdim_vector *x1, const cosdim_vector *x2, size_t n, double eps, cosdim_dtype as1,
                      cosdim_dtype as2, void *room1, void *room2);

/* Not a cosine: the pair needs a plan, which reports errors and rescales sums. */
#define COSDIM_NEEDS_PLAN 2.0

/* The weighted cosine of the first two vectors in float64, with the third as weights, or COSDIM_NEEDS_PLAN. Rooms as
 * above. */
double cosdim_weighted_pair(const cosdim_vector x[3], size_t n, void *const room[3]);

/* Adds `part` to `sums`, in either order the same bits. A zeroed accumulator is the empty sum. */
void cosdim_merge(cosdim_sums *sums, const cosdim_sums *part);

/*
 * Similarities of data that arrives in slices along the reduced axis. Each slice has a plan, which hands out its sums:
 *
 *     cosdim_similarity(&plan, …);
 *     cosdim_keep_sums(&plan);
 *     … for each tile, after cosdim_accumulate: cosdim_merge_outputs(&plan, sums) …
 *
 * `sums` has an accumulator for each output, in the order of plan.shape, zeroed before the first slice.
 */
void cosdim_keep_sums(cosdim_plan *plan);
void cosdim_merge_outputs(cosdim_plan *plan, cosdim_sums *sums);

/* The outputs of n accumulators, as elements of a floating dtype. */
void cosdim_finalize_outputs(const cosdim_sums *sums, size_t n, double eps, cosdim_dtype dtype, void *out);

/* The steps behind an output, as in the definition. The angle is in radians, NaN if either vector is zero. */
typedef struct {
  double dot, norm1, norm2, clamped1, clamped2, cosine, angle;
} cosdim_working;

/* dot / (max(norm1, eps) · max(norm2, eps)), never outside [-1, 1]. `working` may be NULL. */
double cosdim_finalize(const cosdim_sums *sums, double eps, cosdim_working *working);

/*
 * The n elements of an operand that one output reads: term t is element + t · stride, at `index` with index[axis] = t.
 * Where the operand is broadcast along dim, axis is -1 and every term is at `index`. `output` is the output's position
 * in the result.
 */
typedef struct {
  int64_t n, element, stride, axis, output;
  int64_t index[COSDIM_MAX_RANK];
} cosdim_output_vector;

/* Finds the vector of operand `x` behind the output at `index`, with broadcasting undone. */
cosdim_status cosdim_explain(cosdim_plan *plan, const cosdim_tensor *x, int32_t indices, const int64_t *index,
                             cosdim_output_vector *vector);

/* One term of an output, and the sums up to and including it. */
typedef struct {
  double x1, x2, product, square1, square2, dot, norm1_squared, norm2_squared;
} cosdim_term;

/* Narrows a plan to one output, in float64. Copies then count from the first element of each vector. */
void cosdim_narrow_to_output(cosdim_plan *plan, const cosdim_output_vector *vector1,
                             const cosdim_output_vector *vector2);

/* Replaces cosdim_accumulate for a narrowed plan: accumulates term `i` of the current tile. */
void cosdim_accumulate_term(cosdim_plan *plan, int64_t i, cosdim_term *term);

/* How attention scores become a distribution: score / Σ score, or exp(score) / Σ exp(score). */
typedef enum { COSDIM_SUM, COSDIM_SOFTMAX } cosdim_normalization;

/* The total of the scores so far. Zero it, set `kind`, add every chunk, then divide every chunk. */
typedef struct {
  cosdim_normalization kind;
  int32_t any;
  double largest;
  cosdim_sum total;
} cosdim_distribution;

void cosdim_distribution_add(cosdim_distribution *distribution, cosdim_dtype dtype, const void *scores, size_t n);
void cosdim_distribution_divide(const cosdim_distribution *distribution, cosdim_dtype dtype, void *scores, size_t n);

/* float16, by its bits. Rounds to nearest, ties to even. */
double cosdim_half_to_double(uint16_t bits);
uint16_t cosdim_double_to_half(double x);

/* Element i of an array of any dtype, as a double. */
double cosdim_read_element(cosdim_dtype dtype, const void *data, ptrdiff_t i);

/* Tensor.view, unsqueeze and transpose: they change the layout of `x`; its data stays. On error, `fault` holds its
 * three numbers. */
cosdim_status cosdim_view(cosdim_tensor *x, int32_t rank, const int64_t *shape, int64_t *fault);
cosdim_status cosdim_unsqueeze(cosdim_tensor *x, int64_t dim, int64_t *fault);
cosdim_status cosdim_transpose(cosdim_tensor *x, int64_t dim0, int64_t dim1, int64_t *fault);

/* Tensor.size(dim). */
cosdim_status cosdim_size_at(const cosdim_tensor *x, int64_t dim, int64_t *size, int64_t *fault);

/* Fills in copy `i` of those that pack the elements of `x`, in order; returns 0 when there is no copy `i`. */
int cosdim_pack(const cosdim_tensor *x, int64_t i, void *packed, cosdim_copy *copy);

/*
 * The lowest and highest element that `x` reads, relative to its element at index 0, 0, …. Returns how many elements
 * it has; where that is 0, it reads none.
 */
int64_t cosdim_extent(const cosdim_tensor *x, int64_t *low, int64_t *high);

#ifdef __cplusplus
}
#endif

#endif
