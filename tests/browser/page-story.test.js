/** The story: by mouse and by keyboard alone, its questions, links, back, other languages, and what it keeps to itself. */
import assert from 'node:assert/strict'
import {
  boxOf,
  HASTY,
  half,
  host,
  listen,
  MOVING,
  pageTest,
  panel,
  preset,
  printed,
  SAME,
  textOf,
  tooWide,
} from './browser.js'

const story = (page) => page.locator('.explorer .story')
const title = (page) => story(page).locator('h2')
const next = (page) => story(page).getByRole('button', { name: /^Next: / })
const step = (page, place) => story(page).getByRole('button', { name: new RegExp(`^${place} of 5: `) })
const answer = (page, name) => story(page).locator('.answers').getByRole('button', { name, exact: true })
const said = (page) => story(page).getByRole('status')
const collapse = (page) => page.locator('.explorer .collapse')
const dims = (page) => collapse(page).locator('.dim').allTextContents()
const results = (page) => collapse(page).locator('.presses .of-result').allTextContents()
const slider = (page) => collapse(page).getByRole('slider', { name: 'Stage' })
const at = async (page) => Number(await slider(page).inputValue())
const hashOf = (page) => page.evaluate(() => location.hash)
const focused = (page) =>
  page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent?.replace(/\s+/g, ' '))
const number = (text = '') => Number(text.replace('−', '-'))
/** Whether the whole press is in the window, above its controls. */
const isInSight = (page) =>
  collapse(page).evaluate((section) => {
    const [press, controls] = ['.presses', '.controls'].map((part) =>
      section.querySelector(part).getBoundingClientRect(),
    )
    return press.top >= 0 && press.bottom <= controls.top + 1 && controls.bottom <= innerHeight + 1
  })
/** Waits until the press has played to its end. */
const ended = (page) =>
  page.waitForFunction(() => !document.querySelector('cosine-dim')?.shadowRoot?.querySelector('[aria-label=Stop]'))

/** Each beat’s title, the end of the button that leads to it, its link, and the results that it comes to. */
const BEATS = [
  { name: 'Two dims, one square', hash: '', shows: ['0.9558', '0.9839', '0.9734', '0.9972'] },
  {
    name: 'How many numbers come out?',
    lead: 'add a column',
    hash: '#beat=which',
    shows: ['0.9558', '0.9839', '−0.1414'],
    right: '3',
  },
  {
    name: 'One axis, many names',
    lead: 'what people call it',
    hash: '#beat=names',
    shows: ['0.9558', '0.9839', '−0.1414', '0.8043', '0.8878'],
  },
  { name: 'What is left of (2, 3, 4)?', lead: 'a third axis', hash: '#beat=three', right: '(2, 4)' },
  {
    name: 'Your own numbers',
    lead: 'your own numbers',
    hash: '#beat=own',
    shows: ['0.8641', '0.8570', '0.9734', '0.9972', '−0.1414'],
  },
]

for (const [width, height] of [
  [1280, 800],
  [390, 844],
])
  pageTest(
    `every beat by mouse; the next one is in sight, ${width} px`,
    async (page) => {
      for (const [i, { name, lead, hash, shows, right }] of BEATS.entries()) {
        if (lead) await next(page).filter({ hasText: lead }).click()
        assert.equal(await textOf(title(page)), name)
        assert.equal(await step(page, i + 1).getAttribute('aria-current'), 'step')
        assert.equal(await hashOf(page), hash)
        const box = await boxOf(
          i < 4 ? next(page) : story(page).getByRole('link', { name: 'Next: what will the shape be?' }),
        )
        assert.ok(box.y >= 0 && box.y + box.height <= height)
        if (right) await answer(page, right).click()
        if (right) assert.match(await textOf(said(page)), /^Right\. /)
        if (right) assert.ok(await isInSight(page), 'what plays is in sight')
        // On a phone, some have fewer digits.
        const all = shows ? await results(page) : []
        assert.equal(all.length, shows?.length ?? 0)
        for (const [j, result] of all.entries()) assert.ok(Math.abs(number(result) - number(shows?.[j])) < 0.05, result)
      }
      await step(page, 1).click()
      assert.equal(await hashOf(page), '')
      assert.deepEqual(await results(page), BEATS[0].shows)
    },
    { ...(width !== 390 ? SAME : {}), viewport: { width, height }, reducedMotion: 'reduce' },
  )

pageTest(
  'every beat by keyboard alone: the focus goes to its title, then to its answers',
  async (page) => {
    await next(page).focus()
    await page.keyboard.press('Enter')
    assert.equal(await focused(page), 'How many numbers come out?')
    assert.equal(
      await title(page).evaluate(
        (node) => node.getRootNode().getElementById(node.getAttribute('aria-describedby')).textContent,
      ),
      'A and B now have 2 rows and 3 columns, and you name dim=0.',
    )
    for (const name of ['2', '3']) {
      await page.keyboard.press('Tab')
      assert.equal(await focused(page), name)
    }
    await page.keyboard.press('Enter')
    assert.equal(await focused(page), '3')
    assert.match(await textOf(said(page)), /^Right\. The axis of size 2 vanishes/)
    for (const name of ['6', 'an error', 'Next: what people call it']) {
      await page.keyboard.press('Tab')
      assert.equal(await focused(page), name)
    }
    await page.keyboard.press('Enter')
    assert.equal(await focused(page), 'One axis, many names')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    assert.deepEqual(await dims(page), ['dim=1'])
    assert.match(await textOf(said(page)), /^dim=1: each row leaves one number/)
    for (const { lead, name } of BEATS.slice(3)) {
      await next(page).filter({ hasText: lead }).press('Enter')
      assert.equal(await focused(page), name)
    }
    await page.keyboard.press('Tab')
    assert.equal(await focused(page), '(2, 3) with (3,)')
    for (const name of ['dim=2', 'Cells and files', 'Next: what will the shape be?']) {
      await page.keyboard.press('Tab')
      assert.equal(await focused(page), name)
    }
    await page.keyboard.press('Enter')
    assert.match(await hashOf(page), /^#beat=own&section=quiz$/)
    assert.equal(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.id), 'quiz')
    await step(page, 4).press('Space')
    assert.equal(await focused(page), 'What is left of (2, 3, 4)?')
  },
  { reducedMotion: 'reduce' },
)

/** Text that would reveal an answer, on the screen or to a screen reader. */
const GIVEN_AWAY = /0\.9558|0\.9839|0\.1414|tensor\(|\(3,\)|→ ?\(|column 0 ↓|The size of|dim 0 \(or/

for (const reducedMotion of /** @type {const} */ (['reduce', 'no-preference']))
  for (const [key, place, first] of /** @type {const} */ ([
    ['which', 2, '2'],
    ['three', 4, '(3, 4)'],
  ]))
    pageTest(
      `nothing gives the answer away before it, ${key}, ${reducedMotion}`,
      async (page) => {
        const PAUSE = 1200 // longer than that before results are announced
        await step(page, 1).click()
        await page.clock.fastForward(PAUSE)
        const told = await listen(page)
        await step(page, place).click()
        await page.clock.fastForward(PAUSE)
        assert.doesNotMatch(await page.locator('.explorer').innerText(), GIVEN_AWAY)
        assert.doesNotMatch(await page.locator('.explorer').ariaSnapshot(), GIVEN_AWAY)
        assert.equal(await collapse(page).getByRole('radio').count(), 0)
        assert.equal(await slider(page).count(), 0)
        assert.equal(await page.locator('.explorer :is(.panel, .stepper, .angles, .code, nav):visible').count(), 0)
        assert.equal(
          await page
            .locator('.explorer .result:visible, .explorer .jaw:visible')
            .evaluateAll(
              (all) =>
                all.filter((node) => getComputedStyle(node).opacity !== '0' && node.getBoundingClientRect().width)
                  .length,
            ),
          0,
        )
        assert.equal(await textOf(said(page)), '')
        assert.deepEqual(await told(), [])
        await answer(page, first).click()
        // The first frame starts the film, and the second ends it.
        for (const _ of [1, 2]) await page.clock.fastForward(10_000)
        assert.match(await textOf(said(page)), /^Not quite\. That is dim=/)
        assert.ok(await page.locator('.explorer .panel').first().isVisible())
        assert.ok(await page.getByRole('navigation', { name: 'On this page' }).isVisible())
      },
      {
        ...(reducedMotion === 'reduce' || key !== 'which' ? SAME : {}),
        hash: `#beat=${key}`,
        reducedMotion,
        prepare: (page) => page.clock.install(),
      },
    )

pageTest(
  'the collapse plays as the answer, below what was chosen, and then a sentence that says what to make of it is seen',
  async (page) => {
    await answer(page, '6').click()
    assert.ok((await at(page)) < 0.2)
    assert.equal(await answer(page, '6').getAttribute('aria-pressed'), 'true')
    const unseen = said(page).locator('.verdict.unseen')
    assert.equal(await unseen.count(), 1)
    /** Firefox gives the rule, Chromium what it comes to. */
    const watched = () => said(page).evaluate((node) => getComputedStyle(node, '::after').content)
    assert.match(await watched(), /^(attr\(data-watch\)|"Is it 6\? Watch\.") \/ ""$/)
    assert.equal(await said(page).getAttribute('data-watch'), 'Is it 6? Watch.')
    assert.deepEqual(await dims(page), ['dim=0'])
    await page.waitForFunction((input) => Number(input.value) > 0.5, await slider(page).elementHandle())
    assert.equal(await unseen.count(), 1)
    await ended(page)
    assert.equal(await unseen.count(), 0)
    assert.equal(await watched(), 'none')
    assert.match(await textOf(said(page)), /^Not quite\. That is all of them\. The axis you name vanishes/)
    assert.deepEqual(await results(page), ['0.9558', '0.9839', '−0.1414'])
    assert.equal(await hashOf(page), '#beat=which', 'neither the answer nor the stage is in the link')
    // Stopping on the way is enough to be told.
    await answer(page, '2').click()
    await collapse(page).getByRole('button', { name: 'Stop' }).click()
    assert.match(await textOf(said(page)), /^Not quite\. That is dim=1/)
    assert.equal(await unseen.count(), 0)
  },
  { ...HASTY, hash: '#beat=which' },
)

pageTest(
  'with less motion the answer is there at once',
  async (page) => {
    await answer(page, 'an error').click()
    assert.equal(await at(page), 1)
    assert.equal(await said(page).getAttribute('data-watch'), null)
    assert.match(await textOf(said(page)), /^Not quite\. A matrix has axes 0 and 1, so dim=0 works/)
    assert.deepEqual(await results(page), ['0.9558', '0.9839', '−0.1414'])
    assert.equal(await collapse(page).locator('.stills figure:visible').count(), 6)
    await collapse(page).getByRole('radio').last().click()
    assert.deepEqual(await dims(page), ['dim=1'])
    assert.equal(await textOf(said(page)), '', 'it is said of dim=0 only')
  },
  { ...SAME, hash: '#beat=which', reducedMotion: 'reduce' },
)

pageTest(
  'the last beat has two examples, a tap each: a row that is repeated, and a dim that PyTorch refuses',
  async (page) => {
    await answer(page, '(2, 3) with (3,)').click()
    assert.match(await textOf(said(page)), /broadcast to \(2, 3\)/)
    assert.deepEqual(await dims(page), ['dim=0', 'dim=1'])
    assert.deepEqual(await results(page), ['0.9864', '0.9899', '0.8944', '0.8043', '0.8752'])
    assert.equal(await step(page, 5).getAttribute('aria-current'), 'step')
    await slider(page).press('Home')
    assert.equal(
      await textOf(collapse(page).locator('.say')),
      'A and B, side by side. B is repeated, so that both act as (2,\u00a03).',
    )
    // Its second row, along both dims.
    assert.equal(await collapse(page).locator('.presses .ghost').count(), 2 * 3)

    await answer(page, 'dim=2').click()
    assert.match(await textOf(said(page)), /no third axis/)
    const failed = collapse(page).locator('.failed')
    assert.equal(
      await textOf(failed.locator('.error')),
      'Dimension out of range (expected to be in range of [-2, 1], but got 2)',
    )
    assert.match(await failed.innerText(), /\(2, 3\) has no dim=2\. It has −2, −1, 0 and 1\./)
    assert.equal(await slider(page).count(), 0)
    await failed.getByRole('button', { name: 'dim=1' }).click()
    assert.deepEqual(await results(page), ['0.8043', '0.8878'])
    assert.equal(await textOf(said(page)), '', 'it is said of dim=2 only')
    assert.equal(await failed.isVisible(), false)
    await page.goBack()
    await page.goBack()
    assert.deepEqual(await dims(page), ['dim=0', 'dim=1'])
  },
  { ...SAME, hash: '#beat=own', reducedMotion: 'reduce' },
)

pageTest(
  'a link to a beat asks anew; back, forward and undo go through the beats',
  async (page) => {
    await next(page).click()
    await answer(page, '2').click()
    await page.getByRole('button', { name: 'Copy link' }).click()
    await page.getByText('Link copied').waitFor()
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /#beat=which$/)
    await next(page).click()
    await answer(page, 'dim=-1').click()
    assert.equal(await hashOf(page), '#beat=names&dim=-1')
    assert.deepEqual(await dims(page), ['dim=-1'])
    await page.goBack()
    assert.deepEqual(await dims(page), ['dim=0', 'dim=1'])
    await page.goBack()
    assert.equal(await textOf(title(page)), 'How many numbers come out?')
    assert.match(await textOf(said(page)), /^Not quite/, 'it has been answered')
    await page.goForward()
    assert.equal(await textOf(title(page)), 'One axis, many names')
    await step(page, 1).click()
    await step(page, 3).click()
    await page.keyboard.press('Control+z')
    assert.equal(await textOf(title(page)), 'Two dims, one square')
    await page.keyboard.press('Control+Shift+z')
    assert.equal(await textOf(title(page)), 'One axis, many names')
    await step(page, 2).click()
    assert.equal(await textOf(said(page)), '', 'who comes back is asked anew')
    await answer(page, '3').click()
    await page.reload()
    await page.locator('.explorer').waitFor()
    assert.equal(await textOf(said(page)), '')
    assert.equal(await slider(page).count(), 0)
  },
  { reducedMotion: 'reduce', alone: true },
)

pageTest(
  'what people say plays its dim, and the sizes show both of their dims',
  async (page) => {
    const chips = collapse(page).locator('.axis')
    // Each keeps its dim, the size that has gone as well: it is what a click on it names.
    assert.deepEqual(await chips.evaluateAll((all) => all.map(({ dataset }) => dataset.names)), [
      '0 or\u00a0−2',
      '1 or\u00a0−1',
      '0 or\u00a0−2',
      '1 or\u00a0−1',
    ])
    // Firefox gives the rule, Chromium what it comes to. Those who listen hear it with the button.
    const caption = await chips.first().evaluate((node) => getComputedStyle(node, '::before').content)
    assert.match(caption, /^(attr\(data-names\)|"0 or\u00a0−2") \/ ""$/)
    for (const [name, dim, shape] of [
      ['one per row', 'dim=1', '(2,)'],
      ['over the rows', 'dim=0', '(3,)'],
      ['along each row', 'dim=1', '(2,)'],
      ['one per column', 'dim=0', '(3,)'],
      ['NumPy’s axis=0', 'dim=0', '(3,)'],
      ['dim=-1', 'dim=-1', '(2,)'],
    ]) {
      await answer(page, name).click()
      assert.deepEqual(await dims(page), [dim])
      assert.equal(await answer(page, name).getAttribute('aria-pressed'), 'true')
      assert.equal(await story(page).locator('[aria-pressed=true]').count(), 1)
      assert.ok((await textOf(said(page))).length > 20, 'it is said while it plays')
      assert.ok((await at(page)) < 0.3)
      await slider(page).press('End')
      assert.ok((await textOf(collapse(page).locator('.say'))).includes(`has become ${shape}`))
    }
  },
  { ...SAME, ...MOVING, hash: '#beat=names&stage=cosine' },
)

pageTest(
  'what a beat says follows the dims that are picked',
  async (page) => {
    const words = async () => (await textOf(story(page).locator('.telling'))).replace(/^.*[.,] /, '')
    const size = (place) => collapse(page).getByRole('radio').nth(place)
    assert.equal(await words(), 'You name dim=1.')
    await answer(page, '(2, 4)').click()
    await size(2).click()
    assert.equal(await words(), 'You name dim=2.')
    await collapse(page).getByRole('button', { name: 'All dims side by side' }).click()
    assert.equal(await words(), 'You name dim=0 or dim=1 or dim=2.')
    await page.locator('#language').click()
    assert.match(await textOf(story(page).locator('.telling')), /2 层 3 行 4 列.*指定 dim=0 或 dim=1 或 dim=2。$/)
    await page.follow('#beat=which&lang=en')
    await answer(page, '3').click()
    await size(1).click()
    assert.equal(await words(), 'and you name dim=1.')
  },
  { ...SAME, hash: '#beat=three', reducedMotion: 'reduce' },
)

pageTest(
  'an edit keeps the beat and its question; other shapes make it the last: examples, old links',
  async (page) => {
    await half(page, 'A, row 0, column 0').fill('7')
    assert.equal(await textOf(title(page)), 'How many numbers come out?')
    assert.equal(await slider(page).count(), 0)
    await page.waitForFunction(() => location.hash === '#beat=which&a=[[7,2,2],[3,4,-1]]')
    await answer(page, '3').click()
    assert.deepEqual(await results(page), ['0.8548', '0.9839', '−0.1414'])
    await preset(page, '3×2').click()
    assert.equal(await textOf(title(page)), 'Your own numbers')
    await preset(page, '2×2').click()
    assert.equal(await textOf(title(page)), 'Two dims, one square')
    await page.follow('#a=[[1,2,3]]&b=[[4,5,6]]')
    assert.equal(await textOf(title(page)), 'Your own numbers')
    await story(page).getByRole('link', { name: 'Cells and files' }).click()
    assert.match(await hashOf(page), /&section=inputs$/)
    assert.ok((await boxOf(page.locator('.explorer .inputs'))).y < 100)
    assert.equal((await printed(page)).length, 2, 'and keeps them')
  },
  { ...SAME, hash: '#beat=which', reducedMotion: 'reduce' },
)

pageTest(
  'an open question and an answer survive a change of language',
  async (page) => {
    await page.getByRole('button', { name: '中文' }).click()
    assert.equal(await textOf(title(page)), '会得到几个数？')
    assert.equal(await slider(page).count(), 0)
    await story(page).getByRole('button', { name: '2', exact: true }).click()
    assert.match(await textOf(said(page)), /^不对。那是 dim=1/)
    await page.getByRole('button', { name: 'English' }).click()
    assert.match(await textOf(said(page)), /^Not quite\. That is dim=1/)
    assert.equal(await answer(page, '2').getAttribute('aria-pressed'), 'true')
  },
  { ...SAME, hash: '#beat=which', reducedMotion: 'reduce' },
)

pageTest(
  'a beat that there is none of is complained about',
  async (page) => {
    assert.match(
      await page.locator('.complaints').innerText(),
      /beat: there is no beat “witch”\. There are square, which, /,
    )
    assert.equal(await textOf(title(page)), 'Two dims, one square')
  },
  { ...SAME, hash: '#beat=witch', reads: true },
)

for (const hide of ['story', 'collapse'])
  pageTest(
    `without ${hide} no story is told, and nothing is asked`,
    async (page) => {
      assert.equal(await story(page).locator('visible=true').count(), 0)
      assert.ok(await panel(page, 0).isVisible())
    },
    { ...SAME, hash: `#beat=which&hide=${hide}`, reads: true },
  )

pageTest(
  'it makes way for a prediction, and comes back after it',
  async (page) => {
    assert.ok(!(await story(page).isVisible()))
    await page.getByRole('button', { name: 'Skip, show me' }).click()
    assert.ok(await story(page).isVisible())
  },
  { ...SAME, hash: '#predict=0' },
)

for (const lang of ['en', 'zh-Hans'])
  pageTest(
    `no beat scrolls sideways at 320 px, ${lang}`,
    async (page) => {
      for (const place of [0, 1, 2, 3, 4]) {
        await story(page).locator('.beats button').nth(place).click()
        assert.ok((await tooWide(page)) <= 0, `${place}`)
        for (const one of await story(page).locator('.answers button').all()) await one.click()
        assert.ok((await tooWide(page)) <= 0, `${place}, answered`)
        // Each of its parts is large enough to touch.
        const small = await story(page)
          .locator(':is(button, a):visible')
          .evaluateAll((all) =>
            all
              .map((one) => ({ text: one.textContent, box: one.getBoundingClientRect() }))
              .filter(({ box }) => box.width < 24 || box.height < 24),
          )
        assert.deepEqual(small, [])
      }
    },
    {
      ...(lang !== 'en' ? SAME : {}),
      viewport: { width: 320, height: 700 },
      hash: `#lang=${lang}`,
      reducedMotion: 'reduce',
    },
  )

pageTest(
  'on somebody else’s page it tells the story without touching the URL',
  async (page) => {
    assert.equal(await textOf(title(page)), 'How many numbers come out?')
    await answer(page, '3').click()
    await next(page).click()
    assert.equal(await textOf(title(page)), 'One axis, many names')
    assert.ok(page.url().endsWith('host.html'))
    assert.equal(await page.evaluate(() => document.querySelector('cosine-dim')?.hash), '#beat=names')
    await page.evaluate(() => Object.assign(document.querySelector('cosine-dim') ?? {}, { hash: '' }))
    assert.equal(await textOf(title(page)), 'How many numbers come out?')
  },
  { ...host('<cosine-dim beat="which"></cosine-dim>'), reducedMotion: 'reduce' },
)

pageTest(
  'on a phone, once the story goes on, its beat is at the top; the title stays for screen readers',
  async (page) => {
    const heading = page.locator('h1')
    assert.ok((await boxOf(heading)).height > 30)
    await next(page).click()
    assert.ok((await boxOf(heading)).height <= 1)
    assert.ok((await boxOf(story(page))).y < 80)
    assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1)
    const first = collapse(page).locator('.presses .press')
    const { y, height } = await boxOf(first)
    assert.ok(y + height <= 844, 'the press is on the first screen')
    await step(page, 1).click()
    assert.ok((await boxOf(heading)).height > 30)
  },
  { viewport: { width: 390, height: 844 } },
)

pageTest(
  'what plays comes into sight with the words about it: nothing is cut off at the upper edge',
  async (page) => {
    await answer(page, 'over the rows').click()
    const { story, bottom } = await page.locator('.explorer').evaluate((explorer) => ({
      story: explorer.querySelector('.story')?.getBoundingClientRect().top ?? 0,
      bottom: explorer.querySelector('.presses')?.getBoundingClientRect().bottom ?? 0,
    }))
    assert.ok(await page.evaluate(() => scrollY > 0))
    assert.ok(story > 0 && story < 16, `${story}`)
    assert.ok(bottom < 720)
  },
  { hash: '#beat=names', reducedMotion: 'reduce' },
)
