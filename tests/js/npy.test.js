/** cosdim/npy: files that NumPy wrote, what it says of damaged ones, and how they are read. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { tensor, topkAccumulator, topkCosineSimilarity } from 'cosdim'
import { fromNpy, npyChunks, npyHeader, toNpy } from 'cosdim/npy'
import fc from 'fast-check'
import { cut, SOURCES, streamOf, withHandle } from './npy-sources.js'

const golden = (name) => readFileSync(new URL(`../golden/${name}`, import.meta.url))
const file = (name) => new Uint8Array(golden(`npy/${name}.npy`))
const { arrays, refused, headers } = JSON.parse(String(golden('npy.json')))

const SPECIAL = { nan: NaN, inf: Infinity, '-inf': -Infinity, '-0': -0 }

/** A list as npy.json has it, with the elements of a tensor of that dtype. */
function exactly(list, dtype) {
  if (Array.isArray(list)) return list.map((item) => exactly(item, dtype))
  return dtype.endsWith('int64') ? BigInt(list) : (SPECIAL[list] ?? list)
}

/** What all chunks have together. Every one is kept until the last is read. */
async function collect(source, options) {
  const chunks = []
  for await (const chunk of npyChunks(source, options)) chunks.push(chunk)
  return chunks
}
const rowsOf = (chunks) => (chunks[0].shape.length ? chunks.flatMap((chunk) => chunk.tolist()) : chunks[0].tolist())

const codeOf = async (read) => {
  try {
    await read()
  } catch (error) {
    const { code } = /** @type {import('cosdim/npy').NpyError} */ (error)
    if (code) return code
    throw error
  }
}

/** A header and bytes, as a file of version 1. */
const fileOf = (header, bytes = new Uint8Array()) =>
  new Uint8Array([
    ...Buffer.from('\x93NUMPY\x01\0', 'latin1'),
    header.length & 255,
    header.length >> 8,
    ...Buffer.from(header, 'latin1'),
    ...bytes,
  ])

test('arrays of every dtype, order, version and rank are what NumPy reads', async () => {
  for (const { file: name, dtype, shape, list } of arrays) {
    const read = fromNpy(file(name))
    assert.deepEqual([read.dtype, read.shape, read.tolist()], [dtype, shape, exactly(list, dtype)], name)
    assert.deepEqual(rowsOf(await collect(new Blob([file(name)]))), exactly(list, dtype), name)
  }
})

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

test('toNpy writes the bytes that np.save writes', () => {
  const saved = arrays.filter(({ file: name }) => /-C-little$|^3d-C$|^\dd$|^empty-\d|^version-1$/.test(name))
  assert.equal(saved.length, 21)
  for (const { file: name } of saved) {
    const read = fromNpy(file(name))
    for (const x of [read, read.to('wasm'), { ...read }]) assert.deepEqual(toNpy(x), file(name), name)
    const [ofFortran, ofBigEndian] = [name.replace('-C', '-F'), name.replace('little', 'big')]
    for (const other of [ofFortran, ofBigEndian].filter((other) => arrays.some((one) => one.file === other))) {
      assert.deepEqual(toNpy(fromNpy(file(other))), file(name), other)
      assert.deepEqual(toNpy(fromNpy(file(other)).to('wasm')), file(name), other)
    }
  }
})

test('toNpy writes lists and views', () => {
  const list = [
    [1, 2, 3],
    [4, 5, 6],
  ]
  const data = Float32Array.of(0, 1, 4, 2, 5, 3, 6)
  const plain = toNpy(list)
  for (const x of [
    tensor(list),
    tensor(list).unsqueeze(0).transpose(0, 2).transpose(0, 2).view(2, 3),
    { data, shape: [2, 3], strides: [1, 2], offset: 1 },
    tensor({ data, shape: [3, 2], strides: [2, 1], offset: 1 }).transpose(0, 1),
  ])
    assert.deepEqual(toNpy(x), plain)
  assert.deepEqual(toNpy({ data, shape: [3], strides: [0], offset: 2 }), toNpy([4, 4, 4]))
  assert.deepEqual(
    toNpy({ data, shape: [2, 2], strides: [-2, -1], offset: 6 }),
    toNpy([
      [6, 3],
      [5, 2],
    ]),
  )
  assert.deepEqual(toNpy(tensor(Uint8Array.of(2, 0, 255), { dtype: 'bool' })), toNpy([true, false, true]))
  assert.deepEqual(toNpy(new Float32Array(0)), file('empty-0'))
  assert.throws(() => toNpy(/** @type {any} */ ('text')), TypeError)
})

test('sizes that no memory holds are sizes, if there are no elements', async () => {
  const bytes = fileOf("{'descr': '<f4', 'fortran_order': True, 'shape': (9007199254740991, 0), }")
  for (const chunk of await collect(new Blob([bytes]), { rows: 1 })) assert.deepEqual(chunk.shape, [2 ** 53 - 1, 0])
})

test('any tensor survives', () => {
  const sizes = fc.array(fc.nat(4), { maxLength: 5 })
  fc.assert(
    fc.property(
      sizes,
      fc.nat(4),
      fc.nat(4),
      fc.uint8Array({ minLength: 1024, maxLength: 1024 }),
      (shape, one, other, bytes) => {
        const count = shape.reduce((product, size) => product * size, 1)
        const x = tensor(new Int8Array(bytes.buffer).subarray(0, count), { shape })
        const y = shape.length ? x.transpose(one % shape.length, other % shape.length) : x
        const read = fromNpy(toNpy(y))
        assert.deepEqual([read.shape, read.tolist()], [y.shape, y.tolist()])
      },
    ),
  )
})

test('a header that NumPy refuses is refused, and one that it reads means the same', () => {
  const known = { '<f4': 'float32', '>i8': 'int64', '|b1': 'bool', '<u2': 'uint16' }
  let same = 0
  for (const [header, numpy] of headers) {
    let read
    try {
      const [shape] = header.match(/\((\d+, ?)*\d*\)/) ?? ['()']
      const count = shape.match(/\d+/g)?.reduce((product, size) => product * size, 1) ?? 1
      const descr = header.match(/[<>|=]?([biuf])(\d)/)
      read = fromNpy(fileOf(header, new Uint8Array(Math.min(1e6, count * (descr?.[2] ?? 1)))))
    } catch (error) {
      assert.ok(/** @type {any} */ (error).code, `${header}: ${error}`)
      continue
    }
    assert.ok(numpy, `NumPy refuses ${header}`)
    assert.deepEqual([read.shape, read.dtype], [numpy[0], known[numpy[2]] ?? numpy[2]], header)
    same++
  }
  assert.ok(same >= 80, `${same} are read`)
})

test('refuses with one sentence that says what to do', async () => {
  const big = "{'descr': '<f4', 'fortran_order': True, 'shape': (100000, 1000), }"
  const cases = /** @type {[Uint8Array, string, RegExp][]} */ ([
    [file('structured'), 'STRUCTURED', /structured: x, y, größe\. Save one field: np\.save\('a\.npy', a\['x'\]\)/],
    [file('nested'), 'STRUCTURED', /structured: a, d\./],
    [file('complex'), 'DTYPE', /dtype of this \.npy file is <c16, not one of b1, .*f8\. .*a\.real/],
    [file('object'), 'DTYPE', /is \|O, .*a\.astype\('float32'\)/],
    [file('text'), 'DTYPE', /is <U5, .*a\.astype\('float64'\)/],
    [file('time'), 'DTYPE', /is <M8\[s\], .*a\.astype\('int64'\)/],
    [file('void'), 'DTYPE', /is \|V2, .*a\.astype\('float32'\)/],
    [new Uint8Array(golden('npy/archive.npz')), 'ARCHIVE', /archive of arrays.*np\.load\('a\.npz'\)\['weight'\]/],
    [Buffer.from('<!DOCTYPE html>'), 'NOT_NPY', /it begins with "<!DOCT"\. Save the array with np\.save/],
    [new Uint8Array(), 'NOT_NPY', /it is empty/],
    [file('1d').subarray(0, 90), 'HEADER', /damaged: the file ends in it, after 90 bytes/],
    [fileOf('{}'), 'HEADER', /must have 'descr', 'fortran_order' and 'shape'/],
    [
      fileOf(`{'descr': '|b1', 'fortran_order': False, 'shape': (${'1,'.repeat(65)})}`, Uint8Array.of(1)),
      'HEADER',
      /no array has 65 dims/,
    ],
    [
      fileOf("{'descr': '|b1', 'fortran_order': False, 'shape': (94906267, 94906267)}"),
      'HEADER',
      /no array has the shape/,
    ],
    [fileOf('what'), 'HEADER', /not a dict of Python/],
    [Uint8Array.from(file('1d'), (byte, i) => (i === 6 ? 4 : byte)), 'HEADER', /its version is 4\.0/],
    [file('1d').subarray(0, 150), 'CUT_OFF', /240 bytes of elements were announced, 22 came/],
    [file('f8-F-big').subarray(0, 150), 'CUT_OFF', /280 bytes of elements were announced, 22 came/],
    [Uint8Array.of(...file('1d'), 0), 'TOO_LONG', /goes on after the 240 bytes of its array/],
    [
      fileOf(big, new Uint8Array(1000)),
      'FORTRAN',
      /\(100000, 1000\) is in Fortran order.*400000000 bytes.*ascontiguousarray/,
    ],
  ])
  for (const [bytes, code, words] of cases)
    for (const [kind, use] of Object.entries(SOURCES)) {
      const isCut = code === 'FORTRAN' && /Blob|Handle/.test(kind)
      const expected = isCut ? { code: 'CUT_OFF' } : { code, message: words }
      await assert.rejects(
        use(bytes, [11], (source) => collect(source, { rows: 2 })),
        expected,
        `${kind}: ${code}`,
      )
      if (code !== 'FORTRAN') assert.throws(() => fromNpy(bytes), { code, message: words })
    }
  assert.equal(refused.length, 9)
  for (const [name] of refused) assert.throws(() => fromNpy(file(name)), TypeError, name)
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

for (const [x, words] of /** @type {[any, RegExp][]} */ ([
  ['a.npy', /got "a\.npy"\. Pass \(await fetch\(url\)\)\.body, or await open\(path\) of node:fs\/promises\./],
  [Promise.resolve(), /got a Promise\. Await it first\./],
  [new Response('x'), /got a Response\. Pass its body\./],
  [new Uint8Array(2), /got an? Uint8Array\. .*fromNpy\(bytes\)/],
  [new ArrayBuffer(2), /got an ArrayBuffer\. .*fromNpy/],
  [null, /a Blob or a FileHandle, got null\./],
  [undefined, /got undefined\./],
  [[new Uint8Array(2)], /got an array\./],
]))
  test(`a source that is none: ${words}`, async () => {
    assert.throws(() => npyChunks(x), { name: 'TypeError', message: words })
    await assert.rejects(npyHeader(x), { name: 'TypeError', message: words })
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

test('noise and damage give an error or what is there, however it is read', async () => {
  const damage = fc.record({
    name: fc.constantFrom(...arrays.map((array) => array.file)),
    edits: fc.array(fc.record({ at: fc.nat(), out: fc.nat(2), into: fc.uint8Array({ maxLength: 2 }) }), {
      maxLength: 4,
    }),
    inHeader: fc.boolean(),
    end: fc.nat(600),
  })
  const damaged = damage.map(({ name, edits, inHeader, end }) => {
    const bytes = [...file(name)]
    for (const { at, out, into } of edits) bytes.splice(at % (inHeader ? 128 : bytes.length), out, ...into)
    return Uint8Array.from(bytes.slice(0, end < 300 ? end : undefined))
  })
  const noise = fc
    .tuple(fc.boolean(), fc.uint8Array({ maxLength: 300 }))
    .map(([isNumpy, bytes]) => (isNumpy ? Uint8Array.of(...file('1d').subarray(0, 8), ...bytes) : bytes))
  const outcomes = new Set()
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(damaged, noise),
      fc.constantFrom(...Object.entries(SOURCES).filter(([kind]) => kind !== 'FileHandle')),
      fc.integer({ min: 1, max: 70 }),
      fc.integer({ min: 1, max: 9 }),
      async (bytes, [, use], piece, rows) => {
        let whole
        const code = await codeOf(() => {
          whole = fromNpy(bytes)
        })
        let chunks
        assert.equal(
          await codeOf(async () => {
            chunks = await use(bytes, [piece], (source) => collect(source, { rows }))
          }),
          code,
        )
        outcomes.add(code)
        if (whole) assert.deepEqual(rowsOf(chunks), whole.tolist())
      },
    ),
    { numRuns: 1500 },
  )
  assert.ok(outcomes.size >= 5, [...outcomes].join())
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

const rows12 = () => file('version-1') // 12 rows of 20 bytes, after 128

test('reads no more than the next chunk needs', async () => {
  const stream = streamOf(rows12(), [10])
  const chunks = npyChunks(stream, { rows: 3 })
  assert.deepEqual([stream.state.given, stream.locked], [0, false])
  const read = []
  for (let i = 0; i < 4; i++) {
    await chunks.next()
    read.push(stream.state.given)
  }
  assert.deepEqual(read, [190, 250, 310, 368]) // header and rows, in pieces of 10
  assert.equal((await chunks.next()).done, true)

  const reads = []
  const blob = new Blob([rows12()])
  const counted = { size: blob.size, arrayBuffer() {}, slice: (...range) => reads.push(range) && blob.slice(...range) }
  const ofBlob = npyChunks(/** @type {any} */ (counted), { rows: 3 })
  await ofBlob.next()
  assert.deepEqual(reads, [
    [0, 10],
    [10, 128],
    [128, 188],
  ])
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

test('in Fortran order a chunk has about 16 MiB by default', async () => {
  const bytes = fileOf("{'descr': '|i1', 'fortran_order': True, 'shape': (9000, 2000)}", new Uint8Array(18e6))
  const chunks = await collect(new Blob([bytes]))
  assert.deepEqual(
    chunks.map(({ length }) => length),
    [8388, 612],
  )
})

test('a loop that ends early cancels the stream', async () => {
  const stream = streamOf(rows12(), [30])
  for await (const chunk of npyChunks(stream, { rows: 2 })) if (chunk) break
  assert.deepEqual([stream.state.cancelled, stream.locked], [true, false])

  const readable = Readable.from(cut(rows12(), [30]))
  for await (const chunk of npyChunks(readable, { rows: 2 })) if (chunk) break
  assert.equal(readable.destroyed, true)

  const failing = streamOf(rows12(), [30])
  const loop = async () => {
    for await (const chunk of npyChunks(failing, { rows: 2 })) throw new Error(`no ${chunk.length}`)
  }
  await assert.rejects(loop, /no 2/)
  assert.equal(failing.state.cancelled, true)
})

test('an error ends the stream, and a file stays open', async () => {
  const stream = streamOf(Buffer.from('nothing like it, but long'), [10])
  await assert.rejects(collect(stream), { code: 'NOT_NPY' })
  assert.deepEqual([stream.state.cancelled, stream.locked], [true, false])

  const handle = await open(new URL('../golden/npy/version-1.npy', import.meta.url))
  for await (const chunk of npyChunks(handle)) if (chunk) break
  assert.equal((await collect(handle, { rows: 5 })).length, 3)
  await handle.close()
})

test('an error of the source is given on', async () => {
  const broken = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
  const source = async function* () {
    yield rows12().subarray(0, 150)
    throw broken
  }
  const chunks = npyChunks(source(), { rows: 1 })
  assert.equal((await chunks.next()).value?.length, 1)
  await assert.rejects(chunks.next(), broken)
  const failing = new ReadableStream({ pull: (controller) => controller.error(broken) })
  await assert.rejects(collect(failing), broken)
})

test('a source that changes length while it is read', async () => {
  const bytes = file('f8-F-big')
  let length = bytes.length
  const handle = {
    stat: async () => ({ size: length }),
    read: async (into, _, count, position) => {
      const found = bytes.subarray(position, Math.min(length, position + count))
      into.set(found)
      return { bytesRead: found.length }
    },
  }
  const chunks = npyChunks(handle, { rows: 3 })
  await chunks.next()
  length -= 30
  await assert.rejects(chunks.next(), { code: 'CUT_OFF', message: /280 bytes of elements were announced, 250 came/ })
})

test('a signal ends reading at once', async () => {
  const reason = new Error('enough')
  for (const header of [new Uint8Array(), rows12().subarray(0, 150)]) {
    const controller = new AbortController()
    let cancelled
    const stalled = new ReadableStream({
      start: (stream) => header.length && stream.enqueue(header),
      cancel: (why) => {
        cancelled = true
        return new Promise(() => why) // never done
      },
    })
    const chunks = npyChunks(stalled, { rows: 1, signal: controller.signal })
    if (header.length) assert.equal((await chunks.next()).value?.length, 1)
    const next = chunks.next()
    setTimeout(() => controller.abort(reason), 5)
    await assert.rejects(next, reason)
    assert.deepEqual([cancelled, stalled.locked], [true, false])
  }
  const controller = new AbortController()
  const never = { stat: async () => ({ size: 1e9 }), read: () => new Promise(() => {}) }
  const next = npyChunks(/** @type {any} */ (never), { signal: controller.signal }).next()
  controller.abort()
  await assert.rejects(next, { name: 'AbortError' })
})

test('a signal that aborted before, or while a chunk is in use', async () => {
  const reason = new Error('enough')
  const early = streamOf(rows12(), [30])
  await assert.rejects(collect(early, { signal: AbortSignal.abort(reason) }), reason)
  assert.deepEqual([early.state.given, early.state.cancelled], [0, true])
  await assert.rejects(npyHeader(streamOf(rows12(), [30]), { signal: AbortSignal.abort(reason) }), reason)

  for (const [kind, use] of Object.entries(SOURCES)) {
    const controller = new AbortController()
    let seen = 0
    const loop = async (source) => {
      for await (const _ of npyChunks(source, { rows: 1, signal: controller.signal }))
        if (++seen === 3) controller.abort(reason)
    }
    await assert.rejects(use(file('f4-F-little'), [64], loop), reason, kind)
    assert.equal(seen, 3)
  }
})

test('no listener stays at the signal', async () => {
  let listeners = 0
  const counting = {
    aborted: false,
    addEventListener: () => void listeners++,
    removeEventListener: () => void listeners--,
  }
  await collect(streamOf(rows12(), [30]), { rows: 1, signal: counting })
  assert.equal(listeners, 0)
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
