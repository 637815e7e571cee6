/** What to call on things that hold numbers, but are not read. No hint may lead to other numbers. */
import { arrayName, TypedArray } from '../typed-array-intrinsics.js'
import { isListType } from './arrow.js'
import { isDescriptor, isJsonBuffer, isTensorLike } from './containers.js'

/**
 * Gives the expression for the numbers of `x`, which it calls `name`; nothing where x is something else.
 * @typedef {(x: any, name: string) => string | false | undefined} Use
 */

/**
 * What to do where something only looks like a typed array; an empty string for anything else.
 * @param {unknown} x
 */
export const proxyHint = (x) =>
  x instanceof TypedArray && arrayName(x) === undefined
    ? 'It is a Proxy of a typed array, or something else that only looks like an array. Pass the array itself.'
    : ''

/** @type {(x: unknown, pattern: RegExp) => boolean} */
const matches = (x, pattern) => typeof x === 'string' && pattern.test(x)

/** @type {Use} */
const jsonList = (x, name) => matches(x, /^\s*\[[\s[]*[-\d\]]/) && `JSON.parse(${name})`

/** The base64 of two floats or more. @type {Use} */
const base64 = (x, name) =>
  matches(x, /^[a-z0-9+/]{10,}={0,2}$/i) &&
  x.length % 4 === 0 &&
  ((x.length / 4) * 3 - (x.match(/=/g) ?? []).length) % 4 === 0 &&
  `new Float32Array(Uint8Array.from(atob(${name}), (c) => c.charCodeAt(0)).buffer)`

/** Whether it is what JSON makes of a typed array. @param {any} x */
const isJsonArray = (x) =>
  x?.constructor === Object && typeof x[0] === 'number' && Object.keys(x).every((key, i) => key === String(i))

/**
 * What JSON makes of a tensor: of ours before toJSON, of ONNX Runtime's, and of transformers.js's. Whole numbers of float16
 * may be the bits of half floats.
 * @type {(ofBits: boolean) => Use}
 */
const jsonTensor = (ofBits) => (x, name) => {
  const [tensor, path] = x?.ort_tensor ? [x.ort_tensor, `${name}.ort_tensor`] : [x, name]
  const key = ['data', 'cpuData'].find((key) => isJsonArray(tensor?.[key]))
  if (!key) return
  const mayBeBits = (tensor.dtype ?? tensor.type) === 'float16' && Object.values(tensor[key]).every(Number.isInteger)
  const list = `Object.values(${path}.${key})`
  return mayBeBits === ofBits && `{ ...${path}, data: ${ofBits ? `Uint16Array.from(${list})` : list} }`
}

const METHODS = ['to2DArray', 'toArray', 'tolist', 'toList', 'toNumber']

/** @type {Use} */
function method(x, name) {
  const found = METHODS.find((method) => typeof x?.[method] === 'function')
  return found && `${name}.${found}()`
}

const LONGEST_NAME = 40

/** A column of an Arrow table. @type {Use} */
function column(x, name) {
  if (typeof x?.getChild !== 'function' || !x.schema?.fields?.length) return
  const fields = x.schema.fields.filter((/** @type {any} */ { name }) => name.length <= LONGEST_NAME)
  const field = fields.find((/** @type {any} */ { type }) => isListType(type.typeId)) ?? fields[0]
  return field && `${name}.getChild(${JSON.stringify(field.name)})`
}

/** @type {(x: any, depth?: number) => boolean} */
const isNumbers = (x, depth = 8) =>
  Array.isArray(x) && (typeof x[0] === 'number' || (depth > 0 && isNumbers(x[0], depth - 1)))

/** @param {any} x */
const isReadable = (x) => isNumbers(x) || (isTensorLike(x) && (!isDescriptor(x) || ArrayBuffer.isView(x.data)))

const NOT_NUMBERS = ['shape', 'dims', 'stride', 'strides']
const MOST_KEYS = 20

/**
 * Whether an object is a row of a table, Arrow's included, or the like. What other classes keep in their properties may be
 * anything.
 * @param {any} x
 */
const isRecord = (x) => x.constructor === Object || x.constructor === undefined || x[Symbol.toStringTag] === 'Row'

/**
 * Where numbers are among the properties of a record, or of the records in a list.
 * @param {any} x
 * @param {string} name
 * @param {number} depth
 * @returns {string[]}
 */
function paths(x, name, depth) {
  if (isReadable(x)) return [name]
  const parsed = jsonList(x, name)
  if (parsed) return [parsed]
  if (depth === 0 || typeof x !== 'object' || x === null) return []
  if (Array.isArray(x))
    return paths(x[0], 'row', depth - 1).map((path) => (path === 'row' ? name : `${name}.map((row) => ${path})`))
  if (!isRecord(x)) return []
  const keys = Object.keys(x).filter(
    (key) => /^[a-z_$][\w$]*$/i.test(key) && key.length <= LONGEST_NAME && !NOT_NUMBERS.includes(key),
  )
  return keys.slice(0, MOST_KEYS).flatMap((key) => paths(x[key], `${name}.${key}`, depth - 1))
}

/** The nearest of these places, unless there are several. @type {Use} */
function path(x, name) {
  if (typeof x !== 'object' || x === null) return
  for (let depth = 1; depth <= 4; depth++) {
    const found = paths(x, name, depth)
    if (found.length > 0) return found.length === 1 && found[0]
  }
}

/**
 * What each says of x comes before the expression. `each` is for a list of its kind, where calling it on every item will not do.
 * @type {[what: string, use: Use, each?: string][]}
 */
const HINTS = [
  ['It looks like JSON: pass', jsonList],
  [
    'If it is a list of numbers, pass',
    (x, name) => matches(x, /^\s*\{[-+.,\de\s]+\}\s*$/i) && `${name}.trim().slice(1, -1).split(',').map(Number)`,
  ],
  [
    'If it is a list of numbers, pass',
    (x, name) => matches(x, /^[-+.\de\s]+(,[-+.\de\s]+)+$/i) && `${name}.split(',').map(Number)`,
  ],
  ['Convert it with', (x, name) => matches(x, /\d/) && !Number.isNaN(Number(x)) && `Number(${name})`],
  ['If it is the base64 of float32 numbers, pass', base64],
  [
    'It is what JSON makes of a Buffer. If these are the bytes of floats, pass',
    (x, name) => isJsonBuffer(x) && `new Float32Array(Uint8Array.from(${name}.data).buffer)`,
  ],
  [
    'If these are the bytes of floats, pass',
    (x, name) => /^(Shared)?ArrayBuffer$/.test(x?.[Symbol.toStringTag]) && `new Float32Array(${name})`,
  ],
  ['JSON makes such objects of typed arrays: pass', (x, name) => isJsonArray(x) && `Object.values(${name})`],
  ['JSON makes such objects of typed arrays: pass', jsonTensor(false)],
  ['If these are the bits of half floats, pass', jsonTensor(true)],
  [
    'If it is a list of numbers, pass',
    (x, name) => typeof x?.[0] === 'number' && typeof x.length === 'number' && `Array.from(${name})`,
  ],
  ['It is a Promise: pass', (x, name) => typeof x?.then === 'function' && `await ${name}`, 'await Promise.all(list)'],
  ['It is a function. Pass what it returns:', (x, name) => typeof x === 'function' && `${name}()`],
  ['Pass one of its columns, such as', column],
  ['If its numbers are there, pass', path],
  ['Pass', method],
  ['Pass', (x, name) => x?.[Symbol.toStringTag] === 'Map' && `[...${name}.values()]`],
  ['Pass', (x, name) => typeof x === 'object' && typeof x?.[Symbol.iterator] === 'function' && `[...${name}]`],
]

/**
 * @param {unknown} x
 * @param {string} name
 */
function find(x, name) {
  try {
    for (const [what, use, each] of HINTS) {
      const expression = use(x, name)
      if (expression) return { what, expression, each }
    }
  } catch {} // a getter of x threw; there is an error to report already
}

/**
 * What to do with something that holds numbers but is no list of them; an empty string for anything else.
 * @param {unknown} x
 * @param {boolean} [isFirst] whether it is the first item of a list, which may hold more of its kind
 */
export function hintFor(x, isFirst) {
  const found = proxyHint(x) ? undefined : find(x, 'x')
  if (!found) return proxyHint(x)
  const { what, expression, each = `list.map((x) => ${expression.replace(/^{.*}$/, '($&)')})` } = found
  return `${what} ${expression}.${isFirst ? ` Of a list of them, pass ${each}.` : ''}`
}

/**
 * The same for the data of what describes a tensor.
 * @param {{ data: unknown }} x
 */
export function hintForData(x) {
  const { data } = x
  if (Array.isArray(data)) return 'Flatten it: pass { ...x, data: x.data.flat(Infinity) }.'
  const found = isJsonArray(data) || proxyHint(data) ? undefined : find(data, 'x.data')
  return found ? `${found.what} { ...x, data: ${found.expression} }.` : proxyHint(data) || hintFor(x)
}
