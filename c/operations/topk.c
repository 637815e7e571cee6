/*
 * The k most similar rows for each query. Every output is offered to a heap of size k, so that no result as long as the
 * corpus is stored. The order is total, so the order of the tiles does not matter.
 */
#include "tensor/dtype.h"
#include "tensor/shape.h"
#include "status.h"

#include <math.h>

cosdim_status cosdim_topk_plan(cosdim_plan *plan, cosdim_topk *topk, const cosdim_tensor *query,
                               const cosdim_tensor *corpus, int64_t k, double eps, int32_t cast) {
  cosdim_tensor queries = *query;
  if (query->rank < 1 || query->rank > 2 || corpus->rank != 2) return COSDIM_ERROR_TOPK_SHAPES;
  if (query->shape[query->rank - 1] != corpus->shape[1]) return COSDIM_ERROR_TOPK_SHAPES;
  cosdim_status status = query->rank == 1 ? cosdim_unsqueeze(&queries, 0, plan->fault) : COSDIM_OK;
  if (!status) status = cosdim_pairwise(plan, &queries, corpus, eps, cast);
  if (status) return status;
  *topk = (cosdim_topk){.queries = plan->shape[0], .n = plan->shape[1], .k = k};
  if (k < 0 || k > topk->n) return cosdim_fail(plan->fault, COSDIM_ERROR_K, k, topk->n, 0);
  if (topk->n > INT32_MAX) return COSDIM_ERROR_TOO_LARGE;
  /* The host reads the result's layout from the plan; the walk uses only the loops. */
  plan->rank = query->rank;
  plan->shape[plan->rank - 1] = k;
  cosdim_contiguous_strides(plan->rank, plan->shape, plan->stride);
  return COSDIM_OK;
}

/* torch.topk's order, NaN first. Of equal values the lower index comes first; torch does not specify it. */
static int precedes(const cosdim_ranked *a, const cosdim_ranked *b) {
  if (isnan(a->value) || isnan(b->value)) return isnan(a->value) && (!isnan(b->value) || a->index < b->index);
  return a->value > b->value || (a->value == b->value && a->index < b->index);
}

/* Replaces the top of the heap, the last in order, with `ranked`, and lets it sink. */
static void sink(cosdim_ranked *heap, int64_t size, cosdim_ranked ranked) {
  int64_t at = 0;
  for (int64_t child; (child = 2 * at + 1) < size; at = child) {
    if (child + 1 < size && precedes(&heap[child], &heap[child + 1])) child++;
    if (!precedes(&ranked, &heap[child])) break;
    heap[at] = heap[child];
  }
  heap[at] = ranked;
}

int64_t cosdim_topk_bytes(const cosdim_topk *topk) {
  int64_t each = sizeof(cosdim_ranked) + sizeof(double) + sizeof(int32_t);
  return cosdim_saturating_multiply(cosdim_saturating_multiply(topk->queries, topk->k), each);
}

void cosdim_topk_begin(cosdim_topk *topk, void *memory) {
  int64_t kept = topk->queries * topk->k;
  topk->heaps = memory;
  topk->values = topk->heaps + kept;
  topk->indices = (int32_t *)((double *)topk->values + kept);
  cosdim_topk_clear(topk->heaps, topk->queries, topk->k);
}

void cosdim_topk_clear(cosdim_ranked *heaps, int64_t queries, int64_t k) {
  for (int64_t i = 0; i < queries * k; i++)
    heaps[i] = (cosdim_ranked){-INFINITY, COSDIM_NO_ROW}; /* sorts after every similarity */
}

/* Keeps a row if it precedes the last one of the heap. The sign of a NaN depends on the kernel and the machine. */
static void offer(cosdim_ranked *heap, int64_t k, cosdim_ranked ranked) {
  if (isnan(ranked.value)) ranked.value = NAN;
  if (!(ranked.value < heap->value) && precedes(&ranked, heap)) sink(heap, k, ranked);
}

void cosdim_topk_update(cosdim_topk *topk, cosdim_plan *plan) {
  cosdim_copy copy;
  while (topk->k && cosdim_stage(plan, COSDIM_OUT, &copy)) { /* heaps of no rows have no top to compare with */
    size_t staged = 0;
    for (int64_t row = 0; row < copy.rows; row++) {
      int64_t element = copy.element + row * copy.row_stride;
      int64_t query = element / topk->n, index = element % topk->n;
      for (int64_t column = 0; column < copy.columns; column++, staged++) {
        double value = cosdim_read_element((cosdim_dtype)plan->dtype, copy.staged, (ptrdiff_t)staged);
        offer(&topk->heaps[query * topk->k], topk->k, (cosdim_ranked){value, topk->first + index});
        for (index += copy.column_stride; index >= topk->n; index -= topk->n) query++;
      }
    }
  }
}

void cosdim_topk_merge(cosdim_ranked *heaps, const cosdim_ranked *others, int64_t queries, int64_t k) {
  for (int64_t i = 0; i < queries * k; i++) offer(&heaps[i / k * k], k, others[i]);
}

void cosdim_topk_sort(cosdim_ranked *heaps, int64_t queries, int64_t k) {
  for (const cosdim_ranked *end = heaps + queries * k; heaps < end; heaps += k) {
    for (int64_t size = k - 1; size > 0; size--) {
      cosdim_ranked last = heaps[size];
      heaps[size] = heaps[0];
      sink(heaps, size, last);
    }
  }
}

void cosdim_topk_end(cosdim_topk *topk, cosdim_dtype dtype) {
  cosdim_topk_sort(topk->heaps, topk->queries, topk->k);
  for (int64_t i = 0; i < topk->queries * topk->k; i++) {
    cosdim_write_element(dtype, topk->values, (size_t)i, topk->heaps[i].value);
    topk->indices[i] = (int32_t)topk->heaps[i].index;
  }
}
