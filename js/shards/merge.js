/** mergeParts(): the result, once there is exactly one part of each task. */
import { isText, read } from '../accumulators/bytes.js'
import { shown } from '../error-messages.js'
import { identityOf, operationOf, taskIdentityOf } from './requests.js'
import { nameOf, PART } from './run.js'
import { tasks } from './tasks.js'

/** Of a part's header. */
const FIELDS = { task: isText, shard: isText }

/** How many shards a message names. */
const MOST_NAMES = 5

/**
 * @param {Iterable<Uint8Array>} parts
 * @param {import('../../types/shards.js').Manifest} manifest
 * @param {any} request
 * @returns {any}
 */
export function mergeParts(parts, manifest, request) {
  const all = tasks(manifest, request)
  const [{ request: json }] = all
  const { begin, fromBytes } = operationOf(json)
  const found = match(parts, all)
  const lost = all.filter((task) => !found.has(task))
  if (lost.length > 0)
    throw new RangeError(
      `mergeParts(): ${lost.length} of ${all.length} parts are missing, those of ${lost.slice(0, MOST_NAMES).map(nameOf).join(', ')}${lost.length > MOST_NAMES ? ', …' : ''}.`,
    )
  // In the order of the rows: the same bits, in whatever order the parts came.
  const { accumulator: merged } = begin(json)
  for (const task of all) merged.merge(fromBytes(found.get(task)))
  return merged.result()
}

/**
 * The accumulator's bytes for each task.
 * @param {Iterable<Uint8Array>} parts
 * @param {import('../../types/shards.js').Task[]} all
 */
function match(parts, all) {
  const where = 'mergeParts()'
  if (typeof parts?.[Symbol.iterator] !== 'function' || ArrayBuffer.isView(parts))
    throw new TypeError(`${where} takes a list of the Uint8Arrays that runTask() gave, got ${shown(parts)}.`)
  const request = identityOf(all[0].request)
  const expected = new Map(all.map((task) => [taskIdentityOf(request, task), task]))
  const found = new Map()
  let i = 0
  for (const bytes of parts) {
    const { header, numbers } = read(`${where}, part ${i++}`, PART, FIELDS, bytes)
    const task = expected.get(header.task)
    if (!task)
      throw new RangeError(
        `${where}: the part of shard ${header.shard} is of another request, or the manifest has changed since.`,
      )
    if (found.has(task)) throw new RangeError(`${where}: the part of shard ${header.shard} is there twice.`)
    found.set(task, numbers)
  }
  return found
}
