/** Everything in the READMEs that can be run or looked up. readme-page.test.js opens their blocks of HTML in a browser. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import * as cosdim from 'cosdim'
import { SECTION_NAMES } from '../../web/explorer/view/sections.js'
import { folderWith, shell } from '../cli/run.js'
import { compileWith5, compileWith7, createProject } from '../types/project.js'
import {
  blocksIn,
  blocksOf,
  claimsOf,
  codeIn,
  READMES,
  readme,
  run,
  tablesOf,
  uncommented,
  withoutBlocks,
  written,
} from './readme.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path) => readFileSync(root + path, 'utf8')
const { name, version, scripts, exports } = JSON.parse(read('package.json'))
const { data, answers } = JSON.parse(read('tests/golden/idioms.json'))

/** Commands that are run here. Those that need a server are run by tests/shards. */
const isCommandLine = ({ code }) => code.includes('npx cosdim') && !code.includes('_URL=')

for (const file of READMES) {
  const markdown = readme(file)
  const blocks = blocksOf(markdown)

  for (const block of blocks.filter(({ language }) => ['js', 'ts'].includes(language)))
    test(`${file}:${block.line} gives what it says`, async () => {
      const { shown } = await run(block)
      for (const [value, claim] of shown) {
        const text = written(value)
        if (claim === undefined) assert.equal(text, 'undefined', 'a value that the block does not show')
        else if (!claim.startsWith(`${text}  `)) assert.equal(claim, text)
      }
      const claims = shown.filter(([, claim]) => claim !== undefined)
      assert.equal(claims.length, claimsOf(block.code).length, 'a claim that is not after an expression')
    })

  for (const block of blocks.filter(({ code }) => code.includes('async fetch(')))
    test(`${file}:${block.line} answers requests`, async () => {
      const { default: worker } = await run(block)
      const response = await worker.fetch(new Request('http://worker/', { method: 'POST', body: '[3, 4]' }))
      const [best, next] = await response.json()
      assert.deepEqual(best, { id: 'dog', score: 1 })
      assert.equal(next.id, 'cat')
      assert.ok(Math.abs(next.score - 24 / 25) < 2e-7)
    })

  test(`${file}: the commands exist`, () => {
    const KNOWN =
      /^(?:npx cosdim manifest .*|npm (?:install (?<installed>\S+)(?: \w+)*|run (?<script>\S+)|(?<own>start|test))|export \w+=\S+|node node_modules\/cosdim\/(?<file>\S+).*)$/
    const lines = blocks
      .filter((block) => block.language === 'sh' && !isCommandLine(block))
      .flatMap(({ code }) => uncommented(code).trim().split('\n'))
    for (const line of lines) {
      const { installed = name, script, own, file } = line.match(KNOWN)?.groups ?? assert.fail(line)
      assert.equal(installed, name)
      assert.ok(scripts[script ?? own ?? 'test'], line)
      assert.ok(!file || existsSync(root + file), line)
    }
    const [first] = blocks
    assert.match(first.code, /^npm start/m)
    assert.match(first.code, /^npm test/m)
  })

  for (const { code, line } of blocks.filter(isCommandLine))
    test(`${file}:${line} prints what it says`, async () => {
      const cwd = folderWith()
      for (const step of code.trim().split('\n')) {
        const [, claim = ''] = step.match(/ # → (.*)$/) ?? []
        assert.equal((await shell(uncommented(step), cwd)).trim(), claim, step)
      }
    })

  test(`${file}: the C is the example's`, () => {
    const plain = (text) => text.replace(/^ +/gm, '')
    for (const { code } of blocks.filter(({ language }) => language === 'c'))
      assert.ok(plain(read('examples/similarity.c')).includes(plain(code)), code)
  })

  test(`${file}: what pages load is published`, () => {
    const published = Object.values(exports).flatMap((conditions) => conditions.import?.default ?? [])
    const pages = blocks.filter(({ language }) => language === 'html')
    const urls = pages.flatMap(({ code }) => code.match(/https:[^"']+/g) ?? [])
    assert.ok(urls.length >= pages.length)
    const cdn = `https://cdn.jsdelivr.net/npm/${name}@${version.replace(/\.\d+$/, '')}/`
    for (const url of urls) {
      assert.ok(url.startsWith(cdn), url)
      assert.ok(published.includes(url.replace(cdn, './')), url)
    }
  })

  test(`${file}: files, scripts and exports that it names exist`, () => {
    for (const code of codeIn(withoutBlocks(markdown))) {
      const [, script] = code.match(/^npm (?:run )?([\w:]+)/) ?? []
      if (script) assert.ok(scripts[script], code)
      const [, path] = code.match(/^(?:node )?([\w.-]+\/(?:[\w.-]+\/?)*)$/) ?? []
      if (path?.startsWith(`${name}/`)) assert.ok(exports[path.replace(name, '.')], code)
      else if (path) assert.ok(existsSync(root + path), code)
    }
    for (const [, path] of markdown.matchAll(/\]\(([^)#]+)\)/g))
      assert.ok(existsSync(join(root, dirname(file), path)), path)
  })

  test(`${file}: each idiom gives what it replaces gives`, () => {
    const rows = tablesOf(markdown)
      .flat()
      .filter(([left]) => codeIn(left)[0] in answers)
    assert.equal(rows.length, Object.keys(answers).length)
    const names = { ...cosdim, ...data }
    for (const [left, right] of rows) {
      const [idiom] = codeIn(left)
      const [code] = codeIn(right)
      const given = new Function(...Object.keys(names), `return ${code}`)(...Object.values(names))
      const numbers = numbersOf(given)
      assert.equal(numbers.length, answers[idiom].length, idiom)
      for (const [i, number] of numbers.entries()) assert.ok(Math.abs(number - answers[idiom][i]) < 2e-7, idiom)
    }
  })

  test(`${file}: the table of the API has every export`, () => {
    const calls = tablesOf(markdown)
      .flat()
      .filter(([left]) => !(codeIn(left)[0] in answers))
      .flatMap(([left]) => codeIn(left).map((code) => code.match(/^\w+/)?.[0]))
    assert.deepEqual(
      Object.keys(cosdim).filter((name) => !calls.includes(name)),
      ['Explanation', 'Tensor'],
    )
  })
}

/** The numbers of a result: a number, an array, a tensor, or top-k's two. */
function numbersOf(given) {
  if (typeof given === 'number') return [given]
  if ('values' in given && 'indices' in given) return [...numbersOf(given.values), ...numbersOf(given.indices)]
  return [given.tolist?.() ?? [...given]].flat(Infinity)
}

const [english, chinese] = READMES.map(readme)

test('the READMEs have the same code but for comments', () => {
  const [expected, got] = [english, chinese].map((markdown) =>
    blocksOf(markdown).map(({ language, code }) => [language, uncommented(code)]),
  )
  assert.deepEqual(got, expected)
})

test('the READMEs have the same tables but for words', () => {
  const [expected, got] = [english, chinese].map((markdown) => tablesOf(markdown).flat(2))
  assert.equal(got.length, expected.length)
  for (const [i, cell] of got.entries()) {
    const isTranslated = /\p{Script=Han}/u.test(cell)
    assert.deepEqual(codeIn(cell), codeIn(expected[i]))
    if (!isTranslated) assert.equal(cell, expected[i])
  }
})

test('the READMEs have the same figures', () => {
  const [expected, got] = [english, chinese].map((markdown) =>
    withoutBlocks(markdown)
      .match(/[−-]?\d+(?:\.\d+)?(?:e\d+)?[⁻\d⁰-⁹²³]*/gu)
      ?.sort(),
  )
  assert.deepEqual(got, expected)
})

test('the READMEs name all sections of the element', () => {
  const names = SECTION_NAMES.map((name) => `\`${name}\``)
  assert.ok(english.replace(/\s+/g, ' ').includes(`The sections are ${names.join(', ')}.`))
  assert.ok(chinese.includes(names.join('、')))
})

const folder = await createProject()
after(() => rmSync(folder, { recursive: true }))

const STRICT = { strict: true, noEmit: true, target: 'es2022', module: 'nodenext', types: [] }
const OPTIONS = {
  ts: { ...STRICT, lib: ['es2022'] },
  tsx: { ...STRICT, lib: ['es2022', 'dom'], jsx: 'react-jsx' },
}

for (const [compiler, compile] of Object.entries({ 5: compileWith5, 7: compileWith7 }))
  for (const [language, options] of Object.entries(OPTIONS))
    test(`the blocks of ${language} compile with TypeScript ${compiler}`, async () => {
      const files = blocksIn(language).map(({ code, line }) => {
        writeFileSync(join(folder, `readme-${line}.${language}`), code)
        return `readme-${line}.${language}`
      })
      assert.ok(files.length)
      assert.equal(await compile(folder, `readme-${language}`, options, files), '')
    })
