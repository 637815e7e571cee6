/** Resident tensors: their fields, when their memory is released, and the error when no memory is left. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { attentionDistribution, cosineDistance, cosineSimilarity, explain, memoryUsage, Tensor, tensor } from 'cosdim'
import { stream } from '../bench/data.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const data = Float32Array.of(1, 2, 3, 4, 5, 6)
const six = () => tensor(data, { shape: [2, 3] })

test('to() copies once, and returns a tensor that is already there', () => {
  const x = six()
  const y = x.to('wasm')
  assert.equal(x.device, 'js')
  assert.equal(x.to('js'), x)
  assert.equal(y.device, 'wasm')
  assert.equal(y.to('wasm'), y)
  assert.deepEqual([y.shape, y.strides, y.dtype], [[2, 3], [3, 1], 'float32'])
  assert.equal(String(y), String(x))
  assert.equal(y.view(6).unsqueeze(0).transpose(0, 1).device, 'wasm')
  assert.equal(tensor([2.5]).to('wasm').item(), 2.5)
  assert.deepEqual(
    tensor([[true], [false]])
      .to('wasm')
      .tolist(),
    [[true], [false]],
  )
  assert.deepEqual(tensor([1n, 2n]).to('wasm').tolist(), [1n, 2n])
  assert.deepEqual(
    tensor([], { shape: [0, 3] })
      .to('wasm')
      .to('js').shape,
    [0, 3],
  )
  assert.throws(
    () => /** @type {any} */ (x).to('cuda'),
    /^TypeError: Expected one of wasm, js device type at start of device string: "cuda"\. /,
  )
})

test('data is a fresh copy of everything that the tensor is a view of', () => {
  const y = six().to('wasm')
  const copy = y.data
  assert.deepEqual(copy, data)
  copy.fill(0)
  assert.deepEqual(y.data, data)
  const { data: all, offset, strides } = y.transpose(0, 1)
  assert.deepEqual([all, offset, strides], [data, 0, [1, 3]])
  const halves = tensor(Uint16Array.of(0x3c00, 0xc000), { dtype: 'float16' }).to('wasm')
  assert.deepEqual(halves.tolist(), [1, -2])
  assert.deepEqual(halves.to('js').data, Uint16Array.of(0x3c00, 0xc000))
})

test('a structured clone, as for another thread, is on the js device', () => {
  const x = six()
  assert.deepEqual(tensor(structuredClone(x.to('wasm').transpose(0, 1))).tolist(), x.transpose(0, 1).tolist())
})

test('every operation takes resident tensors', () => {
  const x = six()
  const y = x.to('wasm')
  const [v, w] = [Float64Array.of(1, 2), Float64Array.of(3, 5)].map((vector) => tensor(vector))
  assert.equal(cosineDistance(v.to('wasm'), w, { weights: v.to('wasm') }), cosineDistance(v, w, { weights: v }))
  assert.deepEqual(
    attentionDistribution(tensor([1, 2, 3]).to('wasm'), y).tolist(),
    attentionDistribution([1, 2, 3], x).tolist(),
  )
  assert.deepEqual(explain(y, x).at(1).terms, explain(x, x).at(1).terms)
  const doubles = tensor(Float64Array.from(data), { shape: [2, 3] })
  for (const dim of [0, 1]) {
    const { terms, ...sums } = explain(doubles.to('wasm'), doubles.to('wasm'), { dim }).at(1)
    const { terms: expected, ...expectedSums } = explain(doubles, doubles, { dim }).at(1)
    assert.deepEqual([terms, sums], [expected, expectedSums])
  }
  const int8 = tensor(Int8Array.of(1, -2, 3), { shape: [1, 3] }).to('wasm')
  assert.deepEqual(cosineSimilarity(int8, y).tolist(), cosineSimilarity([[1, -2, 3]], x).tolist())
})

test('using a tensor or its views after dispose() is an error that says so', () => {
  const y = six().to('wasm')
  const view = y.transpose(0, 1)
  const before = memoryUsage().used
  view.dispose()
  y.dispose()
  assert.ok(memoryUsage().used < before)
  const message = /^TypeError: This tensor was disposed of: .* keep a copy with to\('js'\)\.$/
  for (const use of [
    () => cosineSimilarity(y, six()),
    () => cosineSimilarity(six(), view, { dim: 0 }),
    () => y.data,
    () => y.tolist(),
    () => String(y),
    () => y.view(6),
    () => y.to('js'),
    () => y.to('wasm'),
    () => explain(y, y),
  ])
    assert.throws(use, message, String(use))
  six().dispose() // does nothing on the js device
  six().to('wasm')[Symbol.dispose ?? 'undefined']()
  assert.equal(memoryUsage().used, before - 48)
})

test('strides and an offset that reach beyond its memory are an error', () => {
  /** @type {any} For its memory, which is not public. */
  const y = six().to('wasm')
  /** @type {any} */
  const AnyTensor = Tensor
  const beyond = new AnyTensor({ memory: y.memory, dtype: 'float32', shape: [2, 3], strides: [4, 1], offset: 0 })
  assert.throws(() => cosineSimilarity(beyond, y), /reads elements 0 to 6, but its data has 6/)
  const shifted = new AnyTensor({ memory: y.memory, dtype: 'float32', shape: [6], strides: [1], offset: 1 })
  assert.throws(() => cosineSimilarity(shifted, shifted, { dim: 0 }), /reads elements 1 to 6, but its data has 6/)
})

test('a hundred thousand come and go without growing the memory', () => {
  six().to('wasm').dispose()
  const before = memoryUsage()
  for (let i = 0; i < 1e5; i++) {
    const y = tensor(data.subarray(i % 6)).to('wasm')
    if (i % 1000 === 0) cosineSimilarity(y, y, { dim: 0 })
    y.dispose()
  }
  assert.deepEqual(memoryUsage(), before)
})

test('tensors that were never disposed are freed once they are unreachable', () => {
  const script = `
    import { memoryUsage, tensor } from 'cosdim'
    const x = tensor(new Float32Array(1e6))
    for (let i = 0; i < 100; i++) { x.to('wasm').view(1000, 1000); gc(); await new Promise((resolve) => setTimeout(resolve)) }
    console.log(memoryUsage().used < 1e8)`
  const said = execFileSync(process.execPath, ['--expose-gc', '--input-type=module', '-e', script], { cwd: root })
  assert.equal(String(said), 'true\n')
})

/** The module with a lower memory limit, in pages: the LEB128 of 65535 is replaced by one of the same length. */
function limited(pages) {
  const bytes = readFileSync(`${root}dist/cosdim.wasm`)
  const limit = bytes.indexOf(Buffer.from([0xff, 0xff, 0x03]))
  bytes.set([(pages & 127) | 128, (pages >> 7) | 128, 0], limit)
  return [...bytes]
}

test('where memory is full, the error says how much was asked for, and everything else goes on', () => {
  const script = `
    import { cosineSimilarity, init, memoryUsage, tensor } from 'cosdim'
    await init({ module: new WebAssembly.Module(Uint8Array.from([${limited(64)}])) })
    const [small, large] = [tensor(new Float32Array(400000).fill(1)), tensor(new Float32Array(600000))]
    const held = small.to('wasm')
    const before = memoryUsage().used
    let refused = 0
    for (let i = 0; i < 3; i++)
      try { large.to('wasm') } catch (error) { refused++; if (i === 2) console.log(String(error)) }
    console.log(refused, memoryUsage().used === before)
    console.log(cosineSimilarity(held, small, { dim: 0 }).item(), held.to('js').data.every((x) => x === 1))
    held.dispose()
    console.log(large.to('wasm').device)`
  const said = execFileSync(process.execPath, ['--input-type=module', '-'], {
    cwd: root,
    encoding: 'utf8',
    input: script, // too long for an argument
  })
  const [error, ...rest] = said.trim().split('\n')
  assert.match(
    error,
    /^RangeError: DefaultCPUAllocator: can't allocate memory: you tried to allocate 2400000 bytes\. Tensors hold 2 MiB .*\.$/,
  )
  assert.deepEqual(rest, ['3 true', '1 true', 'wasm'])
})

test('strided elements keep all their bits, wherever they are copied', () => {
  const random = stream(88)
  const words = Uint32Array.from({ length: 2000 }, () => random() * 2 ** 32)
  words.fill(0x7ff0_0001, 100, 400) // signaling NaNs, also of float16 and float64
  for (const Class of [Int8Array, Uint8Array, Int16Array, Uint32Array, Float32Array, Float64Array, BigInt64Array]) {
    const array = new Class(words.buffer)
    for (const [rows, columns, strides, offset] of /** @type {const} */ ([
      [20, 30, [30, 1], 5],
      [20, 30, [31, -1], 40],
      [30, 20, [1, 30], 0],
      [4, 200, [3, 4], 7],
      [5, 6, [7, 2], 1],
    ])) {
      const x = tensor({ data: array, shape: [rows, columns], strides, offset })
      const size = Class.BYTES_PER_ELEMENT
      const expected = []
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++) {
          const start = (offset + row * strides[0] + column * strides[1]) * size
          expected.push(...new Uint8Array(words.buffer, start, size))
        }
      const transposed = x.transpose(0, 1).to('wasm').transpose(0, 1)
      for (const { data } of [x.to('wasm').to('js'), transposed.reshape(-1).to('js')]) {
        const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
        assert.deepEqual([...bytes], expected, `${Class.name} ${strides}`)
      }
    }
  }
})

test('a cast rounds the elements of resident tensors, too', () => {
  // In float16, 2049 is 2048. Two vectors alone need no plan.
  for (const [x, y] of [
    [tensor([2049, 2048]), tensor([1, -1])],
    [
      tensor([
        [2049, 2048],
        [1, 0],
      ]),
      tensor([
        [1, -1],
        [0, 1],
      ]),
    ],
  ])
    for (const first of [x, x.to('wasm')])
      for (const second of [y, y.to('wasm')]) {
        const { data } = cosineSimilarity(first, second, { dim: -1, dtype: 'float16' })
        assert.ok(
          data.every((similarity) => Number(similarity) === 0),
          `${first.device} and ${second.device}`,
        )
      }
})

test('a weight of 0 and an element of 0 leave no trace where squares underflow', () => {
  const weights = [0, 0.5, 0.25, 0.125]
  for (const [u, v] of [
    [
      [1, 2, 3, 0],
      [4, -5, 6, 7],
    ],
    [
      [0, 2, 0, 3],
      [4, 1, 6, 7],
    ],
    [
      [9, 0, 0, 1],
      [0, 1, 0, 1],
    ],
  ]) {
    const expected = cosineDistance(u, v, { weights })
    for (const power of [-600, -1000, 600]) {
      const scaled = (/** @type {number[]} */ x) => Float64Array.from(x, (value) => value * 2 ** power)
      const distance = cosineDistance(scaled(u), scaled(v), { weights })
      assert.ok(Math.abs(distance - expected) < 1e-15, `${u} times 2^${power}: ${distance}, not ${expected}`)
    }
  }
})

test('a transposed tensor has a view of its own shape', () => {
  const x = tensor([
    [1, 2],
    [3, 4],
    [5, 6],
  ]).transpose(0, 1)
  assert.deepEqual(x.view(2, 3).tolist(), [
    [1, 3, 5],
    [2, 4, 6],
  ])
  assert.deepEqual(x.view(2, 1, 3, 1).tolist(), [[[[1], [3], [5]]], [[[2], [4], [6]]]])
  assert.throws(() => x.view(3, 2), /^RangeError: view size is not compatible/)
})
