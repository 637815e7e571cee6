/** Workers forbid compiling, so without the module the error has to say where it is. */
import { cosineSimilarity } from 'cosdim'

function said() {
  try {
    cosineSimilarity([[1]], [[1]])
  } catch ({ message }) {
    return message.includes('cosdim/cosdim.wasm') ? 'all calls agree' : message
  }
}

export default {
  fetch: () => new Response(said()),
}
