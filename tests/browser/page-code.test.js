/** The generated code: correct in Python and JavaScript, selectable, copied, and kept in the URL. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { isDecidedByEps, LIBRARIES } from '../../web/explorer/code.js'
import { pytorchWords } from '../../web/explorer/texts.js'
import { emittedAt, HASHES, viewsAt } from '../golden/page.js'
import { cell, pageTest, preset, root, setEps, textOf } from './browser.js'

const golden = new Map(
  JSON.parse(readFileSync(root('tests/golden/page.json'), 'utf8')).code.map(({ hash, ...one }) => [hash, one]),
)
const said = ({ printed, error }) => printed ?? pytorchWords(error)
const decided = ({ clamped1, clamped2, norm1, norm2 }) => clamped1 !== norm1 || clamped2 !== norm2

test('the generated code is the code that was run', () => {
  for (const hash of HASHES) {
    assert.ok(
      golden.has(hash),
      `${hash} was not run: regenerate tests/golden/page.json as tests/golden/page.js describes`,
    )
    const { answers, ...emitted } = golden.get(hash)
    assert.deepEqual(emittedAt(hash), emitted, hash)
  }
})

test('PyTorch prints or raises what the page shows for its code', () => {
  for (const hash of HASHES) {
    const answers = golden.get(hash).answers.PyTorch.map(({ text, error }) => text ?? error)
    assert.deepEqual(answers, viewsAt(hash).map(said), hash)
  }
})

test('NumPy and SciPy compute what the page shows, except that SciPy has no eps', () => {
  let differing = 0
  for (const hash of HASHES) {
    const views = viewsAt(hash)
    const shown = views.filter(({ outputs }) => outputs)
    for (const library of ['NumPy', 'SciPy']) {
      const answers = golden.get(hash).answers[library]
      if (!views[0].common) {
        assert.match(answers[0].error, /cannot be broadcast/)
        continue
      }
      assert.equal(answers.length, shown.length, hash)
      shown.forEach(({ outputs }, i) => {
        assert.equal(answers[i].numbers.length, outputs.length, hash)
        outputs.forEach(({ working }, lane) => {
          const known = Number(answers[i].numbers[lane])
          const isSame = Object.is(known, working.similarity) || Math.abs(known - working.similarity) < 1e-7
          if (library === 'SciPy' && decided(working)) {
            assert.ok(isDecidedByEps(views), hash)
            if (!isSame) differing++
          } else assert.ok(isSame, `${library}, ${hash}: ${known}, ${working.similarity}`)
        })
      })
    }
  }
  assert.ok(differing > 0)
})

test('the cosdim code runs and prints what the page shows', () => {
  const head = "import { cosineSimilarity } from 'cosdim'"
  // A module ends at its first exception, so each call gets its own try. All calls run in one process.
  const blocks = HASHES.map((hash) => {
    const [first, inputs, ...calls] = emittedAt(hash).cosdim.split('\n\n')
    assert.equal(first, head)
    const tried = calls.map((call) => `try { ${call}\n } catch (error) { console.log(error.message) }`)
    return `{\n${[inputs, ...tried].join('\n')}\n}`
  })
  const printed = execFileSync(process.execPath, ['--input-type=module'], {
    cwd: root('.'),
    encoding: 'utf8',
    input: [head, ...blocks].join('\n'),
  })
  const shown = HASHES.flatMap((hash) => viewsAt(hash).map(({ printed, error }) => `${printed ?? error}\n`))
  assert.equal(printed, shown.join(''))
  for (const hash of HASHES)
    for (const view of viewsAt(hash))
      assert.ok(
        emittedAt(hash)
          .cosdim.replaceAll('\n// ', '\n')
          .includes(`\n${said(view)}\n`),
        hash,
      )
})

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

pageTest('the code follows examples, edits and eps', async (page) => {
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
})

pageTest(
  'without valid numbers there is no code, and a hint says why',
  async (page) => {
    assert.ok(await page.locator('.code').isHidden())
    assert.ok(await page.locator('.code-section').getByText('No result yet').isVisible())
  },
  { hash: '#a=[[1,two],[3,4]]' },
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
  { hash: '#code=R' },
)
