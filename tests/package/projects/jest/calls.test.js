const cosdim = require('cosdim')
const { calls, later } = require('./calls.cjs')

test('the calls agree', () => {
  expect(calls(cosdim)).toBe('all calls agree')
})

test('the calls in slices agree', async () => {
  expect(await later(cosdim)).toBe('all calls agree')
})

test('the element can be required', () => {
  require('cosdim/explorer')
})

test('similarities are matched by their values', () => {
  expect(cosdim.cosineSimilarity([[3, 4]], [[4, 3]])).toEqual(cosdim.tensor([0.96]))
  expect(cosdim.tensor([1])).not.toEqual(cosdim.tensor([2]))
  expect(cosdim.cosineSimilarity([3, 4], [4, 3], { dim: 0 })).toEqual(cosdim.tensor(0.96))
  expect(cosdim.tensor(1)).not.toEqual(cosdim.tensor(2))
  expect({ similarity: cosdim.tensor(1) }).toEqual({ similarity: cosdim.tensor(1) })
})

test('fake timers do not stop the calls in slices', async () => {
  jest.useFakeTimers()
  expect(await later(cosdim)).toBe('all calls agree')
  jest.useRealTimers()
})
