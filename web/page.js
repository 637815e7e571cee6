/**
 * The page around the explorer: keeps its state in the URL and handles back and forward, the language, and the link.
 */

import { define } from './explorer/element.js'
import { knownLanguage, translator } from './explorer/texts/languages.js'
import { presentMenu } from './presenting.js'
import { PAGE_TEXTS } from './texts.js'
import { vanishing } from './vanishing.js'

define()

const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id))
const explorer = /** @type {import('../types/explorer.js').CosineDimElement} */ (document.querySelector('cosine-dim'))

/* The reader's language, unless the URL names one. */
const preferred = navigator.languages.map(knownLanguage).find(Boolean)
if (preferred) explorer.lang = preferred

/* Safari allows 100 URL changes in 10 s, so typing is written only once it pauses. */
const REST = 400

/* How long a message stays, in ms. */
const MESSAGE = 10_000

/** The hash still to be written to the current history entry. */
let unwritten
let timer

function write() {
  clearTimeout(timer)
  if (unwritten !== undefined) remember('replaceState', unwritten)
  unwritten = undefined
}

function remember(method, hash) {
  try {
    history[method](null, '', hash || location.pathname + location.search)
  } catch {
    // Too many changes at once, or a page without a URL of its own. The explorer works without either.
  }
}

explorer.addEventListener('statechange', ({ detail }) => {
  if (detail.isNavigation) {
    write()
    remember('pushState', explorer.hash)
  } else {
    unwritten = explorer.hash
    clearTimeout(timer)
    timer = setTimeout(write, REST)
  }
  speak()
})

addEventListener('pagehide', write)
addEventListener('popstate', () => {
  clearTimeout(timer)
  unwritten = undefined
  arrive()
})

/* In each language. */
const words = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.vanishing'))].map(vanishing)
let stage = 0

explorer.addEventListener('stagechange', ({ detail }) => {
  stage = detail.stage
  for (const show of words) show(stage)
})

let spoken
let told

/** Whether a link brought numbers of its own. Edits leave the title where it is, or the page would jump. */
let isLinked = false

function arrive() {
  explorer.hash = location.hash
  isLinked = /\b(example|a|b)=/.test(location.hash)
  speak()
}

/** Shows a message for a while. */
function tell(message) {
  clearTimeout(told)
  part('shared').textContent = message
  if (message) told = setTimeout(tell, MESSAGE, '')
}

/**
 * Puts the page's own texts into the explorer's language. Texts that must show without scripts are in the HTML in both
 * languages; see page.css.
 */
function speak() {
  tell('')
  const { hash } = explorer
  document.documentElement.toggleAttribute('data-presented', /\bpresent=/.test(hash))
  document.documentElement.toggleAttribute('data-told', isLinked || /\bbeat=/.test(hash))
  if (explorer.language === spoken) return
  spoken = explorer.language
  const t = translator(PAGE_TEXTS[spoken])
  document.documentElement.lang = spoken
  document.title = t('page.title')
  for (const show of words) show(stage)
  part('language').textContent = t('page.otherLanguage')
  part('language').lang = otherLanguage()
  part('share').textContent = t('page.share')
  part('present').textContent = t('page.present')
  part('skip').textContent = t('page.skip')
}

const otherLanguage = () => (explorer.language === 'en' ? 'zh-Hans' : 'en')

part('language').addEventListener('click', () => {
  explorer.language = otherLanguage()
  speak() // an explorer that does not run tells of no changes
  const t = translator(PAGE_TEXTS[explorer.language])
  part('spoken').textContent = t('page.isIn')
})

part('skip').addEventListener('click', (event) => {
  event.preventDefault() // or the state would be forgotten
  explorer.goTo('contents')
})

part('share').addEventListener('click', async () => {
  write()
  const t = translator(PAGE_TEXTS[explorer.language])
  try {
    await navigator.clipboard.writeText(location.href.replace(/#.*/s, '') + explorer.sharedHash)
    tell(t('page.shared'))
  } catch {
    tell(t('page.notShared'))
  }
})

const menu = presentMenu(explorer, (text) => navigator.clipboard.writeText(text))
document.body.append(menu.dialog)
part('present').addEventListener('click', menu.open)

/* The browser would open a file dropped beside the explorer, and leave the page. */
/** @param {DragEvent} event */
function stay(event) {
  if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return
  event.preventDefault()
  event.dataTransfer.dropEffect = 'none'
}
document.addEventListener('dragover', stay)
document.addEventListener('drop', stay)

arrive()
const isRunning = await explorer.ready
explorer.toggleAttribute('data-fixed', !isRunning)
part('share').hidden = part('present').hidden = part('skip').hidden = !isRunning
part('tools').hidden = false
