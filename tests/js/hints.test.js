/** Hints: each names a call, and what the call gives has the numbers that the argument holds. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Field, FixedSizeList, Float32, Table, vectorFromArray } from 'apache-arrow'
import * as cosdim from 'cosdim'
import { bignumber, sparse } from 'mathjs'
import { Tensor as OnnxTensor } from 'onnxruntime-common'
import { SparseVector } from 'pgvector'

/** @type {any} So that wrong arguments compile. */
const untyped = cosdim
const { cosineDistance, cosineSimilarity, pairwiseCosineSimilarity, tensor, topkCosineSimilarity } = untyped

const A = [0.5, -2, 3]
const ROWS = [A, [1, 2, 4]]
const floats = (/** @type {any} */ list = A) => Float32Array.from(list.flat())
const bits = Uint16Array.of(0x3800, 0xc000, 0x4200) // of A
const json = (x) => JSON.parse(JSON.stringify(x))
/** As Node pools it: with other bytes before it. */
const pooled = (array) => Buffer.concat([Buffer.alloc(8), Buffer.from(array.buffer)]).subarray(8)
const base64 = (array) => Buffer.from(array.buffer).toString('base64')
/** What transformers.js keeps in its tensors. */
const transformers = (...args) => ({ ort_tensor: new OnnxTensor(.../** @type {[any, any, any]} */ (args)) })
/** Bits, or numbers where the engine has Float16Array. */
const onnxHalves = json(new OnnxTensor('float16', /** @type {any} */ (bits), [3]))
const listColumn = vectorFromArray(ROWS, new FixedSizeList(3, new Field('item', new Float32())))
const response = (list) => ({
  object: 'list',
  data: list.map((embedding, index) => ({ object: 'embedding', index, embedding })),
  model: 'text-embedding-3-small',
  usage: { prompt_tokens: 8, total_tokens: 8 },
})

/**
 * What is passed, what it holds, and the expression of the hint.
 * @type {Record<string, [x: any, holds: any, expression: string]>}
 */
const HINTS = {
  'a list in JSON': ['[0.5, -2, 3]', A, 'JSON.parse(x)'],
  'a matrix in JSON': [JSON.stringify(ROWS), ROWS, 'JSON.parse(x)'],
  "pgvector's text": ['[0.5,-2,3]', A, 'JSON.parse(x)'],
  'the text of a PostgreSQL array': ['{0.5,-2,3}', A, "x.trim().slice(1, -1).split(',').map(Number)"],
  'numbers in a string': ['0.5, -2, 3', A, "x.split(',').map(Number)"],
  base64: [base64(floats()), A, 'new Float32Array(Uint8Array.from(atob(x), (c) => c.charCodeAt(0)).buffer)'],
  'a Buffer in JSON': [json(Buffer.from(floats().buffer)), A, 'new Float32Array(Uint8Array.from(x.data).buffer)'],
  'an ArrayBuffer': [floats().buffer, A, 'new Float32Array(x)'],
  'a DataView': [
    new DataView(pooled(floats()).buffer, pooled(floats()).byteOffset, 12),
    A,
    'new Float32Array(x.buffer, x.byteOffset, x.byteLength / 4)',
  ],
  'a typed array in JSON': [json(floats()), A, 'Object.values(x)'],
  'a tensor in JSON, as it was': [
    { data: json(floats(ROWS)), dtype: 'float32', shape: [2, 3], strides: [3, 1], offset: 0 },
    ROWS,
    '{ ...x, data: Object.values(x.data) }',
  ],
  "a tensor's fields in JSON": [
    { dims: [2, 3], type: 'float32', data: json(floats(ROWS)) },
    ROWS,
    '{ ...x, data: Object.values(x.data) }',
  ],
  'half floats in JSON, as bits': [
    { dims: [3], type: 'float16', data: json(bits) },
    A,
    '{ ...x, data: Uint16Array.from(Object.values(x.data)) }',
  ],
  'half floats in JSON': [{ dims: [3], type: 'float16', data: { ...A } }, A, '{ ...x, data: Object.values(x.data) }'],
  "ONNX Runtime's tensor in JSON": [
    json(new OnnxTensor('float32', floats(ROWS), [2, 3])),
    ROWS,
    '{ ...x, data: Object.values(x.cpuData) }',
  ],
  "ONNX Runtime's half floats in JSON": [
    onnxHalves,
    A,
    onnxHalves.cpuData[0] === bits[0]
      ? '{ ...x, data: Uint16Array.from(Object.values(x.cpuData)) }'
      : '{ ...x, data: Object.values(x.cpuData) }',
  ],
  "transformers.js's tensor in JSON": [
    json(transformers('float32', floats(ROWS), [2, 3])),
    ROWS,
    '{ ...x.ort_tensor, data: Object.values(x.ort_tensor.cpuData) }',
  ],
  'a tensor of text': [{ data: '[0.5, -2, 3]', shape: [3] }, A, '{ ...x, data: JSON.parse(x.data) }'],
  'a tensor of nested data': [{ data: ROWS, shape: [2, 3] }, ROWS, '{ ...x, data: x.data.flat(Infinity) }'],
  'a tensor of an ArrayBuffer': [
    { data: floats(ROWS).buffer, shape: [2, 3] },
    ROWS,
    '{ ...x, data: new Float32Array(x.data) }',
  ],
  'an array-like': [{ ...A, length: 3 }, A, 'Array.from(x)'],
  'a Promise': [Promise.resolve(A), A, 'await x'],
  'a function': [() => A, A, 'x()'],
  'a Map': [new Map(Object.entries(A)), A, '[...x.values()]'],
  'a Map of numbers': [new Map([[1, 0.5]]), [0.5], '[...x.values()]'],
  'a Set': [new Set(A), A, '[...x]'],
  'a Set of vectors': [new Set(ROWS.map((row) => floats(row))), ROWS, '[...x]'],
  'an iterator': [A.values(), A, 'toArray' in A.values() ? 'x.toArray()' : '[...x]'],
  "pgvector's SparseVector": [new /** @type {any} */ (SparseVector)(A), A, 'x.toArray()'],
  'mathjs SparseMatrix': [sparse(ROWS), ROWS, 'x.toArray()'],
  'a row': [{ id: 7, text: '[a] note', embedding: A }, A, 'x.embedding'],
  'a row with text': [{ id: 7, embedding: '[0.5,-2,3]' }, A, 'JSON.parse(x.embedding)'],
  'a row with a typed array': [{ id: 7, vector: floats() }, A, 'x.vector'],
  'a row of an Arrow table': [new Table({ embedding: listColumn }).get(0), A, 'x.embedding'],
  "OpenAI's response": [response(ROWS), ROWS, 'x.data.map((row) => row.embedding)'],
  "an HTTP client's response": [{ status: 200, data: response(ROWS) }, ROWS, 'x.data.data.map((row) => row.embedding)'],
  "Ollama's response": [{ model: 'm', embeddings: ROWS, load_duration: 1 }, ROWS, 'x.embeddings'],
  "Gemini's response": [
    { embeddings: ROWS.map((values) => ({ values })) },
    ROWS,
    'x.embeddings.map((row) => row.values)',
  ],
  'outputs of a model': [{ last_hidden_state: new OnnxTensor('float32', floats(), [3]) }, A, 'x.last_hidden_state'],
  'an Arrow table': [new Table({ id: vectorFromArray([1, 2]), x: listColumn }), ROWS, 'x.getChild("x")'],
}

const evaluate = (expression, variables) =>
  new Function(...Object.keys(variables), `return (async () => (${expression}))()`)(...Object.values(variables))

/** The expressions in a hint: for `x`, and for a list of its kind. */
function expressionsOf(call) {
  let message = ''
  assert.throws(call, (/** @type {Error} */ error) => {
    message = error.message
    return error instanceof TypeError
  })
  const found = message.match(
    /(?:Pass one of its columns, such as|Pass what it returns:|[Pp]ass) (.+?)\.(?: Of a list of them, pass (.+)\.)?$/,
  )
  assert.ok(found, message)
  return found.slice(1)
}

for (const [name, [x, holds, expression]] of Object.entries(HINTS))
  test(`${name}: ${expression}`, async () => {
    const calls = [
      () => tensor(x),
      () => cosineSimilarity(x, A),
      () => cosineSimilarity(A, x),
      () => cosineDistance(A, x),
      () => pairwiseCosineSimilarity(x),
      () => topkCosineSimilarity(A, x, 1),
      () => tensor([x]),
      () => tensor([A, x]),
      () => tensor([[x]]),
      () => tensor([floats(), x]),
    ]
    for (const call of calls) assert.equal(expressionsOf(call)[0], expression)
    const [, ofList] = expressionsOf(() => tensor([x]))
    const read = tensor(await evaluate(expression, { x }))
    assert.deepEqual(read.tolist(), holds)
    if (ofList && !name.startsWith('an iterator'))
      assert.deepEqual(tensor(await evaluate(ofList, { list: [x, x] })).tolist(), [holds, holds])
  })

test('single numbers in other types are converted', () => {
  for (const [x, call] of /** @type {const} */ ([
    ['0.5', 'Number(x)'],
    [bignumber(0.5), 'x.toNumber()'],
  ])) {
    assert.throws(
      () => tensor([1, x]),
      (error) => String(error).endsWith(` ${call}.`),
    )
    assert.equal(new Function('x', `return ${call}`)(x), 0.5)
  }
})

test('the hints for bytes and for half floats come first, and work', () => {
  const b = pooled(floats())
  const hints = /** @type {[x: any, expression: string, result: unknown][]} */ ([
    [b, 'new Float32Array(b.buffer, b.byteOffset, b.length / 4)', A],
    [new Uint8Array(b), 'new Float32Array(b.buffer, b.byteOffset, b.length / 4)', A],
    [bits, "tensor(x, { dtype: 'float16' })", A],
  ])
  for (const [x, expression, result] of hints) {
    assert.throws(
      () => cosineSimilarity(x, x, { dim: 0 }),
      ({ message }) => {
        assert.match(message, /common dtype is (Byte|UInt16)\. If these are the (bytes|bits) of (half )?floats, pass /)
        assert.equal(message.split(', pass ')[1].split('. Or')[0], expression)
        return true
      },
    )
    const read = new Function('b', 'x', 'tensor', `return ${expression}`)(x, x, tensor)
    assert.deepEqual([...read], result)
  }
})

test('no hint where it could lead to other numbers', () => {
  const opaque = new (class {
    bitmap = [1, 2, 3]
  })()
  for (const x of [
    { indices: [0, 2], values: [0.5, 3] },
    { a: [1, 2], b: [3, 4] },
    { x: 1, y: 2 },
    { dims: [1, 3], location: 'gpu' },
    opaque,
    'a sentence',
    'text-embedding-3',
    '{1:0.5,3:2}/5',
    {
      get embedding() {
        throw new Error('lost')
      },
    },
    new Date(),
    Symbol('x'),
    undefined,
  ]) {
    assert.throws(() => tensor(x), /where a number is expected\.$/)
    assert.throws(
      () => cosineSimilarity(x, A),
      /Pass a number, nested arrays, a typed array, a tensor\(…\) or \{ data, shape \}\.$/,
    )
  }
})
