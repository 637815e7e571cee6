/** `cosdim topk`: the corpus is read in chunks, whatever its size. */
import { topkAccumulator } from 'cosdim'
import { inWhole } from '../in-whole.js'
import { chunked, comparing, nameOf, whole } from './inputs.js'
import { putTensors } from './results.js'

/** As many rows, if -k does not say so and there are as many. */
const K = 10

/** @type {import('./commands.js').Command['run']} */
export async function topk([query, corpus], options) {
  const { k, eps, dtype, typed } = options
  const x = await whole(query, options)
  const { rows: announced, chunks } = await chunked(corpus, options)
  const checkK = (/** @type {number} */ n) => {
    if (k > n)
      throw new RangeError(
        `selected index k out of range. k is ${k}, and ${nameOf(corpus)} has ${n} rows: pass ${typed.k} ${n} or less.`,
      )
  }
  if (announced !== undefined) checkK(announced) // not after an hour of work
  const best = await comparing([query], () => topkAccumulator(x, k ?? K, { eps, dtype }))
  let rows = 0
  for await (const chunk of chunks) {
    const shapes = /** @type {import('../in-whole.js').Shapes} */ ([
      [x.shape, x.shape[0]],
      [chunk.shape, announced],
    ])
    await comparing([query, corpus], () => inWhole(shapes, () => best.update(chunk)))
    rows += chunk.shape[0]
  }
  if (rows === 0) throw new Error(`${nameOf(corpus)} has no rows.`)
  checkK(rows)
  const { values, indices } = best.result()
  await putTensors('topk', { values, indices }, options)
}
