/** From CommonJS; its tensors are those of ES modules. */
import cosdim = require('cosdim')
import npy = require('cosdim/npy')
import workers = require('cosdim/workers')

import { cosineSimilarity, type Tensor, tensor } from 'cosdim'

export const score: number = cosineSimilarity([1, 2], [3, 4], { dim: 0 }).item()
export const made: cosdim.Tensor<'float32', 1> = tensor(new Float32Array(2))
export const describe = (t: Tensor) => (t instanceof cosdim.Tensor ? t.shape.length : 0)
export const saved: cosdim.Tensor = npy.fromNpy(npy.toNpy(made))
export const open: Promise<workers.Workers> = workers.openWorkers(made, [1, 2])
