/** The quiz: feedback, the next question, and nothing recorded. */
import assert from 'node:assert/strict'
import { output, pageTest, panel, SAME } from './browser.js'

const quiz = (page) => page.locator('.quiz')
const option = (page, name) => quiz(page).getByRole('radio', { name, exact: true })
const press = (page, name) => quiz(page).getByRole('button', { name }).click()
const feedback = async (page) => (await quiz(page).getByRole('status').textContent()).replaceAll('\u00a0', ' ')

// A (4, 3), B (4, 3), dim=1
pageTest(
  'by mouse: asks for a choice first, says why an answer is wrong or right, and draws it',
  async (page) => {
    assert.match(
      await quiz(page).getByRole('group').textContent(),
      /A has the shape \(4, 3\), B \(4, 3\)\. What is the shape of F\.cosine_similarity\(A, B, dim=1\)\?/,
    )
    await press(page, 'Check')
    assert.equal(await feedback(page), 'Choose an answer first.')
    assert.ok(await quiz(page).getByRole('button', { name: 'See it' }).isHidden())
    const right = 'Axis 1 vanishes: (4, 3) becomes (4,).'
    await option(page, '(3,)').check()
    await press(page, 'Check')
    assert.equal(await feedback(page), `Not quite. That is the size of axis 1, the one that vanishes. ${right}`)
    await option(page, 'none: it is an error').check()
    await press(page, 'Check')
    assert.equal(
      await feedback(page),
      `Not quite. There is such a dim, and the shapes broadcast: lined up from the right, sizes are equal, or one of them is 1 or missing. ${right}`,
    )
    await option(page, '(4,)').check()
    await press(page, 'Check')
    assert.equal(await feedback(page), `Right. ${right}`)
    await press(page, 'See it')
    assert.ok(await panel(page, 1).isVisible())
    assert.ok(await output(page, 1, 3).isVisible())
    await page.goBack()
    assert.ok(await panel(page, 0).isVisible())
  },
  SAME,
)

pageTest('by keyboard: the next question gets the focus and has no answer yet', async (page) => {
  await option(page, '(3,)').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  assert.ok(await option(page, '(4,)').isChecked())
  assert.equal(await feedback(page), '') // moving between the options reveals nothing
  await page.keyboard.press('Enter')
  assert.match(await feedback(page), /^Right\./)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  assert.equal(await feedback(page), '')
  assert.match(await quiz(page).getByRole('group').textContent(), /A has the shape \(5, 4\), B \(5, 4\).*dim=0\)/)
  assert.equal(await quiz(page).locator('input:focus').count(), 1)
  assert.equal(await quiz(page).locator('input:checked').count(), 0)
  await page.waitForURL(/#quiz=38$/)
})

pageTest(
  'an answer and its feedback survive a change of language',
  async (page) => {
    await option(page, '(3,)').check()
    await page.getByRole('button', { name: '中文' }).click()
    assert.ok(await option(page, '(3,)').isChecked())
    assert.equal(await feedback(page), '')
    await press(page, '检查')
    await option(page, '(4,)').check()
    await page.getByRole('button', { name: 'English' }).click()
    assert.ok(await option(page, '(4,)').isChecked())
    assert.match(await feedback(page), /^Not quite\. That is the size of axis 1/)
    await press(page, 'Another one')
    await page.getByRole('button', { name: '中文' }).click()
    assert.equal(await quiz(page).locator('input:checked').count(), 0)
    assert.equal(await feedback(page), '')
  },
  SAME,
)

pageTest(
  'a link asks its question, with an error in PyTorch’s words; the answer is not recorded',
  async (page) => {
    const before = page.url()
    await option(page, '(2, 5, 4)').check()
    await press(page, 'Check')
    assert.match(
      await feedback(page),
      /Not quite\..*PyTorch says: Dimension out of range \(expected to be in range of \[-4, 3\], but got -5\)\./,
    )
    await option(page, 'none: it is an error').check()
    await press(page, 'Check')
    assert.match(await feedback(page), /^Right\./)
    await page.waitForTimeout(600)
    assert.equal(page.url(), before)
    assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]), [
      0,
      0,
      '',
    ])
  },
  { ...SAME, hash: '#quiz=5' },
)
