/** Predict, then reveal: an invitation that hides nothing until it is accepted, and feedback on guesses. */
import assert from 'node:assert/strict'
import { boxOf, cell, listen, output, pageTest, panel, preset, printed, SAME, SEED } from './browser.js'

const predict = (page) => page.getByRole('region', { name: 'Predict' })
const button = (page, name) => predict(page).getByRole('button', { name, exact: true })
/** With its no-break spaces as plain ones. */
const verdict = async (page) => (await predict(page).getByRole('status').textContent()).replace(/\s/g, ' ')
const shape = (page) => predict(page).getByLabel('Shape of the result')
const isCovered = async (page) => !(await panel(page, 0).isVisible())
const focused = (page) => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent)
const mark = (page, names) =>
  names.reduce((done, name) => done.then(() => button(page, name).click()), Promise.resolve())

async function guess(page, text) {
  await shape(page).fill(text)
  await shape(page).press('Enter')
  return verdict(page)
}

/** A = [[1, 2, 2], [3, 4, -1]], B = [[5, 6, 1], [7, 8, 3]] */
const WIDE = { hash: '#a=[[1,2,2],[3,4,-1]]&b=[[5,6,1],[7,8,3]]' }

pageTest(
  'covers nothing until the reader starts a prediction',
  async (page) => {
    assert.ok(await panel(page, 0).isVisible())
    assert.deepEqual(await printed(page), SEED)
    assert.ok(await output(page, 1, 1).isVisible())
  },
  SAME,
)

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
    `asks for the shape, then the cells, then shows the results, by ${means}`,
    async (page) => {
      await PRESSES[means](page, 'Predict dim=0')
      assert.ok(await isCovered(page))
      assert.match(await predict(page).textContent(), /A has the shape \(2, 3\)/)

      await shape(page).fill('(2,)')
      await PRESSES[means](page, 'Check')
      assert.match(await verdict(page), /You removed axis 1; dim=0 removes axis 0\./)
      assert.ok(await isCovered(page))

      await shape(page).fill('(3,)')
      await PRESSES[means](page, 'Check')
      assert.match(await verdict(page), /^Right\. .*\(2, 3\) becomes \(3,\)/)
      assert.ok(await isCovered(page))
      assert.match(await predict(page).textContent(), /A\[0, 1\] is given/)
      assert.ok(await predict(page).getByLabel('A[0, 1] = 2, given', { exact: true }).isVisible())

      await MARKS[means](page, ['A[1, 1] = 4', 'B[0, 1] = 6', 'B[1, 1] = 8'])
      await PRESSES[means](page, 'Check')
      assert.match(await verdict(page), /^Right\. Together they make 0\.9839/)
      assert.ok(!(await isCovered(page)))
      // PyTorch's result along dim=0.
      assert.equal((await printed(page))[0], 'tensor([ 0.9558,  0.9839, -0.1414])')
      assert.equal(await output(page, 0, 1).getAttribute('aria-pressed'), 'true')
      assert.ok(await button(page, '✓ dim=0 again').isVisible())
      assert.ok(await button(page, 'Predict dim=1').isVisible())
    },
    { ...(means === 'the mouse' ? SAME : {}), ...WIDE },
  )

pageTest(
  'says what is wrong with a shape',
  async (page) => {
    for (const [text, said] of /** @type {const} */ ([
      ['(2, 3)', /before the axis vanishes/],
      ['(1, 3)', /keepdim/],
      ['(9,)', /strike one size out/],
      ['()', /strike one size out/],
    ])) {
      assert.match(await guess(page, text), said, text)
      assert.ok(await isCovered(page))
    }
    assert.match(await guess(page, '[3]'), /^Right/)
  },
  { ...SAME, hash: `${WIDE.hash}&predict=0` },
)

pageTest(
  'a wrong shape is marked, with the reason, until it is edited',
  async (page) => {
    const marks = () =>
      shape(page).evaluate((node) => {
        const ids = node.getAttribute('aria-describedby').split(' ')
        return [node.ariaInvalid, ids.map((id) => node.getRootNode().getElementById(id).textContent).join(' ')]
      })
    const hint =
      'The rest of the page is hidden meanwhile. “Skip”, or Esc, brings it back. ' +
      'A has the shape (2, 3), B (2, 3). What is the shape of F.cosine_similarity(A, B, dim=0)? ' +
      'as in (4,) or (2, 3); () for a single number'
    assert.deepEqual(await marks(), [null, hint])
    await guess(page, '(2,)')
    const wrong = await marks()
    assert.equal(wrong[0], 'true')
    assert.match(wrong[1], /Not quite\. .*axis 1/)
    await shape(page).press('End')
    await shape(page).press('Backspace')
    assert.deepEqual(await marks(), [null, hint])
  },
  { hash: `${WIDE.hash}&predict=0`, browsers: ['chromium'] },
)

pageTest(
  'a guess that cannot be read is not called wrong, and stays as it is',
  async (page) => {
    for (const text of ['two', '2 or 3', '(2.5,)']) {
      assert.equal(
        await guess(page, text),
        `“${text}” cannot be read as a shape. Write the sizes in parentheses: (4,) or (2, 3).`,
      )
      assert.equal(await shape(page).inputValue(), text)
      assert.equal(await shape(page).getAttribute('aria-invalid'), 'true')
      assert.equal(await predict(page).locator('.verdict.wrong').count(), 0)
      // Nothing is selected, so the next key adds to the text.
      await page.keyboard.press('End')
      await page.keyboard.type(',')
      assert.equal(await shape(page).inputValue(), `${text},`)
    }
    assert.match(await guess(page, ''), /^Write the sizes in parentheses/)
  },
  { ...SAME, hash: `${WIDE.hash}&predict=0` },
)

pageTest(
  'skipping goes to the panel that was to be predicted',
  async (page) => {
    for (const dim of [1, 0]) {
      await button(page, `Predict dim=${dim}`).press('Enter')
      await button(page, 'Skip, show me').press('Enter')
      assert.equal(await focused(page), `dim=${dim}`)
      assert.ok((await boxOf(panel(page, dim))).y >= 0)
    }
  },
  { ...WIDE, ...SAME },
)

pageTest(
  'says what is wrong with the marked cells',
  async (page) => {
    const check = async () => {
      await button(page, 'Check').click()
      return verdict(page)
    }
    await mark(page, ['A[1, 1] = 4'])
    assert.match(await check(), /right in A\. The numbers at the same places in B/)
    await mark(page, ['B[0, 0] = 5'])
    assert.match(await check(), /1 of 3 found, 1 wrong\. Axis 0 is squeezed ↓/)
    await mark(page, ['A[1, 1] = 4, right', 'A[0, 0] = 1', 'A[0, 2] = 2', 'B[0, 1] = 6, missed', 'B[0, 2] = 1'])
    assert.match(await check(), /You squeezed axis 1 →\. dim=0 squeezes axis 0 ↓\./)
    assert.ok(await isCovered(page))
  },
  { ...SAME, hash: `${WIDE.hash}&predict=0,cells` },
)

pageTest(
  'given, marked, right, wrong and missed cells each have their own look and name',
  async (page) => {
    const looks = async () =>
      predict(page)
        .locator('.markable')
        .evaluateAll((nodes) =>
          Object.fromEntries(
            nodes.map((node) => {
              const { borderTopStyle, borderTopWidth, backgroundColor } = getComputedStyle(node)
              const sign = node.querySelector('.sign').textContent
              return [
                node.getAttribute('aria-label'),
                { sign, look: [borderTopStyle, borderTopWidth, backgroundColor === 'rgba(0, 0, 0, 0)'].join() },
              ]
            }),
          ),
        )
    await mark(page, ['A[1, 1] = 4', 'B[0, 0] = 5', 'B[1, 1] = 8'])
    const before = await looks()
    assert.deepEqual(
      ['A[0, 1] = 2, given', 'A[1, 1] = 4', 'B[0, 0] = 5', 'B[0, 1] = 6'].map((name) => before[name].sign),
      ['◆', '●', '●', ''],
    )
    await button(page, 'Check').click()
    const after = await looks()
    const told = {
      'A[0, 1] = 2, given': '◆',
      'A[1, 1] = 4, right': '✓',
      'B[0, 0] = 5, wrong': '✗',
      'B[0, 1] = 6, missed': '+',
      'B[1, 1] = 8, right': '✓',
    }
    assert.deepEqual(Object.fromEntries(Object.keys(told).map((name) => [name, after[name].sign])), told)
    assert.equal(Object.values(after).filter(({ sign }) => sign).length, 5)
    const borders = [
      'A[0, 1] = 2, given',
      'A[1, 1] = 4, right',
      'B[0, 0] = 5, wrong',
      'B[0, 1] = 6, missed',
      'A[0, 0] = 1',
    ]
    assert.equal(new Set(borders.map((name) => after[name].look)).size, 5)
    assert.equal(await predict(page).locator('.legend').innerText(), '◆ given\n✓ right\n✗ wrong\n+ missed')
    // Changing a cell clears its verdict.
    await mark(page, ['B[0, 0] = 5, wrong', 'B[0, 1] = 6, missed'])
    const mended = await looks()
    assert.deepEqual([mended['B[0, 0] = 5'].sign, mended['B[0, 1] = 6'].sign], ['', '●'])
    await button(page, 'Check').click()
    assert.match(await verdict(page), /^Right\. Together they make 0\.9839/)
  },
  { hash: `${WIDE.hash}&predict=0,cells` },
)

pageTest(
  'an unfinished guess and its verdict survive a change of language, and end with the question',
  async (page) => {
    const other = (name) => page.getByRole('button', { name, exact: true }).click()
    const inChinese = page.getByRole('region', { name: '先猜一猜' })
    await shape(page).fill('(2')
    await other('中文')
    assert.equal(await inChinese.getByLabel('结果的形状').inputValue(), '(2')
    await other('English')
    assert.match(await guess(page, '(2,)'), /You removed axis 1/)
    await other('中文')
    assert.match((await inChinese.getByRole('status').textContent()) ?? '', /你去掉了轴 1/)
    await other('English')
    await guess(page, '(3,)')
    await mark(page, ['A[1, 1] = 4', 'B[0, 0] = 5'])
    await button(page, 'Check').click()
    await mark(page, ['B[1, 1] = 8, missed'])
    await other('中文')
    const signs = () => page.locator('.predict .sign').allTextContents()
    assert.deepEqual(await signs(), ['', '◆', '', '', '✓', '', '✗', '+', '', '', '●', ''])
    assert.ok(await inChinese.getByLabel('B[0, 0] = 5, 错误', { exact: true }).isVisible())
    await other('English')
    await cell(page, 'A, row 0, column 0').fill('9')
    assert.deepEqual(await signs(), ['', '◆', '', '', '', '', '', '', '', '', '', ''])
    assert.equal(await verdict(page), '')
  },
  { ...SAME, hash: `${WIDE.hash}&predict=0` },
)

/**
 * A = [[1, 2, 2], [3, 4, -1]]: PyTorch's results along dim 0 and dim 1, and their shapes. None of these may be
 * revealed.
 */
const TOLD = /0\.9558|0\.9839|0\.1414|0\.8043|0\.8878|\(3,\)|\(2,\)/
const seen = (page) => page.locator('.explorer').innerText()

for (const dim of [0, 1])
  pageTest(
    `the question takes the place of the panel dim=${dim}, and nothing reveals the answer meanwhile`,
    async (page) => {
      assert.match(await seen(page), TOLD)
      const before = await boxOf(panel(page, dim))
      await button(page, `Predict dim=${dim}`).click()
      const { x, width } = await boxOf(predict(page).locator('.own'))
      assert.deepEqual([x, width], [before.x, before.width])
      const cover = page.locator('.cover')
      assert.deepEqual(await cover.allInnerTexts(), [`dim=${1 - dim}\ncovered while you predict`])
      assert.ok((await boxOf(cover)).x !== x)

      const said = await listen(page)
      await cell(page, 'A, row 0, column 0').fill('1.0')
      await page.waitForTimeout(800) // longer than the pause before an announcement
      assert.deepEqual(await said(), [])
      assert.doesNotMatch(await seen(page), TOLD)
      assert.equal(await page.locator('.matrix [data-lit]').count(), 1) // the focused cell
      assert.doesNotMatch(page.url(), /pin=/)
      assert.match(page.url(), new RegExp(`predict=${dim}`))
      await button(page, 'Skip, show me').click()
      assert.match(await seen(page), TOLD)
    },
    { ...(dim ? SAME : {}), hash: `${WIDE.hash}&pin=dim${dim}:1` },
  )

pageTest(
  'a link’s pin is not shown during the prediction',
  async (page) => {
    assert.equal(await page.locator('.matrix [data-lit]').count(), 0)
    await button(page, 'Skip, show me').press('Enter')
    assert.equal(await page.locator('.matrix [data-lit]').count(), 4)
  },
  { ...SAME, hash: `${WIDE.hash}&predict=0,cells&pin=dim0:1` },
)

pageTest(
  'with a square matrix it says that the shape alone does not tell the dims apart',
  async (page) => {
    await button(page, 'Predict dim=1').click()
    assert.match(await guess(page, '(2,)'), /Another dim would give the same shape/)
  },
  SAME,
)

pageTest(
  'can be skipped at once, does not invite again, and is remembered in the link',
  async (page) => {
    await button(page, 'Predict dim=0').click()
    await button(page, 'Skip, show me').click()
    assert.ok(!(await isCovered(page)))
    await button(page, 'Predict dim=1').click()
    await button(page, 'Skip, show me').click()
    assert.equal(await predict(page).getByText('Guess first').count(), 0)
    assert.match(page.url(), /predicted=0\.2x2\.skipped,1\.2x2\.skipped/)
    await page.reload()
    await page.locator('.explorer').waitFor()
    assert.equal(await predict(page).getByText('Guess first').count(), 0)
    assert.ok(await button(page, 'dim=0 again').isVisible())
    await preset(page, '2×3').click()
    assert.ok(await predict(page).getByText('Guess first').isVisible())
  },
  SAME,
)

pageTest('back returns from a prediction to the results', async (page) => {
  await button(page, 'Predict dim=0').click()
  await page.goBack()
  assert.ok(!(await isCovered(page)))
  await page.goForward()
  assert.ok(await isCovered(page))
})

pageTest(
  'the shape of a single number is ()',
  async (page) => {
    assert.match(await guess(page, '()'), /^Right\. .*\(2,\) becomes \(\)/)
    await mark(page, ['A[1] = 2', 'B[0] = 3', 'B[1] = 4'])
    await button(page, 'Check').click()
    assert.match(await verdict(page), /0\.9839/)
  },
  // (3 + 8) / √(5 · 25)
  { ...SAME, hash: '#a=[1,2]&b=[3,4]&predict=0' },
)

pageTest(
  'with many cells only the shape is asked',
  async (page) => {
    assert.match(await guess(page, '40'), /^Right/)
    assert.ok(!(await isCovered(page)))
  },
  { ...SAME, hash: `#a=[[${Array(40).fill(1)}]]&b=[[2]]&predict=0` },
)

pageTest(
  'covers nothing when the section is hidden',
  async (page) => {
    assert.ok(!(await isCovered(page)))
    assert.equal(await page.locator('.matrix [data-lit]').count(), 4)
  },
  { ...SAME, hash: `${WIDE.hash}&predict=0&pin=dim0:1&hide=predict` },
)

pageTest(
  'each part focuses what comes next: the field, the first cell, and at the end the heading',
  async (page) => {
    await button(page, 'Predict dim=0').press('Enter')
    await page.keyboard.type('(3,)')
    await page.keyboard.press('Enter')
    assert.match(await verdict(page), /^Right/)
    await page.keyboard.press('Space')
    assert.equal(await button(page, 'A[0, 0] = 1').getAttribute('aria-pressed'), 'true')
    await page.keyboard.press('Space')
    await mark(page, ['A[1, 1] = 4', 'B[0, 1] = 6', 'B[1, 1] = 8'])
    await button(page, 'Check').press('Enter')
    assert.equal(await focused(page), 'Predict it first')
  },
  WIDE,
)
