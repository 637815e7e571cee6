/*
 * The allocator: first fit in a list of free blocks in the order of their addresses, so that a freed block is joined
 * with its neighbours at once. Meant for a few large blocks.
 */
#include "host/heap.h"

#include <stdint.h>

enum { ALIGNMENT = 16 };

/* Precedes every block. `next` is used in free ones only. */
struct cosdim_block {
  _Alignas(ALIGNMENT) size_t size; /* including this header */
  cosdim_block *next;
};

static unsigned char *end_of(cosdim_block *block) {
  return (unsigned char *)block + block->size;
}

/* Joins a free block with the next one if they are adjacent. */
static void join(cosdim_block *block) {
  cosdim_block *next = block->next;
  if (!next || end_of(block) != (unsigned char *)next) return;
  block->size += next->size;
  block->next = next->next;
}

static void insert(cosdim_heap *heap, cosdim_block *block) {
  cosdim_block *before = NULL, *after = heap->free;
  while (after && after < block) before = after, after = after->next;
  block->next = after;
  if (before)
    before->next = block;
  else
    heap->free = block;
  join(block);
  if (before) join(before);
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
  cosdim_block **link = find(heap, size);
  if (!*link || (*link)->size < size) {
    size_t at_end = *link && end_of(*link) == heap->end ? (*link)->size : 0;
    size_t grown = heap->grow(heap->end, size - at_end);
    if (!grown) return NULL;
    cosdim_block *block = (cosdim_block *)heap->end;
    block->size = grown;
    heap->end += grown;
    insert(heap, block);
    link = find(heap, size);
  }
  cosdim_block *block = take(link, size);
  heap->used += size;
  return block + 1;
}

void cosdim_free(cosdim_heap *heap, void *data) {
  if (!data) return;
  cosdim_block *block = (cosdim_block *)data - 1;
  heap->used -= block->size;
  insert(heap, block);
}
