/** What `npm run bench:shards` measures. */
import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const WORKER = fileURLToPath(new URL('./shards-worker.js', import.meta.url))

/** Starts a process that waits for work. */
async function startWorker() {
  const child = fork(WORKER)
  await once(child, 'message')
  return {
    /** What a function of shards-worker.js gives. @returns {Promise<any>} */
    async work(name, plan) {
      child.send({ name, plan })
      const [answer] = await Promise.race([once(child, 'message'), once(child, 'exit')])
      if (answer?.result === undefined) throw new Error(`${name}: ${answer?.error ?? `a worker ended with ${answer}`}`)
      return answer.result
    },
    end: () => child.kill(),
  }
}

/** What a new process gives, so that its memory is what the work takes. */
async function alone(name, plan) {
  const { work, end } = await startWorker()
  try {
    return await work(name, plan)
  } finally {
    end()
  }
}

/** A figure that one process gives about shards that another wrote. */
const figure = (name, plan) => async (/** @type {string} */ folder) => {
  await alone('write', { folder, ...plan })
  return alone(name, { folder, ...plan })
}

/* What a slow reader reads in a second: little enough for reading to be what takes the time. */
const RATE = 30e6

/** How many times as fast as one worker two are, each with a slow reader of its own. */
async function speedup(folder) {
  const plan = { folder, shards: 16, rows: 5000, rate: RATE }
  await alone('write', plan)
  const workers = await Promise.all([startWorker(), startWorker()])
  const merger = await startWorker()
  const times = []
  const results = []
  for (const step of [1, 2]) {
    const start = performance.now()
    const asked = workers.slice(0, step).map(({ work }, from) => work('parts', { ...plan, from, step }))
    results.push(await merger.work('merge', { ...plan, parts: (await Promise.all(asked)).flat() }))
    times.push(performance.now() - start)
  }
  for (const { end } of [...workers, merger]) end()
  if (String(results[0]) !== String(results[1])) throw new Error('Two workers have another result than one.')
  return times[0] / times[1]
}

const hasRedis = () => spawnSync('redis-server', ['--version']).status === 0

const MB = 1e6
const ROW = 768 * 4
const rowsIn = (bytes) => Math.floor(bytes / ROW)

/** @typedef {{ name: string, what: string, per: string, mark: import('./measure.js').Mark, measure: (folder: string) => Promise<number | undefined> }} Contest */

/** @type {Contest[]} */
export const CONTESTS = [
  {
    name: 'overhead a shard',
    what: 'task, part and merge, no queue',
    per: 'ms of CPU',
    mark: { atMost: 3 },
    measure: figure('overhead', { shards: 300, rows: 3 }),
  },
  ...['workers', 'redis'].map((of) => ({
    name: 'overhead a shard',
    what: `as a job of BullMQ: ${of}`,
    per: 'ms of CPU',
    mark: { atMost: of === 'redis' ? 2 : 5 },
    measure: hasRedis() ? figure('queued', { of, shards: 300, rows: 3 }) : async () => undefined,
  })),
  ...['float32', 'int8'].map((dtype) => ({
    name: 'a row of a shard',
    what: `768 ${dtype}`,
    per: 'ns of CPU',
    mark: {},
    measure: figure('perRow', { dtype, shards: 1, rows: 100_000 }),
  })),
  {
    name: 'a row of a shard',
    what: `768 float32, 64 queries`,
    per: 'ns of CPU a query',
    mark: {},
    measure: figure('perRow', { queries: 64, shards: 1, rows: 20_000 }),
  },
  {
    name: 'two workers over one',
    what: `readers of ${RATE / MB} MB/s`,
    per: '×',
    mark: { fast: 1.9 },
    measure: speedup,
  },
  ...[16, 256, 1024].map((size) => ({
    name: 'memory of a worker',
    what: `a shard of ${size} MB`,
    per: 'MiB',
    mark: { atMost: 128 },
    measure: figure('memory', { shards: 1, rows: rowsIn(size * MB) }),
  })),
  {
    name: 'memory of a stream',
    what: 'a file of 4 GB by npyChunks',
    per: 'MiB',
    mark: { atMost: 200 },
    measure: figure('streamed', { shards: 1, rows: rowsIn(4000 * MB) }),
  },
  ...[1, 1024].flatMap((queries) => [
    {
      name: 'merging',
      what: `${queries} × k = 10`,
      per: 'ms of CPU a part',
      mark: {},
      measure: figure('merging', { queries, shards: 100, rows: 20 }),
    },
    {
      name: 'a part',
      what: `${queries} × k = 10`,
      per: 'bytes',
      mark: {},
      measure: figure('size', { queries, shards: 1, rows: 20 }),
    },
  ]),
]
