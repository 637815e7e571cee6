/**
 * Workers that answer in the order in which they are asked. If one dies they all end: without its rows, every answer would
 * be wrong.
 */
import { listen, starter } from './platform.js'

/**
 * `waiting` are the questions that have no answer yet.
 * @typedef {{ worker: any, waiting: { resolve: (result: any) => void, reject: (error: unknown) => void }[] }} Member
 */

/** @param {number} count */
export async function openPool(count) {
  /** @type {Member[]} */
  const members = []
  /** @type {Error | undefined} why nothing is answered any longer */
  let over

  /** @param {Error} reason */
  async function end(reason) {
    over ??= reason
    for (const { waiting } of members) for (const { reject } of waiting.splice(0)) reject(over)
    await Promise.all(members.splice(0).map(({ worker }) => worker.terminate()))
  }

  /** @param {any} worker */
  function add(worker) {
    const member = { worker, waiting: [] }
    const number = members.push(member)
    listen(
      worker,
      (answer) => settle(member, answer),
      (cause) => end(deathOf(number, count, cause)),
    )
    worker.unref?.()
  }

  const start = await starter()
  try {
    while (members.length < count) add(start())
  } catch (error) {
    await end(/** @type {Error} */ (error))
    throw error
  }

  return {
    /**
     * Asks all workers, each its own question. Their answers come in the order of the workers.
     * @param {(i: number) => { question: object, transfer?: ArrayBufferLike[] }} questionOf
     * @returns {Promise<any[]>}
     */
    async ask(questionOf) {
      if (over) throw over
      return Promise.all(members.map((member, i) => ask(member, questionOf(i))))
    },
    close: () => end(new Error('The workers are closed. Open others.')),
  }
}

/**
 * A worker keeps Node alive as long as somebody waits for it.
 * @param {Member} member
 * @param {{ question: object, transfer?: ArrayBufferLike[] }} what
 */
const ask = ({ worker, waiting }, { question, transfer = [] }) =>
  new Promise((resolve, reject) => {
    worker.postMessage(question, transfer)
    waiting.push({ resolve, reject })
    worker.ref?.()
  })

/**
 * @param {Member} member
 * @param {{ result?: any, error?: any, code?: string }} answer a copy of an error has lost its code
 */
function settle({ worker, waiting }, { result, error, code }) {
  const asked = waiting.shift()
  if (!asked) return // the answer was on its way when all ended
  if (waiting.length === 0) worker.unref?.()
  if (error) asked.reject(code ? Object.assign(error, { code }) : error)
  else asked.resolve(result)
}

/**
 * @param {number} number
 * @param {number} count
 * @param {any} cause
 */
const deathOf = (number, count, cause) =>
  new Error(
    `Worker ${number} of ${count} has died, and with it its rows: ${cause?.message ?? cause}. Open the workers again.`,
    {
      cause,
    },
  )
