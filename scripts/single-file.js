/** Writes the page as one HTML file that works from file://: node scripts/single-file.js dist/page dist/cosdim.html */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { unpictured } from './published.js'

const [folder, target] = process.argv.slice(2)
const read = (name) => readFileSync(`${folder}/${name}`, 'utf8')
const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Replaces a text that must occur exactly once. */
function replaced(html, found, text) {
  if (html.split(found).length !== 2) throw new Error(`${folder}/index.html should have one ${found}`)
  return html.replace(found, () => text)
}

// A closing tag inside a string would end the script element.
const script = read('page.js').replaceAll('</script', '<\\/script')
const style = read('page.css')

let html = unpictured(read('index.html'))
html = replaced(html, '<script type="module" src="page.js"></script>', `<script type="module">${script}</script>`)
html = replaced(html, '<link rel="stylesheet" href="page.css" />', `<style>${style}</style>`)
html = replaced(html, "script-src 'self'", `script-src ${hashOf(script)}`)
html = replaced(html, "style-src 'self'", `style-src ${hashOf(style)}`)
writeFileSync(target, html)
