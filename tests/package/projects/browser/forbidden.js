/** Where the policy forbids compiling, the error has to name what would allow it. */
import { cosineSimilarity } from './node_modules/cosdim/dist/cosdim.js'
import { report } from './report.js'

report(() => {
  try {
    cosineSimilarity([[1]], [[1]])
  } catch ({ message }) {
    if (message.includes("'wasm-unsafe-eval'")) return 'the error names the policy'
    throw new Error(`The error is: ${message}`)
  }
  throw new Error('The policy should have forbidden it.')
})
