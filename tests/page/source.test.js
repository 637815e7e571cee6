/** Rules about the page's source: what it may import, and that its texts are complete in both languages. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import ts from 'typescript-5'
import { LANGUAGES } from '../../web/explorer/texts/languages.js'
import { PAGE_TEXTS } from '../../web/texts.js'

const root = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

const sources = (folder) =>
  readdirSync(root(folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`
    if (entry.isDirectory()) return sources(name)
    return name.endsWith('.js') ? [{ name, text: readFileSync(root(name), 'utf8') }] : []
  })
const web = sources('web')

test('web/ imports only public entries of the package and computes no similarity', () => {
  for (const { name, text } of web) {
    const imports = text.matchAll(/^(?:import|export)\b(?:[^'"`]*\bfrom)? '([^']+)'|\bimport\('([^']+)'/gm)
    for (const [, specifier, dynamic] of imports)
      assert.match(specifier ?? dynamic, /^\.\.?\/(?!.*\bjs\/)|^cosdim(?:\/npy)?$/, name)
    assert.doesNotMatch(text, /Math\.(sqrt|hypot|acos|exp)\b/, name)
  }
})

test('no function of the page is longer than 80 lines', () => {
  for (const { name, text } of web) {
    const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true)
    const lineOf = (position) => file.getLineAndCharacterOfPosition(position).line
    /** @param {ts.Node} node */
    const visit = (node) => {
      const length = 1 + lineOf(node.end) - lineOf(node.getStart())
      if (ts.isFunctionLike(node)) assert.ok(length <= 80, `${name}: ${node.name?.getText()} has ${length} lines`)
      ts.forEachChild(node, visit)
    }
    visit(file)
  }
})

test('every language has the same texts, of the same kind', () => {
  const kinds = (texts) => Object.entries(texts).map(([key, text]) => `${key}: ${typeof text}`)
  assert.deepEqual(Object.keys(PAGE_TEXTS), Object.keys(LANGUAGES))
  for (const { en, ...others } of [LANGUAGES, PAGE_TEXTS])
    for (const [lang, texts] of Object.entries(others)) assert.deepEqual(kinds(texts), kinds(en), lang)
})

test('every text is used, and every text used exists', () => {
  const code = web.filter(({ name }) => !/\/texts(\/|\.js$)/.test(name))
  const used = new Set(code.flatMap(({ text }) => [...text.matchAll(/\bt\(\s*'([\w.]+)'/g)].map(([, key]) => key)))
  assert.deepEqual([...used].sort(), Object.keys({ ...LANGUAGES.en, ...PAGE_TEXTS.en }).sort())
})

test('arrows say a direction: in 中文 only a lane’s name has one behind 行 or 列', () => {
  const texts = ['web/explorer/texts/zh-Hans.js', 'web/texts.js'].map((path) => readFileSync(root(path), 'utf8'))
  for (const [line] of texts.join('\n').matchAll(/^\s+.*$/gm)) assert.doesNotMatch(line, /[行列].?[→↓]/, line)
  const { en, 'zh-Hans': zh } = LANGUAGES
  assert.deepEqual(
    [en, zh].map((texts) => [0, 1].map((axis) => texts['lane.name'](axis, 2, [1]).replaceAll('\u00a0', ' '))),
    [
      ['column 1 ↓', 'row 1 →'],
      ['第 1 列 ↓', '第 1 行 →'],
    ],
  )
  for (const texts of [en, zh])
    assert.deepEqual(
      [texts['lane.name'](0, 1, []), texts['lane.name'](1, 3, [0, 2]), texts['lane.name'](0, 4, [0, 1, 2])],
      ['[:]', '[0, :, 2]', '[:, 0, 1, 2]'],
    )
})
