/** `cosdim topk`: the corpus is read in chunks, whatever its size. */
import { topkAccumulator } from 'cosdim'
import { chunksOf, nameOf, whole } from './inputs.js'
import { putTensors } from './results.js'

/** As many rows, if -k does not say so and there are as many. */
const K = 10

/** @type {import('./commands.js').Command['run']} */
export async function topk([query, corpus], options) {
  const { k, eps, dtype } = options
  const best = topkAccumulator(await whole(query, options), k ?? K, { eps, dtype })
  let rows = 0
  for await (const chunk of chunksOf(corpus, options)) {
    best.update(chunk)
    rows += chunk.shape[0]
  }
  if (rows === 0) throw new Error(`${nameOf(corpus)} has no rows.`)
  if (k > rows)
    throw new RangeError(
      `selected index k out of range. k is ${k}, and ${nameOf(corpus)} has ${rows} rows: pass -k ${rows} or less.`,
    )
  const { values, indices } = best.result()
  await putTensors('topk', { values, indices }, options)
}
