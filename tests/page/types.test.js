/** The names in the element's types are those that the element knows. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import ts from 'typescript-5'
import { LIBRARIES } from '../../web/explorer/io/code.js'
import { BEATS } from '../../web/explorer/model/beats.js'
import { PRESETS } from '../../web/explorer/model/presets.js'
import { NAMES } from '../../web/explorer/state/hash.js'
import { LANGUAGES } from '../../web/explorer/texts/languages.js'
import { SECTION_NAMES } from '../../web/explorer/view/sections.js'

const root = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

const entry = root('types/explorer.d.ts')
const program = ts.createProgram([entry], { target: ts.ScriptTarget.ESNext, strict: true, types: [] })
const checker = program.getTypeChecker()
const file = /** @type {ts.SourceFile} */ (program.getSourceFile(entry))
const declared = new Map(
  checker
    .getExportsOfModule(/** @type {ts.Symbol} */ (checker.getSymbolAtLocation(file)))
    .map((symbol) => [symbol.name, checker.getDeclaredTypeOfSymbol(symbol)]),
)

/** The strings that a type suggests. */
const suggested = (type) => (type.isUnion() ? type.types : [type]).flatMap(({ value }) => value ?? [])
const namesOf = (name) => suggested(declared.get(name))
const attributes = declared.get('CosineDimAttributes')?.getProperties() ?? []
const namesOfAttribute = (name) =>
  suggested(checker.getTypeOfSymbol(/** @type {ts.Symbol} */ (attributes.find((one) => one.name === name))))

const same = (names, others) => assert.deepEqual([...names].sort(), [...others].sort())

test('attributes', () => {
  same(
    attributes.map(({ name }) => name),
    NAMES.keys(),
  )
})

test('sections', () => {
  assert.deepEqual(namesOf('CosineDimSection'), SECTION_NAMES)
  for (const name of ['hide', 'show', 'present']) same(namesOfAttribute(name), SECTION_NAMES)
  same(namesOfAttribute('section'), SECTION_NAMES)
})

test('beats', () => {
  const keys = BEATS.map(({ key }) => key)
  assert.deepEqual(namesOf('CosineDimBeat'), keys)
  same(namesOfAttribute('beat'), keys)
})

test('examples', () => {
  const keys = PRESETS.map(({ key }) => key)
  assert.deepEqual(namesOf('CosineDimExample'), keys)
  same(namesOfAttribute('example'), keys)
})

test('libraries and languages', () => {
  same(namesOfAttribute('code'), LIBRARIES)
  same(namesOfAttribute('lang'), Object.keys(LANGUAGES))
})

test('custom properties', () => {
  const styles = readdirSync(root('web/explorer/view/styles')).map((name) =>
    readFileSync(root(`web/explorer/view/styles/${name}`), 'utf8'),
  )
  same(namesOf('CosineDimCustomProperty'), new Set(styles.join().match(/--cosine-dim-[\w-]+\w/g)))
})
