/*
 * The allocator: first fit in a list of free blocks in the order of their addresses. Blocks freed since the last search
 * are in a list of their own, in any order: the next search sorts them into the other, and joins neighbours. Freeing
 * many blocks one by one would take quadratic time otherwise.
 */
#include "host/heap.h"

#include <stdint.h>

enum { ALIGNMENT = 16 };

/* Precedes every block. The `next` of an allocated one is the block itself: hardly any other memory looks like that. */
struct cosdim_block {
  _Alignas(ALIGNMENT) size_t size; /* including this header */
  cosdim_block *next;
};

static unsigned char *end_of(cosdim_block *block) {
  return (unsigned char *)block + block->size;
}

/* Merges two lists in order of addresses. */
static cosdim_block *merge(cosdim_block *a, cosdim_block *b) {
  cosdim_block *first, **link = &first;
  while (a && b) {
    cosdim_block **lower = a < b ? &a : &b;
    *link = *lower;
    link = &(*lower)->next;
    *lower = *link;
  }
  *link = a ? a : b;
  return first;
}

/* Takes n > 0 blocks from a list. Returns them in order. The recursion is at most 32 deep. */
static cosdim_block *take_sorted(cosdim_block **list, size_t n) { /* NOLINT(misc-no-recursion) */
  cosdim_block *first = *list;
  if (n > 1) {
    first = take_sorted(list, n / 2);
    return merge(first, take_sorted(list, n - n / 2));
  }
  *list = first->next;
  first->next = NULL;
  return first;
}

static void add(cosdim_heap *heap, cosdim_block *block) {
  block->next = heap->freed;
  heap->freed = block;
  heap->freed_blocks++;
}

/* Sorts the freed blocks into the free ones, and joins those that are adjacent. */
static void collect(cosdim_heap *heap) {
  if (!heap->freed) return;
  heap->free = merge(heap->free, take_sorted(&heap->freed, heap->freed_blocks));
  heap->freed_blocks = 0;
  for (cosdim_block *block = heap->free, *next; (next = block->next);) {
    if (end_of(block) == (unsigned char *)next) {
      block->size += next->size;
      block->next = next->next;
    } else {
      block = next;
    }
  }
}

/* Takes `size` bytes from the free block that `link` points at. */
static cosdim_block *take(cosdim_block **link, size_t size) {
  cosdim_block *block = *link;
  if (block->size > size) { /* by at least ALIGNMENT, which has room for a header */
    cosdim_block *rest = (cosdim_block *)((unsigned char *)block + size);
    rest->size = block->size - size;
    rest->next = block->next;
    *link = rest;
    block->size = size;
  } else {
    *link = block->next;
  }
  return block;
}

/* The link to the first block that is large enough, or else to the last block, which may be at the region's end. */
static cosdim_block **find(cosdim_heap *heap, size_t size) {
  cosdim_block **link = &heap->free;
  while (*link && (*link)->size < size && (*link)->next) link = &(*link)->next;
  return link;
}

void *cosdim_allocate(cosdim_heap *heap, size_t bytes) {
  if (bytes > SIZE_MAX - 2 * sizeof(cosdim_block)) return NULL;
  size_t size = (bytes + sizeof(cosdim_block) + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
  cosdim_block **link;
  for (;;) {
    collect(heap);
    link = find(heap, size);
    if (*link && (*link)->size >= size) break;
    size_t at_end = *link && end_of(*link) == heap->end ? (*link)->size : 0;
    size_t grown = heap->grow(heap->end, size - at_end);
    if (!grown) return NULL;
    cosdim_block *block = (cosdim_block *)heap->end;
    block->size = grown;
    heap->end += grown;
    add(heap, block);
  }
  cosdim_block *block = take(link, size);
  block->next = block;
  heap->used += size;
  return block + 1;
}

int cosdim_holds(const cosdim_heap *heap, const void *data, double bytes) {
  uintptr_t address = (uintptr_t)data;
  if (address % ALIGNMENT || address <= (uintptr_t)heap->start || address > (uintptr_t)heap->end) return 0;
  const cosdim_block *block = (const cosdim_block *)data - 1;
  return block->next == block && bytes >= 0 && bytes <= (double)(block->size - sizeof *block);
}

void cosdim_free(cosdim_heap *heap, void *data) {
  if (!cosdim_holds(heap, data, 0)) return;
  cosdim_block *block = (cosdim_block *)data - 1;
  heap->used -= block->size;
  add(heap, block);
}
