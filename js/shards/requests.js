/** What can be asked of a corpus in shards. A request and its tasks have the same fields, in tasks as JSON. */
import { accumulator, tensor, topkAccumulator } from 'cosdim'
import { fromNpy, toNpy } from 'cosdim/npy'
import { crc32 } from '../accumulators/bytes.js'
import { shown } from '../error-messages.js'
import { optionsOf } from '../input/options.js'
import { fromBase64, toBase64 } from './base64.js'
import { checkManifest } from './manifest.js'

/** @typedef {import('../../types/shards.js').Manifest} Manifest */
/** @typedef {import('../../types/shards.js').TaskRequest} TaskRequest */
/** @typedef {import('../../types/index.js').Tensor} Tensor */

/**
 * `options` are those of the request. `begin` makes an accumulator, and says with how many queries each row is compared.
 * `update` gives the accumulator chunks of the shards, which begin at a row.
 * @typedef {object} Operation
 * @property {Record<string, any>} options
 * @property {(request: any) => { accumulator: any, queries: number }} begin
 * @property {(accumulator: any, rows: Tensor[], firstRow: number) => any} update
 * @property {(bytes: Uint8Array) => any} fromBytes
 */
/** @type {Record<string, Operation>} */
const OPERATIONS = {
  topk: {
    options: { operation: undefined, query: undefined, k: undefined, eps: 1e-8, dtype: undefined },
    begin({ query, k, eps, dtype }) {
      const x = queryOf(query)
      const queries = x.shape.length === 1 ? 1 : x.shape[0]
      return { accumulator: topkAccumulator(x, k, { eps, dtype }), queries }
    },
    update: (best, [rows], firstRow) => best.update(rows, { firstRow }),
    fromBytes: (bytes) => topkAccumulator.fromBytes(bytes),
  },
  cosineSimilarity: {
    options: { operation: undefined, other: undefined, eps: 1e-8, dtype: undefined },
    begin: ({ eps, dtype }) => ({ accumulator: accumulator({ dim: 0, eps, dtype }), queries: 1 }),
    update: (sums, [rows, others]) => sums.update(rows, others),
    fromBytes: (bytes) => accumulator.fromBytes(bytes),
  },
}

/** @param {TaskRequest} request */
export const operationOf = ({ operation }) => OPERATIONS[operation]

/** @param {string} base64 */
const queryOf = (base64) => fromNpy(fromBase64('The query of a request', base64))

/** A number, or lists of numbers, which have the dtype that is asked for. @param {unknown} x @returns {boolean} */
const isNumbers = (x) => typeof x === 'number' || (Array.isArray(x) && x.every(isNumbers))

/**
 * The request as JSON, and the corpora that it is about.
 * @param {string} where
 * @param {Manifest} manifest
 * @param {any} request
 * @returns {{ corpora: Manifest[], json: TaskRequest }}
 */
export function readRequest(where, manifest, request) {
  const names = Object.keys(OPERATIONS)
  if (!names.includes(request?.operation))
    throw new TypeError(
      `${where} takes a request whose operation is ${names.map((name) => `'${name}'`).join(' or ')}, got ${shown(request?.operation ?? request)}.`,
    )
  const { other, query, ...json } = optionsOf(where, request, OPERATIONS[request.operation].options)
  if (!Number.isFinite(json.eps)) throw new RangeError(`${where}: eps must be finite, got ${json.eps}.`)
  const corpora = [checkManifest(where, manifest)]
  if (json.operation === 'topk') json.query = toBase64(toNpy(tensorOf(query, json.dtype)))
  else corpora.push(checkManifest(where, other))
  return { corpora, json: /** @type {any} */ (json) }
}

/**
 * @param {any} query a tensor, or the base64 of a .npy file
 * @param {import('../dtypes.js').DType} [dtype]
 */
function tensorOf(query, dtype) {
  if (typeof query === 'string') return queryOf(query)
  return isNumbers(query) ? tensor(query, { dtype }) : query
}

/**
 * A checksum of texts.
 * @param {unknown[]} fields
 */
const checksum = (...fields) => crc32(new TextEncoder().encode(JSON.stringify(fields))).toString(16)

/** What tells requests apart, wherever their JSON has been. @param {TaskRequest} request */
export const identityOf = ({ operation, query, k, eps, dtype }) => checksum(operation, query, k, eps, dtype)

const FIELDS = /** @type {const} */ (['path', 'rows', 'bytes', 'crc32'])

/**
 * What tells tasks apart.
 * @param {string} request its identity
 * @param {import('../../types/shards.js').Task} task
 */
export const taskIdentityOf = (request, { version, firstRow, dtypes, columns, shards }) =>
  checksum(request, version, firstRow, dtypes, columns, ...shards.map((shard) => FIELDS.map((name) => shard[name])))
