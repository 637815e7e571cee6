/* A plan: the rules of broadcasting and dim, and the loops that follow from them. */
#ifndef COSDIM_PLAN_H
#define COSDIM_PLAN_H

#include "cosdim.h"

/*
 * Plans the reduction of x[COSDIM_X1] and x[COSDIM_X2] along `dim`, with x[COSDIM_WEIGHTS] or NULL. Set
 * plan->cast first. Checks in torch's order: eps, shapes, dim.
 */
cosdim_status cosdim_make_plan(cosdim_plan *plan, const cosdim_tensor *const *x, int64_t dim, double eps,
                               cosdim_dtype result, cosdim_rule rule);

/* The axis of `x` that is aligned with an axis of the common shape; -1 where `x` has none. */
int cosdim_aligned_axis(const cosdim_plan *plan, const cosdim_tensor *x, int axis);

/* The stride of `x` along an axis of the common shape: 0 where it is broadcast, or has no elements. */
int64_t cosdim_aligned_stride(const cosdim_plan *plan, const cosdim_tensor *x, int axis);

#endif
