import * as cosdim from 'cosdim'
import 'cosdim/explorer'
import { expect, test } from 'vitest'
import { calls, later } from './calls.js'
import { perRow } from './similarity.cjs'

test('the calls agree', async () => {
  expect(calls(cosdim)).toBe('all calls agree')
  expect(await later(cosdim)).toBe('all calls agree')
})

test('tensors are of one class, however the package is loaded', () => {
  expect(perRow([[3, 4]], [[4, 3]])).toEqual(cosdim.tensor([0.96]))
  expect(cosdim.tensor(1)).toEqual(cosdim.tensor(1))
  expect(cosdim.tensor(1)).not.toEqual(cosdim.tensor(2))
})
