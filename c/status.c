/* Errors: their numbers and their names. */
#include "status.h"

const char *cosdim_status_string(cosdim_status status) {
#define NAME(status) [status] = #status
  static const char *const names[] = {
      NAME(COSDIM_OK),
      NAME(COSDIM_ERROR_DTYPE),
      NAME(COSDIM_ERROR_PROMOTION),
      NAME(COSDIM_ERROR_RANK),
      NAME(COSDIM_ERROR_EPS),
      NAME(COSDIM_ERROR_BROADCAST),
      NAME(COSDIM_ERROR_DIM),
      NAME(COSDIM_ERROR_NO_DIMS),
      NAME(COSDIM_ERROR_TOO_LARGE),
      NAME(COSDIM_ERROR_NOT_A_VECTOR),
      NAME(COSDIM_ERROR_LENGTHS),
      NAME(COSDIM_ERROR_NEGATIVE_WEIGHT),
      NAME(COSDIM_ERROR_ATTENTION_SHAPES),
      NAME(COSDIM_ERROR_PAIRWISE_SHAPES),
      NAME(COSDIM_ERROR_INDICES),
      NAME(COSDIM_ERROR_INDEX),
      NAME(COSDIM_ERROR_VIEW_SIZE),
      NAME(COSDIM_ERROR_VIEW_SIGN),
      NAME(COSDIM_ERROR_VIEW_INFERRED),
      NAME(COSDIM_ERROR_VIEW_AMBIGUOUS),
      NAME(COSDIM_ERROR_VIEW_STRIDES),
      NAME(COSDIM_ERROR_TOPK_SHAPES),
      NAME(COSDIM_ERROR_K),
      NAME(COSDIM_ERROR_SCRATCH),
      NAME(COSDIM_ERROR_TENSOR),
      NAME(COSDIM_ERROR_CAST),
  };
#undef NAME
  return (size_t)status < sizeof names / sizeof *names ? names[status] : "unknown status";
}
