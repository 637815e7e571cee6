/** BullMQ's classes over Redis or PostgreSQL, by the URL of the server. */
import { createPostgresBackend, FlowProducer, Queue, Worker } from 'bullmq'

/** @param {string} url @returns {[connection: any, factory?: any]} */
const backendOf = (url) =>
  url.startsWith('postgres:') ? [{ connectionString: url, migrate: true }, createPostgresBackend] : [{ url }]

/* A server that is killed on purpose is no error. */
const quiet = (made) => made.on('error', () => {})

export function queueOf(url, name) {
  const [connection, factory] = backendOf(url)
  return quiet(new Queue(name, { connection }, factory))
}

export function producerOf(url) {
  const [connection, factory] = backendOf(url)
  return quiet(new FlowProducer({ connection }, factory))
}

export function workerOf(url, name, processor, options = {}) {
  const [connection, factory] = backendOf(url)
  const worker = new Worker(name, processor, { connection, maxStalledCount: 5, ...options }, factory)
  worker.on('lockRenewalFailed', (ids) => {
    for (const id of ids) worker.cancelJob(id)
  })
  return quiet(worker)
}
