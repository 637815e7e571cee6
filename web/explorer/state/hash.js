/**
 * Converts the state to the text after # in a URL, and back: #a=[[1,2],[3,4]]&dim=0,1. Whatever equals `base`, the
 * initial state, is left out. The A and B of an example are written as its name: #example=iris. So is what a beat of
 * the story sets: #beat=which. The element's attributes follow the same rules.
 */
import { LIBRARIES } from '../io/code.js'
import { BEATS, toldBeat } from '../model/beats.js'
import { KEY } from '../model/explanations.js'
import { MISCONCEPTIONS, misconceptionOf } from '../model/misconceptions.js'
import { quotable } from '../model/numbers.js'
import { PARTS, PREDICTED } from '../model/predictions.js'
import { PRESETS, presetOf } from '../model/presets.js'
import { LONGEST_TEXT, readTensor, Unreadable, writeTensor } from '../model/tensors.js'
import { knownLanguage } from '../texts/languages.js'
import { STAGES } from '../view/collapse/stages.js'
import { SECTION_NAMES } from '../view/sections.js'
import { MOST_PANELS } from './state.js'

/* A text can hold a lone surrogate, which has no escape. */
const encode = (text) => encodeURIComponent(`${text}`.replace(/\p{Surrogate}/gu, '\ufffd'))

function unescaped(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Unreadable((t) => t('link.escape'))
  }
}

/** A text that was cut off could be another number. */
function checked(text) {
  if (text.length > LONGEST_TEXT) throw new Unreadable((t) => t('link.tooLong', quotable(text), LONGEST_TEXT))
  return text
}

const decode = (text) => checked(unescaped(text))

const tensorParameter = {
  write: (tensor) => writeTensor(tensor, encode),
  // Some programs escape the brackets and commas too, and escape the escapes inside them again.
  read: (text) => readTensor(/^\s*%5B/i.test(text) ? unescaped(text) : text, decode),
}

/** A comma-separated list. Each item is read by `readOne`. */
const listParameter = (readOne) => ({
  write: (list) => list?.map(encode).join(',') ?? '',
  read: (text) =>
    unescaped(text)
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean)
      .map((one) => readOne(checked(one))),
})

/* Of dims, steps and questions. */
const LARGEST = 999

function whole(text) {
  if (!/^[+-]?\d+$/.test(text)) throw new Unreadable((t) => t('link.whole', quotable(text)))
  if (Number(text) > LARGEST) throw new Unreadable((t) => t('link.tooLarge', quotable(text), LARGEST))
  if (Number(text) < -LARGEST) throw new Unreadable((t) => t('link.tooSmall', quotable(text), -LARGEST))
  return Number(text)
}

/** @typedef {{ write: (part: any) => string, read: (text: string) => any }} Parameter */

/**
 * How each part of the state but the beat is read and written. A new part needs a line here.
 * @type {Record<Exclude<keyof import('./state.js').State, 'beat'>, [string, Parameter]>}
 */
const PARAMETERS = {
  a: ['a', tensorParameter],
  b: ['b', tensorParameter],
  dims: ['dim', { ...listParameter(whole), read: readDims }],
  eps: ['eps', { write: encode, read: decode }],
  step: ['step', { write: (step) => `${step ?? ''}`, read: (text) => (text === '' ? undefined : whole(decode(text))) }],
  stage: ['stage', { write: writeStage, read: readStage }],
  pinned: ['pin', { write: (key = '') => key, read: readKey }],
  card: ['card', { write: (key = '') => key, read: readCard }],
  section: ['section', { write: (name = '') => name, read: readSection }],
  target: ['target', tensorParameter],
  behaviored: ['behaviored', tensorParameter],
  code: ['code', { write: encode, read: readLibrary }],
  quiz: ['quiz', { write: encode, read: (text) => whole(decode(text)) }],
  predict: ['predict', { write: (one) => (one ? [one.dim, one.part].join() : ''), read: readPrediction }],
  predicted: ['predicted', listParameter(readPredicted)],
  lang: ['lang', { write: (lang) => lang, read: readLanguage }],
  hide: ['hide', { ...listParameter(String), read: readSections }],
  present: ['present', { write: (name = '') => name, read: readSection }],
}

function readDims(text) {
  const dims = [...new Set(listParameter(whole).read(text))]
  if (dims.length > MOST_PANELS) throw new Unreadable((t) => t('link.dims', dims.length, MOST_PANELS))
  return dims.length ? dims : undefined
}

/** A stage is written by its name; what is between two of them, as a number. */
function writeStage(stage) {
  return `${STAGES.find(({ at }) => at === stage)?.key ?? stage ?? ''}`
}

function readStage(text) {
  const name = decode(text)
  if (name === '') return undefined
  const keys = STAGES.map(({ key }) => key)
  const stage = STAGES[keys.indexOf(name)]?.at ?? Number(name)
  if (stage >= 0 && stage <= 1) return stage
  throw new Unreadable((t) => t('link.stage', quotable(name), keys))
}

function readKey(text) {
  const key = decode(text)
  if (key === '') return undefined
  if (!KEY.test(key)) throw new Unreadable((t) => t('link.key', quotable(key)))
  return key
}

function readSection(text) {
  const name = decode(text)
  if (name === '') return undefined
  if (!SECTION_NAMES.includes(name)) throw new Unreadable((t) => t('link.section', [quotable(name)], SECTION_NAMES))
  return name
}

function readCard(text) {
  const key = decode(text)
  if (key === '') return undefined
  const keys = MISCONCEPTIONS.map((one) => one.key)
  if (!misconceptionOf(key)) throw new Unreadable((t) => t('link.card', quotable(key), keys))
  return key
}

function readLibrary(text) {
  const name = decode(text)
  if (!LIBRARIES.includes(name)) throw new Unreadable((t) => t('link.library', quotable(name), LIBRARIES))
  return name
}

function readPrediction(text) {
  if (text === '') return undefined
  const [dim, part = 'shape', ...others] = decode(text).split(',')
  if (!PARTS.includes(part) || others.length) throw new Unreadable((t) => t('link.predict', quotable(decode(text))))
  return { dim: whole(dim), part }
}

function readPredicted(text) {
  if (!PREDICTED.test(text)) throw new Unreadable((t) => t('link.predict', quotable(text)))
  return text
}

function readLanguage(text) {
  const lang = knownLanguage(decode(text))
  if (!lang) throw new Unreadable((t) => t('link.language', quotable(decode(text))))
  return lang
}

/* A list of names can be endless. */
const MOST_NAMED = 3

function readSections(text) {
  const names = listParameter(String).read(text)
  const unknown = names.filter((name) => !SECTION_NAMES.includes(name))
  if (unknown.length)
    throw new Unreadable((t) => t('link.section', unknown.slice(0, MOST_NAMED).map(quotable), SECTION_NAMES))
  return names
}

/** One parameter for both A and B. It comes first, so that `a` or `b` can override it. */
const EXAMPLE = 'example'
const OF_EXAMPLES = ['a', 'b']

function readExample(text) {
  const name = decode(text)
  const preset = PRESETS.find(({ key }) => key === name)
  if (!preset)
    throw new Unreadable((t) =>
      t(
        'link.example',
        quotable(name),
        PRESETS.map(({ key }) => key),
      ),
    )
  return OF_EXAMPLES.map((part) => preset.changes[part])
}

/** The complement of `hide`, where that is shorter. */
const SHOW = 'show'
const without = (names) => SECTION_NAMES.filter((name) => !names.includes(name))

const sectionsIn = ({ hide }, shown = without(hide)) =>
  shown.length < hide.length ? [SHOW, shown.join()] : ['hide', hide.join()]

/** And one for what a beat sets. */
const BEAT = 'beat'
const OF_BEATS = ['beat', 'a', 'b', 'dims', 'stage']

function readBeat(text) {
  const name = decode(text)
  const beat = BEATS.find(({ key }) => key === name)
  const keys = BEATS.map(({ key }) => key)
  if (!beat) throw new Unreadable((t) => t('link.beat', quotable(name), keys))
  return Object.values(partsOf(beat))
}

/** @param {import('../model/beats.js').Beat} beat */
const partsOf = ({ changes }) => Object.fromEntries(OF_BEATS.map((part) => [part, changes[part]]))

/** Attribute and parameter names, each with the parts of the state that it sets and how they are read. */
export const NAMES = new Map([
  [BEAT, { parts: OF_BEATS, read: readBeat }],
  [SHOW, { parts: ['hide'], read: (text) => [without(readSections(text))] }],
  [EXAMPLE, { parts: OF_EXAMPLES, read: readExample }],
  ...Object.entries(PARAMETERS).map(nameOf),
])

/** @returns {[string, { parts: string[], read: (text: string) => any[] }]} */
function nameOf([part, [name, { read }]]) {
  return [name, { parts: [part], read: (text) => [read(text)] }]
}

/**
 * The names and texts of all parameters that differ from the base's.
 * @param {import('./state.js').State} state
 * @param {import('./state.js').State} base
 */
export function written(state, base) {
  // With other shapes than its own, a beat is not told, and not written.
  const told = toldBeat(state)
  const beat = told?.key === base.beat ? undefined : told
  const from = beat ? { ...base, ...partsOf(beat) } : base
  const texts = new Map()
  for (const [part, [name, { write }]] of Object.entries(PARAMETERS)) {
    const [key, text] = part === 'hide' ? sectionsIn(state) : [name, write(state[part])]
    if (write(state[part]) !== write(from[part])) texts.set(key, text)
  }
  const preset = OF_EXAMPLES.some((part) => texts.has(part)) && presetOf(state)
  if (preset) for (const part of OF_EXAMPLES) texts.delete(part)
  const named = [beat && [BEAT, beat.key], preset && [EXAMPLE, preset.key]].filter(Boolean)
  return new Map(/** @type {any} */ ([...named, ...texts]))
}

/**
 * @param {import('./state.js').State} state
 * @param {import('./state.js').State} base
 */
export function writeHash(state, base) {
  const parts = [...written(state, base)].map((pair) => pair.join('='))
  return parts.length ? `#${parts.join('&')}` : ''
}

/** @returns {ReturnType<typeof readParameters>} */
export const readHash = (hash, base) =>
  readParameters(
    hash
      .replace(/^#/, '')
      .split('&')
      .filter(Boolean)
      .map((part) => part.match(/^([^=]*)(?:=(.*))?$/s).slice(1)),
    base,
    (t, ...about) => t('link.complaint', ...about),
    true,
  )

/** Beside one of these, the default of the other rarely makes sense. */
export const OTHER = { a: 'b', b: 'a', target: 'behaviored', behaviored: 'target' }

/** Unlike in a link, where the other is as before, an attribute without the other one is an error. */
export function readAttributes(attributes, base) {
  const given = attributes.flatMap(([name]) => partsNamed(name))
  const missing = given.map((part) => OTHER[part]).filter((part) => part && !given.includes(part))
  return readParameters([...attributes, ...missing.map((name) => [name])], base, (t, ...about) =>
    t('attribute.complaint', ...about),
  )
}

/**
 * Keeps the base's value for whatever cannot be read, and reports it. In a link, whose parameters have an order, it also
 * reports what a later one replaces.
 * @param {string[][]} pairs of a name and a text, which may be missing
 * @param {import('./state.js').State} base
 * @param {(t: import('../texts/languages.js').Translate, name: string, reason: string) => string} complain
 * @returns {{ state: import('./state.js').State, complaints: ((t: import('../texts/languages.js').Translate) => string)[] }}
 */
function readParameters(pairs, base, complain, isLink = false) {
  const state = { ...base }
  const complaints = []
  /** For each part of the state, the pair that set it last. */
  const setBy = new Map()
  const read = pairs.filter((pair) => {
    const [name, text] = pair
    try {
      const { parts, values } = valuesIn(name, text)
      parts.forEach((part, i) => {
        state[part] = values[i]
        setBy.set(part, pair)
      })
      return true
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      complaints.push((t) => complain(t, name.slice(0, 40), error.say(t)))
      return false
    }
  })
  const counting = new Set(setBy.values())
  for (const [name] of read.filter((pair) => isLink && !counting.has(pair))) {
    const others = new Set(partsNamed(name).map((part) => setBy.get(part)[0]))
    complaints.push((t) => complain(t, name, t('link.replaced', name, [...others])))
  }
  return { state, complaints }
}

const partsNamed = (name) => NAMES.get(name)?.parts ?? []

/** The parts of the state that a parameter sets, and their values. */
function valuesIn(name, text) {
  const known = NAMES.get(name)
  if (!known) throw new Unreadable((t) => t('link.name', [...NAMES.keys()]))
  if (text === undefined) throw new Unreadable((t) => t('link.noValue'))
  return { parts: known.parts, values: known.read(text) }
}
