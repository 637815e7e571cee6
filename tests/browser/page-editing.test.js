/** Editing: numbers, eps, flagging invalid input in place, and the keyboard. */
import assert from 'node:assert/strict'
import {
  boxOf,
  cell,
  eventually,
  inWords,
  listen,
  output,
  pageTest,
  panel,
  paste,
  preset,
  printed,
  SAME,
  SEED,
  setEps,
  textOf,
  unfold,
  working,
} from './browser.js'

// PyTorch 2.14 gives these results for the same edits.
pageTest(
  'an edit changes, for each dim, the one output that the cell feeds',
  async (page) => {
    await cell(page, 'A, row 0, column 1').fill('-9')
    assert.deepEqual(await printed(page), ['tensor([ 0.9558, -0.2234])', 'tensor([-0.6928,  0.9972])'])
    assert.deepEqual(
      await working(page, 1),
      [
        'dot = 1·5 + (−9)·6 = −49',
        '‖a‖ = √(1² + (−9)²) = 9.0554',
        '‖b‖ = √(5² + 6²) = 7.8102',
        'cos = −49 / (9.0554 · 7.8102) = −0.6928',
      ].map(inWords),
    )
    await cell(page, 'A, row 0, column 1').fill('2')
    await cell(page, 'B, row 1, column 0').fill('.5')
    assert.deepEqual(await printed(page), ['tensor([0.4091, 0.9839])', 'tensor([0.9734, 0.8359])'])
    await page
      .getByRole('status')
      .filter({ hasText: 'dim=0: 0.4091, 0.9839. dim=1: 0.9734, 0.8359' })
      .waitFor({ state: 'attached' })
  },
  SAME,
)

pageTest(
  'eps replaces a smaller norm, and the working says so',
  async (page) => {
    assert.equal(await page.locator('.note').count(), 0)
    await setEps(page, '4')
    assert.deepEqual(await printed(page), ['tensor([0.7556, 0.9839])', 'tensor([0.5442, 0.9972])'])
    assert.equal((await working(page, 0)).at(-1), inWords('cos = 26 / (4 · 8.6023) = 0.7556'))
    assert.equal(
      await panel(page, 0).locator('.note [aria-hidden]').textContent(),
      '‖a‖ = 3.1623 is less than eps = 4, so eps takes its place.',
    )
    await setEps(page, '8')
    assert.deepEqual(await panel(page, 1).locator('.note [aria-hidden]').allTextContents(), [
      '‖a‖ = 2.2361 is less than eps = 8, so eps takes its place.',
      '‖b‖ = 7.8102 is less than eps = 8, so eps takes its place.',
    ])
    await setEps(page, '1e-8')
    await cell(page, 'A, row 0, column 0').fill('0')
    await cell(page, 'A, row 1, column 0').fill('0')
    assert.equal((await printed(page))[0], 'tensor([0.0000, 0.9839])')
    assert.equal(
      await panel(page, 0).locator('.angle').textContent(),
      'No angle: one of the two has length 0, or nan or inf in it.',
    )
  },
  SAME,
)

for (const [typed, words] of [
  ['abc', 'A, row 0, column 1 is “abc”, which is not a number. The last good value was 2; Esc brings it back.'],
  ['', 'A, row 0, column 1 is empty. Give a number. The last good value was 2; Esc brings it back.'],
  ['1,5', 'A, row 0, column 1 is “1,5”. Write 1.5. The last good value was 2; Esc brings it back.'],
  [
    '1e999',
    'A, row 0, column 1 is “1e999”, too large for float32, which ends at 3.4e38. The last good value was 2; Esc brings it back.',
  ],
])
  pageTest(
    `flags a cell with “${typed}” and says why, keeps the last valid result, and recovers`,
    async (page) => {
      const wrong = cell(page, 'A, row 0, column 1')
      const marks = page.locator('.stale', {
        hasText: 'Result of the last good numbers, from before the marked input.',
      })
      const visibleMarks = async () =>
        (await marks.all()).length && Promise.all((await marks.all()).map((mark) => mark.isVisible()))
      const message = page.locator('.message:visible')
      assert.deepEqual(await visibleMarks(), [false, false])

      // Set in one go, as dictation does. When typed letter by letter, the first letters may be a valid number.
      await wrong.focus()
      await wrong.evaluate((input, text) => {
        input.value = text
        input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
      }, typed)
      if (!typed) await wrong.press('Enter') // an empty field is only wrong once it is left or entered
      assert.equal(await wrong.getAttribute('aria-invalid'), 'true')
      assert.deepEqual(await message.allTextContents(), [words])
      assert.equal(await wrong.getAttribute('aria-describedby'), await message.getAttribute('id'))
      assert.deepEqual(await visibleMarks(), [true, true])
      assert.deepEqual(await printed(page), SEED)

      await cell(page, 'A, row 0, column 0').fill('12')
      assert.deepEqual(await printed(page), SEED)

      await wrong.press('Escape')
      assert.equal(await wrong.inputValue(), '2')
      assert.equal(await wrong.getAttribute('aria-invalid'), null)
      assert.equal(await message.count(), 0)
      assert.deepEqual(await visibleMarks(), [false, false])
      assert.deepEqual(await printed(page), ['tensor([0.7612, 0.9839])', 'tensor([0.7578, 0.9972])'])
    },
    { ...(typed !== 'abc' ? SAME : {}) },
  )

/** The position of everything that an error could move, and what is marked as wrong. */
const picture = (page) =>
  page.evaluate(() => {
    const root = document.querySelector('main cosine-dim')?.shadowRoot
    const all = [...(root?.querySelectorAll('.panel, .message, .stale, [aria-invalid]') ?? [])]
    return all.map((node) => `${node.className} ${JSON.stringify(node.getBoundingClientRect())}`).join('\n')
  })

pageTest(
  'the start of a number is not an error while it is typed, only when it is left unfinished',
  async (page) => {
    for (const [name, good] of [
      ['A, row 0, column 1', '2'],
      ['eps', '1e-8'],
      ['target, row 0, column 1', '0.2194'],
    ]) {
      if (name === 'eps') await unfold(page)
      const field = cell(page, name)
      await field.focus()
      const before = await picture(page)
      for (const beginning of ['-', '+', '.', '−', '-.', '', '1e', '1e-', '1.e+', '.5E']) {
        await field.focus()
        await page.keyboard.press('Control+KeyA')
        await page.keyboard.press('Delete')
        await page.keyboard.type(beginning)
        assert.equal(await field.inputValue(), beginning)
        assert.equal(await field.getAttribute('aria-invalid'), null, beginning)
        assert.equal(await page.locator('.message:visible').count(), 0, beginning)
        if (!/\d/.test(beginning)) assert.equal(await picture(page), before)
      }
      for (const leave of ['Enter', 'Tab']) {
        await field.selectText()
        await page.keyboard.type('-')
        await page.keyboard.press(leave)
        assert.equal(await field.getAttribute('aria-invalid'), 'true', leave)
        assert.match(
          await textOf(page.locator('.message:visible')),
          new RegExp(`“-”, which is not a number. The last good value was ${good};`),
        )
        await field.focus()
        await page.keyboard.press('Escape')
        assert.equal(await field.inputValue(), good)
      }
    }
  },
  SAME,
)

pageTest('the fields have headings for axis 1 → above and for axis 0 ↓ beside them', async (page) => {
  const heads = async (part) => {
    const texts = await page.locator('.explorer .matrix').first().locator(`${part} th`).allTextContents()
    return texts.map((text) => text.replace(/\s/g, ' '))
  }
  assert.deepEqual(await heads('thead'), ['axis 1 →', 'axis 0 ↓', '0', '1'])
  assert.deepEqual(await heads('tbody'), ['0', '1'])
})

pageTest('a message is as wide as A and B together and does not move them', async (page) => {
  const [a, b] = await page
    .locator('.explorer .matrices .matrix')
    .evaluateAll((all) => all.map((node) => node.getBoundingClientRect()).map(({ left, right }) => [left, right]))
  await cell(page, 'B, row 0, column 0').fill('x')
  const { x, width } = await boxOf(page.locator('.message:visible'))
  assert.ok(Math.abs(x - a[0]) < 1 && Math.abs(x + width - b[1]) < 1, `${x}, ${width} in ${a}, ${b}`)
  assert.equal((await boxOf(page.locator('.explorer .matrices .matrix').nth(1))).x, b[0])
})

pageTest(
  'the last valid value is the one from before typing began, not a part of what is typed',
  async (page) => {
    const field = cell(page, 'A, row 0, column 0')
    const message = page.locator('.message:visible')
    const retype = async (text) => {
      await field.selectText()
      await page.keyboard.type(text)
    }
    await retype('12x')
    assert.match(await textOf(message), /The last good value was 1; Esc/)
    await field.press('Escape')
    assert.equal(await field.inputValue(), '1')
    assert.deepEqual(await printed(page), SEED)
    // This also restores it after a valid number was typed.
    await retype('12')
    await field.press('Escape')
    assert.equal(await field.inputValue(), '1')
    // The value that was left in the field is now the last valid one.
    await retype('7')
    await field.press('Tab')
    await retype('12x')
    assert.match(await textOf(message), /The last good value was 7; Esc/)
    await field.press('Tab')
    assert.match(await textOf(message), /The last good value was 7; Esc/)
    await retype('3y')
    await field.press('Escape')
    assert.equal(await field.inputValue(), '7')
  },
  SAME,
)

for (const [name, text] of [
  [
    'A, row 0, column 1',
    'A, row 0, column 1 is “x”, which is not a number. The last good value was 2; Esc brings it back. Result of the last good numbers, from before the marked input.',
  ],
  [
    'eps',
    'eps is “x”, which is not a number. The last good value was 1e-8; Esc brings it back. Result of the last good numbers, from before the marked input.',
  ],
  [
    'target, row 0, column 1',
    'target, row 0, column 1 is “x”, which is not a number. The last good value was 0.2194; Esc brings it back. Shares of the last good numbers, from before the marked input.',
  ],
])
  pageTest(
    `announces what is wrong in ${name} once`,
    async (page) => {
      const said = await listen(page)
      if (name === 'eps') await unfold(page)
      await cell(page, name).selectText()
      await page.keyboard.type('x')
      await eventually(async () => assert.deepEqual(await said(), [text]))
      await page.keyboard.press('Tab')
      await page.waitForTimeout(900) // longer than the pause before an announcement
      assert.deepEqual(await said(), [text])
    },
    SAME,
  )

pageTest(
  'announces an error even if another change follows at once elsewhere',
  async (page) => {
    const said = await listen(page)
    // Both at once: after a pause they would be two announcements.
    const both = cell(page, 'A, row 0, column 1').or(cell(page, 'target, row 0, column 1'))
    await both.evaluateAll((inputs) =>
      ['x', '0.5'].forEach((text, i) => {
        inputs[i].value = text
        inputs[i].dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
      }),
    )
    await eventually(async () => {
      const [first, ...rest] = await said()
      assert.deepEqual(rest, [])
      assert.match(first, /^A, row 0, column 1 is “x”, which is not a number.*before the marked input\.$/)
    })
    // Input corrected before the announcement is not announced.
    await cell(page, 'B, row 0, column 1').fill('y')
    await cell(page, 'B, row 0, column 1').fill('6')
    await cell(page, 'A, row 0, column 1').fill('2')
    const results = 'dim=0: 0.9558, 0.9839. dim=1: 0.9734, 0.9972.'
    await eventually(async () => assert.deepEqual((await said()).slice(1), [results]))
  },
  SAME,
)

pageTest(
  'on the Chinese page PyTorch’s words are marked as English: in a message, a status, a panel and a card',
  async (page) => {
    const english = (within) => page.locator(`.explorer ${within} [lang=en]`).allTextContents()
    assert.equal(await page.locator('.explorer').getAttribute('lang'), 'zh-Hans')
    await setEps(page, '-1')
    assert.deepEqual(await english('.message'), ['“eps must be non-negative, got: -1”'])
    await page.locator('.explorer > [role=status]:not(:empty)').waitFor({ state: 'attached' })
    assert.deepEqual(await english('> [role=status]'), ['“eps must be non-negative, got: -1”'])
    // PyTorch's message for dim=5 with two dims.
    const refused = 'Dimension out of range (expected to be in range of [-2, 1], but got 5)'
    assert.deepEqual(await english('.call'), [refused])
    assert.deepEqual(await english('.card'), [
      'Dimension out of range (expected to be in range of [-1, 0], but got 1)',
      'Dimension out of range (expected to be in range of [-2, 1], but got 2)',
    ])
    await page.follow('#lang=zh-Hans&a=[[1,2,3]]&b=[[1,2]]')
    assert.match((await english('.call')).join(), /^The size of tensor a \(3\) must match/)
    // Nothing else is marked as English.
    await page.follow('#lang=zh-Hans&a=[[x,2]]')
    assert.deepEqual(await english('.message'), [])
  },
  { ...SAME, hash: '#lang=zh-Hans&dim=0,5' },
)

pageTest(
  'flags an eps below 0 in PyTorch’s words',
  async (page) => {
    await setEps(page, '-1')
    assert.match(
      await textOf(page.locator('.message:visible')),
      /^eps has to be 0 or more. PyTorch says: “eps must be non-negative, got: -1”/,
    )
    assert.deepEqual(await printed(page), SEED)
    await setEps(page, '1e999')
    assert.match(await textOf(page.locator('.message:visible')), /^eps is “1e999”, too large\./)
    await preset(page, '3×2').click()
    assert.equal(await cell(page, 'eps').inputValue(), '1e-8')
    assert.equal(await page.locator('.message:visible').count(), 0)
  },
  SAME,
)

pageTest(
  'works by keyboard alone: arrow keys move the caret, then between cells; Tab reaches examples, eps, dims and outputs',
  async (page) => {
    const focused = () =>
      page.evaluate(() => {
        const { activeElement } = document
        const node = /** @type {HTMLInputElement | null | undefined} */ (
          activeElement?.shadowRoot?.activeElement ?? activeElement
        )
        return node?.getAttribute('aria-label') || node?.title || node?.textContent || node?.id || node?.value || ''
      })
    const press = async (...keys) => {
      for (const key of keys) await page.keyboard.press(key)
      return focused()
    }
    assert.equal(await press('Tab'), 'Skip to the table of contents')
    for (const name of ['中文', 'Copy link', 'Present']) assert.equal(await press('Tab'), name)
    for (const place of [1, 2, 3, 4, 5]) assert.ok((await press('Tab')).startsWith(`${place} of 5`))
    assert.equal(await press('Tab'), 'Next: add a column')
    assert.equal(await press('Tab'), 'A, row 0, column 0')
    assert.equal(await press('Tab'), 'B, row 0, column 0')
    for (const name of ['dim 0 (or −2), size 2', 'dim 1 (or −1), size 2']) assert.equal(await press('Tab'), name)
    assert.match(await press('Tab'), /^(Play|Stop)$/)
    for (const name of ['Stage', 'Copy as image', 'Embed']) assert.equal(await press('Tab'), name)
    assert.equal(await press('Tab'), 'A, row 0, column 0')
    assert.equal(await press('ArrowUp'), 'A, row 0, column 0')
    assert.equal(await press('ArrowDown'), 'A, row 1, column 0')
    assert.equal(await press('ArrowRight'), 'A, row 1, column 1')
    await page.keyboard.type('12')
    assert.equal(await press('ArrowLeft'), 'A, row 1, column 1')
    assert.equal(await press('ArrowLeft'), 'A, row 1, column 1')
    assert.equal(await press('ArrowLeft'), 'A, row 1, column 0')
    assert.equal(await press('ArrowUp', 'ArrowRight'), 'A, row 0, column 1')
    assert.equal(await cell(page, 'A, row 1, column 1').inputValue(), '12')
    assert.equal(await press('Tab'), 'B, row 0, column 0')
    for (const name of ['2×2', '2×3']) assert.equal(await press('Tab'), name)
    await press('Enter')
    assert.deepEqual((await printed(page))[1], 'tensor([0.8043, 0.8878])')
    for (const name of [
      '3×2',
      '1×4',
      '2×2×2',
      '2×3×4',
      'all pairs',
      'iris',
      'Sizes, files, eps',
      'The story in five steps',
      'The axis that vanishes',
      'The inputs A and B',
      'Predict it first',
      'The same inputs along different dims',
      'Step by step',
      'Angles',
      'The same in code',
      'Common misconceptions',
      'One target against many',
      'What will the shape be?',
      'Notes',
      'Predict dim=0',
      'Predict dim=1',
      'dim 0 ',
      'Remove the panel dim=0',
      'column 0:',
      'column 1:',
      'column 2:',
    ])
      assert.ok((await press('Tab')).startsWith(name), name)
    await press('Enter')
    assert.equal(await output(page, 0, 2).getAttribute('aria-pressed'), 'true')
    assert.equal(await press('Tab'), 'dim 1 (or −1), size 3')
    assert.equal(await press('Tab'), 'Remove the panel dim=1')
    assert.match(await press('Tab'), /^row 0:/)
    await press('Escape')
    assert.equal(await output(page, 0, 2).getAttribute('aria-pressed'), 'false')
  },
)

pageTest(
  'a smaller tensor can be pasted into a cell that it removes',
  async (page) => {
    await preset(page, '2×3').click()
    const gone = cell(page, 'A, row 1, column 2')
    await gone.focus()
    await paste(gone, '[[1, 2], [3, 4]]')
    await gone.waitFor({ state: 'detached' })
    assert.equal(await cell(page, 'A, row 1, column 1').inputValue(), '4')
  },
  SAME,
)
