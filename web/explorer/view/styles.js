/**
 * The explorer's styles, one file for each visible part, as style sheets that a strict content security policy allows.
 */

/* First those of page.css: in the single file, gzip still sees them there. */

import base from './styles/base.css'
import colours from './styles/colours.css'
import drawing from './styles/drawing.css'
import inputs from './styles/inputs.css'
import lanes from './styles/lanes.css'
import panels from './styles/panels.css'
import working from './styles/working.css'

/* Those of the element alone. */

import angles from './styles/angles.css'
import attention from './styles/attention.css'
import cards from './styles/cards.css'
import code from './styles/code.css'
import collapse from './styles/collapse.css'
import contents from './styles/contents.css'
import notes from './styles/notes.css'
import predict from './styles/predict.css'
import present from './styles/present.css'
import press from './styles/press.css'
import quiz from './styles/quiz.css'
import scrubber from './styles/scrubber.css'
import sharing from './styles/sharing.css'
import space from './styles/space.css'
import stage from './styles/stage.css'
import stepper from './styles/stepper.css'
import story from './styles/story.css'

const TEXTS = [
  colours,
  base,
  lanes,
  story,
  collapse,
  press,
  scrubber,
  sharing,
  space,
  inputs,
  contents,
  predict,
  panels,
  drawing,
  working,
  stepper,
  angles,
  code,
  cards,
  attention,
  quiz,
  notes,
  present,
  stage,
]

/** Lets the color-scheme of the page decide, where the browser can. Otherwise the system's setting does. */
function ofPage(text) {
  return CSS.supports('color', 'light-dark(red, red)')
    ? text.replace(/var\(--light, (#\w+)\) var\(--dark, (#\w+)\)/g, 'light-dark($1, $2)')
    : text
}

let sheets

/** All explorers on a page share these. */
export function styleSheets() {
  sheets ??= TEXTS.map((text) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(ofPage(text))
    return sheet
  })
  return sheets
}
