import * as cosdim from 'cosdim'

const similarity = cosdim.cosineSimilarity([[3, 4]], [[4, 3]])
if (String(similarity) !== 'tensor([0.9600])') throw new Error(String(similarity))
console.log('all calls agree')
