/** Containers of other libraries: each is read as the numbers that it holds, and as no others. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  Bool,
  Field,
  FixedSizeList,
  Float16,
  Float32,
  Float64,
  Int8,
  Int64,
  List,
  makeData,
  makeVector,
  RecordBatch,
  Schema,
  Struct,
  Table,
  TimestampMillisecond,
  tableFromIPC,
  tableToIPC,
  Utf8,
  Vector,
  vectorFromArray,
} from 'apache-arrow'
import * as cosdim from 'cosdim'
import fc from 'fast-check'
import { all, create } from 'mathjs'
import { Matrix, MatrixSelectionView, MatrixTransposeView } from 'ml-matrix'
import ndarray from 'ndarray'

/** @type {any} So that wrong arguments compile. */
const untyped = cosdim
const { cosineSimilarity, pairwiseCosineSimilarity, tensor, topkCosineSimilarity } = untyped
/** @type {any} */
const math = create(/** @type {any} */ (all))

const A = [1, 2, 3]
const B = [4, 5, 6]
const ROWS = [A, B]
const f32 = (/** @type {number[]} */ ...elements) => Float32Array.of(...elements)

const listOf = (type, size) =>
  size ? new FixedSizeList(size, new Field('item', type)) : new List(new Field('item', type))
/** @type {(rows: any[], size?: number, type?: any) => any} */
const listVector = (rows, size = 3, type = new Float32()) => vectorFromArray(rows, listOf(type, size))

/** Containers of A, and of both rows. */
const numjs = (selection) => Object.assign(Object.create({ tolist() {} }), { selection })
class DuckDBArrayValue {
  constructor(items) {
    this.items = items
  }
}
const duckdb = (items) => new DuckDBArrayValue(items)

/* numjs needs native modules and @duckdb/node-api 70 MB. Their classes are small: NdArray of numjs 0.16 keeps an ndarray as
 * `selection`; DuckDBArrayValue and DuckDBListValue of @duckdb/node-api 1.5 keep an array as `items`. */
const VECTORS = {
  'Arrow Float32': vectorFromArray(A, new Float32()),
  'Arrow Float32 over an array': makeVector(f32(...A)),
  'a row of an Arrow matrix': listVector([B, A]).get(1),
  'a row of an Arrow table': new Table({ x: listVector([B, A]) }).get(1)?.x,
  'mathjs DenseMatrix': math.matrix(A),
  'numjs array': numjs(ndarray(A)),
  'numjs float32': numjs(ndarray(f32(3, 2, 1)).step(-1)),
  'DuckDB ARRAY': duckdb(A),
  'ml-matrix row': new Matrix([A]),
  'ml-matrix rowVector': Matrix.rowVector(A),
}
const MATRICES = {
  'Arrow FixedSizeList': listVector(ROWS),
  'Arrow List': listVector(ROWS, 0),
  'Arrow, two chunks': listVector([A]).concat(listVector([B])),
  'Arrow, two chunks of lists': listVector([A], 0).concat(listVector([B], 0)),
  'Arrow, an empty chunk': listVector([]).concat(listVector(ROWS)),
  'Arrow, a slice': listVector([B, ...ROWS, A]).slice(1, 3),
  'Arrow, a slice of lists': listVector([B, B, ...ROWS, A], 0).slice(2, 4),
  'Arrow, a slice of chunks': listVector([[7, 7, 7], A])
    .concat(listVector([B, A]))
    .slice(1, 3),
  "a table's column": new Table({ id: vectorFromArray(['a', 'b']), x: listVector(ROWS) }).getChild('x'),
  'a column after IPC': tableFromIPC(tableToIPC(new Table({ x: listVector(ROWS) }))).getChild('x'),
  'ml-matrix Matrix': new Matrix(ROWS),
  'ml-matrix view': new MatrixTransposeView(
    new Matrix([
      [1, 4],
      [2, 5],
      [3, 6],
    ]),
  ),
  'ml-matrix selection': new MatrixSelectionView(new Matrix([B, A, B]), [1, 2], [0, 1, 2]),
  'mathjs DenseMatrix': math.matrix(ROWS),
  'numjs array': numjs(ndarray([1, 4, 2, 5, 3, 6], [3, 2]).transpose(1, 0)),
  'DuckDB rows': [duckdb(A), duckdb(B)],
  'a DuckDB list of lists': duckdb([duckdb(A), duckdb(B)]),
}

for (const [name, x] of Object.entries(VECTORS))
  test(`${name} is a vector`, () => {
    assert.deepEqual(tensor(x).tolist().flat(), A)
    assert.deepEqual(tensor([x, B]).tolist(), ROWS)
    assert.deepEqual(tensor([f32(...A), x]).tolist(), [A, A])
    assert.deepEqual(
      topkCosineSimilarity(B, [x, x], 2).values.tolist(),
      topkCosineSimilarity(B, [A, A], 2).values.tolist(),
    )
  })

for (const [name, x] of Object.entries(MATRICES))
  test(`${name} is a matrix`, () => {
    assert.deepEqual(tensor(x).tolist(), ROWS)
    assert.equal(tensor(x).dtype, 'float32')
    assert.deepEqual(cosineSimilarity(x, B), cosineSimilarity(ROWS, B))
    assert.deepEqual(pairwiseCosineSimilarity(x), pairwiseCosineSimilarity(ROWS))
    assert.deepEqual(topkCosineSimilarity(A, x, 1), topkCosineSimilarity(A, ROWS, 1))
  })

test('Arrow vectors in one chunk are not copied', () => {
  const values = f32(0, ...A, ...B, 0).subarray(1, 7)
  const child = makeData({ type: new Float32(), data: values })
  const x = new Vector([makeData({ type: new FixedSizeList(3, new Field('item', new Float32())), length: 2, child })])
  for (const [vector, offset, list] of /** @type {[any, number, unknown][]} */ ([
    [x, 4, ROWS],
    [x.slice(1), 16, [B]],
    [new Vector([child]), 4, [...A, ...B]],
    [new Vector([child]).slice(2, 4), 12, [3, 4]],
  ])) {
    const { data } = tensor(vector)
    assert.equal(data.buffer, values.buffer)
    assert.equal(data.byteOffset, offset)
    assert.deepEqual(tensor(vector).tolist(), list)
  }
})

test('Arrow vectors of any chunks and slices give what their iterators give', () => {
  const row = fc.array(fc.float({ noNaN: true }), { minLength: 2, maxLength: 2 })
  const chunks = fc.array(fc.array(row, { maxLength: 5 }), { minLength: 1, maxLength: 4 })
  const bound = fc.option(fc.integer({ min: -20, max: 20 }), { nil: undefined })
  const size = fc.constantFrom(0, 2)
  fc.assert(
    fc.property(chunks, bound, bound, bound, bound, size, (lists, a, b, c, d, size) => {
      const [first, ...others] = lists.map((rows) => listVector(rows, size))
      const x = first
        .concat(...others)
        .slice(a, b)
        .slice(c, d)
      assert.deepEqual(
        tensor(x).tolist(),
        Array.from(x, (/** @type {any} */ list) => [...list]),
      )
    }),
  )
})

test("Arrow's number types keep their dtypes", () => {
  for (const [type, list, dtype] of /** @type {const} */ ([
    [new Float64(), [0.1, 0.2], 'float64'],
    [new Float16(), [0.5, -2], 'float16'],
    [new Int8(), [-1, 7], 'int8'],
    [new Int64(), [1n, 2n ** 60n], 'int64'],
  ]))
    for (const x of [vectorFromArray(list, type), listVector([list], 2, type).get(0)]) {
      assert.equal(tensor(x).dtype, dtype)
      assert.deepEqual(tensor(x).tolist(), list)
    }
  const halves = listVector([[1, 2]], 2, new Float16())
  assert.equal(cosineSimilarity(halves, tensor([1, 2], { dtype: 'float16' })).item(), 1)
  assert.deepEqual(
    tensor(
      listVector(
        [
          [A, B],
          [B, A],
        ],
        2,
        listOf(new Float32(), 3),
      ),
    ).tolist(),
    [
      [A, B],
      [B, A],
    ],
  )
  assert.deepEqual(tensor(vectorFromArray([], new Float32())).shape, [0])
  assert.deepEqual(tensor(listVector([])).shape, [0, 3])
  assert.deepEqual(tensor(listVector([], 0)).shape, [0, 0])
})

test('a null in an Arrow vector is an error that names the row', () => {
  for (const [x, row] of /** @type {[any, number][]} */ ([
    [vectorFromArray([1, null, 3], new Float32()), 1],
    [listVector([A, B, null]), 2],
    [listVector([A, [1, null, 2]]), 1],
    [listVector([A, null], 0), 1],
    [listVector([A, B, [1, null, 2]], 0), 2],
    [listVector([A, B, null]).slice(1), 1],
    [listVector(ROWS).concat(listVector([A, null])), 3],
  ]))
    for (const call of [() => tensor(x), () => cosineSimilarity(x, A), () => topkCosineSimilarity(A, x, 1)])
      assert.throws(call, {
        name: 'TypeError',
        message: new RegExp(`dtype of NoneType\\. Row ${row} of the Vector is null`),
      })
  assert.deepEqual(tensor(listVector([null, A]).slice(1)).tolist(), [A])
})

test('Arrow vectors of other lengths and types are errors', () => {
  const uneven = /^RangeError: expected sequence of length 3 at dim 1 \(got 2\)\. \[1\] is 2 long/
  assert.throws(() => tensor(listVector([A, [1, 2]], 0)), uneven)
  assert.throws(() => tensor(listVector([A], 0).concat(listVector([[1, 2]], 0))), uneven)
  const several = [
    [1, 2],
    [3, 4],
  ]
  assert.throws(() => tensor(listVector([A], 0).concat(listVector(several, 0))), uneven)
  const blocks = (rows) => listVector([rows], 0, listOf(new Float32(), 0))
  assert.throws(
    () => tensor(blocks(ROWS).concat(blocks(several))),
    / length 3 at dim 2 \(got 2\)\. \[1\]\[0\] is 2 long/,
  )
  for (const [x, type] of /** @type {[any, string][]} */ ([
    [vectorFromArray(['a']), 'Dictionary<Int32, Utf8>'],
    [vectorFromArray(['a'], new Utf8()), 'Utf8'],
    [vectorFromArray([true], new Bool()), 'Bool'],
    [vectorFromArray([new Date()], new TimestampMillisecond()), 'Timestamp<MILLISECOND>'],
    [listVector([[true]], 1, new Bool()), 'FixedSizeList[1]<Bool>'],
  ]))
    assert.throws(
      () => tensor(x),
      (/** @type {Error} */ { message }) => {
        assert.equal(
          message,
          `Could not infer dtype of Vector. Its type is ${type}: pass [...x], if its items are numbers or lists of them.`,
        )
        return true
      },
    )
  assert.deepEqual(tensor([...vectorFromArray([true, false], new Bool())]).tolist(), [true, false])
})

test('an ndarray over a Buffer is one of uint8, or of the floats that a view of it holds', () => {
  const buffer = Buffer.from(f32(...A).buffer)
  const floats = new Float32Array(buffer.buffer, buffer.byteOffset, 3)
  assert.deepEqual(tensor(ndarray(floats, [1, 3])).tolist(), [A])
  const bytes = tensor(ndarray(Buffer.of(1, 2, 3, 4), [2, 2]))
  assert.equal(bytes.dtype, 'uint8')
  assert.deepEqual(bytes.tolist(), [
    [1, 2],
    [3, 4],
  ])
  assert.throws(
    () => cosineSimilarity(ndarray(buffer), ndarray(buffer)),
    /common dtype is Byte\. If these are the bytes of/,
  )
})

test('what a container holds is checked as in a list', () => {
  assert.throws(() => tensor(math.matrix(['a'])), /\[0\] is "a", where a number is expected/)
  assert.throws(
    () => tensor(math.matrix([math.complex(1, 2)])),
    /dtype of Complex\. \[0\] is a Complex, where a number/,
  )
  assert.throws(() => tensor(duckdb([1, null])), /dtype of NoneType\. \[1\] is null/)
  assert.throws(() => tensor([duckdb(A), duckdb([1])]), /expected sequence of length 3 at dim 1 \(got 1\)/)
  assert.throws(() => tensor(new Matrix([[1e39]])), /\[0\]\[0\] is 1e\+39\./)
  assert.deepEqual(tensor(new Matrix([[0.1]]), { dtype: 'float64' }).tolist(), [[0.1]])
  assert.throws(() => tensor({ items: A }), /^TypeError: Could not infer dtype of dict/)
  const batch = new RecordBatch(
    new Schema([new Field('x', new Float32())]),
    makeData({ type: new Struct([]), length: 0 }),
  )
  assert.throws(() => tensor(batch), /^TypeError: Could not infer dtype of RecordBatch/)
})
