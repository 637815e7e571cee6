/** cosdim/workers in Node: the results of one thread, to the bit, and what happens when workers die. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'
import { after, afterEach, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import threads from 'node:worker_threads'
import { cosineSimilarity, tensor, topkCosineSimilarity } from 'cosdim'
import { openWorkers } from 'cosdim/workers'
import fc from 'fast-check'
import { stream } from '../bench/data.js'

/** The workers that a test started, and what they were sent. @type {{ worker: any, sent: any[] }[]} */
const started = []
const { Worker } = threads
/** @type {import('node:worker_threads').WorkerOptions} */
let settings = {}
/** @type {URL | undefined} what they run instead */
let script
threads.Worker = class extends Worker {
  constructor(url, options) {
    super(script ?? url, { ...options, ...settings })
    started.push({ worker: this, sent: [] })
  }
  postMessage(message, transfer) {
    started.find(({ worker }) => worker === this)?.sent.push(message)
    super.postMessage(message, transfer)
  }
}
syncBuiltinESMExports()
afterEach(() => {
  settings = {}
  script = undefined
  started.length = 0
})
after(() => {
  threads.Worker = Worker
  syncBuiltinESMExports()
})

const library = new URL('../../dist/', import.meta.url)
const random = stream(8)
const [n, d] = [501, 50]
const numbers = Float32Array.from({ length: n * d }, () => random() - 0.4)
numbers.set(numbers.subarray(0, d), 400 * d) // a tie between two parts
numbers.fill(0, 300 * d, 301 * d)
numbers[200 * d] = NaN
const shared = new Float32Array(new SharedArrayBuffer(numbers.byteLength))
shared.set(numbers)
const matrix = tensor(numbers, { shape: [n, d] })
const halves = Uint16Array.from(numbers, (x) => (Number.isNaN(x) ? 0x7e00 : 0x3c00 + Math.round(x * 512)))
const integers = Array.from(numbers, (x) => Math.round(100 * x) || 0)

/** Corpora as openWorkers takes them, and dtypes to compare them in, where a float32 query does not decide. */
const CORPORA = {
  'on a SharedArrayBuffer': { corpus: shared },
  'on an ArrayBuffer': { corpus: numbers },
  'that is part of an array': { corpus: numbers.subarray(3 * d, 300 * d), shape: [-1, d] },
  'in WebAssembly memory': { corpus: matrix.to('wasm'), shape: undefined },
  'with columns for rows': { corpus: tensor(numbers, { shape: [d, n] }).transpose(0, 1), shape: undefined },
  'of every other number': { corpus: tensor({ data: numbers, shape: [20 * d], strides: [2] }), shape: [-1, d] },
  'with the rows in reverse': {
    corpus: tensor({ data: numbers, shape: [n, d], strides: [-d, 1], offset: (n - 1) * d }),
    shape: undefined,
  },
  'of lists': { corpus: matrix.tolist().slice(0, 200), shape: undefined },
  'of float64': { corpus: Float64Array.from(numbers) },
  'of float16': { corpus: tensor(halves, { dtype: 'float16' }) },
  'of int8': { corpus: Int8Array.from(integers) },
  'of int64': { corpus: BigInt64Array.from(integers, BigInt), dtype: 'float64' },
  'that is cast to float64': { corpus: numbers, dtype: 'float64' },
}

for (const [name, { corpus, dtype, ...given }] of Object.entries(CORPORA))
  test(`a corpus ${name}`, async () => {
    const shape = 'shape' in given ? given.shape : [n, d]
    const whole = tensor(corpus, { shape }).to('wasm') // with the rows one after another, as workers have them
    const workers = await openWorkers(corpus, shape, { count: 3 })
    const options = { dtype, eps: 0.5 }
    for (const row of [0, 7]) {
      const query = numbers.subarray(row * d, (row + 1) * d)
      for (const k of [0, 1, 5, whole.shape[0]])
        assert.deepEqual(await workers.topk(query, k, options), topkCosineSimilarity(query, whole, k, options))
      assert.deepEqual(await workers.similarities(query, options), cosineSimilarity(query, whole, options))
    }
    await workers.close()
  })

const QUERIES = {
  'a list': Array.from({ length: d }, (_, i) => Math.sin(i)),
  'a tensor': matrix.view(-1, d).transpose(0, 1).transpose(0, 1).reshape(-1).view(n, d),
  'a tensor on wasm': tensor(numbers.slice(0, d)).to('wasm'),
  'a list of typed arrays and lists': [numbers.subarray(0, d), Array.from({ length: d }, (_, i) => Math.cos(i))],
  integers: Int32Array.from({ length: d }, (_, i) => i - 20),
}

for (const [name, query] of Object.entries(QUERIES))
  test(`a query that is ${name}`, async () => {
    const workers = await openWorkers(numbers, [n, d], { count: 2 })
    for (const dtype of /** @type {const} */ ([undefined, 'float16', 'float64'])) {
      const options = { dtype }
      assert.deepEqual(await workers.topk(query, 3, options), topkCosineSimilarity(query, matrix, 3, options))
      if (tensor(query).shape.length === 1)
        assert.deepEqual(await workers.similarities(query, options), cosineSimilarity(query, matrix, options))
    }
    await workers.close()
  })

test('any number of rows, columns and workers', async () => {
  const sizes = { rows: fc.nat(20), columns: fc.integer({ min: 1, max: 9 }), count: fc.integer({ min: 1, max: 6 }) }
  const few = [-1, 0, 0.1, 0.3, 1, NaN]
  await fc.assert(
    fc.asyncProperty(fc.record(sizes), fc.infiniteStream(fc.constantFrom(...few)), async (sizes, stream) => {
      const { rows, columns, count } = sizes
      const take = (length) => Float32Array.from({ length }, () => stream.next().value)
      const corpus = take(rows * columns)
      const whole = tensor(corpus, { shape: [rows, columns] })
      const workers = await openWorkers(corpus, [rows, columns], { count })
      const queries = [take(columns), tensor(take(2 * columns), { shape: [2, columns] })]
      for (const query of queries)
        for (const k of [0, Math.ceil(rows / 2), rows])
          assert.deepEqual(await workers.topk(query, k), topkCosineSimilarity(query, whole, k))
      assert.deepEqual(await workers.similarities(queries[0]), cosineSimilarity(queries[0], whole))
      await workers.close()
    }),
    { numRuns: 12 },
  )
})

test('a part has at least three rows', async () => {
  for (const [rows, count] of [
    [5, 1],
    [8, 2],
  ]) {
    const workers = await openWorkers(numbers.subarray(0, rows * d), [rows, d], { count: 4 })
    assert.equal(started.length, count)
    await workers.close()
    started.length = 0
  }
})

test('without a count there is a worker for each core', async () => {
  const { availableParallelism } = await import('node:os')
  const workers = await openWorkers(numbers, [n, d])
  assert.equal(started.length, availableParallelism())
  await workers.close()
})

test('a SharedArrayBuffer is not copied, of other arrays only what is needed', async () => {
  for (const corpus of [shared, numbers]) {
    started.length = 0
    const workers = await openWorkers(corpus, [n, d], { count: 2 })
    await workers.topk(numbers.subarray(d, 2 * d), 1)
    for (const { sent } of started) {
      const [{ part }, { query }] = sent
      if (corpus === shared) assert.equal(part.buffer, shared.buffer)
      else assert.equal(part.buffer.byteLength, 0, 'transferred')
      assert.equal(query.data.buffer.byteLength, 4 * d)
    }
    await workers.close()
  }
})

test('bad arguments are refused before a worker starts', async () => {
  const refuses = (message, ...args) => assert.rejects(openWorkers(.../** @type {[any]} */ (args)), { message })
  await refuses('openWorkers(): count must be from 1 up, got 0.', numbers, [n, d], { count: 0 })
  await refuses(/argument 'count' must be int/, numbers, [n, d], { count: 1.5 })
  await refuses(/takes its options as an object/, numbers, [n, d], 4)
  await refuses(/unexpected keyword argument 'threads'. Its options are: count/, numbers, [n, d], { threads: 4 })
  await refuses('openWorkers(): the corpus must have shape (N, D), not (25050,).', numbers)
  await refuses(/shape '\[501, 51\]' is invalid/, numbers, [n, d + 1])
  await refuses(/expected/, 'corpus', [n, d])
  const many = tensor({ data: new Int8Array(1), shape: [2 ** 31 + 1, 1], strides: [0, 1] })
  await refuses(/2147483649 rows, more than int32 can number/, many)
  assert.equal(started.length, 0)
})

const anyQuery = numbers.slice(0, d)

test('a mistake rejects its own question, with the error of one thread', async () => {
  const workers = await openWorkers(numbers, [n, d], { count: 2 })
  const asked = /** @type {any} */ (workers)
  const same = (call, alone) => assert.rejects(call, { message: errorOf(alone).message, name: errorOf(alone).name })
  const good = workers.topk(anyQuery, 2)
  const bad = [
    same(asked.topk(anyQuery, n + 1), () => topkCosineSimilarity(anyQuery, matrix, n + 1)),
    same(asked.topk(anyQuery, -1), () => topkCosineSimilarity(anyQuery, matrix, -1)),
    same(asked.topk(anyQuery, 1, { eps: -1 }), () => topkCosineSimilarity(anyQuery, matrix, 1, { eps: -1 })),
    assert.rejects(
      asked.topk(anyQuery, 1, { dim: 1 }),
      /^TypeError: topk\(\) got an unexpected keyword argument 'dim'/,
    ),
    same(asked.similarities(anyQuery, { dtype: 'int8' }), () =>
      cosineSimilarity(anyQuery, matrix, /** @type {any} */ ({ dtype: 'int8' })),
    ),
    assert.rejects(asked.topk(anyQuery, 1.5), /topk\(\): argument 'k' must be int/),
    assert.rejects(asked.topk(anyQuery.slice(1), 1), /takes a query of shape \(50,\) or \(Q, 50\).*got \(49,\)/),
    assert.rejects(asked.similarities([[1]]), /similarities\(\) takes a query of shape \(50,\),.*got \(1, 1\)/),
    assert.rejects(
      asked.similarities(anyQuery, { dim: 0 }),
      /^TypeError: similarities\(\) got an unexpected keyword argument 'dim'/,
    ),
    assert.rejects(asked.topk('query', 1), TypeError),
  ]
  await Promise.all(bad)
  assert.deepEqual(await good, topkCosineSimilarity(anyQuery, matrix, 2))
  assert.deepEqual(await workers.similarities(anyQuery), cosineSimilarity(anyQuery, matrix))
  await workers.close()
})

/** @returns {Error} */
function errorOf(call) {
  try {
    call()
  } catch (error) {
    return /** @type {Error} */ (error)
  }
  assert.fail('nothing was thrown')
}

test('an error in a worker rejects that question alone', async () => {
  const workers = await openWorkers(numbers, [n, d], { count: 2 })
  // Queries are checked before they are sent, so this one is changed on its way.
  const [{ worker }] = started
  const { postMessage } = worker
  worker.postMessage = (question, transfer) => postMessage.call(worker, { ...question, query: [1, 2] }, transfer)
  const bad = workers.topk(anyQuery, 2)
  worker.postMessage = postMessage
  const good = workers.topk(anyQuery, 2)
  await assert.rejects(bad, RangeError)
  assert.deepEqual(await good, topkCosineSimilarity(anyQuery, matrix, 2))
  await workers.close()
})

/** What workers do when they are asked for similarities, and what is then said. */
const DEATHS = {
  'throw new Error("as if by accident")':
    /Worker \d of 2 has died, and with it its rows: as if by accident\. Open the workers again\./,
  'process.exit(3)': /Worker \d of 2 has died, .*: it ended with code 3\./,
  'for (const all = []; ; ) all.push(Array(1e4).fill(1))': /Worker \d of 2 has died, .*memory/,
}
const scriptOf = (code) => new URL(`data:text/javascript,${encodeURIComponent(code)}`)
const dyingBy = (code) =>
  scriptOf(`
    import { parentPort } from 'node:worker_threads'
    const { on } = parentPort
    parentPort.on = (name, listener) => on.call(parentPort, name, (question) => {
      if (question.kind === 'similarities') ${code}
      listener(question)
    })
    await import('${new URL('worker.js', library)}')`)

for (const [code, message] of Object.entries(DEATHS))
  test(`workers that die reject what waits and what comes later: ${code}`, async () => {
    script = dyingBy(code)
    settings = { resourceLimits: { maxOldGenerationSizeMb: 32 } }
    const workers = await openWorkers(numbers, [n, d], { count: 2 })
    const ends = started.map(({ worker }) => new Promise((resolve) => worker.on('exit', resolve)))
    for (const question of [workers.similarities(anyQuery), workers.topk(anyQuery, 2)])
      await assert.rejects(question, message)
    await assert.rejects(workers.topk(anyQuery, 2), message)
    await Promise.all(ends)
    await workers.close()
    await assert.rejects(workers.topk(anyQuery, 2), message)
  })

test('one that is terminated ends all', async () => {
  const workers = await openWorkers(numbers, [n, d], { count: 3 })
  const ends = started.map(({ worker }) => new Promise((resolve) => worker.on('exit', resolve)))
  started[1].worker.terminate()
  await assert.rejects(workers.topk(anyQuery, 2), /Worker 2 of 3 has died, .*: it ended with code 1\./)
  await Promise.all(ends)
})

/** What a worker does in place of opening its rows, and what is then said. */
const BAD_STARTS = {
  'throw new Error("as if by accident")': /as if by accident/,
  'process.exit(3)': /ended with code 3/,
  'import "./missing.js"': /missing\.js/,
}

for (const [code, message] of Object.entries(BAD_STARTS))
  test(`a worker that cannot start rejects openWorkers: ${code}`, async () => {
    script = scriptOf(code)
    await assert.rejects(openWorkers(numbers, [n, d], { count: 2 }), message)
  })

test('if one has no room for its rows, all end', async () => {
  script = scriptOf(`
    import { parentPort } from 'node:worker_threads'
    parentPort.on('message', () => parentPort.postMessage({ error: new RangeError('no room') }))`)
  const opening = openWorkers(numbers, [n, d], { count: 2 })
  await assert.rejects(opening, /no room/)
  await Promise.all(
    started.map(({ worker }) => worker.threadId < 0 || new Promise((resolve) => worker.on('exit', resolve))),
  )
})

test('after close() questions are rejected, those that wait, too', async () => {
  const workers = await openWorkers(numbers, [n, d], { count: 2 })
  const waiting = workers.topk(anyQuery, 2)
  const ends = started.map(({ worker }) => new Promise((resolve) => worker.on('exit', resolve)))
  const rejected = assert.rejects(waiting, /The workers are closed/)
  const closed = workers.close()
  started[0].worker.emit('message', {}) // an answer that was on its way
  await Promise.all([rejected, closed])
  await Promise.all(ends)
  await assert.rejects(workers.topk(anyQuery, 2), /The workers are closed/)
  await workers.close()
})

test('await using closes them', async () => {
  const workers = await openWorkers(numbers, [n, d], { count: 2 })
  await workers[Symbol.asyncDispose]()
  await assert.rejects(workers.topk(anyQuery, 2), /The workers are closed/)
})

const PROGRAM = `
  const corpus = Float32Array.from({ length: 300 }, (_, i) => i % 7)
  openWorkers(corpus, [100, 3], { count: 2 }).then(async (workers) => {
    const { indices } = await workers.topk([3, 2, 1], 1)
    console.log(String(indices))
  })`
const PROGRAMS = {
  'an ES module': ['module', `import { openWorkers } from '${new URL('workers.js', library)}'\n${PROGRAM}`],
  CommonJS: [
    'commonjs',
    `const { openWorkers } = require('${fileURLToPath(new URL('workers.cjs', library))}')\n${PROGRAM}`,
  ],
}

for (const [name, [type, program]] of Object.entries(PROGRAMS))
  test(`a program that is ${name} ends after its last answer, without close()`, async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [`--input-type=${type}`, '-e', program])
    assert.match(stdout, /^tensor\(\[\d+\], dtype=torch.int32\)\n$/)
  })
