/** Present mode, as a teacher with a clicker uses it: what each press does, and that nothing is told too early. */
import assert from 'node:assert/strict'
import { boxOf, pageTest, printed } from './browser.js'
import { button, hashOf, menu, PRESENTED, press, results, screen, sections, stage, where } from './presented.js'

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
    assert.equal(await stage(page), 'add')
    await page.waitForFunction(() => globalThis.passed.at(-1) === 0.63)
    assert.ok(isRising(await passed(page)))
    assert.ok(await button(page, 'Play').isVisible())
    await press(page, 'PageDown')
    await page.waitForFunction(() => globalThis.passed.at(-1) === 0.81)
    assert.ok(isRising(await passed(page)))
  },
  { hash: PRESENTED, ...moving },
)

pageTest(
  'one press plays a later screen to its end, and one more ends it at once',
  async (page) => {
    await press(page, 'PageDown')
    await watch(page)
    await press(page, 'PageDown')
    await page.waitForFunction(() => globalThis.passed.at(-1) > 0.1)
    await press(page, 'PageDown')
    assert.equal(await slider(page).inputValue(), '1')
    assert.equal(await where(page), '2 / 5')
    assert.ok(isRising(await passed(page)))
    await press(page, 'PageDown')
    assert.equal(await where(page), '3 / 5')
    // Back over the border everything is there, and nothing plays again.
    await press(page, 'PageUp')
    assert.equal(await where(page), '2 / 5')
    assert.equal(await slider(page).inputValue(), '1')
    assert.ok(await button(page, 'Play').isVisible())
    await press(page, 'PageUp')
    assert.equal(await slider(page).inputValue(), '0')
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
  'Next says the phrases one by one, and Back takes them back',
  async (page) => {
    const phrases = await screen(page).locator('.answers .choice').allTextContents()
    assert.equal(phrases.length, 6)
    for (const phrase of phrases) {
      await press(page, 'PageDown')
      assert.deepEqual(await pressed(page), [phrase])
      assert.equal(await stage(page), 'cosine')
    }
    assert.deepEqual(await results(page), ['0.8043', '0.8878'])
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
  { hash: `#beat=names&${PRESENTED.slice(1)}`, ...still },
)

pageTest(
  'Next gives the quiz its right answer, which Back takes away',
  async (page) => {
    await screen(page).getByText('What is the shape of').waitFor()
    assert.equal(await screen(page).locator('.quiz :checked').count(), 0)
    await press(page, 'PageDown')
    assert.equal(await screen(page).locator('.quiz :checked').count(), 1)
    assert.equal(await screen(page).locator('.quiz .verdict.right').count(), 1)
    await press(page, 'PageDown')
    assert.equal(await screen(page).locator('.quiz .verdict.right').count(), 1)
    await press(page, 'PageUp')
    assert.deepEqual(await sections(page), ['quiz'])
    assert.equal(await screen(page).locator('.quiz .verdict').count(), 0)
    await press(page, 'PageUp')
    assert.deepEqual(await sections(page), ['code'])
  },
  { hash: '#show=story,collapse,code,quiz&present=quiz', ...still },
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
      assert.deepEqual(await sections(page), ['cards'])
      await press(page, 'PageDown')
    }
    await press(page, 'PageDown')
    assert.deepEqual(await sections(page), ['quiz'])
  },
  { hash: '#show=story,collapse,cards,quiz&present=cards', ...still },
)

pageTest(
  'other numbers are asked about anew, on whatever screen they were chosen',
  async (page) => {
    const shapes = screen(page).getByRole('group', { name: 'Another shape' })
    await press(page, 'PageDown')
    assert.equal((await results(page)).length, 5)
    await shapes.getByText('2×3', { exact: true }).click()
    assert.deepEqual(await results(page), [])
    assert.equal(await where(page), '5 / 6')
    await press(page, 'PageDown')
    assert.equal((await results(page)).length, 5)
    await press(page, 'PageDown')
    await screen(page).locator('#section-inputs').getByText('2×3×4').click()
    await press(page, 'PageUp')
    assert.equal(await where(page), '5 / 6')
    assert.deepEqual(await results(page), [])
    await shapes.getByText('3×2').click()
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
    assert.equal(await box(), before)
    await press(page, 'PageDown')
    await page.waitForTimeout(300)
    assert.equal(await box(), before)
    assert.ok(await screen(page).locator('.verdict').isVisible())
    await press(page, 'PageDown')
    assert.equal(await box(), before)
  },
  { hash: `#beat=which&${PRESENTED.slice(1)}`, viewport: { width: 1920, height: 1080 }, ...moving },
)

pageTest('the menu remembers what the page shows, and says how many screens that is', async (page) => {
  await page.follow('#show=story,collapse,code,quiz')
  const shown = await printed(page)
  await page.locator('#present').click()
  const ticked = () =>
    menu(page)
      .locator('fieldset :checked:enabled')
      .evaluateAll((all) => all.map(({ value }) => value))
  assert.deepEqual(await ticked(), ['code', 'quiz'])
  assert.equal(await menu(page).getByText('The lesson (5 screens)').count(), 1)
  await menu(page).getByRole('button', { name: 'Start: 7 screens' }).click()
  assert.equal(await where(page), '1 / 7')
  await press(page, 'Escape')
  assert.deepEqual(await printed(page), shown)
})
