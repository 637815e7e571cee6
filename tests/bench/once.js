/** One first use: node tests/bench/once.js URL-of-the-library. */
import { fileURLToPath } from 'node:url'

/**
 * The ms of an import and a first call. It also runs in a page, as its own text.
 * @param {string} url
 */
export async function firstUse(url) {
  const numbers = Array.from({ length: 1536 }, (_, i) => Math.sin(i))
  const start = performance.now()
  const { cosineSimilarity } = await import(url)
  const imported = performance.now()
  cosineSimilarity(numbers, numbers, { dim: 0 }).item()
  return { import: imported - start, call: performance.now() - imported }
}

const [, script, url] = process.argv
if (script === fileURLToPath(import.meta.url)) console.log(JSON.stringify(await firstUse(url)))
