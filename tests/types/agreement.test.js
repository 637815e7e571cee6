/** The types declare what the package has, no more and no less. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import * as cosdim from 'cosdim'
import * as bullmq from 'cosdim/bullmq'
import * as npy from 'cosdim/npy'
import * as shards from 'cosdim/shards'
import * as workers from 'cosdim/workers'
import ts from 'typescript-5'

/** What the package keeps for itself, and what Node's console.log calls. */
const INTERNAL = ['memory', '[nodejs.util.inspect.custom]']

const entryOf = (name) => fileURLToPath(new URL(`../../types/${name}.d.ts`, import.meta.url))
const entries = ['index', 'npy', 'shards', 'bullmq', 'workers'].map(entryOf)
const program = ts.createProgram(entries, { target: ts.ScriptTarget.ESNext, lib: ['lib.esnext.d.ts'], types: [] })
const checker = program.getTypeChecker()

/** @param {string} name of a file in types/ */
const exportsOf = (name) =>
  checker.getExportsOfModule(
    /** @type {any} */ (checker.getSymbolAtLocation(/** @type {any} */ (program.getSourceFile(entryOf(name))))),
  )
const declarations = new Map(
  ['workers', 'bullmq', 'shards', 'npy', 'index'].flatMap(exportsOf).map((symbol) => [symbol.name, symbol]),
)

/** @param {string} name */
const declaredType = (name) => checker.getDeclaredTypeOfSymbol(/** @type {ts.Symbol} */ (declarations.get(name)))

const withoutThose = (names, left) => names.filter((name) => !left.includes(name)).sort()

/** The members of a declared type, as [Symbol.iterator] where they are named by a symbol. */
function declaredMembers(name) {
  return declaredType(name)
    .getProperties()
    .map((member) => member.name.replace(/^__@(\w+)@\d+$/, '[Symbol.$1]'))
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

for (const [name, built] of Object.entries({ index: cosdim, npy, shards, bullmq, workers }))
  test(`exports of ${name}`, () => {
    const values = exportsOf(name).filter(({ flags }) => flags & ts.SymbolFlags.Value)
    assert.deepEqual(Object.keys(built).sort(), values.map((symbol) => symbol.name).sort())
  })

test('members of tensors', () => {
  const declared = declaredMembers('TensorOf')
  const built = withoutThose(members(cosdim.tensor([1])), INTERNAL)
  assert.deepEqual(withoutThose(built, declared), [], 'not declared')
  assert.deepEqual(withoutThose(declared, built), [], 'not built')
})

test('members of explanations, their workings and terms', () => {
  const explanation = cosdim.explain([1, 2], [3, 4], { dim: 0 })
  const working = explanation.at()
  assert.deepEqual(members(explanation).sort(), declaredMembers('Explanation').sort())
  assert.deepEqual(Object.keys(working).sort(), declaredMembers('Working').sort())
  assert.deepEqual(Object.keys(working.terms[0]).sort(), declaredMembers('Term').sort())
})

/** @type {Record<string, (options: any) => unknown>} */
const OPTIONS = {
  SimilarityOptions: (options) => cosdim.cosineSimilarity([1], [1], options),
  PairwiseOptions: (options) => cosdim.pairwiseCosineSimilarity([[1]], [[1]], options),
  TopkOptions: (options) => cosdim.topkCosineSimilarity([1], [[1]], 1, options),
  DistanceOptions: (options) => cosdim.cosineDistance([1], [1], options),
  AttentionOptions: (options) => cosdim.attentionDistribution([1], [[1]], options),
  ExplainOptions: (options) => cosdim.explain([1], [1], options),
  TensorOptions: (options) => cosdim.tensor([1], options),
  InitOptions: (options) => cosdim.init(options),
  ReadingOptions: (options) => shards.makeManifest([], options),
  FlowOptions: (options) => bullmq.topkFlow(/** @type {any} */ ({}), { query: [1], k: 1 }, options),
  FlowResultOptions: (options) => bullmq.flowResult(/** @type {any} */ ({}), '', options),
  NpyOptions: (options) => npy.npyChunks(new Blob(), options),
  WorkersOptions: (options) => workers.openWorkers([[1]], undefined, options),
  SimilarityAsyncOptions: (options) => cosdim.cosineSimilarityAsync([1], [1], options),
  'AsyncOptions, PairwiseOptions': (options) => cosdim.pairwiseCosineSimilarityAsync([[1]], [[1]], options),
  'AsyncOptions, TopkOptions': (options) => cosdim.topkCosineSimilarityAsync([1], [[1]], 1, options),
}

for (const [names, call] of Object.entries(OPTIONS))
  test(names, async () => {
    // The error about an unknown option lists those that there are.
    const error = /** @type {any} */ (
      await Promise.resolve({ nonsense: 1 })
        .then(call)
        .catch((error) => error)
    )
    const [, options] = error.message.match(/Its options are: (.*)\.$/)
    assert.deepEqual(options.split(', ').sort(), names.split(', ').flatMap(declaredMembers).sort())
  })

/** @type {{ value: any }[]} */
const DTYPES = /** @type {any} */ (declaredType('DType')).types

test('dtypes', () => {
  for (const { value } of DTYPES) assert.equal(cosdim.tensor([1], { dtype: value }).dtype, value)
})

/** PyTorch's other names, and ndarray's. */
const ALIASES = {
  float16: ['half'],
  float32: ['float'],
  float64: ['double'],
  uint8: ['byte'],
  int8: ['char'],
  int16: ['short'],
  int32: ['int'],
  int64: ['long'],
}
const OF_NDARRAY = { uint8: ['uint8_clamped'], int64: ['bigint64'], uint64: ['biguint64'] }

test('dtypes by their other names', () => {
  const names = DTYPES.flatMap(({ value }) => {
    const spellings = [value, ...(ALIASES[value] ?? [])].flatMap((name) => [
      name,
      `torch.${name}`,
      name[0].toUpperCase() + name.slice(1),
    ])
    return [...spellings, ...(OF_NDARRAY[value] ?? [])].map((name) => ({ name, value }))
  })
  for (const { name, value } of names) assert.equal(cosdim.tensor([1], { dtype: name }).dtype, value, name)

  // The constraint of TensorOptions<N>. Names that editors do not suggest are intersections.
  const [parameter] = /** @type {any} */ (declaredType('TensorOptions')).typeParameters
  const declared = parameter.getConstraint().types.map(({ value, types }) => value ?? types[0].value)
  assert.deepEqual(declared.sort(), names.map(({ name }) => name).sort())
})
