/** cosdim/npy: reading in chunks, from sources of every kind, however they behave. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { open } from 'node:fs/promises'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { tensor, topkAccumulator, topkCosineSimilarity } from 'cosdim'
import { fromNpy, npyChunks, npyHeader, toNpy } from 'cosdim/npy'
import fc from 'fast-check'
import { arrays, collect, exactly, file, fileOf, rowsOf, twelveRows } from './npy-files.js'
import { SOURCES, streamOf, withHandle } from './npy-sources.js'

const lengths = fc.oneof(
  fc.constant(/** @type {number[]} */ ([1])),
  fc.array(fc.nat(40), { minLength: 1, maxLength: 6 }).filter((list) => list.some((length) => length > 0)),
  fc.constant(/** @type {number[]} */ ([1 << 20])),
)

for (const [kind, use] of Object.entries(SOURCES))
  test(`chunks of any size, from a ${kind} however cut`, async () => {
    const positive = kind === 'FileHandle' ? lengths.map((list) => list.map((length) => length || 1)) : lengths
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...arrays),
        positive,
        fc.option(fc.integer({ min: 1, max: 9 })),
        async (array, cuts, rows) => {
          const chunks = await use(file(array.file), cuts, (source) => collect(source, { rows: rows ?? undefined }))
          const { shape, dtype } = array
          assert.deepEqual(rowsOf(chunks), exactly(array.list, dtype))
          for (const chunk of chunks) assert.deepEqual([chunk.dtype, chunk.shape.slice(1)], [dtype, shape.slice(1)])
          if (rows && !shape.includes(0) && shape.length) {
            const sizes = Array.from({ length: Math.ceil(shape[0] / rows) }, (_, i) =>
              Math.min(rows, shape[0] - i * rows),
            )
            assert.deepEqual(
              chunks.map(({ shape: [size] }) => size),
              sizes,
            )
          }
        },
      ),
      { numRuns: 150 },
    )
  })

test('npyHeader says what a file has, and reads no elements', async () => {
  for (const { file: name, dtype, shape, fortranOrder } of arrays)
    for (const use of Object.values(SOURCES))
      assert.deepEqual(await use(file(name), [7], npyHeader), { dtype, shape, fortranOrder }, name)
  const stream = streamOf(file('3d-C'), [32])
  await npyHeader(stream)
  assert.deepEqual([stream.state.given, stream.state.cancelled, stream.locked], [128, true, false])
})

test('a stream in Fortran order is read, if it can be held', async () => {
  const shape = [3000, 700]
  const x = tensor(
    Float32Array.from({ length: 2.1e6 }, (_, i) => i),
    { shape: [700, 3000] },
  ).transpose(0, 1)
  const bytes = toNpy(x.transpose(0, 1))
  const turned = Buffer.from(bytes)
  turned.write('True, ', turned.indexOf('False,'), 'latin1')
  turned.write('(3000, 700)', turned.indexOf('(700, 3000)'), 'latin1')
  for (const use of Object.values(SOURCES)) {
    let first = 0
    for (const chunk of await use(turned, [65536], (source) => collect(source, { rows: 1234 }))) {
      const at = (row, column) => column * 3000 + row
      for (const [row, column] of [
        [0, 0],
        [chunk.length - 1, 699],
        [17, 5],
      ])
        assert.equal(chunk.data[row * chunk.strides[0] + column * chunk.strides[1]], at(first + row, column))
      first += chunk.length
    }
    assert.equal(first, shape[0])
  }
})

test('options that are not what they should be', async () => {
  const blob = new Blob([file('1d')])
  for (const [options, words] of /** @type {[any, RegExp][]} */ ([
    [{ rows: 0 }, /^npyChunks\(\): rows must be from 1 up, got 0\./],
    [{ rows: -3 }, /got -3\./],
    [{ rows: 1.5 }, /must be int/],
    [{ rows: '2' }, /must be int, not string/],
    [{ row: 2 }, /rows, signal/],
    [{ signal: 'no' }, /must be an AbortSignal/],
    [7, /takes its options as an object/],
  ]))
    assert.throws(() => npyChunks(blob, options), { message: words })
  await assert.rejects(npyHeader(blob, /** @type {any} */ ({ rows: 2 })), TypeError)
  assert.throws(() => fromNpy(/** @type {any} */ (blob)), /fromNpy\(\) takes a Uint8Array or a Buffer, got a Blob/)
  const text = new Blob([file('1d')]).stream().pipeThrough(/** @type {any} */ (new TextDecoderStream('latin1')))
  await assert.rejects(collect(text), /must be Uint8Arrays or Buffers, got ".*Leave out setEncoding/)
})

test('the k best rows of a file in chunks are those of one call, to the bit', async () => {
  for (const name of ['f2-C-little', 'f4-C-big', 'f8-C-little', 'f4-F-little']) {
    const random = Float64Array.from({ length: 400 * 24 }, (_, i) => Math.sin(i * i + 1))
    const { dtype } = fromNpy(file(name))
    const corpus = tensor({ data: [...random], shape: [400, 24], dtype })
    const query = tensor([...random.subarray(5, 29)], { dtype: /** @type {any} */ (dtype) })
    const bytes = toNpy(corpus)
    for (const rows of [3, 64, 399]) {
      const best = topkAccumulator(query, 7)
      for await (const chunk of npyChunks(streamOf(bytes, [1000]), { rows })) best.update(chunk)
      const [{ values, indices }, once] = [best.result(), topkCosineSimilarity(query, corpus, 7)]
      assert.deepEqual(values.data, once.values.data)
      assert.deepEqual(Array.from(indices, Number), once.indices.tolist())
    }
  }
})

test('reads no more than the next chunk needs', async () => {
  const stream = streamOf(twelveRows(), [10])
  const chunks = npyChunks(stream, { rows: 3 })
  assert.deepEqual([stream.state.given, stream.locked], [0, false])
  const read = []
  for (let i = 0; i < 4; i++) {
    await chunks.next()
    read.push(stream.state.given)
  }
  assert.deepEqual(read, [190, 250, 310, 368]) // header and rows, in pieces of 10
  assert.equal((await chunks.next()).done, true)

  const readsOf = async (blob, options) => {
    const reads = /** @type {number[][]} */ ([])
    const slice = (...range) => reads.push(range) && blob.slice(...range)
    await npyChunks(/** @type {any} */ ({ size: blob.size, arrayBuffer() {}, slice }), options).next()
    return reads.slice(2).map(([start, end]) => [start - 128, end - 128])
  }
  assert.deepEqual(await readsOf(new Blob([twelveRows()]), { rows: 3 }), [[0, 60]])
  const columns = new Blob([file('f8-F-little')])
  assert.deepEqual(
    await readsOf(columns, { rows: 2 }),
    [0, 56, 112, 168, 224].map((start) => [start, start + 16]),
  )
  assert.deepEqual(await readsOf(columns, { rows: 7 }), [[0, 280]])
})

test('a chunk has about 1 MiB by default, and at least a row', async () => {
  const columns = 40000
  const zeros = (shape) => tensor(new Float32Array(shape[0] * shape[1]), { shape })
  for (const [shape, sizes] of /** @type {[number[], number[]][]} */ ([
    [
      [20, columns],
      [6, 6, 6, 2],
    ],
    [
      [3, 300000],
      [1, 1, 1],
    ],
    [[100, 5], [100]],
  ])) {
    const chunks = await collect(streamOf(toNpy(zeros(shape)), [65536]))
    assert.deepEqual(
      chunks.map(({ length }) => length),
      sizes,
    )
  }
})

test('a chunk longer than what is allocated at once', async () => {
  const columns = 3e6
  const x = tensor(
    new Float32Array(10 * columns).map((_, i) => i),
    { shape: [10, columns] },
  )
  const chunks = await collect(streamOf(toNpy(x), [999999]), { rows: 5 })
  assert.equal(chunks.length, 2)
  assert.ok(
    chunks.every(
      ({ data }, i) => Buffer.compare(Buffer.from(data.buffer), Buffer.from(x.data.buffer, i * 6e7, 6e7)) === 0,
    ),
  )
})

test('memory is taken as bytes come, whatever the header announces', async () => {
  const bytes = fileOf(`{'descr': '|i1', 'fortran_order': False, 'shape': (8, ${2 ** 45}), }`, new Uint8Array(17e6))
  await assert.rejects(collect(streamOf(bytes, [1e6])), { code: 'CUT_OFF', message: /17000000 came/ })
})

test('in Fortran order a chunk has about 16 MiB by default', async () => {
  const bytes = fileOf("{'descr': '|i1', 'fortran_order': True, 'shape': (9000, 2000)}", new Uint8Array(18e6))
  const chunks = await collect(new Blob([bytes]))
  assert.deepEqual(
    chunks.map(({ length }) => length),
    [8388, 612],
  )
})

test('64 MiB pass through the memory of two chunks', async () => {
  const script = `
    import { npyChunks, toNpy } from 'cosdim/npy'
    const columns = 1024, rows = 16384
    const [head] = [toNpy(new Float32Array(0))]
    const text = "{'descr': '<f4', 'fortran_order': False, 'shape': (16384, 1024), }"
    const header = Buffer.from(text.padEnd(head.length - 11) + '\\n', 'latin1')
    async function* bytes() {
      yield head.subarray(0, 10)
      yield header
      for (let i = 0; i < 1024; i++) yield new Uint8Array(65536).fill(i)
    }
    let most = 0, count = 0, wrong = 0
    for await (const chunk of npyChunks(bytes())) {
      gc()
      most = Math.max(most, process.memoryUsage().arrayBuffers)
      count += chunk.length
      const whole = new Uint8Array(chunk.data.buffer)
      if (whole.length !== 2 ** 20 || whole[0] === whole[whole.length - 1]) wrong++
    }
    console.log(JSON.stringify({ most, count, wrong }))`
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', '--input-type=module', '-e', script], {
    cwd: root,
  })
  const { most, count, wrong } = JSON.parse(stdout)
  assert.deepEqual([count, wrong], [16384, 0])
  assert.ok(most < 6 * 2 ** 20, `${most} bytes`)
})

test('a stream of Node and a real file', async () => {
  const url = new URL('../golden/npy/f4-C-big.npy', import.meta.url)
  const handle = await open(url)
  const whole = fromNpy(file('f4-C-big')).tolist()
  assert.deepEqual(rowsOf(await collect(handle, { rows: 2 })), whole)
  assert.deepEqual(rowsOf(await collect(handle.createReadStream({ highWaterMark: 9 }), { rows: 2 })), whole)
  await withHandle(file('f4-C-big'), [1e9], async (file) => assert.deepEqual(rowsOf(await collect(file)), whole))
})
