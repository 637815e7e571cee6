/**
 * The module's exports, called with hostile values in any order. A call may trap, but it writes nowhere but to the
 * structs, the scratch and the block that it is given: other blocks stay as they are, and the next computation is right.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'

const module = new WebAssembly.Module(readFileSync(new URL('../../dist/cosdim.wasm', import.meta.url)))
const FLOAT32 = 10
const [N, BLOCK] = [64, 4096]
/* The order of address() in c/host/wasm.c. */
const STRUCTS = ['x', 'plan', 'copy', 'vector1', 'vector2', 'term', 'working', 'list', 'strides', 'numbers', 'scratch']

/** A fresh instance with a block to work in, between two that are not to change. */
function setUp() {
  const { exports } = new WebAssembly.Instance(module)
  const wasm = /** @type {any} */ (exports)
  const at = Object.fromEntries(STRUCTS.map((name, i) => [name, wasm.address(i)]))
  const [guard1, block, freed, guard2] = Array.from({ length: 4 }, () => wasm.allocate(BLOCK))
  wasm.release(freed)
  const state = wasm.allocate(wasm.state_bytes())
  const bytes = () => new Uint8Array(wasm.memory.buffer)
  for (const guard of [guard1, guard2]) bytes().fill(0xa5, guard, guard + BLOCK)
  const doubles = () => new Float64Array(wasm.memory.buffer)
  const floats = () => new Float32Array(wasm.memory.buffer)
  const setTensor = (k, shape, data, length = BLOCK / 4) => {
    shape.forEach((size, axis) => {
      doubles()[at.list / 8 + axis] = size
      doubles()[at.strides / 8 + axis] = shape.slice(axis + 1).reduce((a, b) => a * b, 1)
    })
    return wasm.set_tensor(k, FLOAT32, shape.length, data, 0, length)
  }
  // The stack begins with the memory and is never full, so that only a write through NULL changes its end.
  const guards = [guard1, guard2]
  const isIntact = () =>
    bytes()
      .subarray(0, 1024)
      .every((byte) => byte === 0) &&
    guards.every((guard) =>
      bytes()
        .subarray(guard, guard + BLOCK)
        .every((byte) => byte === 0xa5),
    )
  return { wasm, at, block, freed, state, guards, isIntact, doubles, floats, setTensor }
}

/** What a host does for the similarities of 4 rows with one, and for the best of them, all in fresh blocks. */
function normal({ wasm, at, floats, setTensor }) {
  const data = wasm.allocate(5 * N * 4)
  floats().set(
    Array.from({ length: 5 * N }, (_, i) => Math.sin(i)),
    data / 4,
  )
  assert.ok(setTensor(0, [4, N], data, 4 * N) && setTensor(1, [N], data + 4 * 4 * N, N))
  assert.equal(wasm.similarity(1, 1e-8, -1), 0)
  const outputs = []
  while (wasm.next_tile()) {
    for (const k of [0, 1]) assert.equal(wasm.stage(k), 0, 'operands in memory are not staged')
    assert.equal(wasm.accumulate(), 0)
    while (wasm.stage(3)) {
      const staged = new Uint32Array(wasm.memory.buffer)[at.copy / 4 + 10]
      outputs.push(...floats().slice(staged / 4, staged / 4 + 4))
    }
  }
  assert.ok(setTensor(0, [N], data + 4 * 4 * N, N) && setTensor(1, [4, N], data, 4 * N))
  assert.equal(wasm.topk(1, 1e-8, -1), 0)
  const heaps = wasm.allocate(wasm.topk_bytes())
  wasm.topk_begin(heaps)
  while (wasm.next_tile()) {
    assert.equal(wasm.accumulate(), 0)
    wasm.topk_update()
  }
  wasm.topk_end()
  const [value] = new BigInt64Array(wasm.memory.buffer, at.numbers, 1)
  outputs.push(floats()[Number(value) / 4])
  for (const block of [heaps, data]) wasm.release(block)
  return outputs
}

const expected = normal(setUp())

test('the exports compute what the definition says', () => {
  const x = Array.from({ length: 5 * N }, (_, i) => Math.sin(i))
  const dot = (a, b) => x.slice(a, a + N).reduce((sum, value, i) => sum + value * x[b + i], 0)
  const cosines = [0, 1, 2, 3].map((row) => dot(row * N, 4 * N) / Math.sqrt(dot(row * N, row * N) * dot(4 * N, 4 * N)))
  assert.equal(expected.length, 5)
  for (const [i, cosine] of [...cosines, Math.max(...cosines)].entries())
    assert.ok(Math.abs(cosine - expected[i]) < 1e-6)
})

/** Ordinary plans and walks, so that hostile calls also come after and within those. */
const WALKS = {
  similarity: ({ wasm, block, setTensor }) => {
    setTensor(0, [4, N], block)
    setTensor(1, [N], block)
    wasm.similarity(1, 1e-8, -1)
  },
  failed: ({ wasm, block, setTensor }) => {
    setTensor(0, [4, N], block)
    setTensor(1, [5], block)
    wasm.similarity(1, 1e-8, -1)
  },
  slice: ({ wasm, block, setTensor }) => {
    setTensor(0, [4, N], block)
    setTensor(1, [4, N], block)
    wasm.slice(0, 1e-8, -1)
  },
  suspended: ({ wasm, state }) => wasm.suspend(state),
  resumed: ({ wasm, state }) => wasm.resume(state),
  topk: ({ wasm, block, setTensor }) => {
    setTensor(0, [2, N], block)
    setTensor(1, [10, N], block)
    wasm.topk(3, 1e-8, -1)
    wasm.topk_begin(block)
  },
  shard: ({ wasm, block, setTensor }) => {
    setTensor(0, [2, N], block)
    setTensor(1, [10, N], block)
    wasm.topk(0, 1e-8, -1)
    wasm.topk_continue(3, 10, block)
  },
  tile: ({ wasm }) => wasm.next_tile(),
}

const NUMBERS = [
  0,
  1,
  2,
  3,
  4,
  9,
  11,
  12,
  63,
  64,
  65,
  100,
  4096,
  1e5,
  1e9,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  1e308,
]
const ANY_NUMBER = fc.constantFrom(...NUMBERS, ...NUMBERS.map((x) => -x), 0.5, -0.5, NaN, Infinity, -Infinity)
/* Sizes and strides of tensors: larger ones would take long to compute. */
const SIZE = fc.constantFrom(0, 1, 2, 3, 7, 64, 65, 300)

/** Addresses that a host may pass by mistake. @type {Record<string, (instance: any) => number>} */
const POINTERS = {
  ...Object.fromEntries(STRUCTS.map((name) => [name, (/** @type {any} */ { at }) => at[name]])),
  block: ({ block }) => block,
  'inside the block': ({ block }) => block + 16,
  misaligned: ({ block }) => block + 4,
  odd: ({ block }) => block + 1,
  freed: ({ freed }) => freed,
  state: ({ state }) => state,
  'inside the state': ({ state }) => state + 32,
  'before a guard': ({ guards }) => guards[1] - 16,
  'inside a guard': ({ guards }) => guards[0] + 16,
  'after a guard': ({ guards }) => guards[0] + BLOCK,
  'the stack': () => 4096,
  'the last bytes': ({ wasm }) => wasm.memory.buffer.byteLength - 8,
  'beyond the memory': ({ wasm }) => wasm.memory.buffer.byteLength,
  'far beyond the memory': () => 2 ** 32 - 16,
}
const POINTER = fc.constantFrom(...Object.keys(POINTERS))

/* What the linker exports. Nobody calls it. */
const LINKER = ['_initialize', '__errno_location', 'stackSave', 'stackRestore', 'stackAlloc']

/** What the arguments are, most of the time: (d)type, (k) operand, (n)umber, (p)ointer, (s)ize or stride. */
const ARGUMENTS = {
  scratch_size: '',
  used: '',
  topk_bytes: '',
  topk_update: '',
  topk_end: '',
  state_bytes: '',
  finished_outputs: '',
  next_tile: '',
  accumulate: '',
  attention: '',
  working: '',
  terms: '',
  half_to_double: 'n',
  double_to_half: 'n',
  address: 'k',
  allocate: 'n',
  release: 'p',
  set_tensor: 'kdspsn',
  similarity: 'snd',
  slice: 'snd',
  pair: 'dpsdpsnnd',
  weighted_pair: 'dpsdpsdpsn',
  merge_outputs: 'p',
  merge_sums: 'ppn',
  finalize_sums: 'pnnd',
  distance: 'k',
  pairwise: 'nd',
  topk: 'snd',
  topk_begin: 'p',
  topk_continue: 'snp',
  topk_clear: 'pss',
  topk_merge: 'ppss',
  topk_sort: 'pss',
  suspend: 'p',
  resume: 'p',
  stage: 'k',
  explain: 's',
  accumulate_term: 's',
  distribution_begin: 'k',
  distribution_add: 'dn',
  distribution_divide: 'dn',
  view: 's',
  unsqueeze: 's',
  transpose: 'ss',
  size_at: 's',
  pack: 'sp',
}
const KINDS = {
  d: fc.constantFrom(-1, FLOAT32, 11, 0, 2, 9, 12, 1e6),
  k: fc.constantFrom(0, 1, 2, 3, 4, 11, 12, 100, -1, 1e6),
  n: ANY_NUMBER,
  p: POINTER,
  s: SIZE,
}

/** @param {string} name */
const callOf = (name) =>
  fc.record({
    name: fc.constant(name),
    args: fc.tuple(
      ...[...(ARGUMENTS[name] ?? '')].map((kind) => fc.oneof({ weight: 6, arbitrary: KINDS[kind] }, ANY_NUMBER)),
    ),
    sizes: fc.array(fc.tuple(SIZE, fc.oneof(SIZE, ANY_NUMBER)), { minLength: 4, maxLength: 4 }),
  })
const CALL = fc.oneof(
  ...[...Object.keys(ARGUMENTS), ...Object.keys(WALKS), 'tile', 'accumulate', 'accumulate'].map(callOf),
)

/** Runs hostile calls, of which one may trap, then looks for what they have done. */
function run(instance, calls) {
  const { wasm, guards, isIntact } = instance
  for (const call of calls)
    try {
      call(instance)
    } catch (error) {
      assert.ok(error instanceof WebAssembly.RuntimeError, String(error))
      break // a trap leaves the stack as it was
    }
  assert.ok(isIntact(), 'a guard has changed')
  assert.deepEqual(normal(instance), expected)
  const used = wasm.used()
  for (const guard of guards) wasm.release(guard)
  assert.ok(used - wasm.used() >= guards.length * BLOCK, 'the guards are no blocks any more')
  assert.ok(isIntact(), 'a released guard has changed')
}

test('every export is called', () => {
  const names = WebAssembly.Module.exports(module).flatMap(({ name, kind }) => (kind === 'function' ? [name] : []))
  assert.deepEqual(names.sort(), [...Object.keys(ARGUMENTS), ...LINKER].sort())
})

test('no call changes a block that it was not given', () => {
  const hostile =
    ({ name, args, sizes }) =>
    (instance) => {
      const { wasm, at, doubles } = instance
      sizes.forEach(([size, stride], axis) => {
        doubles()[at.list / 8 + axis] = size
        doubles()[at.strides / 8 + axis] = stride
      })
      if (WALKS[name]) WALKS[name](instance)
      else wasm[name](...args.map((arg) => (typeof arg === 'string' ? POINTERS[arg](instance) : arg)))
    }
  fc.assert(
    fc.property(fc.array(CALL, { maxLength: 40 }), (calls) => run(setUp(), calls.map(hostile))),
    { numRuns: Number(process.env.RUNS ?? 1000) },
  )
})

const { similarity, failed, topk, shard } = WALKS
const aTile = ({ wasm }) => {
  wasm.next_tile()
  wasm.accumulate()
}
/** Another guard, where a block was released. */
const addGuard = ({ wasm, guards }) => {
  const guard = wasm.allocate(BLOCK)
  new Uint8Array(wasm.memory.buffer).fill(0xa5, guard, guard + BLOCK)
  guards.push(guard)
}
const FLOAT16 = 9

/** Mistakes of a host, one by one: fuzzing meets them rarely. @type {Record<string, ((instance: any) => void)[]>} */
const MISTAKES = {
  'a pair longer than the scratch': [
    ({ wasm, at }) => wasm.pair(FLOAT16, at.scratch, 1, FLOAT16, at.scratch, 1, 110_000, 0, 11),
    ({ wasm, at }) =>
      wasm.weighted_pair(FLOAT16, at.scratch, 1, FLOAT16, at.scratch, 1, FLOAT16, at.scratch, 1, 110_000),
  ],
  'scores beyond the scratch': [
    ({ wasm }) => wasm.distribution_begin(0),
    ({ wasm }) => wasm.distribution_add(FLOAT32, 64),
    ({ wasm }) => wasm.distribution_divide(FLOAT32, 300_000),
  ],
  'top-k without heaps': [topk, ({ wasm }) => wasm.topk(3, 1e-7, -1), aTile, ({ wasm }) => wasm.topk_update()],
  'the best none, in a block of no bytes': [
    topk,
    (instance) => {
      const { wasm } = instance
      const heaps = wasm.allocate(0)
      addGuard(instance)
      wasm.topk(0, 1e-7, -1)
      wasm.topk_begin(heaps)
      aTile(instance)
      wasm.topk_update()
      wasm.release(heaps)
    },
  ],
  'heaps in NULL': [
    ({ wasm }) => wasm.topk_clear(0, 1, 1),
    ({ wasm }) => wasm.topk_begin(0),
    ({ wasm }) => wasm.suspend(0),
    topk,
    ({ wasm }) => wasm.topk_begin(0),
    ({ wasm }) => wasm.topk_continue(1, 0, 0),
  ],
  'heaps of an earlier plan': [
    ({ wasm, block, setTensor, floats }) => {
      floats().fill(1, block / 4, (block + BLOCK) / 4)
      setTensor(0, [N], block)
      setTensor(1, [1, N], block)
      wasm.topk(1, 1e-8, -1)
      setTensor(0, [BLOCK / 4, 1], block)
      setTensor(1, [1], block)
      wasm.similarity(1, 1e-8, -1)
    },
    ({ wasm }) => {
      const small = wasm.allocate(64) // before the second guard
      wasm.topk_begin(small)
      wasm.topk_continue(1, 0, small)
    },
    aTile,
    ({ wasm }) => wasm.topk_update(),
  ],
  'no rows for each query': [
    ({ floats, block }) => floats().fill(1, block / 4, (block + BLOCK) / 4), // no row is better than any
    shard,
    ({ wasm }) => wasm.topk(0, 1e-8, -1),
    ({ wasm, freed }) => wasm.topk_continue(0, 0, freed),
    (instance) => {
      const { wasm } = instance
      const empty = wasm.allocate(BLOCK - 32) // the released block, but for one of 0 bytes before the guard
      const last = wasm.allocate(0)
      assert.ok(last > empty && last < instance.guards[1], 'the block is not before the guard')
      wasm.topk_continue(0, 0, last)
    },
    aTile,
    ({ wasm }) => wasm.topk_update(),
  ],
  'the end of a shard': [shard, aTile, ({ wasm }) => wasm.topk_update(), ({ wasm }) => wasm.topk_end()],
  'heaps that were released': [
    topk,
    ({ wasm, block }) => wasm.release(block),
    addGuard,
    aTile,
    ({ wasm }) => wasm.topk_update(),
    ({ wasm }) => wasm.topk_end(),
  ],
  'heaps released during a pause': [
    topk,
    aTile,
    (instance) => {
      instance.state = instance.wasm.allocate(instance.wasm.state_bytes())
      instance.wasm.suspend(instance.state)
      instance.wasm.release(instance.block)
    },
    similarity,
    ({ wasm, state }) => wasm.resume(state),
    ({ wasm }) => wasm.topk_end(),
  ],
  'heaps that became smaller during a pause': [
    topk,
    aTile,
    (instance) => {
      const { wasm, block, guards } = instance
      instance.state = wasm.allocate(wasm.state_bytes())
      wasm.suspend(instance.state)
      wasm.release(block)
      assert.equal(wasm.allocate(16), block)
      const guard = wasm.allocate(BLOCK - 64)
      assert.equal(guard, block + 32)
      new Uint8Array(wasm.memory.buffer).fill(0x5a, guard, guard + BLOCK - 64)
      guards.push(wasm.allocate(BLOCK)) // of the size that run() expects
      new Uint8Array(wasm.memory.buffer).fill(0xa5, guards.at(-1), guards.at(-1) + BLOCK)
      instance.small = guard
    },
    similarity,
    ({ wasm, state }) => wasm.resume(state),
    ({ wasm, small }) => {
      wasm.topk_update()
      wasm.topk_end()
      const bytes = new Uint8Array(wasm.memory.buffer, small, BLOCK - 64)
      assert.ok(
        bytes.every((byte) => byte === 0x5a),
        'the block after the heaps has changed',
      )
    },
  ],
  'the end of heaps that go on': [
    ({ wasm, block, guards, setTensor }) => {
      setTensor(0, [2, N], block)
      setTensor(1, [10, N], block)
      wasm.topk(0, 1e-8, -1)
      wasm.topk_begin(guards[0]) // the best 0 need no room
      wasm.topk_continue(3, 10, block)
    },
    ({ wasm }) => wasm.topk_end(),
  ],
  'a walk that was never suspended': [
    (instance) => {
      const { wasm } = instance
      const state = wasm.allocate(wasm.state_bytes())
      const numbers = new Int32Array(wasm.memory.buffer)
      numbers.fill(instance.guards[0], state / 4, (state + wasm.state_bytes()) / 4)
      wasm.resume(state)
    },
    aTile,
    ({ wasm }) => wasm.stage(3),
    ({ wasm }) => wasm.topk_update(),
    ({ wasm }) => wasm.topk_end(),
  ],
  'a tile of a failed plan': [failed, aTile, ({ wasm }) => wasm.stage(3), ({ wasm }) => wasm.accumulate_term(0)],
  'a term without a plan': [({ wasm }) => wasm.accumulate_term(0), ({ wasm }) => wasm.working()],
  'a block released twice': [({ wasm, freed }) => wasm.release(freed), ({ wasm, freed }) => wasm.release(freed)],
  'an operand beyond the last': [
    similarity,
    aTile,
    ...[-1, 4, 100].map(
      (k) =>
        (/** @type {any} */ { wasm }) =>
          wasm.stage(k),
    ),
    ...[-1, 4, 100].map(
      (k) =>
        (/** @type {any} */ { setTensor }) =>
          setTensor(k, [2 ** 31, 2 ** 31], 0),
    ),
  ],
  'a rank above 64': [
    ({ wasm, block }) => wasm.set_tensor(0, FLOAT32, 4096, block, 0, 64),
    ({ wasm }) => wasm.view(4096),
    ({ wasm }) => wasm.explain(4096),
  ],
}

for (const [mistake, calls] of Object.entries(MISTAKES))
  test(`${mistake} changes no other block`, () => run(setUp(), calls))

test('a pair longer than its room needs a plan', () => {
  const { wasm, at } = setUp()
  const most = (wasm.address(11) - at.scratch) / 4
  const pair = (n) => wasm.pair(FLOAT32, at.scratch, 1, FLOAT32, at.scratch, 1, n, 1, -1)
  assert.equal(most, 32768)
  const weighted = (n) => wasm.weighted_pair(FLOAT32, at.scratch, 1, FLOAT32, at.scratch, 1, FLOAT32, at.scratch, 1, n)
  assert.equal(pair(most), 0)
  for (const n of [0, -1, most + 1, 2 ** 31 - 1]) assert.deepEqual([pair(n), weighted(n)], [2, 2])
})

/* Numbers that no dtype has. */
const NO_DTYPES = [-1, 12, 2 ** 31 - 1]

test('each dtype of a pair is checked, and the one that it is cast to', () => {
  const { wasm, block } = setUp()
  for (const cast of [-2, 12, 2 ** 31 - 1, -(2 ** 31)])
    assert.equal(wasm.pair(FLOAT32, block, 1, FLOAT32, block, 1, 4, 1, cast), 2)
  for (const dtype of NO_DTYPES) {
    for (const [one, two] of [
      [dtype, FLOAT32],
      [FLOAT32, dtype],
    ])
      assert.equal(wasm.pair(one, block, 1, two, block, 1, 4, 1, -1), 2)
    for (const place of [0, 1, 2]) {
      const [one, two, weights] = [0, 1, 2].map((i) => (i === place ? dtype : FLOAT32))
      assert.equal(wasm.weighted_pair(one, block, 1, two, block, 1, weights, block, 1, 4), 2)
    }
  }
})

test('a 0-d tensor has its one element at its offset, also before any other was set', () => {
  for (const k of [0, 1, 2])
    for (const [offset, isHeld] of [
      [-1, 0],
      [1, 0],
      [0, 1],
    ]) {
      const { wasm, block } = setUp()
      assert.equal(wasm.set_tensor(k, FLOAT32, 0, block, offset, 1), isHeld, `tensor ${k} at ${offset}`)
    }
})

test('no tensor beyond the last, no unknown dtype and no rank above 64 is set', () => {
  const { wasm, block } = setUp()
  for (const [k, dtype, rank, isSet] of [
    [3, FLOAT32, 64, 1],
    [4, FLOAT32, 0, 0],
    [-1, FLOAT32, 0, 0],
    [0, -1, 0, 0],
    [0, FLOAT32 + 2, 0, 0], // float64 is the last
    [0, FLOAT32, 65, 0],
    [0, FLOAT32, -1, 0],
  ])
    assert.equal(wasm.set_tensor(k, dtype, rank, block, 0, 1), isSet, `tensor ${k} of dtype ${dtype} and rank ${rank}`)
})

test('heaps go on with valid numbers only', () => {
  for (const [k, first, isRight] of [
    [3, 10, true],
    [3, 2 ** 53, true],
    [0, 10, false],
    [NaN, 10, false],
    [3, -1, false],
    [3, 2 ** 53 + 2, false],
    [3, NaN, false],
    [BLOCK, 10, false], // more than the block has room for
  ]) {
    const { wasm, block, setTensor } = setUp()
    setTensor(0, [2, N], block)
    setTensor(1, [10, N], block)
    wasm.topk(0, 1e-8, -1)
    wasm.topk_continue(k, first, block)
    assert.equal(wasm.topk_bytes() > 0, isRight, `k ${k} and the first row ${first}`)
  }
})

test('an explanation is of the first two tensors, whatever the third is', () => {
  const { wasm, at, block, doubles, setTensor } = setUp()
  setTensor(2, [7, 5], block)
  WALKS.similarity({ wasm, block, setTensor })
  const size = at.vector2 - at.vector1
  const behind = () => new Uint8Array(wasm.memory.buffer).slice(at.vector2 + size, at.vector2 + 2 * size)
  doubles()[at.list / 8] = 3
  const before = behind()
  assert.equal(wasm.explain(1), 0)
  assert.deepEqual(behind(), before)
})

test('sums become elements of floating dtypes only', () => {
  const { wasm, block, doubles } = setUp()
  const [SUMS, FIRST] = [56, block / 8]
  const fill = () => {
    new Uint8Array(wasm.memory.buffer).fill(0xa5, block, block + BLOCK)
    doubles().set([3, 0, 2, 0, 8, 0, 0], FIRST) // dot and squares of norms: 3 / √(2 · 8)
  }
  const outputs = { 9: [0x3a00, Uint16Array], 10: [0.75, Float32Array], 11: [0.75, Float64Array] }
  for (const dtype of [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 2 ** 31 - 1, -(2 ** 31)]) {
    fill()
    const expected = new Uint8Array(wasm.memory.buffer).slice(block, block + BLOCK)
    const [value, Class] = outputs[dtype] ?? []
    if (Class) new Class(expected.buffer)[SUMS / Class.BYTES_PER_ELEMENT] = value
    wasm.finalize_sums(block, 1, 1e-8, dtype)
    assert.deepEqual(new Uint8Array(wasm.memory.buffer).slice(block, block + BLOCK), expected, `dtype ${dtype}`)
  }
})

test('a walk is only resumed from the block in which it was suspended', () => {
  const { wasm, at, block, doubles, setTensor } = setUp()
  similarity({ wasm, block, setTensor })
  const size = wasm.state_bytes()
  const [state, other, small] = [wasm.allocate(size), wasm.allocate(size), wasm.allocate(size - 32)]
  assert.ok(wasm.next_tile())
  wasm.suspend(state)
  const bytes = () => new Uint8Array(wasm.memory.buffer)
  const isResumed = (from) => {
    failed({ wasm, block, setTensor })
    wasm.resume(from)
    doubles()[at.list / 8] = 0
    return wasm.explain(1) === 0 // an error if there is no walk
  }
  failed({ wasm, block, setTensor })
  wasm.suspend(other)
  assert.ok(!isResumed(other), 'a walk that failed')
  assert.ok(isResumed(state))
  bytes().copyWithin(other, state, state + size)
  assert.ok(!isResumed(other), 'from a copy')
  for (const elsewhere of [small, at.scratch, wasm.memory.buffer.byteLength - 4096]) {
    bytes().copyWithin(elsewhere, state, state + size)
    new Uint32Array(wasm.memory.buffer)[elsewhere / 4] = elsewhere // what tells it from other memory
    assert.ok(!isResumed(elsewhere), 'from memory that is no block, or too small')
  }
})

test('every other one of 40,000 blocks is released in 50 ms', () => {
  const times = [0, 1, 2].map(() => {
    const { wasm } = setUp()
    const blocks = Array.from({ length: 40_000 }, () => wasm.allocate(4))
    const start = process.cpuUsage()
    for (let i = 0; i < blocks.length; i += 2) wasm.release(blocks[i])
    assert.equal(wasm.allocate(4), blocks[0])
    return process.cpuUsage(start).user / 1000
  })
  assert.ok(Math.min(...times) <= 50, `${times} ms`)
})
