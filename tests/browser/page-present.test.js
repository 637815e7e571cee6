/** Present mode: the menu, the keys of keyboards and clickers, buttons, what is hidden, and the way back. */
import assert from 'node:assert/strict'
/** @typedef {import("../../types/explorer.js").CosineDimElement} CosineDimElement */
import { half, host, pageTest, printed, SAME, SEED, textOf } from './browser.js'
import {
  announced,
  button,
  hashOf,
  menu,
  NAMES,
  PRESENTED,
  results,
  screen,
  sections,
  stage,
  where,
} from './presented.js'

pageTest(
  'by keyboard alone: the menu, five screens, and back to the page as it was',
  async (page) => {
    await half(page, 'A, row 0, column 0').fill('9')
    const before = await printed(page)
    await page.locator('#present').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await screen(page).waitFor()
    assert.equal(await menu(page).isVisible(), false)
    assert.deepEqual(await sections(page), ['story', 'collapse'])
    assert.equal(await where(page), '1 / 5')
    // The focus is on the dialog, whose description is the first screen.
    assert.ok(await screen(page).evaluate((node) => node.matches(':focus')))
    const described = await screen(page).getAttribute('aria-describedby')
    assert.equal(await screen(page).locator(`#${described}`).textContent(), await announced(page))
    for (const [i, name] of NAMES.entries()) {
      assert.equal(await stage(page), name)
      assert.deepEqual(await results(page), i < NAMES.length - 1 ? [] : ['0.9558', '0.9839', '0.9734', '0.9972'])
      assert.equal(
        await announced(page),
        'Screen 1 of 5: Two dims, one square – 2 rows and 2 columns. What does dim=0 leave? And dim=1?',
      )
      await page.keyboard.press(['ArrowRight', ' ', 'PageDown'][i % 3])
    }
    assert.equal(await where(page), '2 / 5')
    assert.equal(
      await announced(page),
      'Screen 2 of 5: How many numbers come out? – A and B now have 2 rows and 3 columns, and you name dim=0.',
    )
    await page.keyboard.press('ArrowLeft')
    assert.equal(await where(page), '1 / 5')
    assert.equal(await stage(page), 'cosine')
    await page.keyboard.press('PageUp')
    assert.equal(await stage(page), 'divide')
    await page.keyboard.press('Escape')
    assert.equal(await screen(page).count(), 0)
    assert.deepEqual(await printed(page), before)
    assert.equal(await half(page, 'A, row 0, column 0').inputValue(), '9')
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'present')
  },
  { reducedMotion: 'reduce' },
)

pageTest(
  'each step tells a screen reader its stage, the answer, or the result of a phrase',
  async (page) => {
    const told = screen(page).locator('.collapse .controls [role=status]')
    await page.keyboard.press('PageDown')
    assert.match(await textOf(told), /^Partners meet\. /)
    await page.keyboard.press('PageDown')
    assert.match(await textOf(told), /^Each pair is multiplied, /)
    for (const _ of [1, 2, 3, 4]) await page.keyboard.press('PageDown')
    await page.keyboard.press('PageDown')
    assert.match(await textOf(screen(page).locator('.said')), /^Right\. /)
    assert.match(await textOf(told), /^2 by 3 has become a list of 3: axis 0 has vanished\. dim=0: 0\.9558, /)
    await page.keyboard.press('PageDown')
    await page.keyboard.press('PageDown')
    assert.match(await textOf(screen(page).locator('.said')), /^dim=1: each row leaves one number/)
    assert.match(await textOf(told), /^2 by 3 has become a list of 2: axis 1 has vanished\. dim=1: 0\.8043, /)
  },
  { hash: PRESENTED, reducedMotion: 'reduce' },
)

pageTest(
  'a question is asked first; the next key answers it, and the press shows why',
  async (page) => {
    assert.equal(await where(page), '2 / 5')
    const answer = screen(page).getByRole('button', { name: '3', exact: true })
    assert.equal(await answer.getAttribute('aria-pressed'), 'false')
    assert.equal(await screen(page).getByRole('slider').isVisible(), false)
    await page.keyboard.press('PageDown')
    assert.equal(await answer.getAttribute('aria-pressed'), 'true')
    await screen(page).getByText('There are 3 columns, and each leaves one number.').waitFor()
    assert.equal(await stage(page), 'cosine')
    assert.match((await results(page)).join(), /^0\.9558,0\.9839,−0\.141/)
  },
  { hash: `#beat=which&${PRESENTED.slice(1)}`, reducedMotion: 'reduce' },
)

pageTest(
  'the press moves from stage to stage, unless less motion is wanted; a second key goes on at once',
  async (page) => {
    await page.evaluate(() => {
      const slider = /** @type {HTMLInputElement} */ (
        document.querySelector('cosine-dim')?.shadowRoot?.querySelector('.track input')
      )
      globalThis.passed = []
      const note = () => {
        globalThis.passed.push(Number(slider.value))
        requestAnimationFrame(note)
      }
      note()
    })
    await page.keyboard.press('PageDown')
    await page.keyboard.press('PageDown')
    await page.waitForFunction(() => globalThis.passed.at(-1) === 0.36)
    await page.waitForTimeout(500)
    const passed = await page.evaluate(() => globalThis.passed)
    assert.equal(Math.max(...passed), 0.36)
    assert.ok(passed.some((at) => at > 0 && at < 0.36))
    assert.match((await hashOf(page)) ?? '', /stage=multiply/)
  },
  { hash: PRESENTED, alone: true, reducedMotion: 'no-preference' },
)

pageTest(
  'keys that a control wants are its own; those of clickers step from anywhere',
  async (page) => {
    await screen(page).getByRole('slider').focus()
    await page.keyboard.press('ArrowRight')
    assert.equal(await screen(page).getByRole('slider').inputValue(), '0.18')
    await page.keyboard.press('PageDown')
    assert.equal(await stage(page), 'multiply')
    await button(page, 'Next').focus()
    await page.keyboard.press(' ')
    assert.equal(await stage(page), 'add')
    await page.keyboard.press('ArrowRight')
    assert.equal(await stage(page), 'divide')
    await page.keyboard.press('Control+ArrowRight')
    assert.equal(await stage(page), 'divide')
  },
  { hash: PRESENTED, reducedMotion: 'reduce' },
)

for (const [section, covered] of /** @type {const} */ ([
  ['panels', ['.panel output', '.panel .output']],
  ['attention', ['.shares td']],
  ['angles', ['.measures']],
]))
  pageTest(
    `a section's results are covered until the next key: ${section}`,
    async (page) => {
      assert.deepEqual(await sections(page), [section])
      assert.equal(await where(page), '6 / 7')
      for (const part of covered) {
        assert.ok((await screen(page).locator(part).count()) > 0, part)
        assert.equal(await screen(page).locator(part).filter({ visible: true }).count(), 0, part)
      }
      await page.keyboard.press('PageDown')
      assert.deepEqual(await sections(page), [section])
      for (const part of covered) assert.ok(await screen(page).locator(part).first().isVisible(), part)
      await page.keyboard.press('PageDown')
      assert.deepEqual(await sections(page), ['quiz'])
      assert.equal(await where(page), '7 / 7')
      // An answer, another question, and its answer.
      for (const _ of [1, 2, 3]) await page.keyboard.press('PageDown')
      assert.equal(await where(page), '7 / 7')
      for (const _ of [1, 2, 3, 4]) await page.keyboard.press('PageUp')
      assert.ok(await screen(page).locator(covered[0]).first().isVisible())
      await page.keyboard.press('PageUp')
      assert.equal(await screen(page).locator(covered[0]).filter({ visible: true }).count(), 0)
    },
    // The beat's open question hides results elsewhere, but not on a screen of their own.
    {
      ...(section === 'panels' ? {} : SAME),
      hash: `#beat=which&show=story,collapse,${section},quiz&present=${section}`,
      // High enough for the whole section.
      viewport: { width: 1280, height: 2400 },
      reducedMotion: 'reduce',
    },
  )

pageTest('the menu writes links that show what was chosen, presented or not', async (page) => {
  await page.locator('#present').click()
  for (const name of ['Angles', 'What will the shape be?']) await menu(page).getByLabel(name).check()
  const copied = async () => {
    await menu(page).getByRole('button', { name: 'Copy link', exact: true }).click()
    await menu(page).getByText('Link copied.').waitFor()
    return new URL(await page.evaluate(() => navigator.clipboard.readText())).hash
  }
  assert.equal(await copied(), '#show=story,collapse,angles,quiz&present=story')
  const homework = async () => {
    await menu(page).getByRole('button', { name: 'Copy link for homework' }).click()
    await menu(page).getByText('Link copied.').waitFor()
    return new URL(await page.evaluate(() => navigator.clipboard.readText())).hash
  }
  assert.equal(await homework(), '#show=story,collapse,predict,angles,quiz&example=2x3&dim=0&predict=0&stage=apart')
  await menu(page).getByLabel('The link opens in present mode').uncheck()
  assert.equal(await copied(), '#show=story,collapse,angles,quiz')
  await page.keyboard.press('Escape')
  assert.equal(await menu(page).isVisible(), false)

  await page.follow('#show=story,collapse,angles,quiz')
  assert.deepEqual(
    await page.locator('.explorer > section').evaluateAll((all) => all.map(({ id }) => id.replace('section-', ''))),
    ['story', 'collapse', 'angles', 'quiz'],
  )
  await page.follow('#show=story,collapse,angles,quiz&present=story')
  assert.equal(await where(page), '1 / 7')
})

pageTest(
  'the list of screens looks like a button, and Present begins again at the screen that was left',
  async (page) => {
    const start = async () => {
      await page.locator('#present').click()
      await menu(page).getByRole('button', { name: 'Start' }).click()
    }
    await page.locator('#present').click()
    await menu(page).getByLabel('Common misconceptions').check()
    await menu(page).getByRole('button', { name: 'Start' }).click()
    assert.equal(await where(page), '1 / 6')
    const [list, icon] = await Promise.all(
      [screen(page).locator('.where'), button(page, 'Next')].map((one) =>
        one.evaluate((node) => {
          const { borderTopWidth, borderTopStyle, borderTopColor } = getComputedStyle(node)
          return [borderTopWidth, borderTopStyle, borderTopColor].join(' ')
        }),
      ),
    )
    assert.equal(list, icon)
    await screen(page).locator('.where').click()
    await screen(page).getByRole('button', { name: 'One axis, many names' }).click()
    assert.equal(await where(page), '3 / 6')
    await page.keyboard.press('PageDown')
    await page.keyboard.press('Escape')
    await start()
    assert.equal(await where(page), '3 / 6')
    assert.equal(await stage(page), 'A, B')
    await screen(page).locator('.where').click()
    await screen(page).getByRole('button', { name: 'Common misconceptions' }).click()
    assert.deepEqual(await sections(page), ['cards'])
    // It would change the numbers of a screen that is not seen.
    assert.equal(await screen(page).getByRole('button', { name: 'See it above' }).count(), 0)
    await page.keyboard.press('Escape')
    assert.ok((await page.getByRole('button', { name: 'See it above' }).count()) > 0)
    await start()
    assert.equal(await where(page), '6 / 6')
    await page.keyboard.press('Escape')
    // Where that screen is not shown any more, it begins at the first.
    await page.locator('#present').click()
    await menu(page).getByLabel('Common misconceptions').uncheck()
    await menu(page).getByRole('button', { name: 'Start' }).click()
    assert.equal(await where(page), '1 / 5')
  },
  { reducedMotion: 'reduce', alone: true },
)

pageTest(
  'a link to present mode opens it, its place is in the link, and Back leaves it',
  async (page) => {
    await page.locator('#present').click()
    await menu(page).getByRole('button', { name: 'Start' }).click()
    await page.keyboard.press('PageDown')
    await page.keyboard.press('PageDown')
    await page.waitForURL(/#stage=multiply&show=story,collapse&present=story$/)
    await page.reload()
    await screen(page).locator('.track [aria-valuetext^="multiply,"]').waitFor()
    await page.goBack()
    await screen(page).waitFor({ state: 'detached' })
    assert.deepEqual(await printed(page), SEED)
  },
  { reducedMotion: 'reduce', alone: true },
)

pageTest(
  'full screen is a button, never forced',
  async (page) => {
    const isFull = () => page.evaluate(() => Boolean(document.fullscreenElement))
    assert.equal(await isFull(), false)
    await button(page, 'Full screen').click()
    await page.waitForFunction(() => document.fullscreenElement)
    // What is in the middle of the screen is the press, not the page.
    const isSeen = await page.evaluate(() => {
      const top = document.querySelector('cosine-dim')?.shadowRoot?.elementFromPoint(innerWidth / 2, innerHeight / 2)
      return Boolean(top?.closest('.presentation'))
    })
    assert.ok(isSeen)
    await button(page, 'Full screen').click()
    await page.waitForFunction(() => !document.fullscreenElement)
  },
  { hash: PRESENTED, alone: true },
)

pageTest(
  'the element presents on a foreign page, in another language, and keeps the rest of the page out of reach',
  async (page) => {
    await page.locator('cosine-dim').evaluate((/** @type {CosineDimElement} */ one) => one.startPresenting(['quiz']))
    assert.equal(await where(page), '1 / 6')
    assert.equal(
      await announced(page),
      '第 1 屏，共 6 屏：一个方阵，两个 dim – 2 行 2 列。dim=0 会剩下什么？dim=1 呢？',
    )
    await page.keyboard.press('PageDown')
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('Tab')
      assert.notEqual(await page.evaluate(() => document.activeElement?.id), 'outside')
    }
    await page.keyboard.press('Escape')
    assert.deepEqual(await printed(page), ['tensor([0.7559, 0.8058])'])
  },
  host(`<button id="outside">outside</button>
    <cosine-dim a="[[1, 2, 3], [4, 5, 6]]" b="[[1, 0, 1]]" dim="1" lang="zh-Hans"></cosine-dim>`),
)

for (const [hash, question] of Object.entries({
  '#beat=which': /How many numbers come out\?/,
  '#example=3x2&dim=1':
    /A has the shape \(3, 2\), B \(3, 2\)\. What is the shape of F\.cosine_similarity\(A, B, dim=1\)/,
  '#example=iris&dim=1': /A has the shape \(150, 4\), B \(1, 4\)\. What is the shape/,
  // A square hides which axis vanishes.
  '': /A has the shape \(2, 3\), B \(2, 3\)\. What is the shape of F\.cosine_similarity\(A, B, dim=0\)/,
}))
  pageTest(
    `a link for homework of ${hash} stops at A and B, with its question open`,
    async (page) => {
      await page.locator('#present').click()
      assert.match(await menu(page).innerText(), question)
      await menu(page).getByLabel('The same in code').check()
      await menu(page).getByRole('button', { name: 'Copy link for homework' }).click()
      await menu(page).getByText('Link copied.').waitFor()
      const copied = new URL(await page.evaluate(() => navigator.clipboard.readText())).hash
      const { href } = new URL(copied, page.url())
      await page.goto('about:blank')
      await page.goto(href)
      await page.locator('.explorer').waitFor()
      assert.match(await page.locator('.explorer').innerText(), question)
      assert.doesNotMatch(await page.locator('.explorer').innerText(), /tensor\(/)
      const results = page.locator('.explorer :is(.of-result, .panel output):visible')
      assert.equal(await results.count(), 0)
      const skip = page.getByRole('button', { name: 'Skip, show me' })
      assert.equal(await skip.count(), hash === '#beat=which' ? 0 : 1)
      if (await skip.count()) {
        await skip.click()
        assert.ok((await results.count()) > 0)
      }
    },
    { hash, reducedMotion: 'reduce', browsers: ['chromium'], alone: true },
  )

/** A = [[1, 2, 2], [3, 4, -1]], B = [[5, 6, 1], [7, 8, 3]]: PyTorch's results along dim 0. */
const ALONG = ['0.9558', '0.9839', '−0.1414']
const HOMEWORK = '#example=2x3&predict=0&stage=apart&show=story,collapse,predict,code'
const asking = (page) => page.getByRole('region', { name: 'Predict' })
const pressed = async (page) => (await page.locator('.presses .of-result:visible').allTextContents()).slice(0, 3)

pageTest(
  'homework that is skipped shows its result in the press, and the code keeps the other dim’s to itself',
  async (page) => {
    assert.deepEqual(await pressed(page), [])
    await asking(page).getByRole('button', { name: 'Skip, show me' }).click()
    assert.deepEqual(await pressed(page), ALONG)
    assert.match(await page.locator('.code').innerText(), /dim=0\)\)\n# tensor\(\[ 0\.9558.*\n\n.*dim=1\)\)\n# …/)
    await asking(page).getByRole('button', { name: 'Predict dim=1' }).click()
    await asking(page).getByRole('button', { name: 'Skip, show me' }).click()
    assert.doesNotMatch(await page.locator('.code').innerText(), /…/)
  },
  { hash: HOMEWORK, reducedMotion: 'reduce' },
)

pageTest(
  'homework that is right is told so without pointing at what is not there',
  async (page) => {
    await asking(page).getByLabel('Shape of the result').fill('(3,)')
    await page.keyboard.press('Enter')
    for (const name of ['A[1, 1] = 4', 'B[0, 1] = 6', 'B[1, 1] = 8'])
      await asking(page).getByRole('button', { name, exact: true }).click()
    await asking(page).getByRole('button', { name: 'Check' }).click()
    assert.equal(await textOf(asking(page).getByRole('status')), 'Right. Together they make 0.9839.')
    assert.deepEqual(await pressed(page), ALONG)
  },
  { ...SAME, hash: HOMEWORK, reducedMotion: 'reduce' },
)
