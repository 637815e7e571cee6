/** With the DOM: signals, responses, workers, WebAssembly, and the element. */
import { cosineSimilarity, init, pairwiseCosineSimilarityAsync, type TensorOf, tensor } from 'cosdim'
import 'cosdim/explorer'
import { npyChunks, npyHeader, toNpy } from 'cosdim/npy'
import { is } from './is.js'

declare const docs: number[][]
declare const query: Float32Array

const controller = new AbortController()
export const pairs = pairwiseCosineSimilarityAsync(docs, docs, { signal: controller.signal })
export const timed = pairwiseCosineSimilarityAsync(docs, undefined, { signal: AbortSignal.timeout(100) })

export async function handler(request: Request): Promise<Response> {
  const { embedding } = await request.json()
  const scores = cosineSimilarity(docs, embedding)
  return scores.size(0) > 1 ? Response.json(scores) : new Response(cosineSimilarity(docs, query).data)
}
export async function fromBytes(response: Response) {
  return tensor(new Float32Array(await response.arrayBuffer()), { shape: [-1, 768] })
}
export function send(worker: Worker, scores: TensorOf<'float32'>) {
  worker.postMessage(scores)
  worker.postMessage(scores.data, [scores.data.buffer])
}
export const shared = tensor(new Float32Array(new SharedArrayBuffer(16)))

init({ module: new WebAssembly.Module(new ArrayBuffer(8)) })
WebAssembly.compileStreaming(fetch('cosdim.wasm')).then((module) => init({ module }))
// @ts-expect-error: an instance
init({ module: new WebAssembly.Instance(new WebAssembly.Module(new ArrayBuffer(8))) })
// @ts-expect-error: a Response
cosineSimilarity(docs, new Response())

export async function fromFile(file: File, response: Response) {
  if (response.body) for await (const rows of npyChunks(response.body)) cosineSimilarity(rows, query)
  for await (const rows of npyChunks(file.slice(0, 1000), { signal: AbortSignal.timeout(100) })) rows.item()
  const { shape } = await npyHeader(file)
  return new Blob([toNpy([shape])])
}

const explorer = document.createElement('cosine-dim')
is<boolean>()(await explorer.ready)
explorer.hash = '#dim=0'
explorer.addEventListener('statechange', ({ detail }) => is<boolean>()(detail.isNavigation))
explorer.addEventListener('stagechange', ({ detail }) => is<number>()(detail.stage))
explorer.addEventListener('click', (event) => is<number>()(event.clientX))
document.querySelector('cosine-dim')?.setAttribute('dim', '0,1')
// @ts-expect-error: read-only
explorer.sharedHash = ''
