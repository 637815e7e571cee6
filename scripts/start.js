/** npm start: prints examples with their results, then serves the page unless --no-serve is given. */
import { fileURLToPath } from 'node:url'
import { attentionDistribution, cosineDistance, cosineSimilarity, tensor } from 'cosdim'
import { serve } from './serve.js'

/** Prints the source of an expression, and its value. */
function show(expression) {
  const source = expression.toString().replace(/^\(\) => /, '')
  const value = expression()
  console.log(`> ${source}\n${Array.isArray(value) ? `[${value.join(', ')}]` : value}\n`)
}

const cube = tensor([
  [
    [1, 2],
    [3, 4],
  ],
  [
    [5, 6],
    [7, 8],
  ],
])
const [input1, input2] = /** @type {number[][][]} */ (cube.tolist())
const a = tensor([[0.9255, 0.2194, 0.837, 0.5346, 0.5152, 0.4645, 0.4926, 0.9882, 0.2783, 0.9258]])
const b = tensor([
  [0.6874, 0.4054, 0.5739, 0.8017, 0.9861, 0.0154, 0.8513, 0.8427, 0.6669, 0.0694],
  [0.172, 0.6793, 0.7764, 0.4583, 0.8167, 0.2718, 0.9686, 0.9301, 0.2421, 0.0811],
  [0.2336, 0.4783, 0.5576, 0.6518, 0.9943, 0.6766, 0.0044, 0.7935, 0.2098, 0.0719],
])

console.log('A tensor of two matrices, input1 and input2\n')
show(() => cube.shape)
show(() => cube)

console.log('dim=0: index 0 runs ↓ and disappears, so columns are compared\n')
show(() => cosineSimilarity(input1, input2, { dim: 0 }))
show(() => cosineSimilarity([1, 3], [5, 7], { dim: 0 }))
show(() => cosineSimilarity([2, 4], [6, 8], { dim: 0 }))
show(() => 1 - cosineDistance([1, 3], [5, 7]))
show(() => 1 - cosineDistance([2, 4], [6, 8]))

console.log('dim=1: index 1 runs → and disappears, so rows are compared\n')
show(() => cosineSimilarity(input1, input2, { dim: 1 }))
show(() => 1 - cosineDistance([1, 2], [5, 6]))
show(() => 1 - cosineDistance([3, 4], [7, 8]))

console.log('One target against many: their similarities, divided by their sum\n')
show(() => a)
show(() => b)
show(() => attentionDistribution(a, b))

if (!process.argv.includes('--no-serve')) {
  const page = fileURLToPath(new URL('../dist/page/', import.meta.url))
  const { url } = await serve(page, Number(process.env.PORT ?? 8000))
  console.log(`The page is at ${url} until Ctrl-C.`)
}
