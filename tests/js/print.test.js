/** Tensors print as PyTorch prints them: every text is PyTorch's own, from golden.json. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { print } from '../../js/print.js'

/* GOLDEN names another set, of another seed. */
const golden = process.env.GOLDEN ?? new URL('../golden/golden.json', import.meta.url)
const { printing } = JSON.parse(readFileSync(golden, 'utf8'))

const WORDS = { nan: NaN, inf: Infinity, '-inf': -Infinity, '-0': -0 }

/** The function of a place that print() asks for its elements. */
function elements({ dtype, data }) {
  const listed = Array.isArray(data)
  const number = listed ? (i) => WORDS[data[i]] ?? data[i] : (i) => data.start + i * data.scale
  if (dtype === 'bool') return (i) => Boolean(number(i))
  if (dtype.endsWith('int64')) return (i) => BigInt(number(i))
  // A list is exact as it is, and of the computed ones only those in float32 are rounded.
  return dtype === 'float32' ? (i) => Math.fround(number(i)) : number
}

for (const group of new Set(printing.map((one) => one.group)))
  test(`printing: ${group}`, () => {
    const cases = printing.filter((one) => one.group === group)
    for (const one of cases) assert.equal(print(one.shape, one.dtype, elements(one)), one.text)
  })

test('a tensor with very many elements to show', () => {
  // Six along each dim are all shown, summary or not.
  const text = print(Array(7).fill(6), 'float32', () => 1)
  assert.equal(text.match(/1\./g)?.length, 6 ** 7)
})
