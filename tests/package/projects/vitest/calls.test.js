import * as cosdim from 'cosdim'
import 'cosdim/explorer'
import { expect, test } from 'vitest'
import { calls, later } from './calls.js'

test('the calls agree', async () => {
  expect(calls(cosdim)).toBe('all calls agree')
  expect(await later(cosdim)).toBe('all calls agree')
})
