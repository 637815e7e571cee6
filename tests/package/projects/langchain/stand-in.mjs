/** The README's `similarity` in LangChain's MemoryVectorStore, beside the one that the store has by default. */
import { deepStrictEqual, ok } from 'node:assert'
import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory'
import { Embeddings } from '@langchain/core/embeddings'
import { cosineSimilarity } from 'cosdim'

const { standIn } = await import(`${process.env.HERE}readme.js`)
const similarity = standIn(cosineSimilarity)

/** Each text has a vector of its own, whose numbers look random. */
class Fake extends Embeddings {
  async embedQuery(text) {
    let state = [...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) >>> 0, 7)
    return Array.from({ length: 384 }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state / 2 ** 32 - 0.4
    })
  }

  embedDocuments = (texts) => Promise.all(texts.map((text) => this.embedQuery(text)))
}

const texts = Array.from({ length: 200 }, (_, i) => `text ${i}`)
const fake = new Fake({})
const [theirs, ours] = await Promise.all(
  [{}, { similarity }].map((options) => MemoryVectorStore.fromTexts(texts, [], fake, options)),
)
for (const query of ['text 7', 'another text', '']) {
  const [expected, got] = await Promise.all([theirs, ours].map((store) => store.similaritySearchWithScore(query, 10)))
  deepStrictEqual(
    got.map(([{ pageContent }]) => pageContent),
    expected.map(([{ pageContent }]) => pageContent),
  )
  for (const [i, [, score]] of got.entries()) ok(Math.abs(score - expected[i][1]) <= 2 ** -23)
}
console.log('the stores agree')
