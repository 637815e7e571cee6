/** Predict, then reveal: an invitation that covers nothing until it is taken, and feedback on what was guessed. */
import assert from 'node:assert/strict'
import { output, pageTest, panel, preset, printed, SEED } from './browser.js'

const predict = (page) => page.getByRole('region', { name: 'Predict' })
const button = (page, name) => predict(page).getByRole('button', { name, exact: true })
/** Some of its spaces do not break. */
const verdict = async (page) => (await predict(page).getByRole('status').textContent()).replace(/\s/g, ' ')
const shape = (page) => predict(page).getByLabel('Shape of the result')
const isCovered = async (page) => !(await panel(page, 0).isVisible())
const mark = (page, names) =>
  names.reduce((done, name) => done.then(() => button(page, name).click()), Promise.resolve())

async function guess(page, text) {
  await shape(page).fill(text)
  await shape(page).press('Enter')
  return verdict(page)
}

/** A = [[1, 2, 2], [3, 4, -1]], B = [[5, 6, 1], [7, 8, 3]] */
const WIDE = { hash: '#a=[[1,2,2],[3,4,-1]]&b=[[5,6,1],[7,8,3]]' }

pageTest('covers nothing until it is asked for', async (page) => {
  assert.ok(await panel(page, 0).isVisible())
  assert.deepEqual(await printed(page), SEED)
  assert.ok(await output(page, 1, 1).isVisible())
})

const MARKS = {
  'the mouse': (page, names) => mark(page, names),
  'the keyboard': async (page, names) => {
    for (const name of names) {
      await button(page, name).focus()
      await page.keyboard.press('Space')
    }
  },
}
const PRESSES = {
  'the mouse': (page, name) => button(page, name).click(),
  'the keyboard': (page, name) => button(page, name).press('Enter'),
}

for (const means of Object.keys(MARKS))
  pageTest(
    `the shape, then the cells, then the results, by ${means}`,
    async (page) => {
      await PRESSES[means](page, 'Predict dim=0')
      assert.ok(await isCovered(page))
      assert.match(await predict(page).textContent(), /A has shape \(2, 3\)/)

      await shape(page).fill('(2,)')
      await PRESSES[means](page, 'Check')
      assert.match(await verdict(page), /You struck axis 1; dim=0 strikes axis 0\./)
      assert.ok(await isCovered(page))

      await shape(page).fill('(3,)')
      await PRESSES[means](page, 'Check')
      assert.match(await verdict(page), /^Right\. .*\(2, 3\) → \(3,\)/)
      assert.ok(await isCovered(page))
      assert.match(await predict(page).textContent(), /A\[0, 1\] is marked/)
      assert.equal(await button(page, 'A[0, 1] = 2').getAttribute('aria-pressed'), 'true')

      await MARKS[means](page, ['A[1, 1] = 4', 'B[0, 1] = 6', 'B[1, 1] = 8'])
      await PRESSES[means](page, 'Check')
      assert.match(await verdict(page), /^Right\. Together they make 0\.9839/)
      assert.ok(!(await isCovered(page)))
      // PyTorch's dim=0 of these.
      assert.equal((await printed(page))[0], 'tensor([ 0.9558,  0.9839, -0.1414])')
      assert.equal(await output(page, 0, 1).getAttribute('aria-pressed'), 'true')
      assert.ok(await button(page, '✓ dim=0 again').isVisible())
      assert.ok(await button(page, 'Predict dim=1').isVisible())
    },
    WIDE,
  )

pageTest(
  'says what is wrong about a shape',
  async (page) => {
    for (const [text, said] of [
      ['(2, 3)', /before the axis is gone/],
      ['(1, 3)', /keepdim/],
      ['two', /sizes in parentheses/],
      ['', /sizes in parentheses/],
      ['(9,)', /strike one size out/],
      ['()', /strike one size out/],
    ]) {
      assert.match(await guess(page, text), said, text)
      assert.ok(await isCovered(page))
    }
    assert.match(await guess(page, '[3]'), /^Right/)
  },
  { hash: `${WIDE.hash}&predict=0` },
)

pageTest(
  'says what is wrong about marked cells',
  async (page) => {
    const check = async () => {
      await button(page, 'Check').click()
      return verdict(page)
    }
    await mark(page, ['A[1, 1] = 4'])
    assert.match(await check(), /right in A\. The numbers at the same places in B/)
    await mark(page, ['B[0, 0] = 5'])
    assert.match(await check(), /1 of 3 found, and 1 that belongs elsewhere\. Index 0 runs ↓/)
    await mark(page, ['A[1, 1] = 4', 'A[0, 0] = 1', 'A[0, 2] = 2', 'B[0, 1] = 6', 'B[0, 2] = 1'])
    assert.match(await check(), /You let index 1 run →\. With dim=0 index 0 runs ↓\./)
    assert.ok(await isCovered(page))
  },
  { hash: `${WIDE.hash}&predict=0,cells` },
)

pageTest('in a square it says that the shape alone does not tell', async (page) => {
  await button(page, 'Predict dim=1').click()
  assert.match(await guess(page, '(2,)'), /Another dim would give the same shape/)
})

pageTest('is skipped at once, asks no more, and is remembered in the link', async (page) => {
  await button(page, 'Predict dim=0').click()
  await button(page, 'Skip, show me').click()
  assert.ok(!(await isCovered(page)))
  await button(page, 'Predict dim=1').click()
  await button(page, 'Skip, show me').click()
  assert.equal(await predict(page).getByText('Guess before you look').count(), 0)
  assert.match(page.url(), /predicted=0\.2x2\.skipped,1\.2x2\.skipped/)
  await page.reload()
  await page.locator('.explorer').waitFor()
  assert.equal(await predict(page).getByText('Guess before you look').count(), 0)
  assert.ok(await button(page, 'dim=0 again').isVisible())
  await preset(page, '2×3').click()
  assert.ok(await predict(page).getByText('Guess before you look').isVisible())
})

pageTest('back leads from a prediction to the results', async (page) => {
  await button(page, 'Predict dim=0').click()
  await page.goBack()
  assert.ok(!(await isCovered(page)))
  await page.goForward()
  assert.ok(await isCovered(page))
})

pageTest(
  'one number is asked for as ()',
  async (page) => {
    assert.match(await guess(page, '()'), /^Right\. .*\(2,\) → \(\)/)
    await mark(page, ['A[1] = 2', 'B[0] = 3', 'B[1] = 4'])
    await button(page, 'Check').click()
    assert.match(await verdict(page), /0\.9839/)
  },
  // (3 + 8) / √(5 · 25)
  { hash: '#a=[1,2]&b=[3,4]&predict=0' },
)

pageTest(
  'of many cells only the shape is asked',
  async (page) => {
    assert.match(await guess(page, '40'), /^Right/)
    assert.ok(!(await isCovered(page)))
  },
  { hash: `#a=[[${Array(40).fill(1)}]]&b=[[2]]&predict=0` },
)
