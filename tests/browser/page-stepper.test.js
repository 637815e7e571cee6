/** The stepper: the definition in order, with each step's numbers, by mouse, by keyboard, playing, and on paper. */
import assert from 'node:assert/strict'
import { cell, inWords, MOVING, output, pageTest, preset, SAME, setEps, textOf } from './browser.js'

const stepper = (page) => page.getByRole('region', { name: 'Step by step' })
const button = (page, name) => stepper(page).getByRole('button', { name, exact: true })
const progress = (page) => stepper(page).locator('.progress').textContent()
const formulas = (page) => stepper(page).locator('.step .line > .unseen').allTextContents()
/** The words of the step as seen. */
const words = (page) =>
  page.locator('.stepper .step > p > [aria-hidden], .stepper .step > p:not(:has([aria-hidden]))').textContent()
const now = (page) => stepper(page).locator('.number-cell[data-now]').allTextContents()
const phase = (page) => stepper(page).locator('[aria-current=step]').textContent()
const table = (page) =>
  stepper(page)
    .locator('.terms tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.cells].map((one) => (one.querySelector('[aria-hidden]') ?? one).textContent).join(' ')),
    )

/** The default inputs along dim=0, in the order of the definition. The numbers follow from plain arithmetic. */
const STEPS = [
  ['broadcast', [], []],
  ['pair', ['a = (1, 3)', 'b = (5, 7)'], ['1', '3', '5', '7']],
  ['dot', ['sum = 1 · 5 = 5'], ['1', '5']],
  ['dot', ['dot = 5 + 3 · 7 = 5 + 21 = 26'], ['3', '7']],
  ['norms', ['‖a‖ = √(1² + 3²) = √(10) = 3.1623'], ['1', '3']],
  ['norms', ['‖b‖ = √(5² + 7²) = √(74) = 8.6023'], ['5', '7']],
  ['clamp by eps', ['max(‖a‖, eps) = max(3.1623, 1e-08) = 3.1623', 'max(‖b‖, eps) = max(8.6023, 1e-08) = 8.6023'], []],
  ['divide', ['cos = dot / (max(‖a‖, eps) · max(‖b‖, eps))', 'cos = 26 / (3.1623 · 8.6023) = 0.9558'], []],
]

const NEXT = {
  'the mouse': (page) => button(page, 'Next').click({ force: true }),
  'the keyboard': async (page, i) => {
    if (i === 0) await button(page, 'Next').focus()
    await page.keyboard.press(i % 2 ? 'ArrowRight' : 'Enter')
  },
}

for (const [means, next] of Object.entries(NEXT))
  pageTest(`walks through the definition by ${means}`, async (page) => {
    for (const [i, [name, lines, cells]] of STEPS.entries()) {
      assert.equal(await progress(page), `Step ${i + 1} of 8`)
      assert.equal(await phase(page), name)
      assert.deepEqual(await formulas(page), [lines].flat().map(inWords))
      assert.deepEqual(await now(page), cells)
      await next(page, i)
    }
    assert.equal(await progress(page), 'Step 8 of 8')
    assert.match(await words(page), /element \[0\] of the result: 0\.9558\. The angle between a and b: 17\.1°/)
    assert.equal(await button(page, 'Next').getAttribute('aria-disabled'), 'true')
    assert.match(await stepper(page).getByRole('status').textContent(), /^Step 8 of 8, divide\. Divide/)
    assert.equal(await page.locator('[data-lit]').count(), 0)
  })

pageTest(
  'the table of terms fills along with the sum',
  async (page) => {
    await button(page, 'dot').click()
    assert.deepEqual(await table(page), ['axis 0 ↓ a b a · b Σ a · b', '0 1 5 5 5', '1 3 7  '])
    await stepper(page).press('ArrowRight')
    assert.deepEqual(await table(page), ['axis 0 ↓ a b a · b Σ a · b', '0 1 5 5 5', '1 3 7 21 26'])
    await button(page, 'norms').click()
    assert.deepEqual(await table(page), ['axis 0 ↓ a a² Σ a²', '0 1 1 1', '1 3 9 10'])
  },
  SAME,
)

pageTest(
  'any output of any dim can be chosen, from the list or by pinning it',
  async (page) => {
    await button(page, 'divide').click()
    await stepper(page).getByLabel('Output').selectOption('dim1:1')
    assert.equal((await formulas(page)).at(-1), inWords('cos = 53 / (5 · 10.6301) = 0.9972'))
    assert.equal(await output(page, 1, 1).getAttribute('aria-pressed'), 'true')
    await output(page, 0, 1).click()
    assert.equal((await formulas(page)).at(-1), inWords('cos = 44 / (4.4721 · 10) = 0.9839'))
    assert.equal(await stepper(page).getByLabel('Output').inputValue(), 'dim0:1')
    await cell(page, 'A, row 0, column 1').fill('-9')
    assert.equal((await formulas(page)).at(-1), inWords('cos = −22 / (9.8489 · 10) = −0.2234'))
  },
  SAME,
)

pageTest('the list handles the arrow keys while it has the focus', async (page) => {
  await stepper(page).getByLabel('Output').press('ArrowRight')
  assert.equal(await progress(page), 'Step 1 of 8')
})

pageTest('a step is in the URL; back and forward move through the steps', async (page) => {
  await button(page, 'Next').click()
  await button(page, 'norms').click()
  assert.match(page.url(), /#step=5$/)
  await page.goBack()
  assert.equal(await progress(page), 'Step 2 of 8')
  await page.goBack()
  assert.equal(await progress(page), 'Step 1 of 8')
  await page.goForward()
  assert.equal(await phase(page), 'pair')
  await page.reload()
  await page.locator('.explorer').waitFor()
  assert.equal(await progress(page), 'Step 2 of 8')
})

for (const [step, shown] of [
  ['999', 8],
  ['-3', 1],
])
  pageTest(
    `step=${step} is clamped to the nearest step`,
    async (page) => assert.equal(await progress(page), `Step ${shown} of 8`),
    { ...SAME, hash: `#step=${step}`, reads: true },
  )

/** On a fake clock, which the test moves: the film of the press does not play by itself. */
const CLOCKED = {
  ...MOVING,
  hash: '#stage=cosine',
  prepare: (/** @type {import('playwright-core').Page} */ page) => page.clock.install(),
}

/** Notes the steps from now on. Returns a function that gives their numbers, their words and for how long they stayed. */
async function watchSteps(page) {
  await page.locator('.stepper').evaluate((root) => {
    const text = (part) => root.querySelector(part)?.textContent ?? ''
    globalThis.steps = []
    new MutationObserver(() => {
      const number = Number(text('.progress').match(/\d+/))
      if (number !== globalThis.steps.at(-1)?.number)
        globalThis.steps.push({
          number,
          text: text('.step > p > [aria-hidden], .step > p:not(:has([aria-hidden]))'),
          from: Date.now(),
        })
    }).observe(root, { childList: true, characterData: true, subtree: true })
  })
  return async () => {
    const steps = await page.evaluate(() => globalThis.steps)
    return steps.map((one, i) => ({ ...one, seconds: ((steps[i + 1]?.from ?? Infinity) - one.from) / 1000 }))
  }
}

for (const lang of ['en', 'zh-Hans'])
  pageTest(
    `plays only on request, starts at once, leaves time to read, pauses, and stops at the end, ${lang}`,
    async (page) => {
      const play = page.locator('.stepper .play')
      const step = async () => Number((await textOf(page.locator('.stepper .progress'))).match(/\d+/))
      // The clock stops, or it would go on while the test waits for the browser.
      await page.clock.pauseAt(Date.now() + 60_000)
      assert.equal(await step(), 1)
      const stays = await watchSteps(page)
      await play.click()
      assert.equal(await step(), 2)
      await page.clock.runFor(30_000)
      await play.click()
      const paused = await step()
      assert.ok(paused > 2 && paused < 8)
      await page.clock.runFor(60_000)
      assert.equal(await step(), paused)
      await play.click()
      assert.equal(await step(), paused + 1)
      await page.clock.runFor(120_000)
      assert.equal(await step(), 8)
      // Each step stays long enough to read its text at no more than 240 words, or 400 Chinese characters, a minute.
      const all = await stays()
      assert.deepEqual(
        all.map(({ number }) => number),
        [2, 3, 4, 5, 6, 7, 8],
      )
      for (const { number, text, seconds } of all.slice(0, -1)) {
        const count = text.match(lang === 'en' ? /\S+/g : /\p{Script=Han}/gu)?.length ?? 0
        const minutes = count / (lang === 'en' ? 240 : 400)
        if (number !== paused)
          assert.ok(seconds > 60 * minutes && seconds < 60 * minutes + 8, `${seconds} s for ${text}`)
      }
      assert.equal(await play.textContent(), lang === 'en' ? 'Play' : '播放')
      await play.click()
      assert.equal(await step(), 1)
      await page.locator('.stepper .moves button').nth(1).click()
      await page.clock.runFor(60_000)
      assert.equal(await step(), 2)
    },
    { ...(lang !== 'en' ? SAME : {}), ...CLOCKED, hash: `${CLOCKED.hash}&lang=${lang}` },
  )

for (const width of [390, 1280])
  pageTest(
    `the card is equally tall at each step, ${width} px`,
    async (page) => {
      for (const name of ['2×2', '2×3', '3×2']) {
        await preset(page, name).click()
        const count = Number((await textOf(stepper(page).locator('.progress'))).match(/\d+$/))
        const next = await button(page, 'Next').elementHandle()
        const heights = await stepper(page).evaluate(
          (root, [next, count]) =>
            Array.from({ length: count }, () => {
              const { height } = root.getBoundingClientRect()
              next.click()
              return Math.round(height)
            }),
          /** @type {[any, number]} */ ([next, count]),
        )
        assert.equal(await progress(page), `Step ${count} of ${count}`)
        assert.equal(new Set(heights).size, 1, `${name}: ${heights}`)
      }
    },
    { ...(width !== 390 ? SAME : {}), viewport: { width, height: 900 } },
  )

pageTest(
  'plays to the end in 40 seconds',
  async (page) => {
    await button(page, 'Play').click()
    await page.clock.runFor(40_000)
    assert.equal(await progress(page), 'Step 8 of 8')
    assert.equal(await button(page, 'Play').count(), 1)
  },
  { ...SAME, ...CLOCKED },
)

pageTest(
  'turning on reduced motion stops it',
  async (page) => {
    await button(page, 'Play').click()
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.clock.runFor(60_000)
    assert.equal(await progress(page), 'Step 2 of 8')
  },
  { ...CLOCKED, browsers: ['chromium'] },
)

pageTest(
  'there is no play button under reduced motion',
  async (page) => {
    assert.equal(await stepper(page).getByRole('button', { name: 'Play' }).count(), 0)
    await button(page, 'Next').click()
    assert.equal(await progress(page), 'Step 2 of 8')
  },
  { ...SAME, reducedMotion: 'reduce' },
)

pageTest(
  'says whether eps changed nothing or replaced a norm',
  async (page) => {
    assert.match(await words(page), /‖a‖ is smaller, so eps takes its place/)
    assert.equal((await formulas(page))[0], inWords('max(‖a‖, eps) = max(0, 1e-08) = 1e-08'))
    await button(page, 'Next').click()
    assert.match(await words(page), /: 0\.0000\. No angle/)
    await setEps(page, '0')
    assert.match(await words(page), /0 divided by 0.*nan/)
    await setEps(page, '1')
    await cell(page, 'A, row 0, column 0').fill('1')
    await button(page, 'Back').click()
    assert.match(await words(page), /it changes nothing/)
  },
  { ...SAME, hash: '#a=[[0,2],[0,4]]&step=7' },
)

pageTest(
  'says what broadcasting repeats',
  async (page) => {
    await preset(page, 'all pairs').click()
    assert.match(await words(page), /A is \(2, 1, 2\), B is \(1, 2, 2\).*both act as \(2, 2, 2\)/)
    const ghosts = await stepper(page).locator('.number-cell[data-ghost]').allTextContents()
    assert.deepEqual(ghosts, ['1', '2', '3', '4', '5', '6', '7', '8'])
  },
  SAME,
)

const LONG = `[${Array.from({ length: 150 }, (_, i) => i + 1)}]`

pageTest(
  'a long lane is summed in a few steps, and the table scrolls along',
  async (page) => {
    assert.equal(await progress(page), 'Step 4 of 14')
    assert.match(await words(page), /^Pairs 20 to 38 of 150/)
    // Σ i² from 1 to n is n(n + 1)(2n + 1) / 6.
    assert.match(
      (await formulas(page))[0],
      /^sum equals 2470 plus 20 times 20 plus 21 times 21 plus … plus 37 times 37 plus 38 times 38 equals 19019$/,
    )
    const scrolled = stepper(page)
      .locator('.terms')
      .evaluateHandle((box) => box)
    await page.waitForFunction((box) => box.scrollTop > 0, await scrolled)
  },
  { hash: `#a=${LONG}&b=${LONG}&step=4` },
)

pageTest(
  'prints all steps of both dims',
  async (page) => {
    await output(page, 1, 1).click()
    await page.pdf()
    await page.emulateMedia({ media: 'print' })
    const paper = stepper(page).locator('.all-steps > div')
    assert.equal(await paper.count(), 2)
    assert.equal(await paper.locator('li:visible').count(), 16)
    assert.match(
      await paper.nth(0).textContent(),
      /dim=0, column 0\u00a0↓ .*A\[:, 0\].*cos equals 26, divided by the product of 3\.1623 and 8\.6023 equals 0\.9558/,
    )
    assert.match(
      await paper.nth(1).textContent(),
      /dim=1, row 1\u00a0→ .*A\[1, :\].*cos equals 53, divided by the product of 5 and 10\.6301 equals 0\.9972/,
    )
    assert.equal(await button(page, 'Next').isVisible(), false)
  },
  // Firefox does not print PDFs over its protocol.
  { alone: true, browsers: ['chromium'] },
)

pageTest('Back and ← go back as far as the first step; holding a key down makes one history entry', async (page) => {
  const back = button(page, 'Back')
  assert.equal(await back.getAttribute('aria-disabled'), 'true')
  await button(page, 'clamp by eps').click()
  assert.equal(await back.getAttribute('aria-disabled'), 'false')
  await page.keyboard.press('ArrowLeft')
  assert.equal(await progress(page), 'Step 6 of 8')
  await back.click()
  assert.equal(await progress(page), 'Step 5 of 8')
  for (const repeat of [false, true, true])
    await back.evaluate((node, repeat) => {
      const options = { key: 'ArrowRight', repeat, bubbles: true, composed: true, cancelable: true }
      node.dispatchEvent(new KeyboardEvent('keydown', options))
    }, repeat)
  assert.equal(await progress(page), 'Step 8 of 8')
  await page.goBack()
  assert.equal(await progress(page), 'Step 5 of 8')
})

pageTest(
  'from the pair step on, the lane is marked in A and B',
  async (page) => {
    const lane = () => stepper(page).locator('.number-cell[data-lane]').allTextContents()
    assert.deepEqual(await lane(), [])
    for (const name of ['pair', 'dot', 'divide']) {
      await button(page, name).click()
      assert.deepEqual(await lane(), ['1', '3', '5', '7'])
    }
  },
  SAME,
)

pageTest(
  'changing the language stops playing',
  async (page) => {
    await button(page, 'Play').click()
    await page.getByRole('button', { name: '中文' }).click()
    await page.clock.runFor(60_000)
    assert.equal(await page.locator('.stepper .progress').textContent(), '第 2 步，共 8 步')
  },
  { ...SAME, ...CLOCKED },
)

pageTest(
  'with 150 rows, A and B scroll to the lane',
  async (page) => {
    const grids = await stepper(page).locator('.operand-grid').all()
    assert.equal(grids.length, 2)
    for (const grid of grids)
      await page.waitForFunction(
        (box) => box.scrollTop + box.clientHeight > 0.9 * box.scrollHeight,
        await grid.elementHandle(),
      )
  },
  { hash: '#example=iris&pin=dim1:149&step=2' },
)
