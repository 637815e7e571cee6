/** In Node: files, buffers, threads. */
import { createReadStream } from 'node:fs'
import { open, readFile, writeFile } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { cosineSimilarity, pairwiseCosineSimilarityAsync, tensor } from 'cosdim'
import { fromNpy, npyChunks, toNpy } from 'cosdim/npy'

const bytes = await readFile('vectors.bin')
const vectors = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
const scores = cosineSimilarity(tensor(vectors, { shape: [-1, 768] }), workerData.query, { dim: 1 })
await writeFile('scores.bin', scores.data)
await writeFile('scores.json', JSON.stringify(scores))
parentPort?.postMessage(scores.data, [scores.data.buffer])
await pairwiseCosineSimilarityAsync(vectors, undefined, { signal: AbortSignal.timeout(100) })

const handle = await open('corpus.npy')
for await (const rows of npyChunks(handle, { rows: 100, signal: AbortSignal.timeout(100) }))
  cosineSimilarity(rows, vectors)
for await (const rows of npyChunks(createReadStream('corpus.npy'))) rows.tolist()
for await (const rows of npyChunks(process.stdin)) rows.tolist()
for await (const rows of npyChunks(handle.readableWebStream())) rows.tolist()
npyChunks(new Blob([toNpy(fromNpy(bytes))]))
