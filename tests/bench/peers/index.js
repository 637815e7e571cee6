// @ts-nocheck: the libraries are only there once `make bench` has installed them.
/** The other libraries, each as the function that its manual tells users to call. */
import '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import computeCosineSimilarity from 'compute-cosine-similarity'
import fast from 'fast-cosine-similarity'
import { similarity } from 'ml-distance'
import simsimd from 'simsimd'

/* Native code. It returns the distance, 1 - cosine. */
export const simsimdCosine = simsimd.cosine
export const mlDistance = similarity.cosine
export const fastCosineSimilarity = fast.cosineSimilarity
export { computeCosineSimilarity }

/**
 * tfjs has no cosine similarity along a dim. This composes it from what it has, on tensors in its memory. (tf.norm is ten
 * times slower than a sum of squares.)
 */
export async function tfjs(x1, x2, shape, dim) {
  await tf.setBackend('wasm')
  await tf.ready()
  const [a, b] = [x1, x2].map((data) => tf.tensor2d(data, shape))
  const squares = (x) => tf.sum(tf.square(x), dim)
  return () => tf.tidy(() => tf.div(tf.sum(tf.mul(a, b), dim), tf.sqrt(tf.mul(squares(a), squares(b)))).dataSync())
}
