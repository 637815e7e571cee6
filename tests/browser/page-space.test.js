/** Three axes in space: chips, turning, the stages in words, tables and stills, and what the pointer finds on top. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { boxOf, cell, pageTest, preset, SAME, textOf, tooWide } from './browser.js'

const golden = JSON.parse(readFileSync(new URL('../golden/presets.json', import.meta.url), 'utf8'))
const answersOf = (name) => golden.find((one) => one.name === name).answers
const numbersIn = (printed) => printed.match(/-?\d\.\d{4}/g).map((one) => one.replace('-', '−'))

const collapse = (page) => page.locator('.explorer .collapse')
const scrubber = (page) => collapse(page).locator('.scrubber').getByRole('slider')
const turn = (page) => collapse(page).getByRole('slider', { name: 'Turn' })
/** With usual spaces within shapes, which do not break. */
const words = async (page) => (await textOf(collapse(page).locator('.say'))).replaceAll('\u00a0', ' ')
const panel = (page, dim) => collapse(page).getByRole('group', { name: `dim=${dim}`, exact: true })
const results = (page, dim) => panel(page, dim).locator('.block .of-result')
const dims = (page) => collapse(page).locator('.dim').allTextContents()
const tables = (page) => collapse(page).getByRole('button', { name: 'Show tables' })

async function setTurn(page, degrees) {
  await turn(page).evaluate((input, degrees) => {
    input.value = degrees
    input.dispatchEvent(new Event('input'))
  }, `${degrees}`)
}

/** The texts of a selector that nothing covers in their middle, with how high and wide they are. */
const onTop = (locator) =>
  locator.evaluateAll((nodes) =>
    nodes
      .filter((node) => {
        const { x, y, width, height } = node.getBoundingClientRect()
        const top = node.getRootNode().elementFromPoint(x + width / 2, y + height / 2)
        return width > 0 && top?.closest('g') === node.closest('g')
      })
      .map((node) => {
        const { width, height } = node.getBoundingClientRect()
        return { text: node.textContent, width, height }
      }),
  )

const ALL = '#example=2x3x4&dim=0,1,2'

for (const viewport of [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
])
  pageTest(
    `three dims of 2×3×4 at ${viewport.width} px: PyTorch’s results, each on top and readable`,
    async (page) => {
      const answers = answersOf('2×3×4')
      for (const { dim, printed } of answers) {
        assert.equal(await textOf(panel(page, dim).locator('.out')), printed)
        await panel(page, dim)
          .locator('.block')
          .evaluate((block) => block.scrollIntoView({ block: 'center' }))
        const seen = await onTop(results(page, dim))
        assert.deepEqual(
          seen.map(({ text }) => text).sort(),
          numbersIn(printed).sort(),
          'every result, and nothing covers it',
        )
        for (const { width, height } of seen) assert.ok(width > 25 && height > 9, `${width} × ${height}`)
        const sizes = await results(page, dim).evaluateAll((all) =>
          all.map((one) => Number.parseFloat(getComputedStyle(one).fontSize)),
        )
        assert.ok(Math.min(...sizes) > 11.5, `${sizes}`)
      }
      const boxes = await Promise.all(answers.map(({ dim }) => boxOf(panel(page, dim))))
      const isBeside = viewport.width > 600
      assert.equal(boxes[0].x === boxes[1].x, !isBeside)
      assert.equal(boxes[0].y === boxes[1].y, isBeside)
      // The whole picture and its controls are on the first screen.
      if (isBeside) assert.ok((await boxOf(collapse(page).locator('.say'))).y < 760)
    },
    { hash: `${ALL}&stage=cosine`, viewport },
  )

pageTest(
  'each pair of the front layer has its factors, squares and product; the tables have all pairs',
  async (page) => {
    const stages = /** @type {const} */ ([
      ['pair', 48],
      ['multiply', 24 * 5],
    ])
    for (const [stage, count] of stages) {
      await page.follow(`${ALL}&stage=${stage}`)
      await setTurn(page, 5)
      const seen = await onTop(panel(page, 1).locator('.block .figure'))
      assert.ok(seen.length >= count / 2, `${seen.length} at ${stage}`)
    }
    await page.follow(`${ALL}&stage=pair`)
    const pairs = await panel(page, 1)
      .locator('.twin td')
      .evaluateAll((cells) => cells.map((one) => (one.querySelector('[aria-hidden]') ?? one).textContent))
    assert.equal(pairs.join().match(/\(\S+, \S+\)/g)?.length, 24)
  },
  { ...SAME, hash: `${ALL}&stage=pair` },
)

pageTest(
  'each of three sizes is chosen by click or arrow key; a button brings all three back',
  async (page) => {
    const names = await panel(page, 0)
      .getByRole('radio')
      .evaluateAll((chips) => chips.map((chip) => chip.getAttribute('aria-label')))
    assert.deepEqual(names, ['dim 0 (or −3), size 2', 'dim 1 (or −2), size 3', 'dim 2 (or −1), size 4'])
    await panel(page, 0).getByRole('radio').nth(1).click()
    assert.deepEqual(await dims(page), ['dim=1'])
    await page.keyboard.press('ArrowRight')
    assert.deepEqual(await dims(page), ['dim=2'])
    assert.match(page.url(), /dim=2/)
    await collapse(page).locator('.stops').getByText('cosine').click()
    assert.equal(await words(page), '(2, 3, 4) has become (2, 3): axis 2 has vanished.')
    await collapse(page).getByRole('button', { name: 'All dims side by side' }).click()
    assert.deepEqual(await dims(page), ['dim=0', 'dim=1', 'dim=2'])
    assert.equal(await words(page), '(2, 3, 4) has become (3, 4) with dim=0, (2, 4) with dim=1 and (2, 3) with dim=2.')
  },
  { ...SAME, hash: `${ALL}&stage=cosine` },
)

pageTest(
  'a flying size passes no other, also from the middle, and one comma stays',
  async (page) => {
    const input = await scrubber(page).elementHandle()
    for (const dim of [0, 1, 2]) {
      // All places in one call, which takes a tenth of the time.
      const places = await panel(page, dim).evaluate(
        (group, input) => {
          const boxes = () => [...group.querySelectorAll('.axis')].map((node) => node.getBoundingClientRect().toJSON())
          return Array.from({ length: 33 }, (_, i) => {
            input.value = `${0.36 + i / 50}`
            input.dispatchEvent(new Event('input'))
            return { at: input.value, boxes: boxes() }
          })
        },
        /** @type {any} */ (input),
      )
      assert.ok(new Set(places.map(({ boxes }) => boxes[dim].x)).size > 10)
      for (const { at, boxes } of places) {
        const gone = boxes[dim]
        for (const other of boxes.filter((_, i) => i !== dim))
          assert.ok(
            gone.x + gone.width <= other.x + 2 ||
              other.x + other.width <= gone.x + 2 ||
              gone.y + gone.height <= other.y + 3,
            `dim=${dim} at ${at}`,
          )
      }
    }
    for (const dim of [0, 1, 2]) {
      const commas = await panel(page, dim)
        .locator('.tuple > span')
        .evaluateAll((signs) => signs.filter((sign) => sign.textContent === ',').map((sign) => sign.style.opacity))
      assert.deepEqual(commas.map(Number).sort(), [0, 1])
    }
  },
  { ...SAME, hash: `${ALL}&stage=multiply` },
)

pageTest(
  'the stages in words; equal sizes are said to hide which axis vanished',
  async (page) => {
    assert.equal(
      await words(page),
      'dim=0 adds the 2 layers together: (3, 4) is left; dim=1 the 3 rows: (2, 4); dim=2 the 4 columns: (2, 3).',
    )
    await page.follow('#example=2x3x4&dim=-2&stage=add')
    assert.equal(await words(page), 'dim=-2 adds the 3 rows together: (2, 4) is left.')
    await page.follow('#a=[[[1,2]],[[3,4]]]&b=[[[1,2]],[[3,4]]]&dim=1&stage=add')
    assert.equal(await words(page), 'dim=1 adds the 1 row: (2, 2) is left.')
    await page.follow('#example=2x2x2&dim=0,1,2&stage=cosine')
    assert.match(
      await words(page),
      /^\(2, 2, 2\) has become \(2, 2\) each time: equal sizes hide which axis vanished\.$/,
    )
    await page.follow('#example=2x3x4&dim=0,1,2&stage=add&lang=zh-Hans')
    assert.equal(
      await words(page),
      'dim=0 把 2 层加在一起，剩 (3, 4)；dim=1 把 3 行加在一起，剩 (2, 4)；dim=2 把 4 列加在一起，剩 (2, 3)。',
    )
  },
  { ...SAME, hash: `${ALL}&stage=add` },
)

pageTest(
  'it is turned by keyboard, all dims alike; the value is told, and the stage stays',
  async (page) => {
    const shapes = () => panel(page, 2).locator('.block').innerHTML()
    await turn(page).focus()
    assert.equal(await turn(page).getAttribute('aria-valuetext'), '35°')
    const before = await shapes()
    await page.keyboard.press('ArrowLeft')
    assert.equal(await turn(page).getAttribute('aria-valuetext'), '30°')
    assert.notEqual(await shapes(), before)
    await page.keyboard.press('ArrowRight')
    assert.equal(await shapes(), before, 'the drawing depends on nothing but the stage and the turn')
    await page.keyboard.press('Home')
    assert.equal(await turn(page).getAttribute('aria-valuetext'), '5°')
    assert.equal(await scrubber(page).getAttribute('aria-valuetext'), 'multiply, stage 3 of 6')
    const { height } = await boxOf(turn(page))
    assert.ok(height >= 24)
    await page.locator('#language').click()
    assert.equal(await collapse(page).getByRole('slider', { name: '旋转' }).inputValue(), '5', 'it stays turned')
  },
  { hash: `${ALL}&stage=multiply`, alone: true },
)

pageTest(
  'dragging it turns it, never so far that results change their order, and does not scrub; scrolling is left to the finger',
  async (page) => {
    const { x, y, width, height } = await boxOf(panel(page, 1).locator('.block'))
    await page.mouse.move(x + width / 2, y + height / 2)
    await page.mouse.down()
    await page.mouse.move(x + width / 2 - 100, y + height / 2 + 40, { steps: 10 })
    await page.mouse.up()
    assert.equal(await turn(page).inputValue(), '65')
    await page.mouse.move(x + width / 2, y + height / 2)
    await page.mouse.down()
    await page.mouse.move(x + width / 2 + 40, y + height / 2, { steps: 10 })
    await page.mouse.up()
    assert.equal(await turn(page).inputValue(), '45')
    assert.equal(await scrubber(page).getAttribute('aria-valuetext'), 'multiply, stage 3 of 6')
    const { touchAction } = await panel(page, 1)
      .locator('.block')
      .evaluate((block) => ({ touchAction: getComputedStyle(block).touchAction }))
    assert.equal(touchAction, 'pan-y')
  },
  { hash: `${ALL}&stage=multiply` },
)

pageTest(
  'the tables have the numbers of each stage, and a button shows them to all',
  async (page) => {
    const rows = (dim) =>
      panel(page, dim)
        .locator('.twin tr')
        .evaluateAll((rows) =>
          rows.map((row) =>
            [...row.cells].map((one) => (one.querySelector('[aria-hidden]') ?? one).textContent).join(' | '),
          ),
        )
    assert.deepEqual((await rows(0)).slice(0, 2), [
      ' | Σ A · B | Σ A² | Σ B²',
      '[:, 0, 0] | 2 + 3 = 5 | 4 + 1 = 5 | 1 + 9 = 10',
    ])
    assert.equal((await rows(2)).length, 7)
    assert.equal(await tables(page).getAttribute('aria-pressed'), 'false')
    assert.ok((await boxOf(panel(page, 0).locator('.twin'))).height < 2)
    await tables(page).scrollIntoViewIfNeeded()
    const before = [await page.evaluate(() => scrollY), await boxOf(tables(page))]
    await tables(page).click()
    assert.equal(await tables(page).getAttribute('aria-pressed'), 'true')
    assert.ok((await boxOf(panel(page, 0).locator('.twin'))).height > 100)
    await page.waitForTimeout(200)
    assert.deepEqual([await page.evaluate(() => scrollY), await boxOf(tables(page))], before, 'and nothing scrolls')
    await preset(page, '2×2').click()
    assert.ok(!(await tables(page).isVisible()))
    assert.ok((await boxOf(panel(page, 0).locator('.twin'))).height < 2, 'the matrices need none')
  },
  { ...SAME, hash: `${ALL}&stage=add` },
)

pageTest(
  'all pairs stand as a wall of results; A’s rows repeat down, and B’s from layer to layer',
  async (page) => {
    const [, , answer] = answersOf('presets.pairs')
    const seen = await onTop(results(page, -1))
    assert.deepEqual(seen.map(({ text }) => text).sort(), numbersIn(answer.printed).sort())
    assert.equal(await textOf(panel(page, -1).locator('.out')), answer.printed)
    await page.follow('#example=pairs&dim=-1&stage=apart')
    const ghosts = (side) => panel(page, -1).locator(`.block .${side}.ghost:visible`).count()
    assert.ok((await ghosts('a')) > 0)
    assert.ok((await ghosts('b')) > 0)
  },
  { ...SAME, hash: '#example=pairs&dim=-1&stage=cosine', reads: true },
)

pageTest(
  'with less motion every stage of every dim stands below, as small as what is seen of it',
  async (page) => {
    const stills = collapse(page).locator('.stills figure:visible')
    assert.equal(await stills.count(), 18)
    const last = stills.nth(17)
    assert.deepEqual(
      (await last.locator('.of-result').allTextContents()).sort(),
      numbersIn(answersOf('2×3×4')[2].printed).sort(),
    )
    assert.equal(await last.locator('[visibility=hidden]').count(), 0)
    assert.equal(await stills.nth(0).locator('.of-result').count(), 0)
    assert.ok(await stills.nth(0).locator('.a').count())
  },
  { ...SAME, hash: ALL, reducedMotion: 'reduce', reads: true },
)

for (const [what, hash, printed] of Object.entries({
  'a matrix against three axes, with a zero vector': [
    '#a=[[[1,2],[3,4]],[[0,0],[5,6]]]&b=[[1,2],[-3,4]]&dim=2',
    'tensor([[1.0000, 0.2800],\n        [0.0000, 0.2305]])',
  ],
  'axes of size 1': ['#a=[[[3]]]&b=[[[-2]]]&dim=0', 'tensor([[-1.]])'],
}).map(([what, [hash, printed]]) => [what, hash, printed]))
  pageTest(
    `${what} can be drawn at every stage`,
    async (page) => {
      for (const stage of ['apart', 'pair', 'multiply', 'add', 'divide', 'cosine']) {
        await page.follow(`${hash}&stage=${stage}`)
        assert.doesNotMatch(await panel(page, hash.at(-1)).innerHTML(), /NaN|undefined|Infinity/)
      }
      assert.equal(await textOf(panel(page, hash.at(-1)).locator('.out')), printed)
    },
    { ...SAME, hash, reads: true },
  )

pageTest(
  'at 320 px nothing is wider than the page, and A and B are edited below',
  async (page) => {
    for (const stage of ['apart', 'multiply', '0.5', 'add', 'cosine']) {
      await page.follow(`${ALL}&stage=${stage}`)
      assert.ok((await tooWide(page)) <= 0, stage)
    }
    assert.equal(await collapse(page).locator('.given-operands:visible').count(), 0)
    assert.ok(await cell(page, 'A, layer 1, row 2, column 3').isVisible())
  },
  { hash: ALL, viewport: { width: 320, height: 640 }, reads: true },
)

pageTest(
  'tables show A and B layer by layer, and each result in its place',
  async (page) => {
    const table = (dim, name) =>
      panel(page, dim)
        .getByRole('table', { name, exact: true })
        .getByRole('row')
        .evaluateAll((rows) =>
          rows.map((row) =>
            [...row.cells].map((one) => (one.querySelector('[aria-hidden]') ?? one).textContent).join(' '),
          ),
        )
    assert.equal(await panel(page, 0).getByRole('table').count(), 4)
    assert.deepEqual(await table(0, 'B, axis 0 (layer) 1: axis 1 (row) by axis 2 (column)'), [
      ' axis 2: 0 axis 2: 1 axis 2: 2 axis 2: 3',
      'axis 1: 0 3 4 1 2',
      'axis 1: 1 −1 5 2 3',
      'axis 1: 2 3 1 4 3',
    ])
    await page.follow(`${ALL}&stage=cosine`)
    const printed = (await panel(page, 2).locator('.out').innerText()).match(/-?\d\.\d+/g) ?? []
    assert.deepEqual(await table(2, 'The result along dim=2, 2 by 3: axis 0 (layer) by axis 1 (row)'), [
      ' axis 1: 0 axis 1: 1 axis 1: 2',
      `axis 0: 0 ${printed.slice(0, 3).join(' ')}`,
      `axis 0: 1 ${printed.slice(3).join(' ')}`,
    ])
  },
  { ...SAME, hash: `${ALL}&stage=apart`, reads: true },
)

pageTest(
  'the vectors are outlined on each side that is seen, until each is one sum',
  async (page) => {
    const outlined = (dim) =>
      panel(page, dim)
        .locator('.vector')
        .evaluateAll((all) => all.filter((node) => node.getClientRects().length).length)
    const all = async () => [await outlined(0), await outlined(1), await outlined(2)]
    // Those that end at a side, and those that lie along the two others.
    assert.deepEqual(await all(), [3 * 4 + 4 + 3, 2 * 4 + 4 + 2, 2 * 3 + 3 + 2])
    for (const stage of ['apart', 'divide']) {
      await page.follow(`${ALL}&stage=${stage}`)
      assert.deepEqual(await all(), [0, 0, 0], stage)
    }
  },
  { ...SAME, hash: `${ALL}&stage=multiply`, reads: true },
)

pageTest(
  'around the blocks: A and B by name, the axes by name, the jaws, and the outline of what was',
  async (page) => {
    /** How many marks are seen in the drawing of dim=0: of the names A and B, of the axes, of the slab, of the frame, … */
    const around = () =>
      panel(page, 0)
        .locator('.block')
        .evaluate((block) => {
          const isSeen = (node) => node.getClientRects().length && Number(node.getAttribute('opacity') ?? 1) > 0.9
          return Object.fromEntries(
            ['operand-name', 'axis-name', 'jaw', 'jaw-frame', 'slot'].map((name) => [
              name,
              [...block.querySelectorAll(`.${name}`)].filter(isSeen).length,
            ]),
          )
        })
    const NONE = { 'operand-name': 0, 'axis-name': 3, jaw: 0, 'jaw-frame': 0, slot: 0 }
    // The slab shows its three near sides.
    const CLOSED = { 'operand-name': 0, 'axis-name': 2, jaw: 3, 'jaw-frame': 1, slot: 3 }
    for (const [stage, marks] of Object.entries({
      apart: { ...NONE, 'operand-name': 2 },
      multiply: NONE,
      add: CLOSED,
    })) {
      await page.follow(`${ALL}&stage=${stage}`)
      assert.deepEqual(await around(), marks, stage)
    }
  },
  { ...SAME, hash: `${ALL}&stage=pair`, reads: true },
)

pageTest(
  'numbers stand on the front layer alone, where nothing cuts them off',
  async (page) => {
    const [A0, B0] = ['2 2 3 3 1 4 −1 1 1 1 5 −1', '1 4 0 4 5 5 3 2 2 5 3 3'].map((layer) => layer.split(' '))
    for (const dim of [0, 1, 2]) {
      const shown = await panel(page, dim)
        .locator('.block .figure')
        .evaluateAll((all) => all.filter((node) => node.getClientRects().length).map((node) => node.textContent))
      assert.deepEqual(shown.sort(), [...A0, ...B0].sort(), `dim=${dim}`)
    }
  },
  { ...SAME, hash: `${ALL}&stage=apart`, reads: true },
)
