/** Reading pasted text and .npy files: what is understood, and the words of a refusal. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readNpy } from '../../web/explorer/io/npy.js'
import { isTensor, readPasted } from '../../web/explorer/io/pasted.js'
import { textsIn } from '../../web/explorer/texts/languages.js'
import { npy } from './npy.js'

const en = textsIn('en')

for (const [what, text, shape, cells] of /** @type {const} */ ([
  ['a list', '[[1, 2], [3, 4]]', [2, 2], '1 2 3 4'],
  ['code', 'A = torch.tensor([[1., 2.], [3., 4.]])', [2, 2], '1 2 3 4'],
  ['PyTorch’s printout', 'tensor([[1., 2.],\n        [3., -4.5]], dtype=torch.float64)', [2, 2], '1 2 3 -4.5'],
  [
    'a printout with a device',
    "tensor([1.0000e-08, 2.0000e+00], device='cuda:0', requires_grad=True)",
    [2],
    '1.0000e-08 2.0000e+00',
  ],
  ['a printout with grad_fn', 'tensor([[1.]], grad_fn=<AddBackward0>)', [1, 1], '1'],
  ['a 0-d printout', 'tensor(3.)', [], '3'],
  ['NumPy’s repr', 'array([[1, 2],\n       [3, 4]], dtype=int8)', [2, 2], '1 2 3 4'],
  ['NumPy’s print', '[[ 1.  2.]\n [-3.  4.]]', [2, 2], '1 2 -3 4'],
  ['NumPy’s print of 3-D', '[[[1 2]\n  [3 4]]\n\n [[5 6]\n  [7 8]]]', [2, 2, 2], '1 2 3 4 5 6 7 8'],
  ['CSV with names', 'x,y\n1,2\n3,4\n', [2, 2], '1 2 3 4'],
  ['TSV with decimal commas', '1,5\t2\r\n3\t4\r\n', [2, 2], '1.5 2 3 4'],
  ['CSV in quotes', '"1";"2,5"', [1, 2], '1 2.5'],
]))
  test(`reads ${what}`, () => {
    assert.deepEqual(readPasted(text), { shape, cells: cells.split(' ') })
    assert.ok(isTensor(text))
  })

test('a single number goes into its cell', () => {
  for (const text of ['1', ' -2.5 ', '1,5', '1e-8', '.5\n']) assert.ok(!isTensor(text), text)
})

for (const [text, words] of [
  ['[[1, 2],\n [3, x]]', 'Line 2, character 6: this cell is “x”, which is not a number.'],
  ['[[1, 2],\n [3]]', 'Line 2, character 2: its rows are not equally long.'],
  ['1,2\n3,four', 'Line 2, character 3: this cell is “four”, which is not a number.'],
  ['1,2\n3', 'Line 2, character 1: its rows are not equally long.'],
  ['[[1, 2], [3, 4]', 'Line 1, character 16: a closing bracket, ], is missing here or before.'],
  ['[[1, 2, [3, 4]]', 'Line 1, character 10: a closing bracket, ], is missing here or before.'],
  ['[[1, 2]], [3, 4]]', 'Line 1, character 9: its brackets do not match.'],
  ['[[1, nan]]', 'Line 1, character 6: this cell is “nan”, which is not a number.'],
  ['[]', 'Line 1, character 2: this cell is empty.'],
  ['[[], []]', 'Line 1, character 3: this cell is empty.'],
  ['', 'There are no numbers in it.'],
  ['tensor([0., 1., ..., 9.])', 'Line 1, character 17: the printout was shortened'],
  [`[${'1,'.repeat(9999)}1]`, '10000 numbers are too many to draw: 1024 is the most.'],
])
  test(`refuses ${JSON.stringify(text.slice(0, 30))} with a reason and a position`, () => {
    assert.throws(
      () => readPasted(text),
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
  test(`reads .npy of ${descr} in C and Fortran order`, () => {
    const last = descr.includes('u') ? '6' : '-6'
    for (const version of [1, 2]) {
      assert.deepEqual(readNpy(npy(descr, 'False', '(2, 3)', bytes, version)), {
        shape: [2, 3],
        cells: ['1', '2', '3', '4', '5', last],
      })
      assert.deepEqual(readNpy(npy(descr, 'True', '(2, 3)', bytes, version)).cells, ['1', '3', '5', '2', '4', last])
    }
  })

test('reads .npy of bool, and gives float32 its shortest text', () => {
  assert.deepEqual(readNpy(npy('|b1', 'False', '(2,)', Uint8Array.of(1, 0))).cells, ['1', '0'])
  assert.deepEqual(readNpy(npy('<f4', 'False', '(2,)', Float32Array.of(0.1, 1e-8))).cells, ['0.1', '1e-8'])
})

for (const [what, file, words] of /** @type {const} */ ([
  ['big-endian', npy('>f4', 'False', '(1,)', Float32Array.of(1)), 'The file’s dtype is >f4.'],
  ['cut off', npy('<f8', 'False', '(3,)', Float64Array.of(1)), 'The file is cut off: 24 bytes'],
  ['without numbers', npy('<f8', 'False', '(0, 3)', Float64Array.of()), 'There are no numbers'],
  ['too large', npy('<f8', 'False', '(100, 100)', Float64Array.of()), '10000 numbers are too many'],
  ['too deep', npy('<f8', 'False', '(1, 1, 1, 1, 1)', Float64Array.of(1)), 'it has more than 4 dims'],
  ['with NaN', npy('<f8', 'False', '(1, 2)', Float64Array.of(1, Number.NaN)), 'The file’s element [0, 1] is “NaN”'],
  ['damaged', new TextEncoder().encode('\x93NUMPY').buffer, 'NumPy could not read this .npy file'],
]))
  test(`refuses a .npy file (${what}) with a reason`, () => {
    assert.throws(
      () => readNpy(file),
      ({ say }) => say?.(en).startsWith(words),
    )
  })
