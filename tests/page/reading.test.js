/** Reading pasted text and .npy files: what is understood, and the words of a refusal. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { tensor } from 'cosdim'
import fc from 'fast-check'
import { LIBRARIES, writeCode } from '../../web/explorer/io/code.js'
import { readNpy, refuseArchive } from '../../web/explorer/io/npy.js'
import { decoded, isTensor, readPasted } from '../../web/explorer/io/pasted.js'
import { explanationsOf } from '../../web/explorer/model/explanations.js'
import { readElement, readEps } from '../../web/explorer/model/numbers.js'
import { Unreadable, writeTensor } from '../../web/explorer/model/tensors.js'
import { textsIn } from '../../web/explorer/texts/languages.js'
import { npy } from './npy.js'

const en = textsIn('en')

const read = (text) => {
  const { shape, cells, said } = readPasted(text)
  return { shape, cells: cells.join(' '), said: said.map((say) => say(en)).join(' ') }
}

/** Why a text is refused. */
const refusal = (text) => {
  try {
    return read(text)
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    assert.ok(error.say(textsIn('zh-Hans')))
    return error.say(en)
  }
}

for (const [text, shape, cells, said = ''] of /** @type {[string, number[], string, string?][]} */ ([
  // Python
  ['[[1, 2], [3, 4]]', [2, 2], '1 2 3 4'],
  ['[\n  [1, 2,],\n  [3, 4,],\n]', [2, 2], '1 2 3 4'],
  ['A = torch.tensor([[1., +2.], [3., 4.]])', [2, 2], '1 2 3 4'],
  ['import torch\nA = torch.tensor([[1., 2.]], device="cuda:0")', [1, 2], '1 2'],
  ["tensor([1.0000e-08, 2.0000e+00], device='cuda:0', requires_grad=True)", [2], '1.0000e-08 2.0000e+00'],
  ['x = torch.nn.Parameter(torch.tensor([[1.]], dtype=torch.float32), requires_grad=False)', [1, 1], '1'],
  ['((1, 2), (3, 4))', [2, 2], '1 2 3 4'],
  ['[np.nan, -math.inf, Number.NaN, float("inf")]', [4], 'nan -inf nan inf'],
  ['(1,)', [1], '1'],
  ['[(1), (2)]', [2], '1 2'],
  ['[(;1), (2;)]', [2], '1 2'],
  ['[1,2]\n[3,4]', [2, 2], '1 2 3 4'],
  ['[1,2],[3,4],', [2, 2], '1 2 3 4'],
  ['[[1, nan], [-inf, Infinity], [-Infinity, NaN]]', [3, 2], '1 nan -inf inf -inf nan'],
  ['[1_000, 2_5.0_1]', [2], '1000 25.01'],
  ['[\'1\', "2"]', [2], '1 2'],
  ['{"a": [[1, 2], [3, 4]]}', [2, 2], '1 2 3 4'],
  ['tf.Tensor(\n[[1. 2.]\n [3. 4.]], shape=(2, 2), dtype=float32)', [2, 2], '1 2 3 4'],
  ['<tf.Tensor: shape=(2,), dtype=float32, numpy=array([1., 2.], dtype=float32)>', [2], '1 2'],
  ['Array([[1., 2.]], dtype=float32)', [1, 2], '1 2'],
  ['Array(3., dtype=float32)', [], '3'],
  ['>>> a\ntensor([1, 2])', [2], '1 2'],
  ['Out[3]: array([1, 2])', [2], '1 2'],
  // JavaScript, C, SQL, MATLAB
  ['const a = [[1, 2], [3, 4]];', [2, 2], '1 2 3 4'],
  ['let a: number[][] = [[1, 2]]', [1, 2], '1 2'],
  ['new Float32Array([1, 2, 3])', [3], '1 2 3'],
  ['Float32Array(3) [ 1, 2, 3 ]', [3], '1 2 3'],
  ['(3) [1, 2, 3]', [3], '1 2 3'],
  ['[1, 2, buffer: ArrayBuffer(8), byteLength: 8, length: 2]', [2], '1 2'],
  ['float a[2][2] = {{1, 2}, {3, 4}};', [2, 2], '1 2 3 4'],
  ['double[][] a = {{1, 2}};', [1, 2], '1 2'],
  ['ARRAY[1,2]', [2], '1 2'],
  ['[1 2; 3 4]', [2, 2], '1 2 3 4'],
  ['A = [1, 2;\n     3, 4];', [2, 2], '1 2 3 4'],
  ['[1; 2]', [2, 1], '1 2'],
  ['[[1, 2]; [3, 4]]', [2, 2], '1 2 3 4'],
  ['[1 -2]', [2], '1 -2'],
  ['A = [1 2\n     3 4];', [2, 2], '1 2 3 4', 'Each line was read as a row.'],
  ['[1,]\n[2,]', [2, 1], '1 2'],
  // R, Julia, LaTeX
  ['     [,1] [,2]\n[1,]    1    3\n[2,]    2    4\n', [2, 2], '1 3 2 4'],
  ['     x y\n[1,] 1 3\n[2,] 2 4', [2, 2], '1 3 2 4', 'Left out: the header.'],
  ['  [,1] [,2]\nx  1.5  NaN\ny -Inf    4', [2, 2], '1.5 nan -inf 4', 'Left out: the index column.'],
  [', , 1\n\n     [,1] [,2]\n[1,]    1    3\n', [1, 2], '1 3'],
  ['[1] 1 2 3', [3], '1 2 3'],
  [' [1]  1  2  3\n [4]  4 55  6\n', [6], '1 2 3 4 55 6'],
  ['2×2 Matrix{Float64}:\n 1.0  2.0\n 3.0  -4.0', [2, 2], '1.0 2.0 3.0 -4.0'],
  ['2×2 Array{Float64,2}:\n 1.0  2.0\n 3.0  4.0', [2, 2], '1.0 2.0 3.0 4.0'],
  ['1×3 adjoint(::Vector{Int64}) with eltype Int64:\n 1  2  3', [1, 3], '1 2 3'],
  ['julia> [1 2; 3 4]\n2×2 Matrix{Int64}:\n 1  2\n 3  4\n', [2, 2], '1 2 3 4'],
  ['3-element Vector{Int64}:\n 1\n 2\n 3\n', [3], '1 2 3'],
  ['2-element Vector{Vector{Int64}}:\n [1, 2]\n [3, 4]', [2, 2], '1 2 3 4'],
  ['julia> Float64[1 2; 3 4]', [2, 2], '1 2 3 4'],
  ['\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}', [2, 2], '1 2 3 4'],
  ['\\[ A = \\left(\\begin{array}{cc}\n1 & 2 \\\\[2pt]\n3 & -4.5 \\\\\n\\end{array}\\right) \\]', [2, 2], '1 2 3 -4.5'],
  ['$\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}^T$', [2, 1], '1 2', 'Left out: “^T”.'],
  // The page says what it left out.
  ['[[1, 2], # first\n [3, 4]]', [2, 2], '1 2 3 4', 'Left out: the comments.'],
  ['[[1, 2]] % MATLAB', [1, 2], '1 2', 'Left out: the comments.'],
  ['a = [1, 2]\nprint(a)', [2], '1 2', 'Left out: “print(a)”.'],
  ['np.array([[1, 2]]).reshape(2, 1)', [1, 2], '1 2', 'Left out: “.reshape(2, 1)”.'],
  ["[1 2; 3 4]'", [2, 2], '1 2 3 4', "Left out: “'”."],
  // Rows without brackets. A header is a row in which no cell can be meant as a number.
  ['1 2 3', [1, 3], '1 2 3'],
  ['1, 2, 3', [1, 3], '1 2 3'],
  ['x,y\n1,2\n3,4\n', [2, 2], '1 2 3 4', 'Left out: the header.'],
  ['x1 (cm),x2 (cm)\r\n1,2\r\n', [1, 2], '1 2', 'Left out: the header.'],
  ['A =\n\n     1     2\n     3     4\n', [2, 2], '1 2 3 4', 'Left out: the header.'],
  ['#id,x\n1,2.5', [1, 2], '1 2.5', 'Left out: the header.'],
  ['# x y\n1 2', [1, 2], '1 2', 'Left out: the comments.'],
  ['inf,inf\n1,2', [2, 2], 'inf inf 1 2'],
  ['NaN,NaN\n1,2', [2, 2], 'nan nan 1 2'],
  ['1_000,2_000\n3.5,4', [2, 2], '1000 2000 3.5 4'],
  ['2019,2020.\n1,2', [2, 2], '2019 2020 1 2'],
  ['a\t1\t2\nb\t3\t4', [2, 2], '1 2 3 4', 'Left out: the index column.'],
  ['\ta\tb\n1\t2\t3', [1, 2], '2 3', 'Left out: the header, the index column.'],
  ['| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |', [2, 2], '1 2 3 4', 'Left out: the header.'],
  ['1,2,\n3,4,\n', [2, 2], '1 2 3 4'],
  // The names of a frame from which the leading spaces are gone: only an index that counts shows that it is one.
  ['a  b\n0  1  2\n1  3  4', [2, 2], '1 2 3 4', 'Left out: the header, the index column.'],
  ['a b\n1 2 3\n4 5 6', [2, 3], '1 2 3 4 5 6', 'Left out: the header.'],
  // Commas within cells.
  ['1,5;2,5\n3,5;4,5', [2, 2], '1.5 2.5 3.5 4.5', '“1,5” was read as 1.5.'],
  ['1,5\t2\r\n3\t4\r\n', [2, 2], '1.5 2 3 4', '“1,5” was read as 1.5.'],
  ['"1";"2,5"', [1, 2], '1 2.5', '“2,5” was read as 2.5.'],
  ['"1,5","2,5"', [1, 2], '1.5 2.5', '“1,5” was read as 1.5.'],
  ['1,234;5,678', [1, 2], '1.234 5.678', '“1,234” was read as 1.234.'],
  ['1,234\t1,5', [1, 2], '1.234 1.5', '“1,234” was read as 1.234.'],
  ['1,234\t5,678.5', [1, 2], '1234 5678.5', '“1,234” was read as 1234.'],
  ['1,234,567\t2', [1, 2], '1234567 2', '“1,234,567” was read as 1234567.'],
  ['1,5\n2,5', [2, 2], '1 5 2 5', 'Commas were read as separators. Write decimals with a point.'],
  // Chinese pages and typesetters.
  ['［［１，２］，［－３，４．５］］', [2, 2], '1 2 -3 4.5'],
  ['【1、2】', [2], '1 2'],
  ['1\u30002\n3\u30004', [2, 2], '1 2 3 4'],
  ['１；２', [1, 2], '1 2'],
  ['[\u22121, \u22122.5]', [2], '-1 -2.5'],
  ['1\u00a02', [1, 2], '1 2'],
  ['1\u202f234 5', [1, 2], '1234 5', '“1\u202f234” was read as 1234.'],
]))
  test(`reads ${JSON.stringify(text)}`, () => {
    assert.deepEqual(read(text), { shape, cells, said })
    assert.ok(isTensor(text))
  })

const numberOf = (text) => Number(`${text}`.replace(/inf$/, 'Infinity'))

for (const library of ['torch', 'numpy', 'pandas', 'tfjs', 'node']) {
  const { printed } = JSON.parse(readFileSync(new URL(`../golden/printed-${library}.json`, import.meta.url), 'utf8'))
  for (const { expression, text, shape, numbers } of printed)
    test(`reads what ${library} prints for ${expression}: ${JSON.stringify(text).slice(0, 30)}`, () => {
      if (!isTensor(text)) return assert.equal(numbers.length, 1)
      if (!shape) return assert.match(`${refusal(text)}`, /^Line \d+, character \d+: the printout was shortened here/)
      const found = readPasted(text)
      assert.deepEqual(found.shape, shape)
      found.cells.forEach((cell, i) => {
        const [value, wanted] = [numberOf(cell), numberOf(numbers[i])]
        // PyTorch prints four digits.
        assert.ok(Object.is(value, wanted) || Math.abs(value - wanted) <= 6e-5 * Math.max(1, Math.abs(wanted)), cell)
      })
      const isTable = library === 'pandas' && !/^(?:array\()?\[\[/.test(text)
      assert.equal(found.said.length > 0, isTable)
    })
}

/** Numbers as float32 has them, with the texts that read back as them. */
const number = fc.oneof(fc.float({ noDefaultInfinity: true, noNaN: true }), fc.integer({ min: -9999, max: 9999 }))
const matrix = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 2, max: 6 }))
  .chain(([rows, columns]) =>
    fc.array(fc.array(number, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
  )
const tensorOf = (rows) => ({ shape: [rows.length, rows[0].length], values: rows.flat() })
const codeIn = (library) => (rows) => {
  const a = tensorOf(rows)
  const code = writeCode(library, explanationsOf({ a, b: a, eps: 1e-8 }, [0]))
  const [, assigned] = code.match(/^((?:const )?A = [\s\S]*?)\n(?:const )?B = /m) ?? []
  return assigned
}
const table = (separator, write) => (rows) => rows.map((row) => row.map(write).join(separator)).join('\n')
const columnsOf = (rows) => rows[0].map((_, i) => ` [,${i + 1}]`).join('')
const asCommas = (value) => `${value}`.replace('.', ',')

for (const [name, write] of /** @type {[string, (rows: number[][]) => string][]} */ ([
  ...LIBRARIES.map((library) => [library, codeIn(library)]),
  ['a link', (rows) => writeTensor({ shape: tensorOf(rows).shape, cells: rows.flat().map(String) })],
  ['JSON', (rows) => JSON.stringify(rows, undefined, 1)],
  ['CSV', table(',', String)],
  ['TSV', table('\t', String)],
  ['spaces', table('  ', String)],
  ['decimal commas', table(';', asCommas)],
  ['a data frame', (rows) => table(',', String)([rows[0].map((_, i) => `x${i}`), ...rows])],
  ['LaTeX', (rows) => `\\begin{bmatrix}${rows.map((row) => row.join(' & ')).join(' \\\\ ')}\\end{bmatrix}`],
  ['R', (rows) => `${columnsOf(rows)}\n${rows.map((row, i) => `[${i + 1},] ${row.join(' ')}`).join('\n')}`],
  ['Julia', (rows) => `${rows.length}×${rows[0].length} Matrix{Float32}:\n${table('  ', String)(rows)}`],
  ['MATLAB', (rows) => `[${rows.map((row) => row.join(' ')).join('; ')}]`],
]))
  test(`reads back any matrix written as ${name}`, () => {
    fc.assert(
      fc.property(matrix, (rows) => {
        fc.pre(!['MATLAB', 'LaTeX'].includes(name) || rows.length > 1) // a single row is read as a vector
        const { shape, cells } = readPasted(write(rows))
        assert.deepEqual(shape, tensorOf(rows).shape)
        assert.deepEqual(
          cells.map((cell) => numberOf(cell) + 0),
          rows.flat().map((value) => value + 0),
        )
      }),
    )
  })

test('reads back what the package prints', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }), (shape) => {
      const count = shape.reduce((product, size) => product * size, 1)
      const data = Float32Array.from({ length: count }, (_, i) => (i % 7) - 3)
      const found = readPasted(String(tensor({ data, shape })))
      assert.deepEqual(found.shape, shape)
      assert.deepEqual(found.cells.map(Number), [...data])
    }),
  )
})

test('no text crashes the reader or takes long', () => {
  const part = fc.constantFrom(
    ...'[](){}<>,;:=\t\n "\'.-#1',
    'tensor(',
    'array(',
    'nan',
    '...',
    'dtype=',
    'a ',
    '1,5',
    '２',
    '[1]',
    '[,1]',
    '[1,]',
    '1×2 ',
    '\\begin{matrix}',
    '\\end{matrix}',
    '\\frac{',
    '\\\\',
    '&',
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
      const answer = refusal(parts.join(''))
      if (typeof answer !== 'string') assert.ok(answer.cells.split(' ').every((cell) => numberOf(cell) !== undefined))
    }),
    { numRuns: 2000 },
  )
  for (const opening of ['[', '(', 'a(', '{', '<', "'"]) assert.equal(typeof refusal(opening.repeat(1e5)), 'string')
})

test('takes the part of a large tensor that can be drawn, and says so', () => {
  const rows = (length, width) =>
    Array.from({ length }, (_, i) => Array.from({ length: width }, (_, j) => i * 1000 + j))
  for (const [value, shape, said] of /** @type {const} */ ([
    [rows(100, 64), [32, 32], '32 × 32 of 100 × 64'],
    [rows(2000, 4), [256, 4], '256 × 4 of 2000 × 4'],
    [rows(1, 5000)[0], [1024], '1024 of 5000'],
    [[rows(99, 99), rows(99, 99), rows(99, 99)], [3, 18, 18], '3 × 18 × 18 of 3 × 99 × 99'],
  ])) {
    const found = read(JSON.stringify(value))
    assert.deepEqual(found.shape, shape)
    assert.equal(found.said, `Only the first ${said} numbers were taken. More could not be drawn.`)
    const last = shape.reduce((/** @type {any} */ list, size) => list[size - 1], value)
    assert.equal(found.cells.split(' ').at(-1), `${last}`)
  }
  assert.deepEqual(read(rows(100, 64).join('\n')).shape, [32, 32])
  // In many lines, as short as they can be.
  for (const line of ['1,2', '1 2', '[1,2]']) assert.equal(readPasted(`${line}\n`.repeat(3e5)).shape[0], 512)
})

test('a single number goes into its cell', () => {
  for (const text of ['1', ' -2.5 ', '1,5', '1,234', '1e-8', '.5\n', 'nan', '-inf', '1\u202f234', '１．５'])
    assert.ok(!isTensor(text), text)
})

test('a cell reads nan, inf and numbers from other keyboards, and says what 1,234 may mean', () => {
  for (const [text, value] of /** @type {const} */ ([
    ['nan', Number.NaN],
    ['-inf', Number.NEGATIVE_INFINITY],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['１．５', 1.5],
    ['−2', -2],
    ['1_000', 1000],
    ['1\u202f234\u202f567', 1234567],
    ['3.4e38', 3.4e38],
  ]))
    assert.equal(readElement(text).value, value)
  for (const [text, words] of [
    ['1,5', 'is “1,5”. Write 1.5.'],
    ['1,234', 'is “1,234”. Write 1.234 or 1234.'],
    ['1,234.5', 'is “1,234.5”. Write 1234.5.'],
    ['1,23,4', 'is “1,23,4”, which is not a number.'],
    ['1e39', 'is “1e39”, too large for float32, which ends at 3.4e38.'],
    ['1'.repeat(400), `is “${'1'.repeat(40)}…”, too large for float32, which ends at 3.4e38.`],
    ['x'.repeat(400), `is “${'x'.repeat(40)}…”, which is not a number.`],
  ])
    assert.equal(readElement(text).problem?.(en), words)
  for (const text of ['n', 'na', 'i', '-in', 'infi', '1e', '-']) assert.ok(readElement(text).isBeginning, text)
  assert.equal(readEps('nan').problem?.(en), 'is “nan”, which is not a number.')
})

test('a text of more digits than a link holds becomes its number', () => {
  assert.deepEqual(readPasted(`[0.${'0'.repeat(300)}1e303, 1]`).cells, ['100', '1'])
})

for (const [text, words] of [
  ['[[1, 2],\n [3, x]]', 'Line 2, character 6: this cell is “x”, which is not a number.'],
  ['[[1, 2],\n [3]]', 'Line 2, character 2: its rows are not equally long.'],
  ['[1, [2]]', 'Line 1, character 6: its rows are not equally long.'],
  ['1,2\n3,four', 'Line 2, character 3: this cell is “four”, which is not a number.'],
  ['1,2,3\n, , 4', 'Line 2, character 1: this cell is empty.'],
  ['1,2\n3', 'Line 2, character 1: its rows are not equally long.'],
  ['[[1, 2], [3, 4]', 'Line 1, character 16: a closing bracket, ], is missing here or before.'],
  ['[[1, 2, [3, 4]]', 'Line 1, character 16: a closing bracket, ], is missing here or before.'],
  ['[[1, 2]], [3, 4]]', 'Line 1, character 17: its brackets do not match.'],
  ['[1, 2)', 'Line 1, character 6: its brackets do not match.'],
  ['[]', 'Line 1, character 2: this cell is empty.'],
  ['[[], []]', 'Line 1, character 3: this cell is empty.'],
  ['[1,,2]', 'Line 1, character 4: this cell is empty.'],
  ['\t2\t3\n4\t5\t6', 'Line 1, character 1: this cell is empty.'],
  ['', 'There are no numbers in it.'],
  ['hello world', 'There are no numbers in it.'],
  ['[[[[[1]]]]]', 'Line 1, character 5: it has more than 4 axes'],
  ['[1e39]', 'Line 1, character 2: this cell is “1e39”, too large for float32'],
  [`[${'1'.repeat(400)}]`, `Line 1, character 2: this cell is “${'1'.repeat(40)}…”, too large for float32`],
  ['NA,NA\n1,2', 'Line 1, character 1: this cell is “NA”, which is not a number.'],
  ['#N/A\t1\n2\t3', 'Line 1, character 1: this cell is “#N/A”, which is not a number.'],
  ['½ 1\n1 2', 'Line 1, character 1: this cell is “½”, which is not a number.'],
  ['12,5 %;3', 'Line 1, character 1: this cell is “12,5 %”, which is not a number.'],
  ['0,1\n0,1,2', 'Line 2, character 1: its rows are not equally long.'],
  ['x = [1, 2] + [3, 4]', 'Line 1, character 14: a second tensor begins.'],
  ['[toString, constructor]', 'Line 1, character 2: this cell is “toString”, which is not a number.'],
  ['[<1>]', 'Line 1, character 2: this cell is “<”, which is not a number.'],
  ['$5,$6\n1,2', 'Line 1, character 1: this cell is “$5”, which is not a number.'],
  ['[True, False]', 'Line 1, character 2: this cell is “True”, which is not a number.'],
  ['tensor([0., 1., ..., 9.])', 'Line 1, character 17: the printout was shortened here'],
  ['[ [Array], [Array] ]', 'Line 1, character 3: the printout was shortened here'],
  ['(2) [Array(2), Array(2)]', 'Line 1, character 6: the printout was shortened here'],
  ['[1, 2, ... 98 more items]', 'Line 1, character 8: the printout was shortened here'],
  ['a = [1, 2]\nb = [3, 4]', 'Line 2, character 5: a second tensor begins. Paste one at a time.'],
  ['[[1, 2]]\n[[3, 4]]', 'Line 2, character 1: a second tensor begins. Paste one at a time.'],
  ['{"a": [1], "b": [2]}', 'Line 1, character 17: a second tensor begins.'],
  ['tensor(indices=tensor([[0]]), values=tensor([1.]))', 'Line 1, character 45: a second tensor begins.'],
  ['tf.tensor2d([1, 2, 3, 4], [2, 2])', 'Line 1, character 27: a second tensor begins.'],
  ['np.zeros((2, 3))', 'Line 1, character 1: np.zeros(…) is code, which this page does not run. Paste what it prints.'],
  ['tensor([1., 2.]) * 2', 'Line 1, character 20: “2” is outside the brackets. Put all numbers inside.'],
  ['[1] 1 2 3 [4]', 'Line 1, character 5: “1” is outside the brackets.'],
  ['     [,1]\n[1,]    1\n     [,2]\n[1,]    2', 'Line 3, character 1: the printout goes on in another block here.'],
  [', , 1\n\n     [,1]\n[1,]    1\n\n, , 2\n\n     [,1]\n[1,]    2', 'Line 6, character 1: the printout goes on'],
  ['1×1×2 Array{Int64, 3}:\n[:, :, 1] =\n 1\n\n[:, :, 2] =\n 2', 'Line 5, character 1: the printout goes on'],
  ['9×1 Matrix{Int64}:\n 1\n ⋮\n 9', 'Line 3, character 2: the printout was shortened here'],
  ['     [,1]\n[1,]   NA', 'Line 2, character 8: this cell is “NA”, which is not a number.'],
  ['matrix(c(1, 2), nrow = 1)', 'Line 1, character 8: c(…) is code, which this page does not run. Paste what it'],
  ['\\begin{bmatrix} 1 & \\cdots & 9 \\end{bmatrix}', 'Line 1, character 21: the printout was shortened here'],
  ['\\begin{bmatrix} 1 & & 2 \\end{bmatrix}', 'Line 1, character 21: this cell is empty.'],
  ['\\begin{bmatrix} 1 & 2 \\\\ 3 \\end{bmatrix}', 'Line 1, character 26: its rows are not equally long.'],
  [
    '\\begin{bmatrix} \\frac{1}{2} & 2 \\end{bmatrix}',
    'Line 1, character 17: \\frac is a LaTeX command, which this page does not run. Write the number.',
  ],
  ['\\begin{bmatrix} 1 & \\sqrt 2 \\end{bmatrix}', 'Line 1, character 21: \\sqrt is a LaTeX command'],
  ['\\frac{1}{2}', 'Line 1, character 1: \\frac is a LaTeX command'],
  [
    '\\begin{bmatrix} 1 \\end{bmatrix} \\begin{bmatrix} 2 \\end{bmatrix}',
    'Line 1, character 33: a second tensor begins.',
  ],
  ['[1, 2 3]', 'Line 1, character 7: both commas and spaces separate numbers. Use only one of them.'],
  ['[1,5 2,5]', 'Line 1, character 6: both commas and spaces separate numbers.'],
  ['1,5 2,5', 'Line 1, character 3: this cell is “5 2”, which is not a number.'],
  ['1.5;2,5', 'Line 1, character 1: “1.5” has a decimal point, but other numbers have decimal commas.'],
  ['[1:3]', 'Line 1, character 3: a range such as 1:4 is code, which this page does not run. Paste what it prints.'],
  ['matrix(1:4, 2)', 'Line 1, character 9: a range such as 1:4 is code'],
  ['[a=1]', 'Line 1, character 2: this cell is “a”, which is not a number.'],
  ['1 '.repeat(6e6), 'The text is too long. Take a part of it.'],
])
  test(`refuses ${JSON.stringify(text.slice(0, 30))} with a reason and a position`, () => {
    const answer = refusal(text)
    assert.ok(typeof answer === 'string' && answer.startsWith(words), JSON.stringify(answer))
  })

test('reads files in UTF-8 and UTF-16, and refuses other ones with a reason', () => {
  const utf16 = Uint16Array.from('\ufeff1\t2', (character) => character.charCodeAt(0))
  assert.deepEqual(readPasted(decoded(utf16.buffer)).cells, ['1', '2'])
  assert.deepEqual(readPasted(decoded(new TextEncoder().encode('\ufeff1,2').buffer)).cells, ['1', '2'])
  for (const [file, words] of /** @type {const} */ ([
    [Uint8Array.of(1, 0, 2), 'This is not a file that the page reads.'],
    [new Uint8Array(3e7), 'The text is too long.'],
  ]))
    assert.throws(
      () => decoded(file.buffer),
      ({ say }) => say(en).startsWith(words) && Boolean(say(textsIn('zh-Hans'))),
    )
})

for (const [descr, bytes] of /** @type {const} */ ([
  ['<f2', Uint16Array.of(0x3c00, 0x4000, 0x4200, 0x4400, 0x4500, 0xc600)],
  ['<f4', Float32Array.of(1, 2, 3, 4, 5, -6)],
  ['<f8', Float64Array.of(1, 2, 3, 4, 5, -6)],
  ['|i1', Int8Array.of(1, 2, 3, 4, 5, -6)],
  ['<i2', Int16Array.of(1, 2, 3, 4, 5, -6)],
  ['<i4', Int32Array.of(1, 2, 3, 4, 5, -6)],
  ['<i8', BigInt64Array.of(1n, 2n, 3n, 4n, 5n, -6n)],
  ['|u1', Uint8Array.of(1, 2, 3, 4, 5, 6)],
  ['<u2', Uint16Array.of(1, 2, 3, 4, 5, 6)],
  ['<u4', Uint32Array.of(1, 2, 3, 4, 5, 6)],
  ['<u8', BigUint64Array.of(1n, 2n, 3n, 4n, 5n, 6n)],
]))
  test(`reads .npy of ${descr} in C and Fortran order, and big-endian`, () => {
    const last = descr.includes('u') ? '6' : '-6'
    for (const version of [1, 2]) {
      assert.deepEqual(readNpy(npy(descr, 'False', '(2, 3)', bytes, version)), {
        shape: [2, 3],
        cells: ['1', '2', '3', '4', '5', last],
        said: [],
      })
      assert.deepEqual(readNpy(npy(descr, 'True', '(2, 3)', bytes, version)).cells, ['1', '3', '5', '2', '4', last])
      const turned = new Uint8Array(bytes.buffer.slice(0)).reverse() // also the order of the elements
      const { cells } = readNpy(npy(descr.replace('<', '>'), 'False', '(2, 3)', turned, version))
      assert.deepEqual(cells, [last, '5', '4', '3', '2', '1'])
    }
  })

test('reads .npy of bool, and gives float32 its shortest text', () => {
  assert.deepEqual(readNpy(npy('|b1', 'False', '(2,)', Uint8Array.of(1, 0))).cells, ['1', '0'])
  assert.deepEqual(readNpy(npy('<f4', 'False', '(2,)', Float32Array.of(0.1, 1e-8))).cells, ['0.1', '1e-8'])
})

test('reads nan and inf from .npy, and the first part of a large array', () => {
  const { cells } = readNpy(npy('<f4', 'False', '(3,)', Float32Array.of(Number.NaN, Infinity, -Infinity)))
  assert.deepEqual(cells, ['nan', 'inf', '-inf'])
  const large = Int32Array.from({ length: 6400 }, (_, i) => i)
  for (const [order, wanted] of [
    ['False', 31 * 64 + 31],
    ['True', 31 * 100 + 31],
  ]) {
    const found = readNpy(npy('<i4', order, '(100, 64)', large))
    assert.deepEqual(found.shape, [32, 32])
    assert.equal(found.cells.at(-1), `${wanted}`)
    assert.match(found.said[0](en), /^Only the first 32 × 32 of 100 × 64 numbers were taken/)
  }
})

test('says what an archive and a structured array are, and what to do with them', () => {
  // The first entry of np.savez('a.npz', weight=…), as NumPy writes it.
  const zip = (name) => {
    const bytes = new Uint8Array(60)
    bytes.set(new TextEncoder().encode('PK\x03\x04'))
    new DataView(bytes.buffer).setUint16(26, name.length, true)
    bytes.set(new TextEncoder().encode(name), 30)
    return bytes.buffer
  }
  const fields = "[('x', '<f4'), ('y', '<f8')]"
  for (const [read, words] of /** @type {[() => void, RegExp][]} */ ([
    [() => refuseArchive(zip('weight.npy')), /^This is an archive.*np\.load\('a\.npz'\)\['weight'\]/],
    [() => refuseArchive(zip('archive/data.pkl')), /^This is not a file that the page reads/],
    [() => readNpy(npy(fields, 'False', '(2,)', new Uint8Array(24))), /^Its elements are structured: x, y.*a\['x'\]/],
  ]))
    assert.throws(read, ({ say }) => words.test(say(en)) && Boolean(say(textsIn('zh-Hans'))))
  refuseArchive(npy('<f4', 'False', '(1,)', Float32Array.of(1)))
  refuseArchive(new ArrayBuffer(0))
})

for (const [what, file, words] of /** @type {const} */ ([
  ['cut off', npy('<f8', 'False', '(3,)', Float64Array.of(1)), 'The file is cut off: it should have 24 bytes'],
  ['without numbers', npy('<f8', 'False', '(0, 3)', Float64Array.of()), 'There are no numbers'],
  ['overflowing', npy('<f8', 'False', '(1, 2)', Float64Array.of(1, 1e39)), 'The file’s element [0, 1] is “1e+39”, too'],
  ['of objects', npy('|O', 'False', '(1,)', Float64Array.of(1)), 'The file’s dtype is |O. This page reads'],
  [
    'cut off in a large array',
    npy('<f8', 'False', '(100, 100)', Float64Array.of()),
    'The file is cut off: it should have 80000 bytes',
  ],
  [
    'with more after its end',
    npy('|u1', 'False', '(2,)', Uint8Array.of(1, 2, 3)),
    'The file goes on after the 2 bytes of its array.',
  ],
  ['too deep', npy('<f8', 'False', '(1, 1, 1, 1, 1)', Float64Array.of(1)), 'it has more than 4 axes'],
  ['of more dims than NumPy has', npy('|u1', 'False', `(${'1,'.repeat(65)})`, Uint8Array.of(1)), 'NumPy could not'],
  ['damaged', new Uint8Array(Buffer.from('\x93NUMPY', 'latin1')).buffer, 'NumPy could not read this .npy file'],
]))
  test(`refuses a .npy file (${what}) with a reason`, () => {
    assert.throws(
      () => readNpy(file),
      ({ say }) => say?.(en).startsWith(words),
    )
  })
