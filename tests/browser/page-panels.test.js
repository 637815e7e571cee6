/** The side by side panels: their numbers, the vanishing axis, what dims do to inputs of any rank. */
import assert from 'node:assert/strict'
import { cell, litCells, litFields, output, pageTest, panel, preset, printed, SEED, working } from './browser.js'

pageTest('shows the four results of the worked example, with the working of the first', async (page) => {
  assert.deepEqual(await printed(page), SEED)
  assert.deepEqual(await page.locator('button.output').allTextContents(), [
    'p ↓: 0.9558, from A[:, 0] and B[:, 0]',
    'q ↓: 0.9839, from A[:, 1] and B[:, 1]',
    'u →: 0.9734, from A[0, :] and B[0, :]',
    'v →: 0.9972, from A[1, :] and B[1, :]',
  ])
  assert.deepEqual(await working(page, 0), [
    'dot = 1·5 + 3·7 = 26',
    '‖a‖ = √(1² + 3²) = 3.1623',
    '‖b‖ = √(5² + 7²) = 8.6023',
    'cos = 26 / (3.1623 · 8.6023) = 0.9558',
  ])
  assert.equal(await panel(page, 0).locator('math mfrac').count(), 1)
  assert.equal(await panel(page, 1).locator('math msqrt').count(), 2)
})

for (const [shape, chips, results] of [
  ['2×3', ['(2, 3) → (3,)', '(2, 3) → (2,)'], ['tensor([ 0.9558,  0.9839, -0.1414])', 'tensor([0.8043, 0.8878])']],
  ['3×2', ['(3, 2) → (2,)', '(3, 2) → (3,)'], ['tensor([0.8641, 0.8570])', 'tensor([ 0.9734,  0.9972, -0.1414])']],
])
  pageTest(`in the shape ${shape} the two results differ in length`, async (page) => {
    await preset(page, shape).click()
    assert.deepEqual(await printed(page), results)
    assert.deepEqual(
      await page.locator('.explorer .chips').allTextContents(),
      chips.map((text) => `Shape: ${text}`),
    )
  })

pageTest('strikes the reduced axis out, and says so in words', async (page) => {
  await preset(page, '2×3').click()
  for (const [dim, struck, words] of [
    [0, '2', 'Index 0 runs ↓ and disappears. Index 1 stays: one output for each of its 3 values.'],
    [1, '3', 'Index 1 runs → and disappears. Index 0 stays: one output for each of its 2 values.'],
  ]) {
    assert.deepEqual(await panel(page, dim).locator('s').allTextContents(), [struck])
    assert.ok(await panel(page, dim).getByText(words).isVisible())
  }
})

pageTest('each dim is under both of its names, and a panel goes to another', async (page) => {
  await preset(page, '2×3').click()
  const dims = panel(page, 0).getByRole('radio')
  assert.deepEqual(await panel(page, 0).locator('.dims label').allTextContents(), ['0 / −2 ↓', '1 / −1 →'])
  assert.ok(await dims.nth(0).isChecked())
  await dims.nth(0).press('ArrowRight')
  assert.deepEqual(await printed(page), ['tensor([0.8043, 0.8878])', 'tensor([0.8043, 0.8878])'])
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.value), '1')
})

pageTest('compares all pairs by broadcasting, and shows what it repeats', async (page) => {
  await preset(page, 'all pairs').click()
  assert.deepEqual(await printed(page), ['tensor([[0.9734, 0.9676],\n        [0.9987, 0.9972]])'])
  assert.equal(await page.locator('.cell[data-ghost]').count(), 8)
  await output(page, -1, 1).hover()
  assert.deepEqual(await litCells(page, -1), ['1', '2', '7', '8'])
  assert.deepEqual(await litFields(page), [
    'A, index 0, 0, 0',
    'A, index 0, 0, 1',
    'B, index 0, 1, 0',
    'B, index 0, 1, 1',
  ])
  await cell(page, 'A, index 0, 0, 0').hover()
  assert.deepEqual(await litCells(page, -1), ['1', '2', '1', '2', '5', '6', '7', '8'])
})

// By hand: along index 0 they are 10/26, 24/40, 42/58 and 64/80.
pageTest('an index before the last two runs from block to block', async (page) => {
  await preset(page, '2×2×2').click()
  assert.deepEqual(await printed(page), [
    'tensor([[0.3846, 0.6000],\n        [0.7241, 0.8000]])',
    'tensor([[0.9558, 0.9839],\n        [0.9558, 0.9839]])',
    'tensor([[0.9734, 0.9972],\n        [0.9734, 0.9972]])',
  ])
  assert.equal(await output(page, 0, 1).textContent(), 'q ↘: 0.6000, from A[:, 0, 1] and B[:, 0, 1]')
  await output(page, 0, 1).hover()
  assert.deepEqual(await litCells(page, 0), ['2', '6', '6', '2'])
})

for (const [what, hash, error] of [
  [
    'shapes that do not broadcast',
    '#a=[[1,2,3]]&b=[[1,2]]&dim=0',
    'The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 1',
  ],
  [
    'vectors with the default dim',
    '#a=[1,2]&b=[3,4]&dim=1',
    'Dimension out of range (expected to be in range of [-1, 0], but got 1)',
  ],
])
  pageTest(
    `${what} give PyTorch’s error where the result would be`,
    async (page) => {
      const said = await page.locator('.explorer .call').textContent()
      assert.ok(said.includes(error), said)
      await preset(page, '2×2').click()
      assert.deepEqual(await printed(page), SEED)
    },
    { hash },
  )

for (const [rank, hash, results] of [
  [0, '#a=2&b=-3', ['tensor(-1.)']],
  [1, '#a=[1,2]&b=[5,6]', ['tensor(0.9734)']],
  [4, '#a=[[[[1,2]]],[[[3,4]]]]&b=[[[[5,6]]],[[[7,8]]]]&dim=0,-1', undefined],
])
  pageTest(
    `draws inputs of rank ${rank}`,
    async (page) => {
      assert.equal(await page.locator('.error').count(), 0)
      if (results) assert.deepEqual(await printed(page), results)
      else assert.deepEqual((await printed(page)).length, 2)
      assert.ok((await page.locator('button.output').count()) > 0)
    },
    { hash },
  )
