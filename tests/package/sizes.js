/** The budgets: what a program gets, and what a package manager downloads. Gzipped, in bytes. */
import { statSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const BUDGETS = { library: 51_500, package: 325_000 }

const { outputFiles } = await build({
  stdin: { contents: "export * from 'cosdim'", resolveDir: process.cwd() },
  bundle: true,
  minify: true,
  format: 'esm',
  write: false,
})
const sizes = {
  library: gzipSync(outputFiles[0].contents, { level: 9 }).length,
  package: statSync(String(process.env.TARBALL)).size,
}

for (const [name, budget] of Object.entries(BUDGETS)) if (sizes[name] > budget) process.exitCode = 1
console.log(
  Object.entries(BUDGETS)
    .map(([name, budget]) => `${name} ${sizes[name]} of ${budget} bytes`)
    .join(', '),
)
