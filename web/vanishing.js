/** Words of the heading that are squeezed in step with the jaws of the collapse. */

import { additionAt } from './explorer/view/collapse/layout.js'
import { hasLessMotion } from './explorer/view/collapse/player.js'
import { progressAt } from './explorer/view/collapse/stages.js'
import { element } from './explorer/view/dom.js'

/* What stays of the last letter's width, and how slowly those before it follow. */
const LEAST = 0.5
const LAG = 1.3

/**
 * Only transforms change, so that nothing else moves.
 * @param {HTMLElement} word
 * @returns {(stage: number) => void} shows where the collapse stands, from 0 to 1
 */
export function vanishing(word) {
  const text = word.textContent ?? ''
  const letters = [...text].map((letter) => element('span', { 'data-letter': letter, 'aria-hidden': 'true' }))
  // The letters are drawn by the style sheet. The text is there to be read aloud, copied and found.
  word.replaceChildren(element('span', { class: 'whole' }, text), ...letters)
  let widths = []

  /** In em, and only of a word that is displayed. */
  function measure() {
    const size = Number.parseFloat(getComputedStyle(word).fontSize)
    widths = letters.map((letter) => letter.offsetWidth / size)
  }

  return (stage) => {
    const { squeezed } = additionAt(progressAt(stage).add)
    const isWhole = squeezed === 0 || hasLessMotion()
    if (!isWhole && !widths[0]) measure()
    let left = 0
    letters.forEach((letter, i) => {
      const part = 1 - squeezed * (1 - LEAST) * ((i + 1) / letters.length) ** LAG
      letter.style.setProperty('--squeezed', isWhole ? 'none' : `translateX(${left}em) scaleX(${part})`)
      left -= (1 - part) * widths[i]
    })
  }
}
