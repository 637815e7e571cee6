/*
 * The WebAssembly module as native code, with memory that grows as WebAssembly's does: the sanitizers see what the
 * module itself cannot.
 */
#ifndef MODULE_H
#define MODULE_H

#include "input.h"

enum { MODULE_PAGE = 65536, MODULE_PAGES = 16, MODULE_SLACK = 2 }; /* the slack is read at most */
_Alignas(MODULE_PAGE) unsigned char module_memory[(MODULE_PAGES + MODULE_SLACK) * MODULE_PAGE];
static size_t module_pages, module_most_pages;

static size_t memory_size(void) {
  return (size_t)module_memory / MODULE_PAGE + module_pages;
}

static size_t grow_memory_by(size_t pages) {
  if (pages > module_most_pages - module_pages) return (size_t)-1;
  module_pages += pages;
  return memory_size() - pages;
}

#define __wasm__
#define __builtin_wasm_memory_size(memory) memory_size()
#define __builtin_wasm_memory_grow(memory, pages) grow_memory_by(pages)
#define __heap_base module_memory
#define walk module_walk /* operand.h has another */
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wunknown-attributes" /* export_name */
#include "../../c/host/wasm.c"
#pragma clang diagnostic pop
#undef walk
#undef __heap_base

/* A new instance. Its tensors are numbers; what the scratch holds does not matter. */
static void instantiate(size_t pages) {
  module_pages = 1, module_most_pages = pages;
  heap = (cosdim_heap){.start = module_memory, .end = module_memory, .grow = grow_memory};
  memset(&module_walk, 0, sizeof module_walk);
  memset(lists, 0, sizeof lists);
  planned.by = NONE, progress = NO_WALK;
  for (int k = 0; k < COSDIM_OPERANDS; k++)
    if (!set_tensor(k, COSDIM_FLOAT32, 0, NULL, 0, 1)) abort();
}

#endif
