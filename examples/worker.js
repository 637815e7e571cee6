/** A worker of workers.js: it answers queries for its part of the corpus. */
import { cosineSimilarity, init, tensor, topkCosineSimilarity } from 'cosdim'

const parent = globalThis.self ?? (await import('node:worker_threads')).parentPort

parent.onmessage = ({ data: { port, part, d } }) => {
  const rows = part.length / d
  let corpus

  const answers = {
    async ready() {
      await init()
      corpus = tensor(part, { shape: [rows, d] }).to('wasm')
    },
    similarities: ({ query }) => cosineSimilarity(query, corpus).data,
    topk({ query, k }) {
      const { values, indices } = topkCosineSimilarity(query, corpus, Math.min(k, rows))
      return { values: values.data, indices: indices.data }
    },
  }

  port.onmessage = async ({ data: question }) => {
    try {
      port.postMessage({ result: await answers[question.kind](question) })
    } catch (error) {
      port.postMessage({ error })
    }
  }
}
