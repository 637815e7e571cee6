/** The published types: node scripts/types.js FOLDER. For require() each .d.ts has a copy that is CommonJS, .d.cts. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'

const source = new URL('../types/', import.meta.url)

/** @param {string} folder */
export async function writeTypes(folder) {
  await mkdir(folder, { recursive: true })
  for (const name of await readdir(source)) {
    const text = await readFile(new URL(name, source), 'utf8')
    await writeFile(`${folder}/${name}`, text)
    await writeFile(`${folder}/${name.replace(/ts$/, 'cts')}`, text.replace(/(?<= from '\.\/[^']*)\.js(?=')/g, '.cjs'))
  }
}

if (argv[1] === fileURLToPath(import.meta.url)) await writeTypes(argv[2])
