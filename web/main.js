/** The page's start: the worked example in index.html gives way to a live one, once the package is ready. */
import { init } from 'cosdim'
import { element } from './dom.js'
import { eps } from './field.js'
import { matrix } from './matrix.js'
import { panel } from './panel.js'
import { linkByPointing } from './pointing.js'
import { shapeChoice } from './shape.js'
import { begin } from './state.js'
import { status } from './status.js'

const part = (id) => document.getElementById(id)

try {
  await init()
  begin()
  part('inputs').replaceChildren(matrix('A'), matrix('B'), element('div', { class: 'settings' }, shapeChoice(), eps()))
  part('panels').replaceChildren(panel(0), panel(1))
  part('explorer').append(status())
  part('how').hidden = false
  linkByPointing()
} catch (error) {
  const failure = part('failure')
  failure.textContent = `The numbers below are a fixed example: the page could not start to compute. ${error.message}`
  failure.hidden = false
}
