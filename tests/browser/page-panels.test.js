/** The panels side by side: their numbers, the axis that vanishes, and dims for inputs of any rank. */
import assert from 'node:assert/strict'
import {
  boxOf,
  cell,
  inWords,
  litCells,
  litFields,
  output,
  pageTest,
  panel,
  preset,
  printed,
  SAME,
  SEED,
  textOf,
  working,
} from './browser.js'
import { STATES } from './states.js'

pageTest(
  'shows the four results of the worked example, with the working of the first',
  async (page) => {
    assert.deepEqual(await printed(page), SEED)
    assert.deepEqual(await page.locator('button.output').allTextContents(), [
      'column 0: 0.9558',
      'column 1: 0.9839',
      'row 0: 0.9734',
      'row 1: 0.9972',
    ])
    assert.deepEqual(
      await working(page, 0),
      [
        'dot = 1·5 + 3·7 = 26',
        '‖a‖ = √(1² + 3²) = 3.1623',
        '‖b‖ = √(5² + 7²) = 8.6023',
        'cos = 26 / (3.1623 · 8.6023) = 0.9558',
      ].map(inWords),
    )
    assert.equal(await panel(page, 0).locator('math mfrac').count(), 1)
    assert.equal(await panel(page, 1).locator('math msqrt').count(), 2)
    const drawn = (i) => panel(page, 0).locator('.line').nth(i).locator('math').allTextContents()
    assert.deepEqual(await drawn(0), ['dot', '=1·5+3·7', '=26'])
    assert.deepEqual(await drawn(1), ['‖a‖', '=12+32', '=3.1623'])
    // The status announces them once; the outputs themselves are silent.
    assert.equal(await page.locator('.explorer output[aria-live=off]').count(), 2)
  },
  { reads: true },
)

for (const [dim, along, across] of [
  [0, 'y', 'x'],
  [1, 'x', 'y'],
])
  pageTest(
    `along dim=${dim} each lane runs through A, then B, to its result in its own colour and pattern`,
    async (page) => {
      const lanes = await panel(page, dim).evaluate((root) =>
        ['0', '1'].map((lane) => {
          const nodes = [...root.querySelectorAll(`.stage [data-lane="${lane}"]`)]
          const looks = nodes.slice(0, -1).map((node) => getComputedStyle(node))
          return {
            centres: nodes
              .map((node) => node.getBoundingClientRect())
              .map(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 })),
            looks: looks.map(({ backgroundColor, backgroundImage }) => `${backgroundColor} ${backgroundImage}`),
            lines: nodes.map((node) => getComputedStyle(node, '::after').content),
          }
        }),
      )
      for (const { centres, looks, lines } of lanes) {
        assert.equal(centres.length, 5)
        centres.forEach((one, i) => {
          assert.ok(i === 0 || one[along] > centres[i - 1][along])
          assert.ok(Math.abs(one[across] - centres[0][across]) < 1)
        })
        assert.equal(new Set(looks).size, 1)
        assert.deepEqual(lines, ['none', '""', 'none', '""', 'none'])
      }
      assert.notDeepEqual(lanes[0].looks, lanes[1].looks)
    },
    { ...SAME, reads: true },
  )

pageTest(
  'six lanes have six colours, and six patterns for readers who cannot tell the colours apart',
  async (page) => {
    for (const what of ['backgroundColor', 'backgroundImage']) {
      const looks = await panel(page, 0)
        .locator('.cell')
        .evaluateAll((cells, what) => cells.map((node) => getComputedStyle(node)[what]), what)
      const isColour = what === 'backgroundColor'
      assert.equal(new Set(looks.map((look) => (isColour ? look : look.replace(/rgba?\([^)]*\)/g, '')))).size, 6, what)
    }
  },
  { ...SAME, hash: '#a=[[1,2,3,4,5,6],[1,1,1,1,1,1]]&b=[[6,5,4,3,2,1],[1,1,1,1,1,1]]', reads: true },
)

for (const [shape, chips, results] of /** @type {const} */ ([
  ['2×3', ['(2, 3) → (3,)', '(2, 3) → (2,)'], ['tensor([ 0.9558,  0.9839, -0.1414])', 'tensor([0.8043, 0.8878])']],
  ['3×2', ['(3, 2) → (2,)', '(3, 2) → (3,)'], ['tensor([0.8641, 0.8570])', 'tensor([ 0.9734,  0.9972, -0.1414])']],
]))
  pageTest(
    `with shape ${shape} the two results differ in length`,
    async (page) => {
      await preset(page, shape).click()
      assert.deepEqual(await printed(page), results)
      assert.deepEqual(
        await page.locator('.explorer .panel .chips').allTextContents(),
        chips.map((text) => `Shape: ${text.replace(' → ', ' →  becomes ')}`),
      )
    },
    SAME,
  )

pageTest(
  'strikes out the reduced axis, and says so in words',
  async (page) => {
    await preset(page, '2×3').click()
    for (const [dim, struck, words] of [
      [0, '2', 'Axis 0 is squeezed ↓ and vanishes.Axis 0 is squeezed down and vanishes. Axis 1 stays: 3 outputs.'],
      [1, '3', 'Axis 1 is squeezed → and vanishes.Axis 1 is squeezed sideways and vanishes. Axis 0 stays: 2 outputs.'],
    ]) {
      assert.deepEqual(await panel(page, dim).locator('s').allTextContents(), [struck])
      assert.ok(await panel(page, dim).getByText(words).isVisible())
    }
  },
  SAME,
)

pageTest(
  'shows both names of each dim, and a panel can switch to another dim',
  async (page) => {
    await preset(page, '2×3').click()
    const dims = panel(page, 0).getByRole('group', { name: 'dim', exact: true }).getByRole('radio')
    assert.deepEqual(await panel(page, 0).locator('.dims label').allTextContents(), [
      '0 or\u00a0−2 ↓',
      '1 or\u00a0−1 →',
    ])
    assert.ok(await dims.nth(0).isChecked())
    await dims.nth(0).press('ArrowRight')
    assert.deepEqual(await printed(page), ['tensor([0.8043, 0.8878])', 'tensor([ 0.9558,  0.9839, -0.1414])'])
    assert.equal(
      await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('value')),
      '1',
    )
  },
  SAME,
)

pageTest(
  'compares all pairs by broadcasting, and shows the repeats',
  async (page) => {
    await preset(page, 'all pairs').click()
    assert.deepEqual(await printed(page), ['tensor([[0.9734, 0.9676],\n        [0.9987, 0.9972]])'])
    assert.equal(await page.locator('.cell[data-ghost]').count(), 8)
    const borders = (cells) =>
      page
        .locator(`.explorer ${cells} .value`)
        .evaluateAll((all) => all.map((node) => getComputedStyle(node).borderTopStyle))
    assert.deepEqual(new Set(await borders('.cell[data-ghost]')), new Set(['dashed']))
    assert.deepEqual(new Set(await borders('.cell:not([data-ghost])')), new Set(['solid']))
    assert.ok(
      await page.getByText('A (2, 1, 2) and B (1, 2, 2) are broadcast first: both act as (2, 2, 2).').isVisible(),
    )
    await output(page, -1, 1).hover()
    assert.deepEqual(await litCells(page, -1), ['1', '2', '7', '8'])
    assert.deepEqual(await litFields(page), [
      'A, layer 0, row 0, column 0',
      'A, layer 0, row 0, column 1',
      'B, layer 0, row 1, column 0',
      'B, layer 0, row 1, column 1',
    ])
    await cell(page, 'A, layer 0, row 0, column 0').hover()
    assert.deepEqual(await litCells(page, -1), ['1', '2', '1', '2', '5', '6', '7', '8'])
  },
  SAME,
)

// By hand: along index 0 the results are 10/26, 24/40, 42/58 and 64/80.
pageTest(
  'an index before the last two runs from block to block',
  async (page) => {
    await preset(page, '2×2×2').click()
    assert.deepEqual(await printed(page), [
      'tensor([[0.3846, 0.6000],\n        [0.7241, 0.8000]])',
      'tensor([[0.9558, 0.9839],\n        [0.9558, 0.9839]])',
      'tensor([[0.9734, 0.9972],\n        [0.9734, 0.9972]])',
    ])
    assert.equal(await output(page, 0, 1).textContent(), 'every layer at row 0, column 1: 0.6000')
    assert.equal(
      (await panel(page, 0).locator('[data-operand=A] .mark').allTextContents()).join(),
      '0,0,0,1,1,0,1,1,0,0,0,1,1,0,1,1',
    )
    await output(page, 0, 1).hover()
    assert.deepEqual(await litCells(page, 0), ['2', '6', '6', '2'])
  },
  SAME,
)

const said = (page) => page.locator('.explorer .call').allTextContents()
const button = (page, name) => page.locator('.comparison').getByRole('button', { name, exact: true })
const focused = (page) => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent)

// After each call come PyTorch's words and nothing else.
for (const [means, press] of Object.entries({
  mouse: (target) => target.click(),
  keyboard: (target) => target.press('Enter'),
})) {
  pageTest(
    `shapes that do not broadcast give PyTorch’s error once, with buttons that fix it, by ${means}`,
    async (page) => {
      const error = 'The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 1'
      assert.deepEqual(await said(page), [`F.cosine_similarity(A, B, dim=0)\n${error}`])
      assert.equal(await page.locator('.explorer .dims').count(), 0)
      await press(button(page, 'give A the shape (1, 2): drop its last column'))
      assert.deepEqual(await printed(page), ['tensor([1., 1.])', 'tensor([0.9734])'])
      assert.equal(await focused(page), 'dim=0')
      await page.goBack()
      await press(button(page, 'give B the shape (1, 3): repeat its last column'))
      assert.deepEqual((await printed(page))[0], 'tensor([1., 1., 1.])')
      assert.equal(await cell(page, 'B, row 0, column 2').inputValue(), '6')
    },
    { ...(means === 'mouse' ? SAME : {}), hash: '#a=[[1,2,3]]&b=[[5,6]]' },
  )

  pageTest(
    `vectors with the default dim give PyTorch’s error and the legal dims, by ${means}`,
    async (page) => {
      const error = 'Dimension out of range (expected to be in range of [-1, 0], but got 1)'
      assert.deepEqual(await said(page), [`F.cosine_similarity(A, B, dim=1)\n${error}`])
      assert.ok(
        await page
          .getByRole('region', { name: 'The same inputs along' })
          .getByText('(2,) has no dim=1. It has −1 and 0.')
          .isVisible(),
      )
      await press(button(page, 'dim=-1'))
      assert.deepEqual(await printed(page), ['tensor(0.9839)'])
      assert.equal(await focused(page), 'dim=-1')
      await preset(page, '2×2').click()
      assert.deepEqual(await printed(page), SEED)
    },
    { ...(means === 'mouse' ? SAME : {}), hash: '#a=[1,2]&b=[3,4]&dim=1' },
  )

  pageTest(
    `panels can be added and removed by ${means}, and are kept in the URL`,
    async (page) => {
      const more = page.getByRole('button', { name: '+ compare another dim' })
      const remove = (dim) => button(page, `Remove the panel dim=${dim}`)
      const headings = () => page.locator('.explorer .panel h2').allTextContents()
      assert.equal(await more.isVisible(), false)
      assert.equal(await page.locator('.explorer .more').textContent(), '')
      await press(remove(0))
      assert.deepEqual(await headings(), ['dim=1'])
      assert.equal(await focused(page), 'dim=1')
      assert.equal(await remove(1).isVisible(), false)
      assert.deepEqual(await printed(page), SEED.slice(1))
      await press(more)
      assert.deepEqual(await headings(), ['dim=1', 'dim=0'])
      assert.equal(await focused(page), 'dim=0')
      assert.deepEqual(await printed(page), SEED.toReversed())
      assert.equal(await more.isVisible(), false)
      await page.waitForFunction(() => location.hash === '#dim=1,0')
      await page.goBack()
      assert.deepEqual(await headings(), ['dim=1'])
    },
    means === 'mouse' ? SAME : {},
  )
}

pageTest(
  'up to four panels can be added, one for each dim',
  async (page) => {
    const more = page.getByRole('button', { name: '+ compare another dim' })
    for (const count of [2, 3]) {
      assert.equal(await page.locator('.explorer .panel').count(), count)
      await more.click()
    }
    assert.equal(await more.isVisible(), false)
    assert.deepEqual(await page.locator('.explorer .panel h2').allTextContents(), ['dim=0', 'dim=-1', 'dim=1', 'dim=2'])
  },
  { ...SAME, hash: '#a=[[[[1,2]]],[[[3,4]]]]&b=[[[[5,6]]],[[[7,8]]]]&dim=0,-1' },
)

pageTest(
  'a panel with an error is only as tall as its message',
  async (page) => {
    const [good, wrong] = await Promise.all([0, 5].map((dim) => boxOf(panel(page, dim))))
    assert.ok(wrong.height < good.height / 2, `${wrong.height} beside ${good.height}`)
    assert.equal(wrong.y, good.y)
  },
  { ...SAME, hash: '#dim=0,5' },
)

pageTest(
  'while an input is invalid, a panel that switches dims shows the result of the last valid numbers',
  async (page) => {
    await cell(page, 'A, row 0, column 1').fill('x')
    await panel(page, 0).getByRole('radio').nth(1).check()
    assert.deepEqual(await page.locator('.explorer .panel h2').allTextContents(), ['dim=1', 'dim=0'])
    assert.deepEqual(await printed(page), SEED.toReversed())
    assert.equal(
      await page.locator('.stale', { hasText: 'Result of the last good numbers' }).filter({ visible: true }).count(),
      2,
    )
  },
  SAME,
)

const headings = (page) => page.locator('.explorer .panel h2').allTextContents()
const radio = (page, place, i) => page.locator('.explorer .panel').nth(place).getByRole('radio').nth(i)

for (const [means, choose] of Object.entries({
  mouse: (page) => radio(page, 0, 2).check(),
  // Left of the first radio button is the last.
  keyboard: (page) => radio(page, 0, 0).press('ArrowLeft'),
}))
  pageTest(
    `two panels swap dims when one takes the other’s, by ${means}`,
    async (page) => {
      await preset(page, '2×2×2').click()
      const [first, second, third] = await printed(page)
      await choose(page)
      assert.deepEqual(await headings(page), ['dim=2', 'dim=1', 'dim=0'])
      assert.deepEqual(await printed(page), [third, second, first])
      assert.ok(await radio(page, 2, 0).isChecked())
    },
    means === 'mouse' ? SAME : {},
  )

pageTest(
  'a dim’s other name swaps too; an out-of-range dim is dropped, and only dims that no panel shows are offered',
  async (page) => {
    assert.deepEqual(await page.locator('.explorer .panel .choices').getByRole('button').allTextContents(), [
      'dim=-1',
      'dim=1',
    ])
    await radio(page, 1, 0).click()
    assert.deepEqual(await headings(page), ['dim=0'])
    await page.follow('#dim=-1,0')
    await radio(page, 1, 1).check()
    assert.deepEqual(await headings(page), ['dim=0', 'dim=1'])
    await page.follow('#a=[1,2]&b=[3,4]&dim=0,1,0')
    assert.deepEqual(await headings(page), ['dim=0', 'dim=1'])
    await button(page, 'Remove the panel dim=1').last().click()
    assert.deepEqual(await headings(page), ['dim=0'])
  },
  { ...SAME, hash: '#dim=-2,5' },
)

// The cells after a fix, worked out by hand.
for (const [hash, mend, part, cells] of /** @type {const} */ ([
  [
    '#a=[[1,2],[3,4]]&b=[5,6,7]',
    /^give B the shape \(2, 2\): repeat it along axis 0 and drop its last column$/,
    'B',
    '5 6 5 6',
  ],
  [
    '#a=[[1,2],[3,4]]&b=[5,6,7]',
    /^give A the shape \(3,\): keep only the first row and repeat its last number$/,
    'A',
    '1 2 2',
  ],
  ['#a=[[1,2],[3,4]]&b=[[1,2,3,4],[5,6,7,8]]', /^give B the shape \(2, 2\): drop its last 2 columns$/, 'B', '1 2 5 6'],
  [
    '#a=[[[1,2]],[[3,4]]]&b=[[[5,6]],[[7,8]],[[9,1]]]&lang=zh-Hans',
    /^把 B 改为 \(2, 1, 2\)：去掉轴 0 的最后一个取值$/,
    'B',
    '5 6 7 8',
  ],
]))
  pageTest(
    `a fix says what it does to the cells, ${mend.source}`,
    async (page) => {
      await page.locator('.explorer .panels').getByRole('button', { name: mend }).click()
      const inputs = page.locator(`.explorer .inputs input[aria-label^="${part}"]`)
      const of = await inputs.evaluateAll((/** @type {HTMLInputElement[]} */ all) => all.map(({ value }) => value))
      assert.equal(of.join(' '), cells)
    },
    { ...SAME, hash },
  )

pageTest('three dims fit on one line, and the settings are beside the inputs', async (page) => {
  await preset(page, '2×2×2').click()
  for (const dims of await page.locator('.explorer .dims').all()) assert.ok((await boxOf(dims)).height < 40)
  const [inputs, settings] = await Promise.all(
    ['.matrix', '.settings'].map((part) => boxOf(page.locator(`.explorer ${part}`).first())),
  )
  assert.equal(settings.y, inputs.y)
})

// By hand: along index 0 the last results are (1 · 5 + 3 · 7) / √(10 · 74) and (2 · 6 + 4 · 8) / √(20 · 100).
for (const [rank, hash, results, dims] of /** @type {const} */ ([
  [0, '#a=2&b=-3', ['tensor(-1.)'], ['0 or\u00a0−1 →']],
  [1, '#a=[1,2]&b=[5,6]', ['tensor(0.9734)'], ['0 or\u00a0−1 →']],
  [
    4,
    '#a=[[[[1,2]]],[[[3,4]]]]&b=[[[[5,6]]],[[[7,8]]]]&dim=0,-1',
    ['tensor([[[0.9558, 0.9839]]])', 'tensor([[[0.9734]],\n\n        [[0.9972]]])'],
    ['0 or\u00a0−4', '1 or\u00a0−3', '2 or\u00a0−2 ↓', '3 or\u00a0−1 →'],
  ],
]))
  pageTest(
    `draws inputs of rank ${rank} and offers the legal dims`,
    async (page) => {
      assert.equal(await page.locator('.explorer .panel .error').count(), 0)
      assert.deepEqual(await printed(page), results)
      assert.deepEqual(await page.locator('.explorer .panel').first().locator('.dims label').allTextContents(), dims)
      assert.ok((await page.locator('button.output').count()) > 0)
    },
    { ...SAME, hash, reads: true },
  )

pageTest(
  'on the Chinese page PyTorch’s words are marked as English',
  async (page) => {
    assert.equal(await page.locator('.explorer .call .error').getAttribute('lang'), 'en')
  },
  { ...SAME, hash: '#a=[1,2]&b=[3,4]&dim=1&lang=zh-Hans', reads: true },
)

pageTest(
  'a one-line result wraps on a phone, even after a result that scrolled',
  async (page) => {
    const isCut = () =>
      page.locator('.explorer .call').evaluateAll((calls) => calls.map((call) => call.scrollWidth > call.clientWidth))
    await preset(page, 'iris').click()
    // The result keeps its lines and scrolls. The call wraps: its dim is never cut off.
    await page.locator('.explorer .call[data-lines]').scrollIntoViewIfNeeded()
    assert.deepEqual(await isCut(), [false, true])
    const cut = await page.locator('.explorer .call[data-lines]').evaluate((call) => {
      const range = document.createRange()
      range.selectNode(call.childNodes[0])
      return range.getBoundingClientRect().right - call.getBoundingClientRect().right
    })
    assert.ok(cut < 0, `${cut}`)
    await preset(page, '2×2').click()
    assert.deepEqual(await isCut(), [false, false])
  },
  { viewport: { width: 320, height: 700 } },
)

pageTest('with three panels each call shows its dim', async (page) => {
  await preset(page, '2×2×2').click()
  for (const call of await page.locator('.explorer .call').all())
    assert.ok(await call.evaluate((node) => node.scrollWidth <= node.clientWidth), await textOf(call))
})

pageTest(
  'what is hidden is not there for anybody, in any state',
  async (page) => {
    for (const [state, hash] of Object.entries(STATES)) {
      await page.follow(hash)
      const hidden = page.locator('.explorer [hidden]')
      const shown = await hidden.evaluateAll((all) =>
        all.filter((node) => getComputedStyle(node).display !== 'none').map((node) => node.className),
      )
      assert.deepEqual(shown, [], state)
    }
  },
  SAME,
)
