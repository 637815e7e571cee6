/**
 * Hashes of what the package computes for a fixed set of inputs: the same bits in every engine. The file needs nothing
 * beside the package, and runs anywhere:
 *
 *     node hash.js      deno run --allow-read hash.js      bun hash.js
 *
 * `core` is of what IEEE 754 and the order of additions decide, which the C core computes to the same bits on any CPU.
 * `all` is of everything, with exp() and acos() of the module's own library, copies of NaNs, bytes and texts.
 */

/** Whoever changes the order of additions changes them: node tests/determinism/hash.js prints the new ones. */
export const EXPECTED = { core: '20c84722dbb2db58', all: 'a3d7d3cc289694a2' }

/** @typedef {{ data: any, dtype: string, shape: number[], strides: number[], offset: number }} Operand */
/**
 * A call of an operation. `resident` has a bit for each operand that is in WebAssembly memory. The sums of an `exact` one
 * have no rounding errors, so that the size of the tiles makes no difference.
 * @typedef {{ op: string, operands: Operand[], dim: number, eps: number, cast?: string, k: number, resident: number,
 *   isExact: boolean }} Case
 */

let state = 0
/** 24 random bits, the same everywhere. */
function bits() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return state >>> 8
}
const below = (/** @type {number} */ n) => bits() % n
/** @template T @param {readonly T[]} list */
const pick = (list) => list[below(list.length)]

/** 2 to a power, without Math.pow, which engines round as they like. */
function scaled(/** @type {number} */ x, /** @type {number} */ power) {
  for (; power > 0; power--) x *= 2
  for (; power < 0; power++) x /= 2
  return x
}

const plain = () => (bits() - 2 ** 23) / 2 ** 23
const SPECIAL = [0, -0, NaN, Infinity, -Infinity, scaled(1, -149), scaled(1, -1074), scaled(1, 127)]
/** What the elements of floating operands are. @type {Record<string, () => number>} */
const VALUES = {
  exact: () => (1 + below(8)) * (below(2) ? 1 : -1),
  plain,
  wide: () => scaled(plain(), below(81) - 40),
  huge: () => scaled(plain(), pick([-600, -80, 80, 600])),
  special: () => (below(4) ? plain() : pick(SPECIAL)),
}

const HALF = [0x3c00, 0x4000, 0x4200, 0x4400, 0x4500, 0x4600, 0x4700, 0x4800] // 1 to 8
/** The bits of a half float. @param {string} kind */
function half(kind) {
  if (kind === 'exact') return HALF[below(8)] | (below(2) << 15)
  const any = bits() & 0xffff
  return kind !== 'special' && (any & 0x7c00) === 0x7c00 ? any ^ 0x4000 : any
}

const wide = () => BigInt(bits()) * 2n ** 40n + BigInt(bits()) * 2n ** 16n + BigInt(bits() & 0xffff)
/** By dtype, the array and its elements. @type {Record<string, [any, (kind: string) => any]>} */
const DTYPES = {
  bool: [Uint8Array, () => below(2)],
  uint8: [Uint8Array, bits],
  int8: [Int8Array, bits],
  int16: [Int16Array, bits],
  int32: [Int32Array, () => bits() * 256],
  int64: [BigInt64Array, wide],
  uint16: [Uint16Array, bits],
  uint32: [Uint32Array, () => bits() * 256],
  uint64: [BigUint64Array, wide],
  float16: [Uint16Array, half],
  float32: [Float32Array, (kind) => VALUES[kind]()],
  float64: [Float64Array, (kind) => VALUES[kind]()],
}
export const CODES = Object.keys(DTYPES)
const FLOATS = ['float16', 'float32', 'float64']

/** Where the elements are. The strides are those of rows and columns. @type {((rows: number, columns: number) => number[])[]} */
const LAYOUTS = [
  (_, columns) => [columns, 1],
  (_, columns) => [columns, 1],
  (rows) => [1, rows],
  (_, columns) => [-columns, -1],
  (_, columns) => [2 * columns + 3, 2],
  (_, columns) => [-columns, 1],
  () => [0, 1],
  () => [1, 0],
]

/**
 * @param {string} dtype
 * @param {string} kind
 * @param {number[]} shape one or two sizes
 * @param {(rows: number, columns: number) => number[]} [layout]
 * @returns {Operand}
 */
function operand(dtype, kind, shape, layout = pick(LAYOUTS)) {
  const [rows, columns] = shape.length === 2 ? shape : [1, shape[0]]
  const strides = layout(rows, columns).slice(-shape.length)
  const reach = strides.map((stride, i) => stride * Math.max(0, shape[i] - 1))
  const before = -reach.reduce((sum, x) => sum + Math.min(0, x), 0) + (layout === LAYOUTS[0] ? 0 : below(3))
  const after = reach.reduce((sum, x) => sum + Math.max(0, x), 0)
  const [Elements, element] = DTYPES[dtype]
  const data = new Elements(before + after + 1)
  for (let i = 0; i < data.length; i++) data[i] = element(kind)
  return { data, dtype, shape, strides, offset: before }
}

const ROWS = [1, 2, 3, 4, 5, 7, 9, 16, 33]
const COLUMNS = [0, 1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 31, 33, 64, 100, 257, 301]
/** More than the scratch holds, along either dim. */
const LARGE = [
  [3, 100_003],
  [400, 701],
]

/** @param {number} i @returns {Case} */
function someCase(i) {
  const op = pick(['similarity', 'similarity', 'similarity', 'pairwise', 'topk', 'distance', 'weighted', 'attention'])
  const isLarge = i % 80 === 0
  const isFloat = op === 'attention' || below(3) > 0
  const dtypes = [0, 1].map(() => pick(isFloat ? FLOATS : CODES))
  const isExact = isFloat && below(3) === 0
  const kind = isExact ? 'exact' : pick(['plain', 'plain', 'wide', 'huge', 'special'])
  const resident = below(4)
  const [rows, columns] = isLarge ? pick(LARGE) : [pick(ROWS) + (resident === 3 ? 1 : 0), pick(COLUMNS)]
  const isVector = op === 'distance' || op === 'weighted'
  const one = op === 'attention' || (op === 'topk' && isLarge) ? 1 : op === 'similarity' ? rows : pick(ROWS)
  const shapes = isVector
    ? [[columns || 1], [columns || 1]]
    : [
        [one, columns],
        [rows, columns],
      ]
  const operands = shapes.map((shape, k) =>
    operand(dtypes[k], kind, shape, resident & (1 << k) ? LAYOUTS[0] : undefined),
  )
  if (op === 'weighted') operands.push(operand('float64', 'exact', shapes[0]))
  if (op === 'weighted') for (const [j, weight] of operands[2].data.entries()) operands[2].data[j] = Math.abs(weight)
  return {
    op,
    operands,
    dim: op === 'similarity' ? pick([0, 1, -1]) : 0,
    eps: pick([1e-8, 0, 0.5]),
    cast: isFloat && below(2) ? undefined : pick(FLOATS),
    k: op === 'topk' ? below(rows + 1) : 0,
    resident,
    isExact,
  }
}

/** What the C core computes too. @type {(cosdim: any, x: any[], one: Case) => any[]} */
function compute({ cosineSimilarity, pairwiseCosineSimilarity, ...cosdim }, [x, y, w], { op, dim, eps, cast, k }) {
  const options = cast ? { eps, dtype: cast } : { eps }
  if (op === 'similarity') return [cosineSimilarity(x, y, { dim, ...options })]
  if (op === 'pairwise') return [pairwiseCosineSimilarity(x, y, options)]
  if (op === 'attention') return [cosdim.attentionDistribution(x, y)]
  if (op !== 'topk') return [cosdim.tensor(Float64Array.of(cosdim.cosineDistance(x, y, w && { weights: w })))]
  const { values, indices } = cosdim.topkCosineSimilarity(x, y, k, options)
  return [values, indices]
}

/** A hash of 64 bits: FNV-1a with two primes. */
class Hash {
  a = 0x811c9dc5
  b = 0x1b873593

  /** @param {Uint8Array} bytes */
  add(bytes) {
    for (const byte of bytes) {
      this.a = Math.imul(this.a ^ byte, 0x01000193)
      this.b = Math.imul(this.b ^ byte, 0x85ebca6b)
    }
  }

  toString() {
    return [this.a, this.b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
  }
}

/**
 * The bytes of a result. Of a computed NaN, IEEE leaves the sign and the payload open: all become one.
 * @param {any} result a contiguous tensor
 */
export function bytesOf({ data, dtype }) {
  const { buffer } = new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice()
  const words = new Uint16Array(buffer, 0, buffer.byteLength >> 1)
  const size = data.BYTES_PER_ELEMENT >> 1
  const infinity = { float16: 0x7c00, float32: 0x7f80, float64: 0x7ff0 }[/** @type {string} */ (dtype)]
  for (let top = size - 1; infinity && top < words.length; top += size) {
    const rest = words.subarray(top - size + 1, top)
    const magnitude = words[top] & 0x7fff
    if (magnitude < infinity || (magnitude === infinity && rest.every((word) => word === 0))) continue
    rest.fill(0)
    words[top] = infinity | (infinity >> 1) // the quiet bit is among these
  }
  return new Uint8Array(buffer)
}

/** What is computed by the package. @param {any} cosdim @param {Case} one */
function outputsOf(cosdim, one) {
  const made = one.operands.map((x, k) => (one.resident & (1 << k) ? cosdim.tensor(x).to('wasm') : x))
  const outputs = compute(cosdim, made, one)
  for (const x of made) x.dispose?.()
  return outputs.map(bytesOf)
}

const TOTAL = 500

/**
 * The cases of the core, with their outputs.
 * @param {any} cosdim
 * @returns {Generator<{ one: Case, outputs: Uint8Array[] }>}
 */
export function* coreCases(cosdim) {
  state = 1
  for (let i = 0; i < TOTAL; i++) {
    const one = someCase(i)
    yield { one, outputs: outputsOf(cosdim, one) }
  }
}

/** Everything else. @type {((cosdim: any, x: any, y: any) => any)[]} each gives tensors, bytes, numbers or texts */
const REST = [
  ({ cosineSimilarity }, x, y) => [0, 1].map((dim) => cosineSimilarity(x, y, { dim })),
  ({ cosineSimilarity }, x, y) => cosineSimilarity(x.reshape(-1), y.reshape(-1), { dim: 0 }),
  ({ cosineSimilarity }, x, y) => cosineSimilarity(x.tolist(), y.tolist()),
  ({ cosineSimilarity }, x, y) => cosineSimilarity(x.reshape(-1).tolist(), y.reshape(-1).tolist(), { dim: 0 }),
  ({ cosineDistance }, x, y) => [cosineDistance(x.reshape(-1), y.reshape(-1))],
  ({ attentionDistribution }, x, y) =>
    attentionDistribution(x.reshape(-1).to('js'), y.reshape(1, -1), { normalize: 'sum' }),
  ({ attentionDistribution, tensor }, x, y) =>
    attentionDistribution(tensor([x.tolist()[0]]), y, { normalize: 'softmax' }),
  ({ explain }, x, y) => {
    const { similarity, angle, dot, norm1, norm2, clamped1, clamped2, terms } = explain(x, y).at(x.shape[0] - 1)
    return [
      similarity,
      angle,
      dot,
      norm1,
      norm2,
      clamped1,
      clamped2,
      ...terms.flatMap((term) => Object.values(term).flat()),
    ]
  },
  ({ accumulator }, x, y) => {
    const sums = accumulator({ dim: 0 }).update(x, y).update(y, x)
    const twice = accumulator.fromBytes(sums.toBytes()).merge(sums).result()
    return [sums.result(), twice, ...bytesWithoutNaN(sums, [...twice])]
  },
  ({ topkAccumulator }, x, y) => {
    const best = topkAccumulator(x, 3).update(y).update(x)
    const { values, indices } = best.result()
    return [values, indices, ...bytesWithoutNaN(best, [...values.reshape(-1)])]
  },
  ({ pairwiseCosineSimilarityAsync }, x, y) => pairwiseCosineSimilarityAsync(x, y),
  async ({ topkCosineSimilarityAsync }, x, y) => Object.values(await topkCosineSimilarityAsync(x, y, 1)),
  ({ cosineSimilarityAsync }, x, y) => cosineSimilarityAsync(slices(x), slices(y), { dim: 0 }),
  (_, x) => [x.transpose(0, 1).reshape(-1), x.unsqueeze(1).reshape(-1, 1)],
  (_, x, y) => [String(x), String(y), JSON.stringify(x)],
  ({ fromNpy, toNpy }, x) => [toNpy(x), fromNpy(toNpy(x.transpose(0, 1)))],
]

/** The bytes of an accumulator. They have its NaNs, if there are any, whose bits IEEE leaves open. */
function bytesWithoutNaN(/** @type {any} */ kept, /** @type {number[]} */ values) {
  return values.some(Number.isNaN) ? [] : [kept.toBytes()]
}

async function* slices(/** @type {any} */ x) {
  const rows = [...x]
  for (let i = 0; i < rows.length; i += 2) yield rows.slice(i, i + 2)
}

/** Copies keep every bit of a NaN. @param {any} cosdim @param {Hash} hash */
function hashCopies({ tensor }, hash) {
  for (const [dtype, words] of Object.entries({ float16: 500, float32: 1000, float64: 2000 })) {
    const random = Uint16Array.from({ length: words }, () => bits() | (below(2) && 0x7c00))
    const data = new DTYPES[dtype][0](random.buffer)
    const x = tensor({ data, dtype, shape: [20, 25] })
    for (const copy of [
      x.to('wasm').to('js'),
      x.transpose(0, 1).reshape(-1),
      x.to('wasm').transpose(0, 1).reshape(500).to('js'),
    ])
      hash.add(new Uint8Array(copy.data.buffer, copy.data.byteOffset, copy.data.byteLength))
  }
}

/** What a call gives, or what its error says: a list takes no number that is too large for float32. @param {() => any} call */
async function outcomeOf(call) {
  try {
    return await call()
  } catch (error) {
    return /** @type {Error} */ (error).message
  }
}

/** @param {Hash} hash @param {any} outcome */
function hashAny(hash, outcome) {
  for (const one of Array.isArray(outcome) ? outcome : [outcome])
    if (one instanceof Uint8Array) hash.add(one)
    else if (typeof one === 'object') hash.add(bytesOf(one.to('js')))
    else
      hash.add(
        typeof one === 'string'
          ? new TextEncoder().encode(one)
          : bytesOf({ data: Float64Array.of(Number(one)), dtype: 'float64' }),
      )
}

/**
 * @param {any} library the exports of cosdim and of cosdim/npy
 * @returns {Promise<{ core: string, all: string }>}
 */
export async function hashesOf(library) {
  const hash = new Hash()
  for (const { outputs } of coreCases(library)) for (const bytes of outputs) hash.add(bytes)
  const core = String(hash)
  hashCopies(library, hash)
  for (const dtype of FLOATS)
    for (const kind of Object.keys(VALUES))
      for (const columns of [1, 5, 16, 33]) {
        const [x, y] = [0, 1].map(() => library.tensor(operand(dtype, kind, [7, columns])).reshape(7, columns))
        for (const use of REST) hashAny(hash, await outcomeOf(() => use(library, x, y)))
      }
  return { core, all: String(hash) }
}

/** Whether this file is the program, rather than a module of a page or of a test. */
const isProgram = /hash\.js$/.test(/** @type {any} */ (globalThis).process?.argv?.[1] ?? '')
if (isProgram) {
  const found = await hashesOf({ ...(await import('cosdim')), ...(await import('cosdim/npy')) })
  const isSame = found.core === EXPECTED.core && found.all === EXPECTED.all
  console.log(isSame ? 'the expected bits' : `${JSON.stringify(found)}, not ${JSON.stringify(EXPECTED)}`)
  if (!isSame) process.exitCode = 1
}
