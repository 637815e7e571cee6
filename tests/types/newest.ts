/** What only the newest `lib` has. */
import { cosineSimilarity, type TensorOf, tensor } from 'cosdim'
import { openWorkers } from 'cosdim/workers'
import { is } from './is.js'

const half = tensor(new Float16Array([1, 2, 3]))
is<TensorOf<'float16', 1>>()(half)
is<Float16Array<ArrayBuffer> | Uint16Array<ArrayBuffer>>()(half.data)
is<TensorOf<'float16', 0>>()(cosineSimilarity(half, half, { dim: 0 }))
is<TensorOf<'int64', 1>>()(tensor(new BigInt64Array(3)))
is<BigInt64Array<ArrayBuffer>>()(tensor([1n, 2n]).data)
is<bigint>()(tensor([1n]).item())
is<bigint[]>()(tensor(new BigUint64Array(3)).tolist())

using resident = half.to('wasm')
is<TensorOf<'float16', 1>>()(resident)

await using workers = await openWorkers(half, [1, 3])
is<Promise<void>>()(workers.close())
