/** A worker: it keeps some rows of the corpus in its WebAssembly memory, and answers for them. */
import { cosineSimilarity, tensor, topkAccumulator } from 'cosdim'
import { builtin } from './builtin.js'

/** @type {import('../../types/index.js').Tensor} */
let rows
let firstRow = 0

/** Each gives a typed array of its own, or nothing. @type {Record<string, (question: any) => any>} */
const ANSWERS = {
  open({ part, dtype, shape, first }) {
    rows = tensor(part, { dtype, shape }).to('wasm')
    firstRow = first
  },
  similarities: ({ query, options }) => cosineSimilarity(query, rows, options).data,
  topk: ({ query, k, options }) => topkAccumulator(query, k, options).update(rows, { firstRow }).toBytes(),
}

/**
 * @param {any} question
 * @param {(answer: object, transfer: ArrayBuffer[]) => void} reply
 */
function answer(question, reply) {
  try {
    const result = ANSWERS[question.kind](question)
    reply({ result }, result ? [result.buffer] : [])
  } catch (error) {
    reply({ error, code: /** @type {any} */ (error).code }, [])
  }
}

const scope = /** @type {any} */ (globalThis)
if (scope.self) scope.onmessage = (/** @type {MessageEvent} */ { data }) => answer(data, scope.postMessage.bind(scope))
else
  builtin('node:worker_threads').then(({ parentPort }) =>
    parentPort.on('message', (/** @type {unknown} */ data) => answer(data, parentPort.postMessage.bind(parentPort))),
  )
