import { topkCosineSimilarity } from 'cosdim'
import { openWorkers } from 'cosdim/workers'
import { report } from './report.js'

report(async () => {
  const corpus = Float32Array.from({ length: 300 }, (_, i) => Math.sin(i))
  const query = [3, 2, 1]
  const workers = await openWorkers(corpus, [100, 3], { count: 2 })
  const best = await workers.topk(query, 4)
  await workers.close()
  const alone = topkCosineSimilarity(query, { data: corpus, shape: [100, 3] }, 4)
  if (String(best.values) !== String(alone.values)) throw new Error(String(best.values))
  return String(best.indices)
})
