/** The collapse: by keyboard, pointer and link, in words, as stills, with other numbers, and where it steps aside. */
import assert from 'node:assert/strict'
import { boxOf, cell, HASTY, half, MOVING, pageTest, preset, SAME, SEED, textOf } from './browser.js'

const collapse = (page) => page.locator('.explorer .collapse')
const slider = (page) => collapse(page).getByRole('slider')
const at = async (page) => Number(await slider(page).inputValue())
const stage = async (page) => (await slider(page).getAttribute('aria-valuetext'))?.replace(/, stage . of 6$/, '')
const said = (page) => collapse(page).getByRole('status').textContent()
/** With usual spaces within shapes, which do not break. */
const words = async (page) => (await textOf(collapse(page).locator('.say'))).replaceAll('\u00a0', ' ')
const results = (page) => collapse(page).locator('.presses .of-result').allTextContents()
const chips = (page, dim) =>
  collapse(page)
    .getByRole('group', { name: `dim=${dim}`, exact: true })
    .getByRole('radio')
/** The rows of the tables that stand for the drawings. */
const table = (page) =>
  collapse(page)
    .locator('.presses tr')
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.cells]
          .map((one) => (one.querySelector('[aria-hidden]') ?? one).textContent?.replace('\u00a0', ' '))
          .join(' | '),
      ),
    )
const play = (page) => collapse(page).locator('.play-all')
/** Waits until it has come to its end. */
const ended = async (page) => {
  await page.waitForFunction(
    (input) => input.value === '1' && input.closest('.collapse').querySelector('.play-all').ariaLabel === 'Play',
    await slider(page).elementHandle(),
  )
}

pageTest(
  'on arrival it plays once by itself, in less than five seconds, and is quiet',
  async (page) => {
    const start = Date.now()
    await page.waitForFunction((input) => Number(input.value) < 0.5, await slider(page).elementHandle())
    await ended(page)
    assert.ok(Date.now() - start < 5500)
    assert.deepEqual(await results(page), ['0.9558', '0.9839', '0.9734', '0.9972'])
    assert.equal(await said(page), '')
    assert.ok(!page.url().includes('#'))
    await page.locator('#language').click()
    await page.waitForTimeout(300)
    assert.equal(await at(page), 1)
  },
  { ...MOVING, alone: true },
)

/** @type {[string, string, RegExp, RegExp?][]} the stage's key and name, its sentence, and the one announced if it differs */
const STAGES = [
  ['apart', 'A, B', /^A and B, side by side\.$/],
  ['pair', 'pair', /Partners meet\. dim=0: column 0 of A with column 0 of B; dim=1: row 0 of A with row 0 of B\./],
  ['multiply', 'multiply', /^Each pair is multiplied, and each number squared, /],
  ['add', 'add', /dim=0 adds down each column: 2 numbers are left; dim=1 along each row: 2 numbers/],
  ['divide', 'divide', /divided by the lengths of its two vectors/],
  [
    'cosine',
    'cosine',
    /\(2, 2\) has become \(2,\) both times: a square hides/,
    /^2 by 2 has become a list of 2 both times: /,
  ],
]

pageTest(
  'the slider goes by stages and to the ends, and each stage is said once',
  async (page) => {
    await slider(page).focus()
    await page.keyboard.press('Home')
    for (const [i, [key, name, sentence, heard = sentence]] of STAGES.entries()) {
      if (i) await page.keyboard.press('PageUp')
      assert.equal(await stage(page), name)
      assert.match(await words(page), sentence)
      assert.match(await said(page), heard)
      await page.waitForFunction((key) => (key === 'cosine' ? !location.hash : location.hash === `#stage=${key}`), key)
    }
    assert.match(await textOf(collapse(page).locator('.say')), /\(2,\u00a02\)/, 'a shape does not break')
    await page.keyboard.press('PageDown')
    assert.equal(await stage(page), 'divide')
    await page.keyboard.press('ArrowLeft')
    assert.equal(await stage(page), 'add')
    await page.keyboard.press('ArrowRight')
    assert.equal(await stage(page), 'divide')
    await page.keyboard.press('ArrowUp')
    assert.equal(await stage(page), 'cosine')
    await page.keyboard.press('Home')
    assert.equal(await at(page), 0)
    await page.keyboard.press('End')
    assert.equal(await at(page), 1)
  },
  { hash: '#stage=cosine' },
)

pageTest(
  'playing tells each stage once, and not the way back to the start; an edit tells none',
  async (page) => {
    await collapse(page)
      .getByRole('status')
      .evaluate((status) => {
        globalThis.told = []
        new MutationObserver(() => globalThis.told.push(status.textContent?.split('.')[0])).observe(status, {
          childList: true,
        })
      })
    await play(page).click()
    await page.waitForFunction(() => globalThis.told.length > 0)
    await ended(page)
    await half(page, 'A, row 0, column 0').fill('0')
    await half(page, 'A, row 1, column 0').fill('0')
    assert.deepEqual(await page.evaluate(() => globalThis.told), [
      ...STAGES.slice(1).map(([, name]) => name),
      '2 by 2 has become a list of 2 both times: a square hides which axis vanished',
    ])
    assert.ok(!/stage=/.test(page.url()) || /stage=cosine/.test(page.url()))
  },
  { ...HASTY, hash: '#stage=cosine' },
)

pageTest(
  'Space and the button play, stop where it stands, and go on from there',
  async (page) => {
    await slider(page).focus()
    await page.keyboard.press('Space')
    assert.equal(await play(page).getAttribute('aria-label'), 'Stop')
    await page.waitForFunction((input) => Number(input.value) > 0.25, await slider(page).elementHandle())
    await page.keyboard.press('Space')
    const stopped = await at(page)
    assert.ok(stopped > 0.2 && stopped < 1)
    await page.waitForTimeout(200)
    assert.equal(await at(page), stopped)
    assert.match(page.url(), /#stage=0\.\d+|#stage=[a-z]+/)
    await play(page).click()
    await page.waitForTimeout(200)
    assert.ok((await at(page)) >= stopped)
    await ended(page)
  },
  { ...MOVING, hash: '#stage=pair' },
)

pageTest(
  'the slider, the names of the stages and the drawing itself take the pointer',
  async (page) => {
    const { x, y, width, height } = await boxOf(slider(page))
    await page.mouse.move(x + width - height / 2, y + height / 2)
    await page.mouse.down()
    await page.mouse.move(x + width / 2, y + height / 2, { steps: 5 })
    assert.ok(Math.abs((await at(page)) - 0.5) < 0.02)
    await page.mouse.up()
    for (const [, name] of STAGES) {
      await collapse(page).locator('.stops').getByText(name, { exact: true }).click()
      assert.equal(await stage(page), name)
    }
    const drawing = await boxOf(collapse(page).locator('.presses svg').first())
    await page.mouse.move(drawing.x + 200, drawing.y + 100)
    await page.mouse.down()
    await page.mouse.move(drawing.x + 80, drawing.y + 100, { steps: 6 })
    assert.ok(Math.abs((await at(page)) - 0.8) < 0.05)
    await page.mouse.up()
    await page.waitForFunction(() => /stage=/.test(location.hash))
  },
  { hash: '#stage=cosine' },
)

pageTest(
  'the vectors that are compared are outlined from when partners meet until they are one sum',
  async (page) => {
    const outlines = () =>
      collapse(page)
        .locator('.presses .vector')
        .evaluateAll((all) =>
          all
            .filter((node) => node.getAttribute('display') !== 'none')
            .map((node) => node.getBoundingClientRect())
            .map(({ width, height }) => (width > height ? 'row' : 'column')),
        )
    for (const [stage, seen] of Object.entries({
      'A, B': [],
      pair: ['column', 'column', 'row', 'row'],
      multiply: ['column', 'column', 'row', 'row'],
      divide: [],
    })) {
      await collapse(page).locator('.stops').getByText(stage, { exact: true }).click()
      assert.deepEqual(await outlines(), seen, stage)
    }
  },
  { ...SAME, hash: '#stage=cosine' },
)

pageTest(
  'the table of each drawing has the numbers of the stage',
  async (page) => {
    const rows = {
      apart: [' | A | B', 'column 0 ↓ | 1, 3 | 5, 7'],
      pair: [' | A, B', 'column 0 ↓ | (1, 5), (3, 7)'],
      multiply: [' | A · B | A² | B²', 'column 0 ↓ | 1 · 5 = 5, 3 · 7 = 21 | 1² = 1, 3² = 9 | 5² = 25, 7² = 49'],
      add: [' | Σ A · B | Σ A² | Σ B²', 'column 0 ↓ | 5 + 21 = 26 | 1 + 9 = 10 | 25 + 49 = 74'],
      divide: [' | Σ A · B / (‖A‖ · ‖B‖)', 'column 0 ↓ | 26 / (√10 · √74)'],
      cosine: [' | cos', 'column 0 ↓ | 26 / (3.1623 · 8.6023) = 0.9558'],
    }
    for (const [key, name] of STAGES) {
      await collapse(page).locator('.stops').getByText(name, { exact: true }).click()
      assert.deepEqual((await table(page)).slice(0, 2), rows[key])
    }
    assert.equal((await table(page)).at(-1), 'row 1 → | 53 / (5 · 10.6301) = 0.9972')
    assert.equal(await collapse(page).locator('svg:not([aria-hidden])').count(), 0)
  },
  { ...SAME, hash: '#stage=cosine' },
)

pageTest(
  'a size is chosen by click or arrow key: its dim alone plays; a button brings both back',
  async (page) => {
    const names = async (dim) =>
      Promise.all((await chips(page, dim).all()).map((chip) => chip.getAttribute('aria-label')))
    assert.deepEqual(await names(0), ['dim 0 (or −2), size 2', 'dim 1 (or −1), size 3'])
    assert.ok(await chips(page, 0).first().isChecked())
    assert.ok(await chips(page, 1).last().isChecked())
    await chips(page, 0).last().click()
    assert.deepEqual(await collapse(page).locator('.dim').allTextContents(), ['dim=1'])
    assert.match(page.url(), /dim=1/)
    assert.ok((await at(page)) < 1)
    await page.keyboard.press('ArrowLeft')
    assert.deepEqual(await collapse(page).locator('.dim').allTextContents(), ['dim=0'])
    assert.ok(await chips(page, 0).first().isChecked())
    await ended(page)
    assert.match(await words(page), /^\(2, 3\) has become \(3,\): axis 0 has vanished\.$/)
    assert.deepEqual(await collapse(page).locator('.presses .out').allTextContents(), [
      'tensor([ 0.9558,  0.9839, -0.1414])',
    ])
    await collapse(page).getByRole('button', { name: 'Both dims side by side' }).click()
    assert.deepEqual(await collapse(page).locator('.dim').allTextContents(), ['dim=0', 'dim=1'])
    assert.match(await words(page), /\(2, 3\) has become \(3,\) with dim=0, and \(2,\) with dim=1/)
    await page.goBack()
    assert.deepEqual(await collapse(page).locator('.dim').allTextContents(), ['dim=0'])
  },
  { ...HASTY, hash: '#example=2x3&stage=cosine' },
)

pageTest(
  'a size flies out of the shape, struck; it passes no other, and the comma stays',
  async (page) => {
    for (const dim of [0, 1]) {
      const group = collapse(page).getByRole('group', { name: `dim=${dim}`, exact: true })
      const input = await slider(page).elementHandle()
      // All places in one call, which takes a tenth of the time.
      const places = await group.evaluate((group, input) => {
        const boxOf = (node) => node.getBoundingClientRect().toJSON()
        return Array.from({ length: 101 }, (_, i) => {
          input.value = `${i / 100}`
          input.dispatchEvent(new Event('input'))
          const [open, comma, close] = group.querySelectorAll('.tuple > span')
          const sizes = [...group.querySelectorAll('.axis')]
          const [strikes, tags] = ['--strike', '--tag'].map((name) =>
            sizes.map((size) => size.style.getPropertyValue(name)),
          )
          return {
            at: input.value,
            strikes,
            tags,
            sizes: sizes.map(boxOf),
            ...{ open: boxOf(open), comma: boxOf(comma), close: boxOf(close) },
          }
        })
      }, input)
      const [first, last] = [places[0], places[100]]
      assert.ok(new Set(places.map(({ sizes }) => sizes[dim].x)).size > 10)
      for (const { at, sizes } of places) {
        const [left, right] = sizes
        assert.ok(left.x + left.width <= right.x + 1, `dim=${dim} at ${at}`)
      }
      assert.ok(Math.abs(last.comma.x - first.comma.x) < 1)
      assert.ok(Math.min(...places.map(({ sizes }) => sizes[dim].y)) < first.sizes[dim].y - 5, 'it hops')
      const size = last.sizes[dim]
      assert.ok(dim ? size.x > last.close.right - 1 : size.right < last.open.x + 1, 'it is outside')
      assert.deepEqual([first.strikes[dim], last.strikes[dim], last.strikes[1 - dim]], ['0', '1', ''])
      const left = 1 - dim
      assert.deepEqual([first.tags[left], last.tags[left], last.tags[dim]], ['1', '0', ''], 'its old dim goes')
    }
  },
  { hash: '#example=2x3&stage=apart' },
)

pageTest(
  'the half cells edit A and B; what is wrong is said below, and the drawing keeps the last good numbers',
  async (page) => {
    const field = half(page, 'A, row 0, column 1')
    await field.fill('-2')
    assert.equal(await cell(page, 'A, row 0, column 1').inputValue(), '-2')
    assert.deepEqual(await collapse(page).locator('.presses .out').allTextContents(), [
      'tensor([0.9558, 0.4472])',
      'tensor([-0.4008,  0.9972])',
    ])
    await field.fill('x')
    const fault = collapse(page).locator('.fault:visible')
    assert.match(await textOf(fault), /^A, row 0, column 1 is “x”/)
    assert.equal(await field.getAttribute('aria-describedby'), await fault.getAttribute('id'))
    assert.deepEqual((await results(page)).slice(2), ['−0.4008', '0.9972'])
    await field.press('Escape')
    assert.equal(await field.inputValue(), '2')
    assert.equal(await fault.count(), 0)
    const { height } = await boxOf(collapse(page))
    await field.fill('-123456.789')
    assert.equal((await boxOf(collapse(page))).height, height, 'nothing moves for a long number')
  },
  { hash: '#stage=cosine' },
)

pageTest(
  'with less motion it neither plays by itself nor moves between stages, and every stage stands below',
  async (page) => {
    await page.clock.runFor(10_000)
    assert.equal(await at(page), 1)
    const stills = collapse(page).locator('.stills figure:visible')
    assert.deepEqual(
      await stills.locator('figcaption').allTextContents(),
      [0, 1].flatMap((dim) => STAGES.map(([, name]) => `dim=${dim} ${name}`)),
    )
    assert.deepEqual(await stills.nth(5).locator('.of-result').allTextContents(), ['0.9558', '0.9839'])
    await play(page).click()
    const seen = new Set([await at(page)])
    for (let time = 0; time < 9000; time += 250) {
      await page.clock.runFor(250)
      seen.add(await at(page))
    }
    assert.deepEqual([...seen], [0, 0.18, 0.36, 0.63, 0.81, 1])
    assert.equal(await play(page).getAttribute('aria-label'), 'Play')
  },
  { reducedMotion: 'reduce', prepare: (page) => page.clock.install() },
)

pageTest(
  'on paper every stage stands side by side',
  async (page) => {
    await page.pdf()
    await page.emulateMedia({ media: 'print' })
    assert.equal(await collapse(page).locator('.stills figure:visible').count(), 12)
    assert.ok(!(await slider(page).isVisible()))
    // Fills that are not displayed are not painted.
    assert.notEqual(
      await collapse(page)
        .locator('.hatches')
        .evaluate((node) => getComputedStyle(node).display),
      'none',
    )
  },
  // Firefox does not print PDFs over its protocol.
  { alone: true, browsers: ['chromium'] },
)

pageTest(
  'a link opens a stage, also together with a step of the stepper; back and forward follow',
  async (page) => {
    assert.equal(await stage(page), 'add')
    assert.match(await textOf(page.locator('.stepper .progress')), /^Step 3/)
    await page.follow('#stage=0.5')
    assert.equal(await at(page), 0.5)
    await page.goBack()
    assert.equal(await at(page), 0.63)
    await preset(page, '2×3').click()
    assert.equal(await stage(page), 'add', 'another example is shown at the same stage')
  },
  { ...SAME, hash: '#stage=add&step=3' },
)

pageTest(
  'a stage that there is none of is complained about',
  async (page) => {
    assert.match(await page.locator('.complaints').innerText(), /stage: there is no stage “squeeze”/)
    assert.equal((await page.locator('.collapse .of-result').count()) > 0, true)
  },
  { ...SAME, hash: '#stage=squeeze', reads: true },
)

for (const [what, hash, shows] of /** @type {const} */ ([
  ['four axes', '#a=[[[[1,2]]]]&b=[[[[3,4]]]]', /or three of up to 5\. The panels below show \(1, 1, 1, 2\)/],
  ['a longer third axis', '#a=[[[1,2,3,4,5,6]]]&b=[[[1,2,3,4,5,6]]]', /two axes of up to 6 each.*\(1, 1, 6\)/],
  ['150 rows', '#example=iris', /\(150, 4\)/],
]))
  pageTest(
    `it steps aside with one sentence for ${what}`,
    async (page) => {
      assert.match(await collapse(page).innerText(), shows)
      assert.ok(!(await slider(page).isVisible()))
      await preset(page, '2×2').click()
      assert.ok(await slider(page).isVisible())
      assert.deepEqual(await collapse(page).locator('.presses .out').allTextContents(), SEED)
    },
    { ...SAME, hash },
  )

pageTest(
  'it is hidden for a prediction, which it would give away',
  async (page) => assert.ok(!(await collapse(page).isVisible())),
  { ...SAME, hash: '#predict=0', reads: true },
)

pageTest(
  'it says that shapes do not broadcast, beside the fields, with two ways to mend it',
  async (page) => {
    assert.match(await collapse(page).innerText(), /A \(1, 3\) and B \(1, 2\) do not broadcast\s+To put it right:/)
    assert.ok(!(await slider(page).isVisible()))
    await collapse(page).getByRole('button', { name: 'give A the shape (1, 2): drop its last column' }).click()
    assert.deepEqual(await collapse(page).locator('.presses .out').allTextContents(), [
      'tensor([1., 1.])',
      'tensor([1.])',
    ])
    assert.doesNotMatch(await collapse(page).innerText(), /do not broadcast/)
    await page.keyboard.type('-3')
    assert.equal(await half(page, 'A, row 0, column 0').inputValue(), '-3')
  },
  { ...SAME, hash: '#a=[[1,2,3]]&b=[[1,2]]' },
)

pageTest(
  'of two dims one of which does not exist, the other is shown; a zero vector’s length is said to be eps',
  async (page) => {
    assert.deepEqual(await collapse(page).locator('.dim').allTextContents(), ['dim=0'])
    assert.match(await words(page), /Lengths are clamped to at least eps, 1e-08\.$/)
    assert.match((await table(page))[1], /0 \/ \(eps · √74\)/)
  },
  { ...SAME, hash: '#a=[[0,2],[0,4]]&dim=0,5&stage=divide', reads: true },
)
