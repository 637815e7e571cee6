/** The generated code gives in PyTorch, NumPy, SciPy and cosdim what the page shows. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { isDecidedByEps } from '../../web/explorer/io/code.js'
import { isBeyondFloat32 } from '../../web/explorer/model/explanations.js'
import { pytorchWords } from '../../web/explorer/texts/languages.js'
import { emittedAt, HASHES, viewsAt } from '../golden/page.js'

const golden = new Map(
  JSON.parse(readFileSync(new URL('../golden/page.json', import.meta.url), 'utf8')).code.map(({ hash, ...one }) => [
    hash,
    one,
  ]),
)
const said = ({ printed, error }) => printed ?? pytorchWords(error)
const decided = ({ clamped1, clamped2, norm1, norm2 }) => clamped1 > norm1 || clamped2 > norm2

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
    cwd: new URL('../../', import.meta.url),
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

/** The sum of squares as float32 has it. */
const inFloat32 = (values) => values.reduce((sum, value) => Math.fround(sum + Math.fround(value * value)), 0)

test('a note about PyTorch follows from float32: the sums of squares that it cannot hold', () => {
  for (const [hash, isBeyond] of /** @type {const} */ ([
    ['#a=[[1e20,2],[3,4]]&b=[[5,6],[7,8]]', true],
    ['#a=[1,2]&b=[3e38,1]&dim=0', true],
    ['#a=[1e-30,0]&b=[1,2]&dim=0&eps=0', true],
    ['#a=[1e-30,0]&b=[1,2]&dim=0', false], // eps decides
    ['#a=[1e18,1e17]&b=[1,2]&dim=0', false],
    ['#a=[1e-18,0]&b=[0,1e-18]&dim=0&eps=0', false],
    ['#a=[0,0]&b=[1,2]&dim=0&eps=0', false],
  ])) {
    const views = viewsAt(hash)
    assert.equal(isBeyondFloat32(views), isBeyond, hash)
    const wrong = views
      .flatMap(({ outputs }) => outputs)
      .flatMap(({ working: { terms, norm1, norm2, clamped1, clamped2 } }) => [
        [inFloat32(terms.map(({ x1 }) => x1)), norm1, clamped1],
        [inFloat32(terms.map(({ x2 }) => x2)), norm2, clamped2],
      ])
      .some(([sum, norm, clamped]) => norm === clamped && !(Math.abs(Math.sqrt(sum) / norm - 1) < 1e-4) && norm > 0)
    assert.equal(wrong, isBeyond, hash)
  }
  assert.ok(!isBeyondFloat32(viewsAt('#a=[[1,2,3]]&b=[[1,2]]')))
  for (const hash of HASHES) assert.ok(!isBeyondFloat32(viewsAt(hash)), hash)
})
