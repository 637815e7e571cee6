/** What is heard instead of symbols: slices, products, fractions, roots and arrows, in each language. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textsIn } from '../../web/explorer/texts/languages.js'

const SPOKEN = {
  'A[:, 0]': ['column 0 of A', 'A 的第 0 列'],
  'A[0, :]': ['row 0 of A', 'A 的第 0 行'],
  'A[0, 1]': ['A, row 0, column 1', 'A 的第 0 行、第 1 列'],
  'B[:]': ['every number of B', 'B 的每个数'],
  '[:, 1, 2]': ['every layer at row 1, column 2', '第 1 行、第 2 列上的每一层'],
  '[1, :, 2]': ['every row at layer 1, column 2', '第 1 层、第 2 列上的每一行'],
  '[1, 2, :]': ['every column at layer 1, row 2', '第 1 层、第 2 行上的每一列'],
  'A[0, :, 1, 2]': ['index 0, all, 1, 2 of A', 'A 的下标 0、全部、1、2'],
  'dot = 1·5 + 3·(−7) = −16': [
    'dot equals 1 times 5 plus 3 times minus 7 equals minus 16',
    'dot 等于 1 乘 5 加 3 乘 负 7 等于 负 16',
  ],
  'Σ A · B / (‖A‖ · ‖B‖)': [
    'sum of A times B, divided by the product of length of A and length of B',
    'A 乘 B 的总和，除以 A 的模长 与 B 的模长 的积',
  ],
  '26 / (√10 · eps) = 0.9558': [
    '26, divided by the product of the root of 10 and eps equals 0.9558',
    '26，除以 根号下 10 与 eps 的积 等于 0.9558',
  ],
  '‖a‖ = √((−1)² + 3²)': [
    'length of a equals the root of the square of minus 1 plus 3 squared',
    'a 的模长 等于 根号下 负 1 的平方 加 3 的平方',
  ],
  'max(‖a‖, eps) = max(0, 1e-08)': [
    'the larger of length of a and eps equals the larger of 0 and 1e-08',
    'a 的模长 与 eps 中较大的 等于 0 与 1e-08 中较大的',
  ],
}

for (const [i, lang] of ['en', 'zh-Hans'].entries())
  test(`symbols in words, ${lang}`, () => {
    const t = textsIn(lang)
    for (const [symbols, words] of Object.entries(SPOKEN)) assert.equal(t('spoken', symbols), words[i])
    // No axis sounds like another.
    const names = [0, 1, 2].map((axis) => t('spoken', t('lane.name', axis, 3, [1, 2])))
    assert.equal(new Set(names.map((name) => name.replace(/[[\]:,\s]/g, ''))).size, 3)
    for (const text of [t('lane.name', 0, 2, [1]), t('panels.runs', 0, 'down'), t('panels.runs', 1, 'right')])
      assert.doesNotMatch(t('spoken', text), /[→↓]/)
  })
