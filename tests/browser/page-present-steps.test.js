/** Present mode, as a teacher with a clicker uses it: what each press does, and that nothing is told too early. */
import assert from 'node:assert/strict'
import { boxOf, pageTest, printed, textOf } from './browser.js'
import {
  announced,
  button,
  hashOf,
  menu,
  PRESENTED,
  press,
  results,
  screen,
  sections,
  stage,
  where,
} from './presented.js'

const slider = (page) => screen(page).getByRole('slider', { name: 'Stage' })
const pressed = (page) => screen(page).locator('.answers [aria-pressed=true]').allTextContents()
const still = { reducedMotion: /** @type {const} */ ('reduce') }
const moving = { reducedMotion: /** @type {const} */ ('no-preference'), alone: true }

/** Notes every place of the film from now on. */
const watch = (page) =>
  page.evaluate(() => {
    globalThis.passed = []
    const told = ({ detail }) => globalThis.passed.push(detail.stage)
    document.querySelector('cosine-dim')?.addEventListener('stagechange', told)
  })
const passed = (page) => page.evaluate(() => globalThis.passed)
const isRising = (all) => all.every((one, i) => i === 0 || one >= all[i - 1])

pageTest(
  'an open prediction leaves no screen empty: the story asks, and predict is none',
  async (page) => {
    assert.equal(await where(page), '1 / 7')
    for (let i = 0; i < 60 && (await where(page)) !== '7 / 7'; i++) {
      assert.ok((await sections(page)).length > 0, `${await where(page)}`)
      await press(page, 'PageDown')
    }
    assert.deepEqual(await sections(page), ['quiz'])
  },
  { hash: '#predict=0&show=story,collapse,predict,code,quiz&present=story', ...still },
)

pageTest(
  'Next stops a film that plays at the stage ahead, never behind',
  async (page) => {
    await watch(page)
    await button(page, 'Play').click()
    await page.waitForFunction(() => globalThis.passed.at(-1) > 0.4)
    await press(page, 'PageDown')
    await page.waitForFunction(() => globalThis.passed.at(-1) === 0.63)
    assert.equal(await stage(page), 'add')
    assert.ok(isRising(await passed(page)))
    assert.ok(await button(page, 'Play').isVisible())
    await press(page, 'PageDown')
    await page.waitForFunction(() => globalThis.passed.at(-1) === 0.81)
    assert.ok(isRising(await passed(page)))
  },
  { hash: PRESENTED, ...moving },
)

pageTest(
  'one press answers a later screen and plays it to its end, and one more ends it at once',
  async (page) => {
    await watch(page)
    await press(page, 'PageDown')
    await page.waitForFunction(() => globalThis.passed.at(-1) > 0.1)
    // The class may still guess: what the page chose is marked in the end.
    assert.deepEqual(await pressed(page), [])
    assert.equal(await screen(page).locator('.said').getAttribute('data-watch'), 'Watch.')
    assert.equal(await screen(page).locator('.verdict:not(.unseen)').count(), 0)
    await press(page, 'PageDown')
    assert.equal(await slider(page).inputValue(), '1')
    assert.deepEqual(await pressed(page), ['3'])
    assert.equal(await screen(page).locator('.verdict:not(.unseen)').count(), 1)
    assert.equal(await where(page), '2 / 5')
    assert.ok(isRising(await passed(page)))
    await press(page, 'PageDown')
    assert.equal(await where(page), '3 / 5')
    // Back over the border everything is there, and nothing plays again.
    await press(page, 'PageUp')
    assert.equal(await where(page), '2 / 5')
    assert.equal(await slider(page).inputValue(), '1')
    assert.ok(await button(page, 'Play').isVisible())
    // The question is open again, and asks again.
    for (const isMidway of [false, true]) {
      await press(page, 'PageUp')
      assert.equal(await where(page), '2 / 5')
      assert.deepEqual(await pressed(page), [])
      assert.deepEqual(await results(page), [])
      assert.equal(await slider(page).isVisible(), false)
      assert.equal(await textOf(screen(page).locator('.said')), '')
      if (isMidway) continue
      await press(page, 'PageDown')
      await page.waitForFunction(() => globalThis.passed.at(-1) > 0.1 && globalThis.passed.at(-1) < 1)
    }
    await page.waitForTimeout(300)
    assert.equal(await passed(page).then((all) => all.at(-1)), 0, 'the film that was left does not play on')
    assert.equal(await hashOf(page), `#beat=which&${PRESENTED.slice(1)}`)
    await press(page, 'PageUp')
    assert.equal(await where(page), '1 / 5')
    assert.equal((await results(page)).length, 4)
  },
  { hash: `#beat=which&${PRESENTED.slice(1)}`, ...moving },
)

pageTest(
  'a screen that is left while it plays does not play on in the next',
  async (page) => {
    await button(page, 'Play').click()
    await screen(page).locator('.where').click()
    await button(page, '5 Your own numbers').click()
    await watch(page)
    await page.waitForTimeout(300)
    assert.equal(await slider(page).inputValue(), '0')
    assert.deepEqual(await passed(page), [])
  },
  { hash: PRESENTED, ...moving },
)

pageTest(
  'Next says the phrases one by one at their end, as a click does, and Back takes them back',
  async (page) => {
    await watch(page)
    const phrases = await screen(page).locator('.answers .choice').allTextContents()
    assert.equal(phrases.length, 6)
    for (const phrase of phrases) {
      await press(page, 'PageDown')
      assert.deepEqual(await pressed(page), [phrase])
      assert.equal(await stage(page), 'cosine')
    }
    assert.deepEqual(await results(page), ['0.8043', '0.8878'])
    await button(page, 'over the rows').click()
    assert.equal((await results(page)).length, 3)
    await button(page, phrases[5]).click()
    assert.deepEqual(await results(page), ['0.8043', '0.8878'])
    assert.deepEqual(new Set(await passed(page)), new Set([1]), 'nothing plays')
    await press(page, 'PageDown')
    assert.equal(await where(page), '4 / 5')
    await press(page, 'PageUp')
    assert.deepEqual(await pressed(page), [phrases[5]])
    assert.deepEqual(await results(page), ['0.8043', '0.8878'])
    for (const phrase of phrases.slice(0, 5).reverse()) {
      await press(page, 'PageUp')
      assert.deepEqual(await pressed(page), [phrase])
    }
    await press(page, 'PageUp')
    assert.deepEqual(await pressed(page), [])
    assert.deepEqual(await results(page), [])
    await press(page, 'PageUp')
    assert.equal(await where(page), '2 / 5')
  },
  { hash: `#beat=names&${PRESENTED.slice(1)}`, ...moving },
)

pageTest(
  'Next gives the quiz its answer, which Back takes away, and then another question; Back leads to the one before',
  async (page) => {
    await screen(page).getByText('What is the shape of').waitFor()
    assert.equal(await screen(page).locator('.quiz :checked').count(), 0)
    await press(page, 'PageDown')
    assert.equal(await screen(page).locator('.quiz :checked').count(), 1)
    // Nobody has answered, so nobody was right.
    assert.match(await textOf(screen(page).locator('.quiz [role=status]')), /^\s*Axis \d vanishes: /)
    await press(page, 'PageUp')
    assert.equal(await screen(page).locator('.quiz .verdict').count(), 0)
    const question = () => textOf(screen(page).locator('.quiz legend'))
    const first = await question()
    await press(page, 'PageDown', 'PageDown')
    assert.notEqual(await question(), first)
    assert.equal(await screen(page).locator('.quiz :checked').count(), 0)
    await press(page, 'PageDown', 'PageUp')
    assert.deepEqual(await sections(page), ['quiz'])
    assert.equal(await screen(page).locator('.quiz .verdict').count(), 0)
    await press(page, 'PageUp')
    assert.equal(await question(), first)
    assert.equal(await screen(page).locator('.quiz .verdict').count(), 1)
    await press(page, 'PageUp', 'PageUp')
    assert.deepEqual(await sections(page), ['code'])
  },
  { hash: '#show=story,collapse,code,quiz&present=quiz', ...still },
)

pageTest(
  'misconceptions come one at a time: what one may believe, then what is true',
  async (page) => {
    const cards = screen(page).locator('.card')
    const visible = (part) => cards.locator(part).filter({ visible: true }).allTextContents()
    const beliefs = []
    for (let i = 0; i < 10; i++) {
      const [belief, ...others] = await visible('h3')
      assert.deepEqual(others, [])
      beliefs.push(belief)
      const said = await announced(page)
      assert.ok(said.startsWith('Screen 6 of 7: Common misconceptions – '), said)
      assert.ok(belief.includes(said.split(' – ')[1]))
      assert.deepEqual(await visible('p, .example'), [])
      await press(page, 'PageDown')
      assert.ok((await visible('.example')).length > 0 && (await visible('p')).length > 0)
      assert.equal(await cards.getByText('See it above').count(), 0)
      const truth = (await visible('p'))
        .at(-1)
        .replace(/\s[↓→]/g, '')
        .slice(0, 20)
      assert.ok((await announced(page)).includes(` – ${truth}`), truth)
      await press(page, 'PageDown')
    }
    assert.equal(new Set(beliefs).size, 10)
    assert.deepEqual(await sections(page), ['quiz'])
    await press(page, 'PageUp')
    assert.deepEqual(await visible('h3'), [beliefs[9]])
  },
  { hash: '#show=story,collapse,cards,quiz&present=cards', ...still },
)

pageTest(
  'N goes to the next screen and P to the one before, from any step, but not while typing',
  async (page) => {
    await press(page, 'PageDown', 'n')
    assert.equal(await where(page), '2 / 6')
    await press(page, 'n', 'N', 'n')
    assert.equal(await where(page), '5 / 6')
    await press(page, 'p')
    assert.equal(await where(page), '4 / 6')
    assert.deepEqual(await pressed(page), [])
    await press(page, 'n')
    await screen(page).getByRole('textbox', { name: 'A, row 0, column 0' }).focus()
    const before = await boxOf(screen(page).locator('.presses'))
    await press(page, 'n', 'p')
    assert.equal(await where(page), '5 / 6')
    assert.ok(await screen(page).getByText('which is not a number').isVisible())
    assert.equal((await boxOf(screen(page).locator('.presses'))).width, before.width)
    await page.locator('dialog.presentation').focus()
    await press(page, 'b', 'n')
    assert.equal(await where(page), '5 / 6', 'a key lights the screen, and does no more')
    await press(page, 'n', 'n')
    assert.deepEqual(await sections(page), ['quiz'])
  },
  { hash: '#show=story,collapse,quiz&present=story', ...still },
)

pageTest(
  'the last press of the lesson ends with the rule',
  async (page) => {
    const words = () => textOf(screen(page).locator('.telling'))
    assert.equal(await words(), 'Pick a boxed size: it goes.')
    await press(page, 'PageDown')
    assert.equal(await words(), 'The dim you name is the dim that vanishes')
    assert.equal(await announced(page), 'Screen 5 of 5: Your own numbers – The dim you name is the dim that vanishes')
    const shown = await screen(page).locator(':is(.sentence, .telling, .said)').allTextContents()
    assert.equal(shown.join().match(/The dim you name/g)?.length, 1, 'the rule is seen once')
    await screen(page).getByRole('group', { name: 'Another shape' }).getByText('2×3', { exact: true }).click()
    assert.match(await words(), /^Pick a boxed size/)
    assert.equal(await screen(page).locator('.answers button').count(), 0, 'no examples to read')
  },
  { hash: `#beat=own&${PRESENTED.slice(1)}`, ...still },
)

for (const [width, height] of [
  [1280, 720],
  [390, 844],
])
  pageTest(
    `before the first screen and past the last, it is said and seen that there is none: ${width} × ${height}`,
    async (page) => {
      const seen = screen(page).locator('.present-bar .sentence[data-note]')
      const isWhole = () => seen.evaluate((node) => node.scrollWidth <= node.clientWidth)
      for (const [keys, say, steps] of /** @type {const} */ ([
        [['PageUp', 'p', 'ArrowLeft'], 'This is the first screen.', '1 / 5'],
        [['PageDown', 'n', 'ArrowRight'], 'That was the last screen.', '5 / 5'],
      ])) {
        for (const key of keys) {
          await press(page, key)
          assert.equal(await announced(page), say)
          assert.equal(await seen.textContent(), say)
          assert.ok(await isWhole())
          assert.equal(await where(page), steps)
        }
        const [bar, button] = await Promise.all(
          ['.present-bar', '.present-bar > button'].map((one) => boxOf(screen(page).locator(one).first())),
        )
        assert.ok(bar.height < (width > 768 ? 1.5 : 2.5) * button.height, 'the buttons stay in one line')
        // Anything else takes its place.
        await press(page, steps === '1 / 5' ? 'PageDown' : 'PageUp')
        assert.equal(await seen.count(), 0)
        assert.match(await announced(page), /^Screen /)
        if (steps === '1 / 5') await press(page, 'n', 'n', 'n', 'n', 'PageDown')
      }
    },
    { viewport: { width, height }, hash: PRESENTED, ...still },
  )

pageTest(
  'code shows its results with the next key, on the same lines',
  async (page) => {
    const code = () => screen(page).locator('pre').textContent()
    const lines = async () => ((await code()) ?? '').split('\n')
    const covered = await lines()
    assert.doesNotMatch(`${covered}`, /0\.9558|0\.9734/)
    await press(page, 'PageDown')
    const shown = await lines()
    assert.match(`${shown}`, /# tensor\(\[0\.9558, 0\.9839\]\)/)
    assert.equal(shown.length, covered.length)
  },
  { hash: '#show=story,collapse,code&present=code', ...still },
)

pageTest(
  'a section that is higher than the screen is paged before it is left',
  async (page) => {
    const rest = () => screen(page).evaluate((node) => node.scrollHeight - node.clientHeight - node.scrollTop)
    assert.ok((await rest()) > 24)
    for (let i = 0; i < 20 && (await rest()) > 24; i++) {
      assert.deepEqual(await sections(page), ['attention'])
      await press(page, 'PageDown')
    }
    await press(page, 'PageDown', 'PageDown')
    assert.deepEqual(await sections(page), ['quiz'])
  },
  { hash: '#show=story,collapse,attention,quiz&present=attention', ...still },
)

pageTest(
  'other numbers are asked about anew, on whatever screen they were chosen',
  async (page) => {
    const shapes = screen(page).getByRole('group', { name: 'Another shape' })
    /** By keyboard: on a busy machine a click came to nothing, once in hundreds of runs. */
    const choose = (button) => button.press('Enter')
    await press(page, 'PageDown')
    assert.equal((await results(page)).length, 5)
    await choose(shapes.getByText('2×3', { exact: true }))
    assert.deepEqual(await results(page), [])
    assert.equal(await where(page), '5 / 6')
    await press(page, 'PageDown')
    assert.equal((await results(page)).length, 5)
    await press(page, 'PageDown')
    await choose(screen(page).locator('#section-inputs').getByText('2×3×4'))
    await press(page, 'PageUp')
    assert.equal(await where(page), '5 / 6')
    assert.deepEqual(await results(page), [])
    await choose(shapes.getByText('3×2'))
    await press(page, 'PageDown', 'PageDown', 'PageUp')
    assert.equal((await results(page)).length, 5)
  },
  { hash: '#beat=own&show=story,collapse,inputs&present=story', ...still },
)

pageTest(
  'the number of the screen opens a list of all; Esc closes it, and no more',
  async (page) => {
    await screen(page).locator('.where').focus()
    await press(page, 'Enter', 'Escape')
    assert.equal(await button(page, '4 What is left of (2, 3, 4)?').isVisible(), false)
    assert.equal(await screen(page).count(), 1)
    await press(page, 'Enter')
    await button(page, '4 What is left of (2, 3, 4)?').click()
    assert.equal(await where(page), '4 / 6')
    assert.deepEqual(await pressed(page), [])
    await screen(page).locator('.where').click()
    await button(page, '6 What will the shape be?').click()
    assert.deepEqual(await sections(page), ['quiz'])
  },
  { hash: '#show=story,collapse,quiz&present=story', ...still },
)

pageTest(
  'up and down step; B and a full stop make the screen black until any key',
  async (page) => {
    const center = () =>
      screen(page).evaluate((node) => getComputedStyle(node, '::after').backgroundColor === 'rgb(0, 0, 0)')
    await press(page, 'ArrowDown')
    assert.equal(await stage(page), 'pair')
    await press(page, 'ArrowUp')
    assert.equal(await stage(page), 'A, B')
    for (const key of ['b', '.']) {
      await press(page, key)
      assert.equal(await center(), true)
      await press(page, 'PageDown')
      assert.equal(await center(), false)
      assert.equal(await stage(page), 'A, B')
    }
    await press(page, 'b', 'Escape')
    assert.equal(await center(), false)
    assert.equal(await screen(page).count(), 1)
  },
  { hash: PRESENTED, ...still },
)

pageTest(
  'a full stop in a number is no black screen',
  async (page) => {
    await screen(page).getByRole('textbox', { name: 'A, row 0, column 0' }).fill('')
    await press(page, '1', '.', '5')
    assert.match((await hashOf(page)) ?? '', /1\.5/)
    assert.equal(await screen(page).getAttribute('data-blank'), null)
  },
  { hash: `#beat=own&${PRESENTED.slice(1)}`, ...still },
)

pageTest(
  'the press stays where it is while an answer comes and the film plays',
  async (page) => {
    const box = async () => JSON.stringify(await boxOf(screen(page).locator('.presses')))
    const before = await box()
    await press(page, 'PageDown')
    await page.waitForTimeout(300)
    assert.equal(await box(), before)
    await press(page, 'PageDown')
    assert.equal(await box(), before)
    assert.ok(await screen(page).locator('.verdict').isVisible())
  },
  { hash: `#beat=which&${PRESENTED.slice(1)}`, viewport: { width: 1920, height: 1080 }, ...moving },
)

pageTest('the menu remembers what the page shows, and says where it starts', async (page) => {
  await page.follow('#show=story,collapse,code,quiz')
  const shown = await printed(page)
  await page.locator('#present').click()
  const ticked = () =>
    menu(page)
      .locator('fieldset :checked:enabled')
      .evaluateAll((all) => all.map(({ value }) => value))
  assert.deepEqual(await ticked(), ['code', 'quiz'])
  assert.equal(await menu(page).getByText('The lesson (5 screens, about 18 presses)').count(), 1)
  await menu(page).getByRole('button', { name: 'Start at 1 of 7: Two dims, one square' }).click()
  assert.equal(await where(page), '1 / 7')
  await press(page, 'n', 'n', 'Escape')
  assert.deepEqual(await printed(page), shown)
  await page.locator('#present').click()
  const start = menu(page).getByRole('button', { name: /^Start/ })
  assert.equal(await start.textContent(), 'Start at 3 of 7: One axis, many names')
  await start.click()
  assert.equal(await where(page), '3 / 7')
  await press(page, 'n', 'n', 'n', 'Escape')
  await page.locator('#present').click()
  assert.equal(await start.textContent(), 'Start at 6 of 7: The same in code')
  // Without that section it would start over.
  await menu(page).getByRole('checkbox', { name: 'The same in code' }).uncheck()
  assert.equal(await start.textContent(), 'Start at 1 of 6: Two dims, one square')
})
