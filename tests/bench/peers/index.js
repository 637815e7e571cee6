/** The other libraries, each as the function that a reader of its manual would call. */
import '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import computeCosineSimilarity from 'compute-cosine-similarity'
import fast from 'fast-cosine-similarity'
import { similarity } from 'ml-distance'
import simsimd from 'simsimd'

/* Native; a distance, 1 - cosine. */
export const simsimdCosine = simsimd.cosine
export const mlDistance = similarity.cosine
export const fastCosineSimilarity = fast.cosineSimilarity
export { computeCosineSimilarity }

/**
 * tfjs has no cosine similarity along a dim: this is how it is put together there, on tensors that it holds. tf.norm takes
 * ten times as long as a sum of squares.
 */
export async function tfjs(x1, x2, shape, dim) {
  await tf.setBackend('wasm')
  await tf.ready()
  const [a, b] = [x1, x2].map((data) => tf.tensor2d(data, shape))
  const squares = (x) => tf.sum(tf.square(x), dim)
  return () => tf.tidy(() => tf.div(tf.sum(tf.mul(a, b), dim), tf.sqrt(tf.mul(squares(a), squares(b)))).dataSync())
}
