/**
 * Reads the READMEs: their blocks of code, and their tables. In a block, `// → value` after an expression is what it
 * gives; two spaces end the value, if the comment goes on.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import ts from 'typescript-5'

const root = fileURLToPath(new URL('../../', import.meta.url))

export const READMES = ['README.md', 'docs/README.zh-CN.md']
export const readme = (name) => readFileSync(root + name, 'utf8')

/** @returns {{ language: string, code: string, line: number }[]} where `line` is the first of the code */
export function blocksOf(markdown) {
  return [...markdown.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(({ 1: language, 2: code, index }) => ({
    language,
    code,
    line: markdown.slice(0, index).split('\n').length + 1,
  }))
}

export const blocksIn = (language, name = 'README.md') =>
  blocksOf(readme(name)).filter((block) => block.language === language)

export const withoutBlocks = (markdown) => markdown.replace(/^```.*?^```$/gms, '')

/** The code without comments, as the READMEs write them. */
export const uncommented = (code) => code.replace(/ +(?:\/\/|#) .*$/gm, '')

/** The cells of every table's rows, without the headings. */
export function tablesOf(markdown) {
  return [...markdown.matchAll(/^\|[ |-]+\|\n((?:\|.*\|\n)+)/gm)].map(([, rows]) =>
    rows
      .trimEnd()
      .split('\n')
      .map((row) => row.slice(1, -1).split(' | ')),
  )
}

/** The code in a cell or a line. */
export const codeIn = (text) => [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code)

/** The values that a block claims, in any language. */
export const claimsOf = (code) => [...code.matchAll(/\/\/ → (.*)$/gm)].map(([, claim]) => claim)

/**
 * The block as a module that exports `shown`: for each expression, what it gave and what the comment claims. An expression
 * without a claim gives undefined.
 */
export function instrumented(code) {
  const source = ts.createSourceFile('block.ts', code, ts.ScriptTarget.Latest)
  let text = code
  for (const { kind, pos, end } of [...source.statements].reverse()) {
    if (kind !== ts.SyntaxKind.ExpressionStatement) continue
    const [comment] = ts.getTrailingCommentRanges(code, end) ?? []
    const [claim] = claimsOf(comment ? code.slice(comment.pos, comment.end) : '')
    text = `${text.slice(0, pos)}\nshown.push([${code.slice(pos, end)}, ${JSON.stringify(claim)}]);${text.slice(end)}`
  }
  return `export const shown = []\n${text}`
}

/** What Cloudflare makes of an imported module. */
const wasmAsModule = {
  name: 'wasm as module',
  setup({ onLoad }) {
    onLoad({ filter: /\.wasm$/ }, ({ path }) => ({
      contents: `import { readFileSync } from 'node:fs'
        export default new WebAssembly.Module(readFileSync(${JSON.stringify(path)}))`,
    }))
  },
}

/** A worker's file is beside the one that starts it, which cannot be in the block. */
const workersInPlace = {
  name: 'workers in place',
  setup({ onResolve }) {
    onResolve({ filter: /^cosdim\/workers$/ }, () => ({
      path: pathToFileURL(`${root}dist/workers.js`).href,
      external: true,
    }))
  },
}

/**
 * Runs a block with a library of its own.
 * @returns {Promise<{ shown: [unknown, string?][], default?: any }>} `shown`: what each expression gave, and its claim
 */
export async function run({ code, language }) {
  const { outputFiles } = await build({
    stdin: { contents: instrumented(code), resolveDir: root, loader: language },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node18',
    conditions: ['workerd', 'module'],
    plugins: [wasmAsModule, workersInPlace],
    write: false,
  })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)
}

/** A value as the READMEs write it. */
export function written(value) {
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`
  if (value?.constructor === Object) {
    const fields = Object.entries(value).map(([key, field]) => `${key}: ${written(field)}`)
    return `{ ${fields.join(', ')} }`
  }
  return typeof value === 'string' ? `'${value}'` : String(value).replace(/\n +/g, ' ')
}

/** The function that the README gives to those who have another library's. */
export function standIn(cosineSimilarity) {
  const [code] = readme('README.md').match(/^const similarity = .*$/m) ?? []
  return new Function('cosineSimilarity', `${code}; return similarity`)(cosineSimilarity)
}
