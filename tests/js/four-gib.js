/**
 * node tests/js/four-gib.js: tensors up to the end of WebAssembly's 4 GiB, beyond 2^31, where an address has its sign bit
 * set. The machine needs 6 GiB of memory, so `npm test` does not run it.
 */
import assert from 'node:assert/strict'
import {
  accumulator,
  cosineSimilarity,
  memoryUsage,
  pairwiseCosineSimilarity,
  pairwiseCosineSimilarityAsync,
  tensor,
  topkCosineSimilarity,
} from 'cosdim'

const values = Float32Array.from({ length: 64 * 1000 }, (_, i) => Math.sin(i * i))
const others = Float32Array.from(values, (x, i) => Math.cos(x + 3 * i))
const [ROWS, COLUMNS] = [64, 1000]
const matrix = (data) => tensor(data, { shape: [ROWS, COLUMNS] })

/** Everything with resident operands gives what it gives with the same operands below 2^31. */
function results(x, y) {
  const columns = x.transpose(0, 1).reshape(-1)
  const copied = columns.data
  columns.dispose()
  return [
    copied,
    cosineSimilarity(x, y).data,
    cosineSimilarity(x, y, { dim: 0 }).data,
    cosineSimilarity(x, matrix(others)).data,
    cosineSimilarity(x.transpose(0, 1), y.transpose(0, 1), { dim: 1, dtype: 'float64' }).data,
    cosineSimilarity(x.view(-1), y.view(-1), { dim: 0 }).data,
    pairwiseCosineSimilarity(x, y).data,
    x.to('js').data,
    tensor([...x]).data,
  ]
}

/** @type {[any, any]} */
const low = [matrix(values).to('wasm'), matrix(others).to('wasm')]
const expected = results(...low)
const heaps = topkCosineSimilarity(low[0], low[1], 5).indices.data
const sums = accumulator({ dim: 0 })
  .update(...low)
  .result().data

/** Fills the memory with tensors of a size, and halves it where one is refused, down to `least` bytes. */
function fill(least) {
  const fillers = []
  for (let size = 2 ** 30; size >= least; ) {
    const zeros = new Uint8Array(size)
    try {
      for (;;) fillers.push(tensor(zeros).to('wasm'))
    } catch (error) {
      assert.match(/** @type {Error} */ (error).message, /^DefaultCPUAllocator: can't allocate memory/)
      size /= 2
    }
  }
  return fillers
}

const fillers = fill(2 ** 20)
const room = fillers.splice(-4) // the last MiBs of the memory
for (const one of room) one.dispose()
/** @type {[any, any]} */
const high = [matrix(values).to('wasm'), matrix(others).to('wasm')]
assert.ok(memoryUsage().total > 2 ** 32 - 2 ** 21, `${memoryUsage().total} bytes`)
assert.deepEqual(results(...high), expected)
assert.deepEqual(topkCosineSimilarity(...high, 5).indices.data, heaps)
assert.deepEqual(
  accumulator({ dim: 0 })
    .update(...high)
    .result().data,
  sums,
)
assert.deepEqual((await pairwiseCosineSimilarityAsync(...high)).data, expected[6])

// Full to the last bytes: what needs memory is refused, and everything else goes on.
const rest = fill(1)
assert.throws(() => topkCosineSimilarity(...high, 5), /^RangeError: DefaultCPUAllocator: .* Tensors hold 409\d MiB/)
await assert.rejects(pairwiseCosineSimilarityAsync(...high), /^RangeError: DefaultCPUAllocator/)
assert.deepEqual(pairwiseCosineSimilarity(...high).data, expected[6])
for (const one of [...rest, ...fillers]) one.dispose()
assert.deepEqual(results(...high), expected)
for (const one of [...high, ...low]) one.dispose()
assert.equal(memoryUsage().used, 0)
console.log(`Tensors are right up to ${memoryUsage().total} bytes.`)
