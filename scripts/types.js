/** The published types: node scripts/types.js FOLDER. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'

const source = new URL('../types/', import.meta.url)

/**
 * Each .d.ts has a .d.cts, for require(). The declarations stand only once, in the .d.cts: an ES module can import
 * CommonJS, not the other way around. A default export means something else in CommonJS, so that such a file is copied.
 * @param {string} folder which is replaced
 */
export async function writeTypes(folder) {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  for (const name of await readdir(source)) {
    const text = await readFile(new URL(name, source), 'utf8')
    const hasDefault = /^export default /m.test(text)
    const common = name.replace(/\.ts$/, '.cts')
    await writeFile(`${folder}/${common}`, text.replace(/(?<= from '\.\/[^']*)\.js(?=')/g, '.cjs'))
    await writeFile(`${folder}/${name}`, hasDefault ? text : `export * from './${common.replace('.d.cts', '.cjs')}'\n`)
  }
}

if (argv[1] === fileURLToPath(import.meta.url)) await writeTypes(argv[2])
