/**
 * A recipe: the rows of a corpus over several worker threads, in Node and in browsers. Each worker (worker.js) keeps its part
 * in its own WebAssembly memory and answers queries for it; the answers are merged here. They equal those of one thread, to
 * the bit.
 */

/** @type {any} The browser's class or Node's. */
const Worker = globalThis.Worker ?? (await import('node:worker_threads')).Worker

/**
 * @param {Float32Array} corpus on a SharedArrayBuffer where the page or Node allows it; otherwise each worker gets a copy
 * @param {[number, number]} shape (N, D)
 * @param {number} [count] of workers, best the number of free cores
 */
export async function openWorkers(corpus, [n, d], count = 4) {
  const rows = Math.ceil(n / count)
  const starts = Array.from({ length: Math.ceil(n / rows) }, (_, i) => i * rows)
  const workers = starts.map((start) => {
    const { port1: port, port2 } = new MessageChannel()
    const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })
    const part = corpus.subarray(start * d, Math.min(n, start + rows) * d)
    const isShared = globalThis.SharedArrayBuffer && corpus.buffer instanceof SharedArrayBuffer
    worker.postMessage({ port: port2, part: isShared ? part : part.slice(), d }, [port2])
    /** @type {any[]} `resolve` and `reject` of the questions that have no answer yet */
    const waiting = []
    return { worker, port, waiting }
  })
  for (const { worker, port, waiting } of workers) {
    port.onmessage = ({ data: { error, result } }) => {
      const { resolve, reject } = waiting.shift()
      if (error) reject(error)
      else resolve(result)
    }
    // For a worker that cannot start, or dies.
    const fail = (error) => {
      for (const { reject } of waiting.splice(0)) reject(error)
    }
    if (worker.on) worker.on('error', fail)
    else worker.onerror = ({ message }) => fail(new Error(message))
  }

  /** Asks all workers. Their answers come in the order of the rows. */
  const ask = (question) =>
    Promise.all(
      workers.map(({ port, waiting }) => {
        port.postMessage(question)
        return new Promise((resolve, reject) => waiting.push({ resolve, reject }))
      }),
    )
  await ask({ kind: 'ready' })

  return {
    /** The similarity of the query with every row. */
    async similarities(query) {
      const similarities = new Float32Array(n)
      for (const [i, part] of (await ask({ kind: 'similarities', query })).entries()) similarities.set(part, starts[i])
      return similarities
    },

    /** The k most similar rows: `values` and `indices`, as from topkCosineSimilarity. */
    async topk(query, k) {
      const parts = await ask({ kind: 'topk', query, k })
      const found = parts.flatMap(({ values, indices }, i) =>
        Array.from(values, (value, at) => ({ value, index: starts[i] + indices[at] })),
      )
      // NaN comes first. The parts are in the order of their rows and sort is stable, so equal values stay in order.
      const rank = ({ value }) => (Number.isNaN(value) ? Infinity : value)
      found.sort((a, b) => (rank(a) === rank(b) ? 0 : rank(b) - rank(a)))
      const best = found.slice(0, k)
      return {
        values: Float32Array.from(best, ({ value }) => value),
        indices: Int32Array.from(best, ({ index }) => index),
      }
    },

    close() {
      for (const { worker, port } of workers) {
        port.close()
        worker.terminate()
      }
    },
  }
}
