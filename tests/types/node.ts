/** In Node: files, buffers, threads. */
import { readFile, writeFile } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { cosineSimilarity, pairwiseCosineSimilarityAsync, tensor } from 'cosdim'

const bytes = await readFile('vectors.bin')
const vectors = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
const scores = cosineSimilarity(tensor(vectors, { shape: [-1, 768] }), workerData.query, { dim: 1 })
await writeFile('scores.bin', scores.data)
await writeFile('scores.json', JSON.stringify(scores))
parentPort?.postMessage(scores.data, [scores.data.buffer])
await pairwiseCosineSimilarityAsync(vectors, undefined, { signal: AbortSignal.timeout(100) })
