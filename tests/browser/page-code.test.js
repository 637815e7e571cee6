/** The generated code: it follows the state, can be selected and copied, and is kept in the URL. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { LIBRARIES } from '../../web/explorer/io/code.js'
import { cell, pageTest, preset, root, SAME, setEps, textOf } from './browser.js'

const golden = new Map(
  JSON.parse(readFileSync(root('tests/golden/page.json'), 'utf8')).code.map(({ hash, ...one }) => [hash, one]),
)

const shown = (page) => page.locator('.code').textContent()
const library = (page, name) => page.getByRole('radio', { name, exact: true })

pageTest('each library’s code is one click away, and the choice is in the URL', async (page) => {
  assert.ok(await library(page, 'PyTorch').isChecked())
  for (const name of [...LIBRARIES].reverse()) {
    await library(page, name).check()
    assert.equal(await shown(page), golden.get('#')[name])
  }
  await library(page, 'SciPy').check()
  await page.waitForURL(/#code=SciPy$/)
  await page.reload()
  await page.locator('.explorer').waitFor()
  assert.equal(await shown(page), golden.get('#').SciPy)
})

pageTest(
  'the code follows examples, edits and eps',
  async (page) => {
    await preset(page, '2×3').click()
    assert.equal(await shown(page), golden.get('#example=2x3').PyTorch)
    await preset(page, '2×2').click()
    await cell(page, 'A, row 0, column 1').fill('-9')
    assert.match(await shown(page), /A = torch\.tensor\(\[\[1\., -9\.\], \[3\., 4\.\]\]\)/)
    assert.match(await shown(page), /# tensor\(\[ 0\.9558, -0\.2234\]\)/)
    await setEps(page, '4')
    assert.match(await shown(page), /dim=0, eps=4\)/)
    await library(page, 'SciPy').check()
    await page.getByText('SciPy has no eps').waitFor()
    // Along dim 0, one norm is less than 4, so SciPy's result would differ.
    assert.deepEqual((await shown(page)).match(/#.*/g), ['# [-0.6928,  0.9972]'])
    // Invalid input has no code, so the last valid code stays, like its result.
    const before = await shown(page)
    await cell(page, 'A, row 0, column 1').fill('x')
    assert.equal(await shown(page), before)
  },
  SAME,
)

pageTest(
  'without valid numbers there is no code, and a hint says why',
  async (page) => {
    assert.ok(await page.locator('.code').isHidden())
    assert.ok(await page.locator('.code-section').getByText('No result yet').isVisible())
  },
  { ...SAME, hash: '#a=[[1,two],[3,4]]' },
)

pageTest('the code can be chosen and copied by keyboard', async (page) => {
  await library(page, 'PyTorch').focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  assert.ok(await library(page, 'cosdim').isChecked())
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('status').filter({ hasText: 'Code copied.' }).waitFor()
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), golden.get('#').cosdim)
  await page.keyboard.press('Tab')
  assert.ok(await page.locator('.code:focus-visible').isVisible())
  // The newly chosen code has not been copied.
  await library(page, 'NumPy').check()
  assert.equal(await page.locator('.code-section [role=status]').textContent(), '')
})

pageTest('if copying is refused, the code is selected and a status says so', async (page) => {
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))
  })
  await page.getByRole('button', { name: 'Copy code' }).click()
  await page.getByRole('status').filter({ hasText: 'The code is selected' }).waitFor()
  const selected = await page.evaluate(() => {
    /** @type {(ShadowRoot & { getSelection?: () => Selection }) | null | undefined} */
    const root = document.querySelector('cosine-dim')?.shadowRoot
    // Chromium has the selection on the shadow root, Firefox on the document.
    return String(root?.getSelection ? root.getSelection() : getSelection()).trim()
  })
  assert.equal(selected, golden.get('#').PyTorch.trim())
})

pageTest(
  'reports an unknown library',
  async (page) => {
    assert.match(await textOf(page.getByRole('alert')), /code: there is no code for “R”/)
    assert.ok(await library(page, 'PyTorch').isChecked())
  },
  { ...SAME, hash: '#code=R' },
)

pageTest(
  'says when PyTorch’s float32 cannot hold the squares; the other libraries’ code computes in float64',
  async (page) => {
    const note = page.locator('.code-section > .hint')
    assert.match(await textOf(note), /^PyTorch squares these numbers in float32, which overflows or underflows/)
    await library(page, 'NumPy').check()
    assert.match(await textOf(note), /^NumPy has no cosine similarity/)
    await library(page, 'PyTorch').check()
    await page.locator('.explorer .inputs').getByLabel('A, row 0, column 0').fill('1e18')
    assert.equal(await textOf(note), 'Matches what is on the screen.')
  },
  { ...SAME, hash: '#a=[[1e20,2],[3,4]]&b=[[5,6],[7,8]]' },
)
