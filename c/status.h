/* How an error is returned. */
#ifndef COSDIM_STATUS_H
#define COSDIM_STATUS_H

#include "cosdim.h"

/* Stores the numbers of an error and returns its status. */
static inline cosdim_status cosdim_fail(int64_t *fault, cosdim_status status, int64_t a, int64_t b, int64_t c) {
  fault[0] = a;
  fault[1] = b;
  fault[2] = c;
  return status;
}

#endif
