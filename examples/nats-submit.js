/**
 * Tasks for the workers of nats.js, and the result: `await prepare(connection)` once, then for each request
 * `await submit(connection, id, manifest, { operation: 'topk', query, k: 10 })` and `await result(…)` with the same arguments.
 * A task must fit into a message, 1 MB unless the server says otherwise.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager, RetentionPolicy } from '@nats-io/jetstream'
import { mergeParts, tasks } from 'cosdim/shards'

/** Makes what workers need, once. @param {import('@nats-io/transport-node').NatsConnection} connection */
export async function prepare(connection, { patience = 5000 } = {}) {
  const { streams, consumers } = await jetstreamManager(connection)
  await streams.add({ name: 'tasks', subjects: ['tasks.>'], retention: RetentionPolicy.Workqueue })
  // A task that was done twice, because its worker seemed dead, has one answer. It stays for a day.
  await streams.add({ name: 'answers', subjects: ['answers.>'], max_msgs_per_subject: 1, max_age: 86_400e9 })
  const ack_wait = patience * 1e6 // in ns, since the last sign of life
  await consumers.add('tasks', { durable_name: 'workers', ack_policy: AckPolicy.Explicit, ack_wait })
}

/** @param {string} id a new one for each request, without "." */
export async function submit(connection, id, manifest, request) {
  const js = jetstream(connection)
  for (const [i, task] of tasks(manifest, request).entries())
    await js.publish(`tasks.${id}.${i}`, JSON.stringify(task), { msgID: `${id}.${i}` })
}

/** The result, once all parts are there. Any process can ask for it. `signal` says how long to wait. */
export async function result(connection, id, manifest, request, { signal }) {
  const parts = new Map()
  for await (const { subject, data } of answers(connection, id, signal)) {
    if (subject.endsWith('.failed')) throw new Error(new TextDecoder().decode(data))
    parts.set(subject, data)
    if (parts.size === manifest.shards.length) break
  }
  return mergeParts(parts.values(), manifest, request) // names the parts that are missing
}

/** All answers, from the first one again if the server was away. */
async function* answers(connection, id, signal) {
  const from = { filter_subjects: `answers.${id}.>`, deliver_policy: DeliverPolicy.All }
  while (!signal.aborted)
    try {
      const consumer = await jetstream(connection).consumers.get('answers', from)
      const messages = await consumer.consume({ expires: 2000 })
      signal.addEventListener('abort', () => messages.close())
      yield* messages
    } catch {
      await delay(200)
    }
}
