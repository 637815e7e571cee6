/** cosdim/workers, with neither DOM nor Node. */
import { type FloatDType, type Tensor, tensor } from 'cosdim'
import { openWorkers, type Workers, type WorkersOptions } from 'cosdim/workers'
import { is } from './is.js'

declare const corpus: Float32Array
declare const options: WorkersOptions

export async function search(workers: Workers) {
  const { values, indices } = await workers.topk([1, 2], 10)
  is<Tensor<FloatDType>>()(values)
  is<Tensor<'int32'>>()(indices)
  is<Tensor<FloatDType, 1>>()(await workers.similarities(tensor([1, 2]), { eps: 0, dtype: 'float64' }))
  await workers.topk([[1, 2]], 10, { dtype: 'double' })
  is<void>()(await workers.close())
}
openWorkers(corpus, [-1, 768]).then(search)
openWorkers(tensor([[1, 2]]), undefined, { count: 3 }).then(search)
openWorkers([[1, 2]], undefined, options).then(search)

// @ts-expect-error: a path
openWorkers('corpus.npy', [3, 768])
// @ts-expect-error: a count in place of the options
openWorkers(corpus, [3, 768], 4)
// @ts-expect-error: an option that does not exist
openWorkers(corpus, [3, 768], { threads: 4 })
// @ts-expect-error: without k
openWorkers(corpus, [3, 768]).then((workers) => workers.topk([1, 2]))
// @ts-expect-error: an option of another function
openWorkers(corpus, [3, 768]).then((workers) => workers.similarities([1, 2], { dim: 0 }))
