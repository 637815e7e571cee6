/** A test that mocks the file system, from which the CommonJS build reads its module. */
jest.mock('fs')
jest.mock('node:fs')

test('the calls agree', () => {
  const { calls } = require('./calls.cjs')
  calls(require('cosdim'))
})
