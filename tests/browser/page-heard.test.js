/** What a screen reader says and when: live regions, values, names and headings, in words instead of symbols. */
import assert from 'node:assert/strict'
import { eventually, HASTY, half, MOVING, pageTest, paste, preset, SAME } from './browser.js'

const story = (page) => page.locator('.explorer .story')
const collapse = (page) => page.locator('.explorer .collapse')
const slider = (page) => collapse(page).getByRole('slider', { name: 'Stage' })
const answer = (page, name) => story(page).locator('.answers').getByRole('button', { name, exact: true })
/** Longer than the pause before results are announced, in ms. */
const PAUSE = 1200

/** Records what every live region says from now on. */
async function hear(page) {
  await page.evaluate(() => {
    globalThis.heard = []
    const root = /** @type {ShadowRoot} */ (document.querySelector('cosine-dim')?.shadowRoot)
    new MutationObserver((records) => {
      for (const { target } of records) {
        const node = target instanceof Element ? target : target.parentElement
        const text = node?.closest('[role=status], [role=alert], [aria-live=polite]')?.textContent ?? ''
        if (text && globalThis.heard.at(-1) !== text) globalThis.heard.push(text)
      }
    }).observe(root, { childList: true, characterData: true, subtree: true })
  })
  return () => page.evaluate(() => globalThis.heard)
}
/** Waits until the last announcement matches. */
const last = (heard, words) => eventually(async () => assert.match((await heard()).at(-1), words))
const ended = (page) =>
  page.waitForFunction(() => !document.querySelector('cosine-dim')?.shadowRoot?.querySelector('[aria-label=Stop]'))

pageTest(
  'the verdict on an answer is heard at once, and seen once the press has shown why; then the result is heard',
  async (page) => {
    const heard = await hear(page)
    await answer(page, '2').click()
    const verdict = 'Not quite. That is dim=1, one number for each row. dim=0 gives 3, one for each column.'
    await eventually(async () => assert.deepEqual(await heard(), [verdict]))
    assert.equal(await story(page).locator('.verdict.unseen').count(), 1)
    await ended(page)
    assert.equal(await story(page).locator('.verdict:not(.unseen)').count(), 1)
    // The stages are silent.
    const result = '2 by 3 has become a list of 3: axis 0 has vanished. dim=0: 0.9558, 0.9839, minus 0.1414.'
    await eventually(async () => assert.deepEqual(await heard(), [verdict, result]))
  },
  { ...HASTY, hash: '#beat=which' },
)

for (const reducedMotion of /** @type {const} */ (['reduce', 'no-preference']))
  pageTest(
    `a phrase is explained, and its result is heard when it is seen, once, ${reducedMotion}`,
    async (page) => {
      const heard = await hear(page)
      await answer(page, 'one per row').click()
      await page.waitForTimeout(PAUSE)
      await ended(page)
      await page.waitForTimeout(PAUSE)
      const [only, result] = [
        'Only dim=1 is shown. “Both dims side by side” brings the others back.',
        '2 by 3 has become a list of 2: axis 1 has vanished. dim=1: 0.8043, 0.8878.',
      ]
      assert.deepEqual(await heard(), [
        'dim=1: each row leaves one number. The rows stay, the columns vanish.',
        ...(reducedMotion === 'reduce' ? [result, only] : [only, result]),
      ])
    },
    { ...HASTY, hash: '#beat=names', reducedMotion },
  )

pageTest(
  'a size chosen with an arrow key says that the other dim has gone',
  async (page) => {
    const heard = await hear(page)
    await collapse(page).getByRole('radio').first().focus()
    await page.keyboard.press('ArrowRight')
    await page.waitForTimeout(PAUSE)
    await ended(page)
    await page.waitForTimeout(PAUSE)
    assert.deepEqual(await heard(), [
      'Only dim=1 is shown. “Both dims side by side” brings the others back.',
      '2 by 2 has become a list of 2: axis 1 has vanished. dim=1: 0.9734, 0.9972.',
    ])
  },
  { ...HASTY, hash: '#stage=cosine' },
)

pageTest(
  'while it plays by itself, what can be read stays at the end',
  async (page) => {
    const read = () => collapse(page).locator('.presses caption, .controls > .unseen').allTextContents()
    const there = ['dim=0: cosine', 'dim=1: cosine']
    const sentence =
      '2 by 2 has become a list of 2 both times: a square hides which axis vanished. dim=0: 0.9558, 0.9839. dim=1: 0.9734, 0.9972.'
    await page.waitForFunction((input) => Number(input.value) < 0.5, await slider(page).elementHandle())
    assert.deepEqual(await read(), [...there, sentence, ''])
    assert.equal(await collapse(page).locator('.say').getAttribute('aria-hidden'), 'true')
    await slider(page).focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowRight')
    assert.deepEqual((await read()).slice(0, 2), ['dim=0: pair', 'dim=1: pair'])
  },
  { ...MOVING, alone: true },
)

pageTest('an arrow key goes to the next stage, and says its name and place', async (page) => {
  const values = []
  await slider(page).focus()
  await page.keyboard.press('Home')
  for (let i = 0; i < 6; i++) {
    values.push(await slider(page).getAttribute('aria-valuetext'))
    await page.keyboard.press('ArrowRight')
  }
  const names = ['A, B', 'pair', 'multiply', 'add', 'divide', 'cosine']
  assert.deepEqual(
    values,
    names.map((name, i) => `${name}, stage ${i + 1} of 6`),
  )
  await page.keyboard.press('ArrowLeft')
  assert.equal(await slider(page).inputValue(), '0.81')
})

pageTest(
  'Play says the name of each stage, and at its end the result',
  async (page) => {
    await slider(page).press('Home')
    const heard = await hear(page)
    await collapse(page).getByRole('button', { name: 'Play' }).click()
    const all = [
      'pair',
      'multiply',
      'add',
      'divide',
      'cosine',
      '2 by 2 has become a list of 2 both times: a square hides which axis vanished. dim=0: 0.9558, 0.9839. dim=1: 0.9734, 0.9972.',
    ]
    await eventually(async () => assert.deepEqual(await heard(), all))
    // Stopped on the way, it says where it stands.
    const stop = await collapse(page).locator('.play-all').elementHandle()
    await collapse(page).getByRole('button', { name: 'Play' }).click()
    await page.waitForFunction((stop) => {
      const isOnItsWay = globalThis.heard.length > 6 && /^(pair|multiply|add|divide)$/.test(globalThis.heard.at(-1))
      if (isOnItsWay) stop.click()
      return isOnItsWay
    }, stop)
    await last(heard, /^(Partners meet|Each pair is multiplied|dim=0 adds|Each sum is divided)/)
  },
  { ...HASTY, hash: '#stage=cosine' },
)

pageTest(
  'the slider is described by its stage in words: no places of the picture, but the first numbers',
  async (page) => {
    const described = () =>
      slider(page).evaluate(
        (node) => node.getRootNode().getElementById(node.getAttribute('aria-describedby')).textContent,
      )
    const heard = await hear(page)
    const said = []
    await slider(page).focus()
    for (const key of ['Home', ...Array(5).fill('ArrowRight')]) {
      await page.keyboard.press(key)
      said.push(await described())
    }
    assert.deepEqual(said, [
      'A and B, side by side.',
      'Partners meet. dim=0: column 0 of A with column 0 of B; dim=1: row 0 of A with row 0 of B.',
      'Each pair is multiplied, and each number squared, for the two lengths. The first: 1 times 5 equals 5, 3 times 7 equals 21.',
      'dim=0 adds down each column: 3 numbers are left; dim=1 along each row: 2 numbers. The first: 5 plus 21 equals 26.',
      'Each sum is divided by the lengths of its two vectors. The first: 26, divided by the product of the root of 10 and the root of 74.',
      '2 by 3 has become a list of 3 with dim=0, and a list of 2 with dim=1. dim=0: 0.9558, 0.9839, minus 0.1414. dim=1: 0.8043, 0.8878.',
    ])
    assert.deepEqual(await heard(), said, 'and each is said')
    await page.follow('#a=[[1,2,3],[4,5,6]]&b=[1,0,1]&stage=apart')
    assert.equal(await described(), 'A and B, side by side. B is repeated, so that both act as 2 by 3.')
    await page.follow('#example=2x3x4&dim=1')
    assert.match(
      await described(),
      /^2 by 3 by 4 has become 2 by 4: axis 1 has vanished\. dim=1: 2 by 4, the first 0\.6708\.$/,
    )
  },
  { ...SAME, hash: '#example=2x3' },
)

pageTest(
  'no result is heard where none is seen yet',
  async (page) => {
    const heard = await hear(page)
    const settle = () => page.waitForTimeout(PAUSE)
    // A beat that shows its results is read by its heading.
    await story(page)
      .getByRole('button', { name: /^3 of 5/ })
      .click()
    await settle()
    assert.doesNotMatch(`${await heard()}`, /0\.\d/)
    await slider(page).press('Home')
    await collapse(page).getByRole('radio').first().press('ArrowRight')
    await collapse(page).getByRole('button', { name: 'Stop' }).click()
    await collapse(page).getByRole('button', { name: 'Both dims side by side' }).click()
    await half(page, 'A, row 0, column 0').fill('9')
    await settle()
    assert.doesNotMatch(`${await heard()}`, /0\.\d/)
    await slider(page).press('End')
    assert.match((await heard()).at(-1), /dim=0: 0\.8087, /)
    // At the end, an edit says them.
    await half(page, 'A, row 0, column 0').fill('1')
    await last(heard, /^dim=0: 0\.9558, /)
  },
  { ...SAME, ...MOVING, hash: '#beat=which' },
)

pageTest(
  'undo and redo say which cell is what again',
  async (page) => {
    const heard = await hear(page)
    const settle = () => page.waitForTimeout(PAUSE)
    await half(page, 'A, row 0, column 0').fill('-9')
    await half(page, 'A, row 1, column 1').focus()
    await settle()
    await page.keyboard.press('Control+z')
    await last(heard, /^A, row 0, column 0 is 1 again\. dim=0: 0\.9558/)
    await page.keyboard.press('Control+Shift+z')
    await last(heard, /^A, row 0, column 0 is minus 9 again\. dim=0: /)
    await preset(page, '2×3').click()
    await settle()
    await page.keyboard.press('Control+z')
    await last(heard, /^A is now 2 by 2/)
  },
  SAME,
)

pageTest(
  'the axes of a block have one set of names: cells, tables and results',
  async (page) => {
    const tree = await treeOf(collapse(page).locator('.presses'))
    assert.match(tree, /caption: "A, axis 0 \(layer\) 1: axis 1 \(row\) by axis 2 \(column\)/)
    assert.match(tree, /columnheader "axis 2: 3"/)
    assert.match(tree, /rowheader "axis 1: 2"/)
    assert.equal(await page.locator('.inputs').getByLabel('B, layer 1, row 2, column 3', { exact: true }).count(), 1)
    await page.follow('#example=2x3x4&dim=1')
    const results = await treeOf(collapse(page).locator('.presses'))
    assert.match(results, /caption: "The result along dim=1, 2 by 4: axis 0 \(layer\) by axis 2 \(column\)"/)
    assert.match(results, /rowheader "axis 0: 1"/)
    // The radios say the sizes; their signs say nothing beside.
    const sizes = await treeOf(collapse(page).locator('.tuple'))
    assert.doesNotMatch(sizes, /text: .*\d\s*$/m)
  },
  { ...SAME, hash: '#example=2x3x4&dim=1&stage=apart' },
)

pageTest(
  'what was said is gone for those who read on',
  async (page) => {
    const status = collapse(page).locator('.controls [role=status]')
    await slider(page).focus()
    await page.keyboard.press('Home')
    assert.equal(await status.textContent(), 'A and B, side by side.')
    await page.clock.runFor(6000)
    assert.equal(await status.textContent(), '')
  },
  { prepare: (page) => page.clock.install() },
)

pageTest('shapes are heard as shapes, and results of several axes by theirs', async (page) => {
  const heard = await hear(page)
  await preset(page, '2×3×4').click()
  await last(heard, /^A is now 2 by 3 by 4, B 2 by 3 by 4\. dim=0: 3 by 4, the first/)
  await preset(page, '2×2').click()
  await page.waitForTimeout(PAUSE)
  await paste(half(page, 'A, row 0, column 0'), '1 2 3\n4 5 6')
  await last(
    heard,
    /^A is 2 by 3, B is 2 by 2: they do not broadcast\. Two repairs are below, under a heading that says so\.$/,
  )
})

/** The accessibility tree of a part, as text. */
const treeOf = (part) => part.ariaSnapshot()

pageTest(
  'no symbol is left that screen readers leave out: slices, products and arrows are words',
  async (page) => {
    for (const hash of [
      '#stage=multiply',
      '#stage=divide&step=3',
      '#example=2x3x4&dim=0,1,2&stage=add&step=8',
      '#a=[[-1,0],[2,3]]&step=5',
    ]) {
      await page.follow(hash)
      for (const part of ['.presses', '.panels', '.stepper', '.angles', '.story'])
        assert.doesNotMatch(
          await treeOf(page.locator(`.explorer ${part}`)),
          /[→↓·‖√Σ]|\[[\d:, ]*:[\d:, ]*\]/,
          `${hash} ${part}`,
        )
    }
    await page.follow('#example=2x3x4&dim=0,1,2&stage=add')
    const rows = collapse(page).getByRole('rowheader')
    assert.equal(await rows.nth(6).locator('.unseen').textContent(), 'every layer at row 1, column 2')
    assert.equal(await rows.nth(12).locator('.unseen').textContent(), 'every row at layer 0, column 0')
  },
  { reads: true },
)

pageTest(
  'each part has a heading, and the dims are headings below it',
  async (page) => {
    const tree = await treeOf(page.locator('.explorer'))
    const headings = [...tree.matchAll(/heading "([^"]*)" \[level=(\d)\]/g)].map(
      ([, name, level]) => `${level} ${name}`,
    )
    for (const name of [
      '2 The axis that vanishes',
      '3 dim=0',
      '2 The inputs A and B',
      '2 The same inputs along different dims',
      '3 dim=1',
      '2 Notes',
    ])
      assert.ok(headings.includes(name), `${name} in ${headings.join('; ')}`)
  },
  { reads: true },
)

pageTest('a prediction says that the rest is hidden, and Esc brings it back', async (page) => {
  const predict = page.locator('.explorer .predict')
  await predict.getByRole('button', { name: 'Predict dim=0' }).click()
  const field = predict.getByRole('textbox')
  const ids = (await field.getAttribute('aria-describedby'))?.split(' ') ?? []
  assert.match(
    await predict.locator(`#${ids[0]}`).innerText(),
    /^The rest of the page is hidden meanwhile\. “Skip”, or Esc/,
  )
  assert.equal(await predict.getByRole('heading', { name: 'dim=1 covered while you predict' }).count(), 1)
  await field.press('Escape')
  assert.ok(await page.locator('.explorer .story').isVisible())
})

pageTest('nothing is heard twice or named by the mouse', async (page) => {
  const step = story(page).getByRole('button', { name: '2 of 5: How many numbers come out?', exact: true })
  assert.equal(await step.getAttribute('aria-label'), null)
  assert.doesNotMatch(await page.locator('.explorer').innerText(), /\b(click|tap)\b(?! the button)/i)
  const radio = page.locator('.explorer .panels').getByRole('radio', { name: 'dim 0 (or −2), size 2', exact: true })
  assert.equal(await radio.count(), 2)
})

pageTest('the other language is announced in itself', async (page) => {
  await page.locator('#language').click()
  assert.equal(await page.locator('#spoken').textContent(), '页面现在是中文。')
  await page.locator('#language').click()
  assert.equal(await page.locator('#spoken').textContent(), 'The page is in English now.')
})
