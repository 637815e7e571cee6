/* The host for operands in ordinary memory: C programs and tests. */
#include "tensor/dtype.h"

/* Copies between an operand in memory and the scratch. */
static void copy_elements(char *operand, const cosdim_copy *copy, size_t size, int to_operand) {
  char *staged = copy->staged;
  for (int64_t row = 0; row < copy->rows; row++) {
    for (int64_t column = 0; column < copy->columns; column++, staged += size) {
      int64_t i = copy->element + row * copy->row_stride + column * copy->column_stride;
      char *element = operand + i * (int64_t)size;
      memcpy(to_operand ? element : staged, to_operand ? staged : element, size);
    }
  }
}

cosdim_status cosdim_compute(cosdim_plan *plan, void *scratch, size_t bytes, void *out) {
  cosdim_copy copy;
  cosdim_status status = cosdim_tile(plan, scratch, bytes);
  if (status) return status;
  while (cosdim_next_tile(plan)) {
    for (int k = 0; k < COSDIM_OUT; k++)
      while (cosdim_stage(plan, k, &copy))
        copy_elements((char *)plan->data[k], &copy, cosdim_size((cosdim_dtype)plan->operand_dtype[k]), 0);
    if ((status = cosdim_accumulate(plan))) return status;
    while (cosdim_stage(plan, COSDIM_OUT, &copy)) copy_elements(out, &copy, cosdim_size((cosdim_dtype)plan->dtype), 1);
  }
  return COSDIM_OK;
}
