/** Linked highlighting: an output with its lane, and a cell with the outputs it feeds, pinned or pointed at. */
import assert from 'node:assert/strict'
import {
  blur,
  boxOf,
  COLOR_SCHEMES,
  cell,
  inWords,
  litCells,
  litFields,
  litOutputs,
  output,
  pageTest,
  panel,
  SAME,
  working,
} from './browser.js'

/** Ways to point at something, each with a way to stop. */
const LOOKS = {
  'the mouse': [(target) => target.hover(), (page) => page.mouse.move(1, 1)],
  'the keyboard': [
    async (target) => {
      await target.focus()
      await target.press('Shift+Tab')
      await target.page().keyboard.press('Tab')
    },
    (page) => blur(page),
  ],
}

for (const [means, [lookAt, lookAway]] of Object.entries(LOOKS))
  pageTest(`highlights an output with its lane, and a cell with the outputs it feeds, by ${means}`, async (page) => {
    await lookAt(output(page, 0, 1))
    assert.deepEqual(
      await litFields(page),
      [0, 1].map((i) => `A, row ${i}, column 1`).concat([0, 1].map((i) => `B, row ${i}, column 1`)),
    )
    assert.deepEqual(await litCells(page, 0), ['2', '4', '6', '8'])
    assert.deepEqual(await litOutputs(page, 0), ['dim0:1'])
    assert.deepEqual(await litOutputs(page, 1), [])
    assert.equal((await working(page, 0)).at(-1), inWords('cos = 44 / (4.4721 · 10) = 0.9839'))

    await lookAt(output(page, 1, 1))
    assert.deepEqual(await litCells(page, 1), ['3', '4', '7', '8'])
    assert.deepEqual(await litOutputs(page, 0), [])

    await lookAt(cell(page, 'B, row 1, column 0'))
    assert.deepEqual(await litFields(page), ['B, row 1, column 0'])
    assert.deepEqual(await litOutputs(page, 0), ['dim0:0'])
    assert.deepEqual(await litOutputs(page, 1), ['dim1:1'])
    assert.deepEqual(await litCells(page, 0), ['1', '3', '5', '7'])
    assert.equal((await working(page, 0)).at(-1), inWords('cos = 26 / (3.1623 · 8.6023) = 0.9558'))
    assert.equal((await working(page, 1)).at(-1), inWords('cos = 53 / (5 · 10.6301) = 0.9972'))

    await lookAway(page)
    assert.equal(await page.locator('[data-lit]').count(), 0)
  })

pageTest(
  'pointing at a result of the press highlights the half cells that it comes from; pulling the press pins nothing',
  async (page) => {
    const lit = () =>
      page
        .locator('.halves [data-lit]')
        .evaluateAll((inputs) => inputs.map((input) => input.getAttribute('aria-label')))
    const results = page.locator('.presses .of-result')
    await results.nth(1).hover()
    assert.deepEqual(await lit(), [
      'A, row 0, column 1',
      'A, row 1, column 1',
      'B, row 0, column 1',
      'B, row 1, column 1',
    ])
    assert.deepEqual(await litOutputs(page, 0), ['dim0:1'])
    await results.nth(2).hover()
    assert.deepEqual(await lit(), [
      'A, row 0, column 0',
      'A, row 0, column 1',
      'B, row 0, column 0',
      'B, row 0, column 1',
    ])
    const pinned = page.locator('.explorer button[data-pinned]')
    await results.nth(2).click()
    assert.equal(await pinned.count(), 1)
    await results.nth(2).click()
    assert.equal(await pinned.count(), 0)
    const { x, y } = await boxOf(results.nth(2))
    await page.mouse.down()
    await page.mouse.move(x - 20, y + 5, { steps: 4 })
    await page.mouse.up()
    assert.equal(await pinned.count(), 0)
  },
  { hash: '#stage=cosine' },
)

pageTest('the fields of a lane are highlighted in its colour, a single field in none', async (page) => {
  const colourOf = (locator, what) => locator.first().evaluate((node, what) => getComputedStyle(node)[what], what)
  const lit = page.locator('.explorer .matrix td[data-lit]')
  const seen = new Set()
  for (const i of [0, 1]) {
    await output(page, 0, i).hover()
    const colour = await colourOf(lit, 'backgroundColor')
    assert.equal(colour, await colourOf(output(page, 0, i), 'borderTopColor'))
    seen.add(colour)
  }
  await cell(page, 'A, row 0, column 0').hover()
  seen.add(await colourOf(lit, 'backgroundColor'))
  assert.equal(seen.size, 3)
})

pageTest('a click pins an output; a second click or Esc unpins it', async (page) => {
  const pinned = output(page, 0, 1)
  const pressed = () => pinned.getAttribute('aria-pressed')
  await pinned.click()
  await page.mouse.move(1, 1)
  assert.equal(await pressed(), 'true')
  assert.deepEqual(await litOutputs(page, 0), ['dim0:1'])

  await output(page, 0, 0).hover()
  assert.deepEqual(await litOutputs(page, 0), ['dim0:0'])
  await page.mouse.move(1, 1)
  assert.deepEqual(await litOutputs(page, 0), ['dim0:1'])

  await pinned.click()
  await page.mouse.move(1, 1)
  assert.equal(await pressed(), 'false')
  assert.equal(await page.locator('[data-lit]').count(), 0)

  await pinned.click()
  await page.mouse.move(1, 1)
  await page.keyboard.press('Escape')
  assert.equal(await pressed(), 'false')
  assert.equal(await page.locator('[data-lit]').count(), 0)
})

pageTest(
  'a click pins a drawn cell and marks the results whose working is shown; a click in a field pins nothing',
  async (page) => {
    const drawn = panel(page, 0).locator('.cell', { hasText: '3' })
    const fill = (node) => node.locator('.value').evaluate((value) => getComputedStyle(value).backgroundColor)
    const plain = await fill(drawn)
    await drawn.click()
    await page.mouse.move(1, 1)
    assert.deepEqual([await litOutputs(page, 0), await litOutputs(page, 1)], [['dim0:0'], ['dim1:1']])
    assert.deepEqual(await page.locator('.cell[data-looked]').allTextContents(), ['3', '3'])
    assert.notEqual(await fill(drawn), plain)
    assert.deepEqual(
      await page.locator('.explorer .output[data-shown]').evaluateAll((all) => all.map(({ dataset }) => dataset.key)),
      ['dim0:0', 'dim1:1'],
    )
    await page.keyboard.press('Escape')
    await cell(page, 'A, row 0, column 1').click()
    assert.equal(await page.evaluate(() => document.querySelector('cosine-dim')?.hash), '')
  },
)

pageTest(
  'a pin survives an edit and shows its result',
  async (page) => {
    await output(page, 0, 1).click()
    await cell(page, 'A, row 0, column 1').fill('-9')
    assert.equal(await output(page, 0, 1).getAttribute('aria-pressed'), 'true')
    assert.equal((await working(page, 0)).at(-1), inWords('cos = −22 / (9.8489 · 10) = −0.2234'))
  },
  SAME,
)

/** The WCAG contrast of each text with the solid colour behind it, and the markup around it. */
const contrasts = (texts) =>
  texts.evaluateAll((nodes) => {
    const luminance = (color) => {
      const [red, green, blue] = color
        .match(/[\d.]+/g)
        .map((part) => part / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    return nodes.map((node) => {
      let ground = node
      while (/, 0\)$/.test(getComputedStyle(ground).backgroundColor)) ground = ground.parentNode
      const both = [luminance(getComputedStyle(node).color), luminance(getComputedStyle(ground).backgroundColor)]
      return { ratio: (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05), where: node.parentNode.outerHTML }
    })
  })

pageTest(
  'a link that is followed shows the working that it shows when it is opened',
  async (page) => {
    const first = await working(page, 0)
    await page.follow('#pin=dim0:1')
    assert.notDeepEqual(await working(page, 0), first)
    await page.follow('#')
    assert.deepEqual(await working(page, 0), first)
  },
  SAME,
)

for (const colorScheme of COLOR_SCHEMES)
  for (const [name, hash] of [
    ['repeated rows', '#a=[[1,2],[3,4],[5,6]]&b=[[1,2]]&pin=dim1:2'],
    ['a repeated cell', '#a=[[1,2],[3,4],[5,6]]&b=[[1,2]]&pin=B:0,1'],
    ['repeated blocks', '#a=[[[1,2]],[[3,4]]]&b=[[[5,6],[7,8]]]&dim=0,-1&pin=dim0:1,0'],
  ])
    pageTest(
      `highlighted text is legible: ${name}, ${colorScheme}`,
      async (page) => {
        await page.waitForFunction(() => document.querySelector('cosine-dim')?.shadowRoot?.getAnimations().length === 0)
        assert.ok(await page.locator('.panel .cell[data-lit][data-ghost]').count())
        const texts = page.locator('.panel .cell[data-lit] :is(.value, .mark)')
        assert.deepEqual(
          (await contrasts(texts)).filter(({ ratio }) => ratio < 4.5),
          [],
        )
      },
      { ...(colorScheme === 'dark' ? SAME : {}), colorScheme, hash, reads: true },
    )
