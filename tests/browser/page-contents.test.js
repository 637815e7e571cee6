/** The table of contents, and links to sections: by mouse, keyboard and URL, with back, and on somebody else's page. */
import assert from 'node:assert/strict'
import { boxOf, cell, host, pageTest, SAME } from './browser.js'

const contents = (page) => page.getByRole('navigation', { name: 'On this page' })
const link = (page, name) => contents(page).getByRole('link', { name, exact: true })
const hashOf = (page) => page.evaluate(() => location.hash)
const focusedId = (page) => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.id)
/** Waits until a section stands at the top, and what names it has the focus. */
const isAt = async (page, name, id = name) => {
  await page.waitForFunction((id) => document.querySelector('cosine-dim')?.shadowRoot?.activeElement?.id === id, id)
  const { y } = await boxOf(page.locator(`.explorer > #section-${name}`))
  const isLow = await page.evaluate(() => scrollY + innerHeight >= document.documentElement.scrollHeight - 2)
  assert.ok(Math.abs(y) <= 40 || isLow, `${name} is at ${y}`)
}

const ALL = [
  'story',
  'collapse',
  'inputs',
  'predict',
  'panels',
  'stepper',
  'angles',
  'code',
  'cards',
  'attention',
  'quiz',
  'notes',
]

pageTest('every section has a link, in order; a click goes there and back returns', async (page) => {
  const links = contents(page).getByRole('link')
  assert.deepEqual(
    await links.evaluateAll((all) => all.map((one) => one.getAttribute('href'))),
    ALL.map((name) => `#section=${name}`),
  )
  for (const [i, name] of ALL.entries()) {
    // It begins with a question, which hides the contents.
    if (name === 'predict') continue
    await links.nth(i).click()
    const isNamed = !['story', 'collapse', 'inputs', 'panels', 'notes'].includes(name)
    await isAt(page, name, isNamed ? name : `section-${name}`)
    assert.equal(await hashOf(page), `#section=${name}`)
  }
  await page.goBack()
  assert.equal(await hashOf(page), '#section=quiz')
  await isAt(page, 'quiz')
})

pageTest('Enter goes to a section, also a second time; the next Tab goes on from there', async (page) => {
  for (let i = 0; i < 2; i++) {
    await link(page, 'Angles').press('Enter')
    await isAt(page, 'angles')
  }
  await page.keyboard.press('Tab')
  assert.ok(
    await page.evaluate(() => document.querySelector('cosine-dim')?.shadowRoot?.activeElement?.closest('.angles')),
  )
})

pageTest(
  'a link goes to its section, whatever else it says; an edit stays there, a beat leaves it',
  async (page) => {
    await isAt(page, 'angles')
    await cell(page, 'A, row 0, column 0').fill('7')
    await page.waitForFunction(() => location.hash === '#a=[[7,2,2],[3,4,-1]]&b=[[5,6,1],[7,8,3]]&section=angles')
    await page.locator('.story .beats button').first().click()
    assert.equal(await hashOf(page), '')
  },
  { hash: '#example=2x3&section=angles' },
)

pageTest('following a link to a section goes there; back stays where the browser was', async (page) => {
  await page.follow('#section=code')
  await isAt(page, 'code')
  await page.follow('#section=quiz')
  await isAt(page, 'quiz')
  await page.goBack()
  await isAt(page, 'code')
})

pageTest(
  'a wrong section is complained about',
  async (page) => assert.match(await page.locator('.complaints').innerText(), /section: there is no section “corners”/),
  { ...SAME, hash: '#section=corners', reads: true },
)

pageTest(
  'what is not there has no link',
  async (page) => {
    assert.deepEqual(await contents(page).getByRole('link').allTextContents(), [
      'The story in five steps',
      'The axis that vanishes',
      'The inputs A and B',
      'The same inputs along different dims',
      'The same in code',
      'Common misconceptions',
      'One target against many',
    ])
  },
  { ...SAME, hash: '#a=[[1,2,3]]&b=[[1,2]]&hide=quiz,notes', reads: true },
)

pageTest('a single section needs no table of contents', async (page) => assert.equal(await contents(page).count(), 0), {
  ...SAME,
  hash: '#hide=story,collapse,inputs,predict,stepper,angles,code,cards,attention,quiz,notes',
  reads: true,
})

pageTest(
  'a heading has its own link, for the mouse',
  async (page) => {
    const heading = page.locator('.explorer #cards')
    await heading.hover()
    await heading.locator('.anchor').click()
    assert.equal(await hashOf(page), '#section=cards')
    assert.equal(await page.getByRole('heading', { name: 'Common misconceptions', exact: true }).count(), 1)
  },
  SAME,
)

pageTest(
  'on somebody else’s page the links work and leave its URL alone',
  async (page) => {
    await link(page, 'Angles').click()
    await isAt(page, 'angles')
    assert.ok(page.url().endsWith('host.html'))
    assert.equal(await page.evaluate(() => document.querySelector('cosine-dim')?.hash), '#section=angles')
    assert.equal(await focusedId(page), 'angles')
  },
  host('<p>before</p><cosine-dim></cosine-dim>'),
)

pageTest(
  'the first link of the page leads past the story and the press, and keeps the numbers',
  async (page) => {
    const links = await page.locator('body').ariaSnapshot()
    assert.match(links, /^- link "Skip to the table of contents"/)
    await page.keyboard.press('Tab')
    const skip = page.getByRole('link', { name: 'Skip to the table of contents' })
    assert.ok((await boxOf(skip)).height >= 24)
    await page.keyboard.press('Enter')
    await isAt(page, 'contents', 'section-contents')
    assert.equal(await hashOf(page), '#example=3x2&section=contents')
    await page.keyboard.press('Tab')
    assert.equal(
      await page.evaluate(() => document.querySelector('cosine-dim')?.shadowRoot?.activeElement?.getAttribute('href')),
      '#section=story',
    )
  },
  { hash: '#example=3x2' },
)

pageTest(
  'while a question hides the contents, that link leads to the question',
  async (page) => {
    await page.keyboard.press('Tab')
    assert.equal(await page.locator('#skip').textContent(), '跳到本页目录')
    await page.keyboard.press('Enter')
    await page.waitForFunction(
      () => document.querySelector('cosine-dim')?.shadowRoot?.activeElement?.id === 'section-story',
    )
  },
  { hash: '#beat=which&lang=zh-Hans' },
)

/** What is seen, and what is heard, of the results of the first example. */
const ANSWERS = /0\.9558|0\.9839|0\.9734|0\.9972|\(2,\)/

pageTest('who goes to the predictions is asked at once, and sees no answer in any frame', async (page) => {
  await page.evaluate(() => {
    globalThis.moments = []
    const look = () => {
      const root = document.querySelector('cosine-dim')?.shadowRoot?.querySelector('.explorer')
      if (root?.querySelector('.predict[data-open]'))
        globalThis.moments.push(/** @type {HTMLElement} */ (root).innerText)
      requestAnimationFrame(look)
    }
    look()
  })
  await link(page, 'Predict it first').click()
  await page.getByRole('heading', { name: 'Predict dim=0' }).waitFor()
  assert.equal(await hashOf(page), '#section=predict&predict=0,shape')
  await page.waitForFunction(() => globalThis.moments.length > 2)
  for (const text of await page.evaluate(() => globalThis.moments)) assert.doesNotMatch(text, ANSWERS)
  await page.goBack()
  assert.ok(await contents(page).isVisible())
})

pageTest(
  'until its script has run, the page covers the answers of its example',
  async (page) => {
    assert.doesNotMatch(await page.locator('cosine-dim').innerText(), ANSWERS)
    assert.match(await page.locator('cosine-dim').innerText(), /axis 0/)
    await page.evaluate(() => {
      for (const animation of document.getAnimations()) animation.finish()
    })
    assert.match(await page.locator('cosine-dim').innerText(), ANSWERS)
  },
  {
    hash: '#predict=0',
    prepare: (page) => page.route('**/page.js', (route) => route.abort()),
    waitFor: 'cosine-dim',
    mayComplain: true,
  },
)
