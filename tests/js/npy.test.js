/** cosdim/npy: files that NumPy wrote, what it says of damaged ones, and what it would write. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tensor } from 'cosdim'
import { fromNpy, npyHeader, toNpy } from 'cosdim/npy'
import fc from 'fast-check'
import {
  arrays,
  codeOf,
  collect,
  exactly,
  file,
  fileOf,
  golden,
  headers,
  refused,
  rowsOf,
  written,
} from './npy-files.js'
import { SOURCES } from './npy-sources.js'

test('arrays of every dtype, order, version and rank are what NumPy reads', async () => {
  for (const { file: name, dtype, shape, list } of arrays) {
    const read = fromNpy(file(name))
    assert.deepEqual([read.dtype, read.shape, read.tolist()], [dtype, shape, exactly(list, dtype)], name)
    assert.deepEqual(rowsOf(await collect(new Blob([file(name)]))), exactly(list, dtype), name)
  }
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

test('toNpy writes headers of every length as np.save does', () => {
  for (const [shape, start] of written) {
    const bytes = toNpy(tensor(new Uint8Array(shape.length ? 12 : 1), { shape }))
    assert.equal(Buffer.from(bytes).toString('latin1', 0, start.length), start)
    assert.equal(bytes.length, start.length + (shape.length ? 12 : 1))
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

test('a header that NumPy refuses is refused, and one that it reads means the same', async () => {
  let same = 0
  for (const [header, numpy] of headers) {
    const blob = new Blob([fileOf(header)])
    let read
    if (await codeOf(async () => (read = await npyHeader(blob)))) continue
    assert.ok(numpy, `NumPy refuses ${header}`)
    const [shape, fortranOrder, dtype] = numpy
    assert.deepEqual(read, { dtype, shape, fortranOrder }, header)
    same++
  }
  assert.ok(same >= 90, `${same} are read`)
})

test('refuses with one sentence that says what to do', async () => {
  const endless = (order) => fileOf(`{'descr': '|i1', 'fortran_order': ${order}, 'shape': (8, ${2 ** 45}), }`)
  const long = Uint8Array.from(file('version-2'), (byte, i) => (i >= 8 && i < 12 ? 255 : byte))
  const big = "{'descr': '<f4', 'fortran_order': True, 'shape': (100000, 1000), }"
  const cases = /** @type {[Uint8Array, string, RegExp][]} */ ([
    [file('structured'), 'STRUCTURED', /structured: x, y, größe\. Save one field: np\.save\('a\.npy', a\['x'\]\)/],
    [file('unicode'), 'STRUCTURED', /structured: 数, y\./],
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
    [long, 'HEADER', /says that it is 4294967295 bytes long/],
    [endless('False'), 'CUT_OFF', /281474976710656 bytes of elements were announced, 0 came/],
    [endless('True'), 'FORTRAN', /in Fortran order/],
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
  assert.equal(refused.length, 10)
  for (const [name] of refused) assert.throws(() => fromNpy(file(name)), TypeError, name)
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
