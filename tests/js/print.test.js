/** Tensors print as in PyTorch, which printed every text in golden.json. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { print } from '../../js/tensor/print.js'

/* GOLDEN names another file, made with another seed. */
const golden = process.env.GOLDEN ?? new URL('../golden/golden.json', import.meta.url)
const { printing } = JSON.parse(readFileSync(golden, 'utf8'))

const WORDS = { nan: NaN, inf: Infinity, '-inf': -Infinity, '-0': -0 }

/** The function of an index that print() reads elements with. */
function elements({ dtype, data }) {
  const listed = Array.isArray(data)
  const number = listed ? (i) => WORDS[data[i]] ?? data[i] : (i) => data.start + i * data.scale
  if (dtype === 'bool') return (i) => Boolean(number(i))
  if (dtype.endsWith('int64')) return (i) => BigInt(number(i))
  // Lists are exact; computed elements are rounded where the dtype is float32.
  return dtype === 'float32' ? (i) => Math.fround(number(i)) : number
}

for (const group of new Set(printing.map((one) => one.group)))
  test(`printing: ${group}`, () => {
    const cases = printing.filter((one) => one.group === group)
    for (const one of cases) assert.equal(print(one.shape, one.dtype, elements(one)), one.text)
  })

test('a tensor that shows very many elements', () => {
  // A summary shows up to six along each dim, so all are shown.
  const text = print(Array(7).fill(6), 'float32', () => 1)
  assert.equal(text.match(/1\./g)?.length, 6 ** 7)
})
