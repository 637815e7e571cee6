/** cosdim/npy, with neither DOM nor Node. */
import { cosineSimilarity, type DType, type Tensor, tensor, topkAccumulator } from 'cosdim'
import { fromNpy, type NpyError, type NpyOptions, type NpySource, npyChunks, npyHeader, toNpy } from 'cosdim/npy'
import { is } from './is.js'

declare const pieces: AsyncIterable<Uint8Array>
declare const source: NpySource
declare const bytes: Uint8Array
declare const query: number[]

export async function search() {
  const best = topkAccumulator(query, 10)
  for await (const rows of npyChunks(pieces, { rows: 1000 })) best.update(rows)
  return best.result().values
}
export async function read(options?: NpyOptions) {
  const { dtype, shape, fortranOrder } = await npyHeader(source)
  is<DType>()(dtype)
  is<number[]>()(shape)
  is<boolean>()(fortranOrder)
  const { value } = await npyChunks(source, options).next()
  if (value) is<Tensor>()(value)
}
is<Tensor>()(fromNpy(bytes))
export const saved: Uint8Array = toNpy(cosineSimilarity([[1, 2]], tensor(query)))
export const again = fromNpy(toNpy([1, 2]))
export const why = (error: NpyError) => (error.code === 'CUT_OFF' ? error.details : error.message)

// @ts-expect-error: a path
npyChunks('corpus.npy')
// @ts-expect-error: bytes
npyChunks(bytes)
// @ts-expect-error: pieces that are texts
npyChunks(undefined as unknown as AsyncIterable<string>)
// @ts-expect-error: a promise
npyHeader(Promise.resolve(source))
// @ts-expect-error: an option that does not exist
npyChunks(source, { row: 3 })
// @ts-expect-error: rows as text
npyChunks(source, { rows: '3' })
// @ts-expect-error: a list
fromNpy([1, 2])
// @ts-expect-error: not a tensor
toNpy('text')
// @ts-expect-error: an unknown code
export const isOther = (error: NpyError) => error.code === 'OTHER'
