/**
 * The state: in the URL and back, with back and forward, in two languages, with sections hidden, and separate from
 * other explorers.
 */
import assert from 'node:assert/strict'
import { cell, output, pageTest, panel, preset, printed, SAME, SEED } from './browser.js'

const hashOf = (page) => page.evaluate(() => location.hash)

pageTest('edits and pins are in the URL, and are restored from it', async (page) => {
  assert.equal(await hashOf(page), '')
  await cell(page, 'A, row 0, column 1').fill('-9')
  await output(page, 0, 1).click()
  await page.waitForURL(/#a=\[\[1,-9\],\[3,4\]\]&pin=dim0:1$/)
  await page.reload()
  await page.locator('.explorer').waitFor()
  assert.deepEqual(await printed(page), ['tensor([ 0.9558, -0.2234])', 'tensor([-0.6928,  0.9972])'])
  assert.equal(await output(page, 0, 1).getAttribute('aria-pressed'), 'true')
})

pageTest('back returns from an example to earlier edits, forward to the example', async (page) => {
  await cell(page, 'A, row 0, column 0').fill('7')
  await preset(page, '2×3').click()
  assert.equal(await page.locator('.explorer .call output').count(), 2)
  await page.goBack()
  assert.equal(await cell(page, 'A, row 0, column 0').inputValue(), '7')
  assert.equal(await preset(page, '2×3').getAttribute('aria-pressed'), 'false')
  await page.goForward()
  assert.equal(await preset(page, '2×3').getAttribute('aria-pressed'), 'true')
  assert.deepEqual((await printed(page))[1], 'tensor([0.8043, 0.8878])')
})

pageTest('an edit just before going back belongs to the example being left', async (page) => {
  await preset(page, '2×3').click()
  await cell(page, 'A, row 0, column 0').fill('7')
  await page.goBack()
  await page.waitForTimeout(600) // longer than the pause before typing is written to the URL
  assert.equal(await hashOf(page), '')
  assert.deepEqual(await printed(page), SEED)
})

// Playwright does not notice that Firefox restores a page.
pageTest(
  'an edit is in the URL even when the reader leaves at once',
  async (page) => {
    const before = page.url()
    await cell(page, 'A, row 0, column 0').fill('7')
    await page.goto('about:blank')
    await page.evaluate(() => setTimeout(() => history.back()))
    await page.waitForURL((url) => url.href.startsWith(before))
    await page.locator('.explorer').waitFor()
    assert.equal(await cell(page, 'A, row 0, column 0').inputValue(), '7')
  },
  { browsers: ['chromium'] },
)

// Safari allows a hundred changes in ten seconds.
pageTest('typing is written to the URL once, when it pauses', async (page) => {
  await page.evaluate(() => {
    const { replaceState } = history
    globalThis.written = 0
    history.replaceState = (...all) => {
      globalThis.written++
      replaceState.apply(history, all)
    }
  })
  // Faster than any pause, however busy the machine.
  await cell(page, 'A, row 0, column 0').evaluate((/** @type {HTMLInputElement} */ input) => {
    for (const digit of '23456789') {
      input.value += digit
      input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
    }
  })
  await page.waitForURL(/#a=\[\[123456789,2\],\[3,4\]\]$/)
  assert.equal(await page.evaluate(() => globalThis.written), 1)
})

pageTest('if the browser refuses a URL change, everything else keeps working', async (page) => {
  await page.evaluate(() => {
    for (const method of ['pushState', 'replaceState'])
      history[method] = () => {
        throw new DOMException('too many', 'SecurityError')
      }
  })
  await preset(page, '2×3').click()
  await cell(page, 'A, row 0, column 1').fill('-9')
  await page.waitForTimeout(600) // longer than the pause before typing is written to the URL
  assert.equal((await printed(page)).length, 2)
  assert.equal(await hashOf(page), '')
})

pageTest(
  'unreadable parts of a link are reported, and the rest applies',
  async (page) => {
    const said = await page.getByRole('alert').allTextContents()
    assert.match(said.join(), /a: its rows are not equally long/)
    assert.match(said.join(), /this page does not speak “nowhere”/)
    assert.deepEqual(await printed(page), ['tensor([0.9734, 0.9972])'])
    await cell(page, 'A, row 0, column 1').fill('2.0')
    assert.equal(await page.locator('.complaints p').count(), 0)
  },
  { ...SAME, hash: '#a=[[1,2],[3]]&lang=nowhere&dim=1&%&=&a' },
)

pageTest(
  'invalid text in a link is flagged; there is no result until it is corrected',
  async (page) => {
    assert.equal(await cell(page, 'A, row 0, column 1').inputValue(), 'two')
    assert.ok(await page.getByText('No result yet').first().isVisible())
    await cell(page, 'A, row 0, column 1').fill('2')
    assert.deepEqual(await printed(page), SEED)
  },
  { ...SAME, hash: '#a=[[1,two],[3,4]]' },
)

const languageOf = (page) => page.locator('.explorer').getAttribute('lang')

pageTest(
  'the page speaks the reader’s language, unless the link names one',
  async (page) => {
    assert.equal(await languageOf(page), 'zh-Hans')
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-Hans')
    await page.getByRole('button', { name: 'English' }).click()
    await page.waitForURL(/lang=en/)
    await page.reload()
    await page.locator('.explorer').waitFor()
    assert.equal(await languageOf(page), 'en')
  },
  { locale: 'zh-CN', alone: true, browsers: ['chromium'] },
)

pageTest(
  'switching the language keeps everything else',
  async (page) => {
    await cell(page, 'A, row 0, column 1').fill('-9')
    await page.getByRole('button', { name: '中文' }).click()
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-Hans')
    assert.equal(await page.locator('.explorer').getAttribute('lang'), 'zh-Hans')
    assert.match(await page.title(), /的作用/)
    assert.equal(await page.locator('h1').innerText(), '指定哪个 dim，哪个 dim 就消失')
    assert.equal(await page.getByRole('button', { name: 'English' }).getAttribute('lang'), 'en')
    assert.ok(await page.getByRole('button', { name: '复制链接' }).isVisible())
    assert.ok(await panel(page, 0).getByText('轴 0 沿 ↓ 方向压掉，然后消失。').isVisible())
    assert.equal(await cell(page, 'A，第 0 行，第 1 列').inputValue(), '-9')
    await page.waitForURL(/lang=zh-Hans/)
    await page.getByRole('button', { name: 'English' }).click()
    assert.ok(await panel(page, 0).getByText('Axis 0 is squeezed ↓ and vanishes.').isVisible())
    assert.equal(await cell(page, 'A, row 0, column 1').inputValue(), '-9')
  },
  SAME,
)

pageTest(
  'a teacher’s link hides sections',
  async (page) => {
    assert.equal(await page.locator('.explorer input[type=text]').count(), 0)
    assert.deepEqual(await printed(page), SEED)
  },
  { ...SAME, hash: '#hide=collapse,inputs,attention' },
)

pageTest('copies the link, and says so without moving anything', async (page) => {
  await preset(page, '2×3').click()
  const placeOf = () =>
    page.locator('.story').evaluate((story) => Math.round(story.getBoundingClientRect().top + scrollY))
  const before = await placeOf()
  await page.getByRole('button', { name: 'Copy link' }).click()
  await page.getByText('Link copied').waitFor()
  assert.equal(await placeOf(), before)
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), page.url())
  await cell(page, 'A, row 0, column 0').fill('7') // makes the copied link out of date
  assert.equal(await page.locator('#shared').textContent(), '')
})

pageTest(
  'if copying is refused, a status says where the link is',
  async (page) => {
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))
    })
    await cell(page, 'A, row 0, column 1').fill('-9')
    await page.getByRole('button', { name: 'Copy link' }).press('Enter')
    assert.equal(await hashOf(page), '#a=[[1,-9],[3,4]]')
    await page.getByRole('status').filter({ hasText: 'The link is in the address bar' }).waitFor()
  },
  SAME,
)

pageTest(
  'the copied link leaves out the reader’s predictions; the URL keeps them',
  async (page) => {
    await page.getByRole('button', { name: 'Copy link' }).click()
    await page.getByText('Link copied').waitFor()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    assert.equal(new URL(copied).hash, '#example=iris&dim=1')
    assert.match(page.url(), /predicted=/)
    assert.equal(copied.replace(/#.*/, ''), page.url().replace(/#.*/, ''))
  },
  { ...SAME, hash: '#example=iris&dim=1&predicted=1.150x4.right' },
)

pageTest(
  'explorers on one page have separate states, and take attributes',
  async (page) => {
    await page.evaluate(async () => {
      const other = document.createElement('cosine-dim')
      for (const [name, value] of Object.entries({
        a: '[3, 4]',
        b: '[4, 3]',
        lang: 'zh-CN',
        hide: 'notes',
        id: 'other',
      }))
        other.setAttribute(name, value)
      document.body.append(other)
      await other.ready
    })
    const other = page.locator('#other')
    assert.deepEqual(await other.locator('.call output').allTextContents(), ['tensor(0.9600)'])
    assert.equal(await other.locator('.notes').count(), 0)
    await other.getByRole('textbox').first().fill('-3')
    await other.getByRole('button', { name: '两两组合' }).click()
    assert.equal(await cell(page, 'A, row 0, column 0').inputValue(), '1')
    assert.equal(await hashOf(page), '')
    await other.evaluate((explorer) => explorer.setAttribute('example', '2x3'))
    assert.equal(await other.locator('.call output').count(), 1)
    await other.evaluate((explorer) => explorer.setAttribute('a', '[[1, 0], [0, 1]]'))
    await other.evaluate((explorer) => explorer.setAttribute('b', '[[1, 1]]'))
    await other.evaluate((explorer) => explorer.setAttribute('dim', '1'))
    assert.deepEqual(await other.locator('.call output').allTextContents(), ['tensor([0.7071, 0.7071])'])
  },
  SAME,
)
