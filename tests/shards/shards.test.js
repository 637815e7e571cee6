/** cosdim/shards: tasks, parts and what they say about shards that are not as they should be. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { after, test } from 'node:test'
import { accumulator, cosineSimilarity, tensor, topkCosineSimilarity } from 'cosdim'
import { toNpy } from 'cosdim/npy'
import * as shards from 'cosdim/shards'
import fc from 'fast-check'
import { bits, COLUMNS, numbers, writeCorpus } from './corpus.js'

/** Without their types, which would refuse what is tried here, too. @type {any} */
const { makeManifest, mergeParts, runTask, tasks } = shards
const root = new URL('../../', import.meta.url)
const corpus = await writeCorpus()
const other = await writeCorpus((shard, i) => tensor({ data: numbers(shard.data.length, 50 + i), shape: shard.shape }))
after(() => {
  corpus.remove()
  other.remove()
})
const { manifest, rows, paths } = corpus
const query = tensor({ data: numbers(3 * COLUMNS, 7), shape: [3, COLUMNS] })
/** @type {any} */
const topk = { operation: 'topk', query, k: 12 }
/** @type {any} */
const similarity = { operation: 'cosineSimilarity', other: other.manifest }

/** As the tasks and parts arrive elsewhere. */
const sent = (x) => JSON.parse(JSON.stringify(x))
const runAll = (/** @type {any} */ manifest, /** @type {any} */ request, /** @type {any} */ options = { open }) =>
  Promise.all(sent(tasks(manifest, request)).map((task) => runTask(task, options)))

/** Another order. */
const shuffled = (list) => list.map((_, i) => list[(i * 7 + 3) % list.length])

for (const [name, queries] of Object.entries({
  'one query': query.tolist()[1],
  'a batch': query,
  'a batch of 300': tensor({ data: numbers(300 * COLUMNS, 8), shape: [300, COLUMNS] }),
  'a query of NaN': Array(COLUMNS).fill(Number.NaN),
  'a row of the corpus, whose ranks are tied': rows.tolist()[3],
}))
  test(`top-k of ${name} has the bits of one call`, async () => {
    const request = { operation: 'topk', query: queries, k: 12 }
    const result = mergeParts(shuffled(await runAll(manifest, request)), sent(manifest), request)
    assert.deepEqual(bits(result), bits(topkCosineSimilarity(queries, rows, 12)))
  })

test('a query may be the base64 of a file that NumPy wrote', async () => {
  const base64 = Buffer.from(toNpy(query)).toString('base64')
  const parts = await runAll(manifest, topk)
  assert.deepEqual(
    bits(mergeParts(parts, manifest, { ...topk, query: base64 })),
    bits(mergeParts(parts, manifest, topk)),
  )
})

for (const dtype of ['float32', 'float64', 'float16', 'int8'])
  test(`shards of ${dtype}, rows of NaN and of zeros, and numbers as float64`, async () => {
    const cast = ({ data, shape }) => {
      if (dtype === 'int8') return tensor({ data: Int8Array.from(data, (x) => x * 100), shape })
      if (dtype === 'float64') return tensor({ data: Float64Array.from(data), shape })
      return dtype === 'float16'
        ? tensor({ data: Uint16Array.from(data, (x) => 15000 + x * 900), shape, dtype })
        : tensor({ data, shape })
    }
    const { manifest, paths, remove } = await writeCorpus((shard, i) => {
      if (i % 10 === 4) shard.data.fill(Number.NaN, 0, COLUMNS)
      return cast(shard)
    })
    const list = Array.from({ length: COLUMNS }, (_, i) => Math.sin(i) * 1e-3)
    for (const request of [
      { operation: 'topk', query: list, k: 9, dtype: 'float64', eps: 0 },
      { operation: 'topk', query: Float64Array.from(list), k: 9, dtype: 'torch.double' },
    ]) {
      const data = paths.flatMap((path) => [...elementsOf(path, dtype)])
      const all = tensor({ data: arrayOf(dtype, data), shape: [manifest.rows, COLUMNS], dtype })
      const { query, k, operation, ...options } = /** @type {any} */ (request)
      assert.deepEqual(
        bits(mergeParts(await runAll(manifest, request), manifest, request)),
        bits(topkCosineSimilarity(query, all, k, options)),
      )
    }
    remove()
  })

const CLASSES = { float32: Float32Array, float64: Float64Array, float16: Uint16Array, int8: Int8Array }
const arrayOf = (dtype, data) => CLASSES[dtype].from(data)
/** The elements of a file, which begin after its header of 128 bytes. */
function elementsOf(path, dtype) {
  const bytes = readFileSync(path)
  return new CLASSES[dtype](bytes.buffer.slice(bytes.byteOffset + 128, bytes.byteOffset + bytes.length))
}

test('similarities along dim 0 have the bits of one process in whatever order, and the accuracy of one call', async () => {
  for (const dtype of /** @type {const} */ (['float32', 'float64'])) {
    const request = { ...similarity, dtype }
    const parts = await runAll(manifest, request)
    const result = mergeParts(parts, manifest, sent(request))
    assert.deepEqual(bits(mergeParts(shuffled(parts), manifest, request)), bits(result))
    const sums = accumulator({ dim: 0, dtype })
    let at = 0
    for (const shard of manifest.shards) {
      const [a, b] = [rows, other.rows].map(({ data }) =>
        tensor({ data: data.subarray(at * COLUMNS, (at + shard.rows) * COLUMNS), shape: [shard.rows, COLUMNS] }),
      )
      sums.merge(accumulator({ dim: 0, dtype }).update(a, b))
      at += shard.rows
    }
    assert.deepEqual(bits(result), bits(sums.result()))
    const once = cosineSimilarity(rows, other.rows, { dim: 0, dtype })
    const most = dtype === 'float32' ? 10.5 * 2 ** -24 : 8 * 2 ** -53
    for (const [i, x] of [...result].entries()) assert.ok(Math.abs(x - once.data[i]) <= 2 * most)
  }
})

test('shards of any size, in pieces of any length, from three rows up', async () => {
  const sizes = fc.array(fc.integer({ min: 3, max: 40 }), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(
      sizes,
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 9 }),
      async (sizes, piece, d) => {
        const total = sizes.reduce((sum, n) => sum + n, 0)
        const all = numbers(total * d, piece)
        const files = new Map()
        let at = 0
        for (const [i, n] of sizes.entries()) {
          files.set(`${i}`, toNpy(tensor({ data: all.subarray(at * d, (at + n) * d), shape: [n, d] })))
          at += n
        }
        const open = async function* (path) {
          const bytes = files.get(path)
          for (let i = 0; i < bytes.length; i += piece) yield bytes.subarray(i, i + piece)
        }
        const manifest = await makeManifest([...files.keys()], { open })
        const query = tensor({ data: numbers(2 * d, 3), shape: [2, d] })
        const request = { operation: 'topk', query, k: 3 }
        assert.deepEqual(
          bits(mergeParts(await runAll(manifest, request, { open }), manifest, request)),
          bits(topkCosineSimilarity(query, tensor({ data: all, shape: [total, d] }), 3)),
        )
      },
    ),
    { numRuns: 25 },
  )
})

test('no chunk of a long shard has fewer than three rows', async () => {
  const n = 23
  const columns = Math.floor(2 ** 18 / 5) // 5 rows a chunk: the last would have 3, 2 or 1
  for (const rows of [n, n - 1, n - 2]) {
    const data = numbers(rows * columns, rows)
    const bytes = toNpy(tensor({ data, shape: [rows, columns] }))
    const open = () => new Blob([bytes])
    const manifest = await makeManifest(['long.npy'], { open })
    const request = {
      operation: 'topk',
      query: tensor({ data: numbers(3 * columns, 5), shape: [3, columns] }),
      k: rows,
    }
    assert.deepEqual(
      bits(mergeParts(await runAll(manifest, request, { open }), manifest, request)),
      bits(topkCosineSimilarity(request.query, tensor({ data, shape: [rows, columns] }), rows)),
    )
  }
})

/** A shard's bytes, changed. */
const change = (use) => {
  const bytes = Uint8Array.from(readFileSync(paths[5]))
  return use(bytes) ?? bytes
}
const npy = (shape, dtype = 'float32') =>
  toNpy(tensor({ data: new { float32: Float32Array, float64: Float64Array }[dtype](shape[0] * shape[1]), shape }))
const { rows: n } = manifest.shards[5]
const text = (bytes, from, to) =>
  Uint8Array.from(Buffer.from(Buffer.from(bytes).toString('latin1').replace(from, to), 'latin1'))

/** What a shard may be instead. @type {[string, () => Uint8Array, RegExp][]} */
const INSTEAD = [
  ['truncated', () => change((bytes) => bytes.subarray(0, bytes.length - 1)), /cut off/],
  ['truncated in its header', () => change((bytes) => bytes.subarray(0, 50)), /header/],
  ['empty', () => new Uint8Array(), /not a .npy file: it is empty/],
  ['longer', () => change((bytes) => Buffer.concat([bytes, Buffer.of(0)])), /goes on/],
  [
    'changed with its size kept',
    () => change((bytes) => bytes.map((byte, i) => (i === 200 ? byte ^ 1 : byte))),
    /CRC-32 is [0-9a-f]{8}, and in the manifest/,
  ],
  ['of more columns', () => npy([n, COLUMNS + 1]), /its shape is \(\d+, 21\), and in the manifest \(\d+, 20\)/],
  ['of fewer rows', () => npy([n - 1, COLUMNS]), /its shape/],
  ['of another dtype', () => npy([n, COLUMNS], 'float64'), /its dtype is float64, and in the manifest float32/],
  ['in Fortran order', () => change((bytes) => text(bytes, 'False', 'True ')), /Fortran order/],
  ['a vector', () => toNpy(numbers(20)), /its shape is \(20,\). A shard has rows and columns/],
  ['no .npy at all', () => Uint8Array.from(Buffer.from('id,x\n1,2\n')), /not a .npy file/],
]

for (const [what, make, message] of INSTEAD)
  test(`a shard that is ${what}`, async () => {
    const [task] = tasks(manifest, topk).slice(5)
    const named = { shard: paths[5], message: new RegExp(`^Shard ${paths[5]}: .*${message.source}`) }
    const bytes = Uint8Array.from(make())
    await assert.rejects(runTask(task, { open: () => new Blob([bytes]) }), named)
    await assert.rejects(runTask(task, { open: () => new Blob([bytes]).stream() }), named)
  })

test('a shard that is missing, and one that ends while it is read', async () => {
  const [task] = tasks(manifest, topk)
  const missing = { ...task, shards: [{ ...task.shards[0], path: '/nowhere/x.npy' }] }
  await assert.rejects(runTask(missing, { open }), {
    shard: '/nowhere/x.npy',
    message: /^Shard \/nowhere\/x.npy: ENOENT/,
  })
  const broken = async function* () {
    yield readFileSync(paths[0]).subarray(0, 300)
    throw new Error('connection reset')
  }
  await assert.rejects(runTask(task, { open: broken }), { message: `Shard ${paths[0]}: connection reset` })
  const path = `${corpus.folder}/shrinks.npy`
  writeFileSync(path, readFileSync(paths[0]))
  const shrinking = async (path) => {
    const handle = await open(path)
    const read = handle.read.bind(handle)
    handle.read = async (...rest) => {
      writeFileSync(path, readFileSync(paths[0]).subarray(0, 200))
      return read(...rest)
    }
    return handle
  }
  const of = { ...task, shards: [{ ...task.shards[0], path }] }
  await assert.rejects(runTask(of, { open: shrinking }), { shard: path, message: /cut off/ })
})

test('files are closed, whatever happens', async () => {
  const opened = []
  const watched = async (path) => {
    const handle = await open(path)
    opened.push(handle)
    return handle
  }
  const [good] = tasks(manifest, similarity)
  const bad = { ...good, shards: [good.shards[0], { ...good.shards[1], crc32: 0 }] }
  await runTask(good, { open: watched, signal: new AbortController().signal })
  await assert.rejects(runTask(bad, { open: watched }), { shard: bad.shards[1].path, message: /CRC-32/ })
  await assert.rejects(
    runTask({ ...good, shards: [good.shards[0], { ...good.shards[1], path: '/nowhere' }] }, { open: watched }),
    /Shard \/nowhere/,
  )
  assert.deepEqual(
    opened.map(({ fd }) => fd),
    [-1, -1, -1, -1, -1],
  )
})

test('an abort ends reading at once, with its reason', async () => {
  const [task] = tasks(manifest, topk)
  const hanging = () => new ReadableStream({ pull: () => new Promise(() => {}) })
  const controller = new AbortController()
  const running = runTask(task, { open: hanging, signal: controller.signal })
  const reason = new Error('enough')
  setTimeout(() => controller.abort(reason), 10)
  await assert.rejects(running, reason)
  await assert.rejects(runTask(task, { open, signal: AbortSignal.abort(reason) }), reason)
})

test('a task decodes its query once', async (t) => {
  const [task] = sent(tasks(manifest, topk))
  const { mock } = t.mock.method(globalThis, 'atob')
  await runTask(task, { open })
  assert.deepEqual(
    mock.calls.map((call) => call.arguments),
    [[task.request.query]],
  )
})

test('progress is told in rows, and shards', async () => {
  const said = []
  const onProgress = (progress) => said.push(progress)
  await runTask(tasks(manifest, topk)[4], { open, onProgress })
  const [{ rows }] = manifest.shards.slice(4)
  assert.deepEqual(said.at(-1), { done: rows, total: rows })
  await makeManifest(paths.slice(0, 2), { open, onProgress })
  assert.deepEqual(said.slice(-2), [
    { done: 1, total: 2 },
    { done: 2, total: 2 },
  ])
})

const parts = await runAll(manifest, topk)
const left = parts.slice(1)
const elsewhere = await runAll(manifest, { ...topk, k: 11 })

/** @type {[string, () => any, any][]} */
const NOT_THE_PARTS = [
  [
    'a lost part',
    () => left,
    { name: 'RangeError', message: `mergeParts(): 1 of 36 parts are missing, those of ${paths[0]}.` },
  ],
  ['many lost parts', () => [], /36 of 36 parts are missing, those of .*part-000.npy, .*part-004.npy, …\.$/],
  [
    'a doubled part',
    () => [...parts, parts[3]],
    { message: `mergeParts(): the part of shard ${paths[3]} is there twice.` },
  ],
  ['a lost and a doubled one', () => [...left, parts[3]], /part-003.npy is there twice/],
  [
    'a part of another request',
    () => [...left, elsewhere[0]],
    /the part of shard .*part-000.npy is of another request/,
  ],
  [
    'a damaged part',
    () => [...left, parts[0].map((byte, i) => (i === 90 ? byte ^ 1 : byte))],
    /part 35: these bytes are damaged/,
  ],
  ['a part cut off', () => [parts[0].subarray(0, 40), ...left], /part 0: these bytes are damaged or cut off/],
  ['no bytes', () => [parts[0], undefined], { name: 'TypeError', message: /part 1 takes the Uint8Array/ }],
  ['no list', () => parts[0], { name: 'TypeError', message: /takes a list of the Uint8Arrays that runTask/ }],
]
for (const [what, make, error] of NOT_THE_PARTS)
  test(`the merge refuses ${what}`, () => {
    assert.throws(() => mergeParts(make(), manifest, topk), error)
  })

test('the merge refuses parts of another manifest', () => {
  const [first, ...rest] = manifest.shards
  const changed = { ...manifest, shards: [{ ...first, crc32: 5 }, ...rest] }
  assert.throws(
    () => mergeParts(parts, changed, topk),
    /part-000.npy is of another request, or the manifest has changed/,
  )
})

const [first, second, ...rest] = manifest.shards
/** @type {[string, any, any, any][]} */
const REFUSED = [
  [
    'no manifest',
    undefined,
    topk,
    { name: 'TypeError', message: /takes a manifest, as makeManifest\(\) makes it, got undefined/ },
  ],
  [
    'another version',
    { ...manifest, version: 2 },
    topk,
    /this manifest has version 2, and this cosdim reads version 1/,
  ],
  ['no shards', { ...manifest, shards: [] }, topk, /has no shards/],
  ['a sum of rows', { ...manifest, rows: 5 }, topk, /says that there are 5 rows, and its shards have \d+/],
  [
    'more rows than can be counted',
    {
      ...manifest,
      rows: 2 ** 53,
      shards: [
        { ...first, rows: 2 ** 53 - 1 },
        { ...second, rows: 1 },
      ],
    },
    topk,
    /has 9007199254740992 rows, not a whole number below 2\^53/,
  ],
  ['a shard twice', { ...manifest, shards: [first, first, ...rest] }, topk, /lists shard .*part-000.npy twice/],
  [
    'rows that are no number',
    { ...manifest, shards: [{ ...first, rows: '3' }] },
    topk,
    /wrong about shard 0, .*rows must be/,
  ],
  [
    'an unknown dtype',
    { ...manifest, dtype: 'float8' },
    topk,
    { name: 'RangeError', message: /has the dtype "float8", not one of bool/ },
  ],
  [
    'no operation',
    manifest,
    { query, k: 3 },
    { name: 'TypeError', message: /operation is 'topk' or 'cosineSimilarity', got/ },
  ],
  ['an option that does not exist', manifest, { ...topk, axis: 1 }, /unexpected keyword argument 'axis'/],
  ['another k', manifest, { ...topk, k: 100_000 }, /selected index k out of range. k is 100000, and the corpus has/],
  ['k that is no number', manifest, { ...topk, k: '3' }, { name: 'TypeError' }],
  ['a query of other columns', manifest, { ...topk, query: [1, 2] }, /The rows are|size of tensor|long/],
  ['a query that is no tensor', manifest, { ...topk, query: undefined }, { name: 'TypeError' }],
  ['a query that is no base64', manifest, { ...topk, query: '§' }, /is not base64/],
  ['an eps that JSON lacks', manifest, { ...topk, eps: Infinity }, /eps must be finite/],
  ['no other corpus', manifest, { operation: 'cosineSimilarity' }, /takes a manifest/],
  [
    'fewer shards',
    { ...manifest, rows: first.rows, shards: [first] },
    similarity,
    /split alike: one has 1 shards, the other 36/,
  ],
  [
    'shards split in another way',
    { ...manifest, shards: [second, first, ...rest] },
    similarity,
    /split alike: shard .*part-001.npy has \d+ rows, and shard .*part-000.npy has/,
  ],
]
for (const [what, manifest, request, error] of REFUSED)
  test(`tasks() refuses ${what}`, () => {
    assert.throws(() => tasks(manifest, request), error)
  })

test('makeManifest() refuses shards that differ, none, and what is not whole', async () => {
  const files = { a: npy([3, 4]), b: npy([3, 5]), c: npy([3, 4], 'float64'), d: npy([3, 4]).subarray(0, 150) }
  const open = (path) => new Blob([files[path]])
  await assert.rejects(makeManifest(['a', 'b'], { open }), /shard b has 5 columns of float32, and shard a has 4/)
  await assert.rejects(makeManifest(['a', 'c'], { open }), /shard c has 4 columns of float64/)
  await assert.rejects(makeManifest(['a', 'd'], { open }), { shard: 'd', message: /^Shard d: .*cut off/ })
  await assert.rejects(makeManifest([], { open }), /has no shards/)
  await assert.rejects(makeManifest(['a', 'a'], { open }), /lists shard a twice/)
  await assert.rejects(makeManifest(['a'], /** @type {any} */ ({})), /needs the option open/)
})

test('the CRC-32 is that of zip files', async () => {
  const open = () => new Blob([npy([1, 1])])
  const { shards } = await makeManifest(['x'], { open })
  const [{ crc32, bytes }] = shards
  assert.equal(bytes, 132)
  const { crc32: expected } = await import('node:zlib')
  assert.equal(crc32, expected(npy([1, 1])))
})

test('the CRC-32 is the same where Node has none', async () => {
  const script = `
    delete process.getBuiltinModule
    const { makeManifest } = await import('cosdim/shards')
    const { open } = await import('node:fs/promises')
    console.log((await makeManifest([${JSON.stringify(paths[7])}], { open })).shards[0].crc32)`
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' })
  assert.equal(Number(said), manifest.shards[7].crc32)
})

test('an abort does not wait for open(), and what it opens then is closed', async () => {
  const controller = new AbortController()
  let isClosed = false
  const late = new Promise((resolve) => setTimeout(resolve, 50, { close: () => (isClosed = true) }))
  const running = runTask(tasks(manifest, topk)[0], { open: () => late, signal: controller.signal })
  controller.abort(new Error('enough'))
  await assert.rejects(running, /enough/)
  assert.equal(isClosed, false)
  await late
  await new Promise(setImmediate)
  assert.equal(isClosed, true)
})

test('runTask() refuses what is no task', async () => {
  await assert.rejects(runTask(/** @type {any} */ ({}), { open }), /takes one of the tasks that tasks\(\) made/)
  await assert.rejects(
    runTask({ ...tasks(manifest, topk)[0], version: 2 }, { open }),
    /has version 2, and this cosdim runs/,
  )
})
