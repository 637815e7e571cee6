/** A worker for NATS JetStream. Start one for each core of each machine. nats-submit.js asks for what it does. */
import { open } from 'node:fs/promises'
import { jetstream } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { runTask } from 'cosdim/shards'
import { fail, reach, say } from './server.js'

const servers = process.env.NATS_URL ?? 'nats://127.0.0.1:4222'
await reach(servers, 4222, 'Start nats-server -js, or set NATS_URL.')
const js = jetstream(await connect({ servers, maxReconnectAttempts: -1 }))
const unprepared = ({ message }) => fail(new Error(`${message}: call prepare() of nats-submit.js first.`))
const consumer = await js.consumers.get('tasks', 'workers').catch(unprepared)

async function work(message) {
  const beat = setInterval(() => message.working(), 1000) // or another worker gets the task
  const [kind, answer] = await runTask(message.json(), { open })
    .then((part) => ['part', part])
    .catch((error) => ['failed', error.message])
  clearInterval(beat)
  if (kind === 'failed' && message.info.deliveryCount < 3) return message.nak(500) // another attempt, in half a second
  await js.publish(`${message.subject.replace('tasks', 'answers')}.${kind}`, answer)
  message.ack()
}

console.error('Waiting for work')
for (;;) {
  const message = await consumer.next({ expires: 2000 }).catch(say) // the server may come back
  if (message) await work(message).catch(say)
}
