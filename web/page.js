/** The page around the explorer: its state in the URL, with the browser's back and forward, the language, and the link. */
import './explorer/element.js'
import { element, prose } from './explorer/dom.js'
import { SECTION_NAMES } from './explorer/sections.js'
import { textsIn } from './explorer/texts.js'

const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id))
const explorer = /** @type {import('./explorer.js').CosineDimElement} */ (document.querySelector('cosine-dim'))

/* Safari takes 100 changes of the URL in 10 s, so what is typed is written when the typing rests. */
const REST = 400

/** What is to be written to the entry of the history that one is at. */
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
    // Too many at once, or a page that has no URL of its own: the explorer works without.
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
  explorer.hash = location.hash
  speak()
})

/** What is left of the page in a teacher's link. */
const EXAMPLE = SECTION_NAMES.filter((name) => !['inputs', 'panels'].includes(name))

let spoken

/** Puts the page's own texts into the explorer's language; those that need no scripts are there in both, see page.css. */
function speak() {
  part('shared').textContent = ''
  if (explorer.language === spoken) return
  spoken = explorer.language
  const t = textsIn(spoken)
  document.documentElement.lang = spoken
  document.title = t('page.title')
  part('language').textContent = t('page.otherLanguage')
  part('language').lang = otherLanguage()
  part('share').textContent = t('page.share')
  const example = element('a', { href: `#lang=${spoken}&hide=${EXAMPLE}` }, t('page.hideExample'))
  part('hide').replaceChildren(...prose(t('page.hide', SECTION_NAMES)), example)
}

const otherLanguage = () => (explorer.language === 'en' ? 'zh-Hans' : 'en')

part('language').addEventListener('click', () => {
  explorer.language = otherLanguage()
})

part('share').addEventListener('click', async () => {
  write()
  const t = textsIn(explorer.language)
  try {
    await navigator.clipboard.writeText(location.href.replace(/#.*/s, '') + explorer.sharedHash)
    part('shared').textContent = t('page.shared')
  } catch {
    part('shared').textContent = t('page.notShared')
  }
})

explorer.hash = location.hash
speak()
part('tools').hidden = part('hide').hidden = !(await explorer.ready)
