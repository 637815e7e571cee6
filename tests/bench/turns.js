/** How long the Async forms keep everything else waiting, in ms, over lists of 3000 embeddings. */
import { pairwiseCosineSimilarityAsync, topkCosineSimilarityAsync } from 'cosdim'
import { stream } from './data.js'
import { median } from './measure.js'

const RUNS = 11
const [N, D] = [3000, 1536]

/** The longest that a timer waits while `work` runs. @param {() => Promise<unknown>} work */
export async function longestTurn(work) {
  let [last, longest, isDone] = [performance.now(), 0, false]
  const look = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
    if (!isDone) setTimeout(look)
  }
  setTimeout(look)
  await work()
  isDone = true
  look()
  return longest
}

/** @param {(rows: number[][]) => Promise<unknown>} work */
async function overLists(work) {
  const random = stream(1)
  const rows = Array.from({ length: N }, () => Array.from({ length: D }, () => random() - 0.5))
  const turns = []
  for (let i = 0; i < RUNS; i++) turns.push(await longestTurn(() => work(rows)))
  return median(turns)
}

export const longestTurnOfTopk = () => overLists((rows) => topkCosineSimilarityAsync(rows[0], rows, 10))
export const longestTurnOfPairwise = () => overLists((rows) => pairwiseCosineSimilarityAsync(rows))
