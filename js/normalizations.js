/** How attention scores become a distribution, by the values of c/cosdim.h's cosdim_normalization. */
export const NORMALIZATIONS = { sum: 0, softmax: 1 }
