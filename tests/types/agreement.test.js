/** The types declare what dist/cosdim.js has, no more and no less. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import ts from 'typescript-5'
import * as cosdim from '../../dist/cosdim.js'

/** What is declared and not built yet. */
const NOT_YET = ['length', 'reshape', 'toJSON', '[Symbol.iterator]', 'float32 by its other names']

/** What the package keeps for itself, and what Node's console.log calls. */
const INTERNAL = ['memory', '[nodejs.util.inspect.custom]']

const entry = fileURLToPath(new URL('../../types/index.d.ts', import.meta.url))
const program = ts.createProgram([entry], { target: ts.ScriptTarget.ESNext, lib: ['lib.esnext.d.ts'], types: [] })
const checker = program.getTypeChecker()
const declarations = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry)))

const withoutThose = (names, left) => names.filter((name) => !left.includes(name)).sort()

/** The members of a declared type, as [Symbol.iterator] where they are named by a symbol. */
function declaredMembers(name) {
  const type = checker.getDeclaredTypeOfSymbol(declarations.find((symbol) => symbol.name === name))
  return type.getProperties().map((member) => member.name.replace(/^__@(\w+)@\d+$/, '[Symbol.$1]'))
}

/** The members of an object, its class's too. */
function members(object) {
  const own = Reflect.ownKeys(object)
  const inherited = Reflect.ownKeys(Object.getPrototypeOf(object))
  return [...own, ...inherited]
    .filter((key) => key !== 'constructor')
    .map((key) => (typeof key === 'symbol' ? `[${WELL_KNOWN.get(key) ?? key.description}]` : key))
}

const WELL_KNOWN = new Map(Object.getOwnPropertyNames(Symbol).map((name) => [Symbol[name], `Symbol.${name}`]))

test('exports', () => {
  const values = declarations.filter(({ flags }) => flags & ts.SymbolFlags.Value).map(({ name }) => name)
  assert.deepEqual(Object.keys(cosdim).sort(), values.sort())
})

test('members of tensors', () => {
  const declared = declaredMembers('TensorOf')
  const built = withoutThose(members(cosdim.tensor([1])), INTERNAL)
  assert.deepEqual(withoutThose(built, declared), [], 'not declared')
  assert.deepEqual(withoutThose(declared, [...built, ...NOT_YET]), [], 'not built')
})

test('members of explanations, their workings and terms', () => {
  const explanation = cosdim.explain([1, 2], [3, 4], { dim: 0 })
  const working = explanation.at()
  assert.deepEqual(members(explanation).sort(), declaredMembers('Explanation').sort())
  assert.deepEqual(Object.keys(working).sort(), declaredMembers('Working').sort())
  assert.deepEqual(Object.keys(working.terms[0]).sort(), declaredMembers('Term').sort())
})

const OPTIONS = {
  SimilarityOptions: (options) => cosdim.cosineSimilarity([1], [1], options),
  PairwiseOptions: (options) => cosdim.pairwiseCosineSimilarity([[1]], [[1]], options),
  TopkOptions: (options) => cosdim.topkCosineSimilarity([1], [[1]], 1, options),
  DistanceOptions: (options) => cosdim.cosineDistance([1], [1], options),
  AttentionOptions: (options) => cosdim.attentionDistribution([1], [[1]], options),
  ExplainOptions: (options) => cosdim.explain([1], [1], options),
  TensorOptions: (options) => cosdim.tensor([1], options),
}

/** The names that a function gives when it gets an option that it does not have. */
function optionsOf(call) {
  try {
    call({ nonsense: 1 })
  } catch ({ message }) {
    return message.match(/Its options are: (.*)\.$/)[1].split(', ')
  }
}

for (const [name, call] of Object.entries(OPTIONS))
  test(name, () => assert.deepEqual(optionsOf(call).sort(), declaredMembers(name).sort()))

test('AsyncOptions', async () => {
  const fails = (promise) => promise.catch(({ message }) => message.match(/Its options are: (.*)\.$/)[1].split(', '))
  const [pairs, nearest] = await Promise.all([
    fails(cosdim.pairwiseCosineSimilarityAsync([[1]], [[1]], { nonsense: 1 })),
    fails(cosdim.topkCosineSimilarityAsync([1], [[1]], 1, { nonsense: 1 })),
  ])
  const declared = declaredMembers('AsyncOptions')
  assert.deepEqual(pairs.sort(), [...declared, ...declaredMembers('PairwiseOptions')].sort())
  assert.deepEqual(nearest.sort(), [...declared, ...declaredMembers('TopkOptions')].sort())
})

const DTYPES = checker.getDeclaredTypeOfSymbol(declarations.find(({ name }) => name === 'DType')).types

test('dtypes', () => {
  for (const { value } of DTYPES) assert.equal(cosdim.tensor([1], { dtype: value }).dtype, value)
})

test('dtypes by their other names', { todo: NOT_YET.includes('float32 by its other names') }, () => {
  const aliases = { float16: ['half'], float32: ['float'], float64: ['double'] }
  for (const { value } of DTYPES)
    for (const name of [value, ...(aliases[value] ?? [])])
      for (const spelling of [name, `torch.${name}`, value[0].toUpperCase() + value.slice(1)])
        assert.equal(cosdim.tensor([1], { dtype: spelling }).dtype, value, spelling)
})
