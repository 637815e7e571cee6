/**
 * Compiled, never run: js/ has the types that types/index.d.ts declares. Its functions and the methods of Tensor take
 * theirs from there, and the compiler checks them where they stand. The rest is checked here.
 */
import * as bullmq from '../../js/bullmq/index.js'
import * as implementation from '../../js/index.js'
import * as npy from '../../js/npy/index.js'
import * as shards from '../../js/shards/index.js'
import * as workers from '../../js/workers/index.js'
import type * as declaredBullmq from '../../types/bullmq.js'
import type * as declared from '../../types/index.js'
import type * as declaredNpy from '../../types/npy.js'
import type * as declaredShards from '../../types/shards.js'
import type * as declaredWorkers from '../../types/workers.js'

implementation satisfies Omit<typeof declared, 'Tensor' | 'Explanation'>
bullmq satisfies typeof declaredBullmq
npy satisfies typeof declaredNpy
shards satisfies typeof declaredShards
workers satisfies typeof declaredWorkers

/** The class does not know the dtype and the rank of a tensor. A declared tensor is a special case of it. */
type Fields = 'dtype' | 'data' | 'shape' | 'strides' | 'offset' | 'device' | 'length'
export const fields = (x: declared.TensorOf<'float32', 2>): Pick<implementation.Tensor, Fields> => x

type Explanation = Omit<declared.Explanation, 'result'> & { readonly result: implementation.Tensor }
export const explanation = (x: implementation.Explanation): Explanation => x
